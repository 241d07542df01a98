/**
 * What the browser tests run against: the real binary on a free port with a
 * fresh data file. CENTERPLAN names a binary that is built already; BASE an
 * address that is served already.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const STARTED = /https?:\/\/127\.0\.0\.1:\d+/;
const SETUP = /#\/setup\/[\w.~-]+/;

export interface Target {
  readonly address: string;
  /** The sample plan. */
  readonly plan: string;
  stop(): Promise<void>;
}

export async function start(): Promise<Target> {
  const given = process.env['BASE'];
  if (given !== undefined) return { address: given, plan: await firstPlan(given), stop: () => Promise.resolve() };
  const { address, stop } = await run('demo');
  return { address, plan: await firstPlan(address), stop };
}

/** A server of people, on which nobody has an account yet. */
export interface Fresh {
  readonly address: string;
  /** The hash of the set-up link that it printed. */
  readonly setup: string;
  stop(): Promise<void>;
}

export async function startFresh(): Promise<Fresh> {
  const { address, printed, stop } = await run('serve');
  const until = Date.now() + 5000;
  while (!SETUP.test(printed()) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
  const setup = SETUP.exec(printed())?.[0];
  if (setup === undefined) throw new Error(`no set-up link was printed: ${printed()}`);
  return { address, setup, stop };
}

async function run(command: 'demo' | 'serve'): Promise<{ address: string; printed: () => string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'centerplan-data-'));
  const program = process.env['CENTERPLAN'] ?? build(folder);
  const child = spawn(program, [command, '--listen', '127.0.0.1:0', '--data', join(folder, `${command}.db`)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const found = STARTED.exec(printed);
      if (found) resolve(found[0]);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`centerplan ended with ${code ?? 'a signal'}: ${printed}`)));
  });
  return {
    address,
    printed: () => printed,
    stop: async () => {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function build(folder: string): string {
  const program = join(folder, 'centerplan');
  execFileSync('go', ['build', '-o', program, './cmd/centerplan'], { cwd: ROOT, stdio: 'inherit' });
  return program;
}

async function firstPlan(address: string): Promise<string> {
  const plans = (await (await fetch(`${address}/api/v1/plans`)).json()) as readonly { readonly id: string }[];
  const id = plans[0]?.id;
  if (id === undefined) throw new Error('the demo has no plan');
  return id;
}
