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

export interface Target {
  readonly address: string;
  /** The sample plan. */
  readonly plan: string;
  stop(): Promise<void>;
}

export async function start(): Promise<Target> {
  const given = process.env['BASE'];
  if (given !== undefined) return { address: given, plan: await firstPlan(given), stop: () => Promise.resolve() };
  const folder = mkdtempSync(join(tmpdir(), 'centerplan-data-'));
  const program = process.env['CENTERPLAN'] ?? build(folder);
  const child = spawn(program, ['demo', '--listen', '127.0.0.1:0', '--data', join(folder, 'demo.db')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise<string>((resolve, reject) => {
    let printed = '';
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
    plan: await firstPlan(address),
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
