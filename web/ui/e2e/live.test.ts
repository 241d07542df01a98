/** Others in the plan, and edits through an outage: a server of its own, which is killed and started again, and windows without a network. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { become, complaints, forget, launch, prefer, type Browser } from './browser';
import { figure, pick, press, saved } from './session';

/** How long the server is away; OUTAGE=30 for the long run. */
const OUTAGE_MS = Number(process.env['OUTAGE'] ?? 6) * 1000;
/** However slow the machine is, each tab types so many edits. */
const LEAST = 5;
const TALK = 'Talk time';
const LINE = 'talk';
/** What the browser itself says of a call that failed; of anything else a page must not complain here. */
const NETWORK = /Failed to load resource|net::ERR_/;

let folder = '';
let program = '';
let port = 0;
let server: ChildProcess | undefined;
let browser: Browser;
let plan = '';
let watched: (() => string[])[] = [];
const address = (): string => `http://127.0.0.1:${port}`;

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const at = probe.address();
      probe.close(() => resolve(typeof at === 'object' && at ? at.port : 0));
    });
  });
}
async function up(): Promise<void> {
  if (server?.exitCode === null && server.signalCode === null) return;
  server = spawn(program, ['demo', '--listen', `127.0.0.1:${port}`, '--data', join(folder, 'demo.db')], { stdio: 'ignore' });
  const until = Date.now() + 30_000;
  while (Date.now() < until && !(await fetch(`${address()}/healthz`).then((answer) => answer.ok, () => false))) await new Promise((resolve) => setTimeout(resolve, 100));
}
/** Ends the server as a power cut does. */
async function down(): Promise<void> {
  const ended = new Promise((resolve) => server?.once('exit', resolve));
  server?.kill('SIGKILL');
  await ended;
}
/** A browser that never rests fetches nothing ahead. */
async function open(query = '', restless = false): Promise<Page> {
  const page = await browser.context.newPage();
  watched.push(complaints(page));
  if (restless) await page.addInitScript(() => { globalThis.requestIdleCallback = () => 0; });
  await prefer(page, 'en', 'light');
  await page.goto(`${address()}/#/p/${plan}/budget${query}`);
  await page.locator('.grid-row').first().waitFor();
  return page;
}
async function values(): Promise<Readonly<Record<string, number>>> {
  const { document } = (await (await fetch(`${address()}/api/v1/plans/${plan}`)).json()) as { readonly document: { readonly budget: { readonly lines: Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>> } } };
  return document.budget.lines[LINE]?.values ?? {};
}
async function type(page: Page, month: number, value: number): Promise<void> {
  await pick(page, TALK, month);
  await page.keyboard.type(String(value));
  await page.keyboard.press('Enter');
}
/** Takes the network from one window alone; the answer gives it back. */
async function cut(page: Page): Promise<() => Promise<void>> {
  const line = await browser.context.newCDPSession(page);
  const be = (offline: boolean) => line.send('Network.emulateNetworkConditions', { offline, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await line.send('Network.enable');
  await be(true);
  return async () => { await be(false); };
}
const monthKey = (month: number): string => `2027-${String(month + 1).padStart(2, '0')}`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'centerplan-live-'));
  program = process.env['CENTERPLAN'] ?? join(folder, 'centerplan');
  if (process.env['CENTERPLAN'] === undefined) execFileSync('go', ['build', '-o', program, './cmd/centerplan'], { cwd: fileURLToPath(new URL('../../..', import.meta.url)), stdio: 'inherit' });
  port = await freePort();
  await up();
  plan = ((await (await fetch(`${address()}/api/v1/plans`)).json()) as readonly { readonly id: string }[])[0]?.id ?? '';
  browser = await launch(1440, 1900);
});
afterEach(async () => {
  // A test that failed in an outage takes no other with it.
  await up();
  const heard = watched.flatMap((one) => one()).filter((text) => !NETWORK.test(text));
  watched = [];
  for (const page of browser.context.pages().slice(1)) await page.close();
  await forget(browser.context, address());
  expect(heard).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await down();
  rmSync(folder, { recursive: true, force: true });
});

it('two tabs type through an outage, one is loaded again in it, and no edit is lost', async () => {
  const [one, two] = [await open('', true), await open('', true)];
  const typed: Record<string, number> = {};
  await down();
  const back = Date.now() + OUTAGE_MS;
  let n = 0;
  do {
    const month = n % 5;
    for (const [page, at] of [[one, month], [two, month + 6]] as const) {
      typed[monthKey(at)] = 100 + n;
      await type(page, at, 100 + n);
    }
    n += 1;
  } while (Date.now() < back || n < LEAST);
  await one.locator('.banner', { hasText: 'cannot be reached' }).waitFor();
  await up();
  // It takes some time until they try again; one of them does not live to see it.
  await one.reload();
  await Promise.all([saved(one), saved(two)]);
  const kept = await values();
  const lost = Object.entries(typed).filter(([month, value]) => kept[month] !== value);
  console.log(`outage ${OUTAGE_MS / 1000} s: ${n * 2} edits typed in two tabs, ${lost.length} lost`);
  expect(lost).toEqual([]);
  for (const page of [one, two]) expect(await page.locator('.conflict').count()).toBe(0);
}, 180_000);

it('a window that loses its network types on beside one that has it, and is asked about the cell both changed', async () => {
  const [one, two] = [await open(), await open()];
  const back = await cut(one);
  for (const [page, months] of [[one, [0, 1, 2, 4]], [two, [6, 7, 4]]] as const) for (const month of months) await type(page, month, (page === one ? 310 : 320) + month);
  await saved(two);
  await one.getByRole('button', { name: '4 edits not saved' }).waitFor();
  expect((await values())[monthKey(0)]).not.toBe(310);
  await back();
  await one.locator('.conflict', { hasText: 'May 2027' }).getByRole('button', { name: 'Keep mine' }).click();
  await saved(one);
  await expect.poll(() => figure(two, TALK, 4)).toBe('314');
  const kept = await values();
  expect([0, 1, 2, 4, 6, 7].map((month) => kept[monthKey(month)])).toEqual([310, 311, 312, 314, 326, 327]);
});

it('windows without a network keep what is typed, say so, and send it as soon as they have one', async () => {
  const [one, two] = [await open(), await open()];
  await browser.context.setOffline(true);
  for (const [page, months] of [[one, [0, 1, 2]], [two, [6, 7, 8]]] as const) for (const month of months) await type(page, month, 410 + month);
  for (const page of [one, two]) {
    await page.locator('.banner', { hasText: 'cannot be reached. You can go on: 3 edits are kept' }).waitFor();
    await page.getByRole('button', { name: '3 edits not saved' }).waitFor();
  }
  await browser.context.setOffline(false);
  for (const page of [one, two]) {
    await saved(page);
    await page.locator('.banner').waitFor({ state: 'detached' });
  }
  const kept = await values();
  expect([0, 1, 2, 6, 7, 8].map((month) => kept[monthKey(month)])).toEqual([410, 411, 412, 416, 417, 418]);
});

it('a window that is gone leaves its edits to the next one', async () => {
  const page = await open();
  await browser.context.route('**/api/v1/plans/*', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()));
  await type(page, 5, 77);
  await page.getByRole('button', { name: '1 edit not saved' }).waitFor();
  await page.close({ runBeforeUnload: false });
  await browser.context.unroute('**/api/v1/plans/*');
  await open();
  await expect.poll(async () => (await values())[monthKey(5)], { timeout: 60_000 }).toBe(77);
});

it('a figure changed elsewhere is asked about at its cell', async () => {
  const page = await open();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => { release = resolve; });
  await page.route('**/api/v1/plans/*', async (route) => {
    if (route.request().method() === 'PATCH') await held;
    await route.continue();
  });
  const path = `/budget/lines/${LINE}/values/${monthKey(11)}`;
  await type(page, 11, 61);
  await fetch(`${address()}/api/v1/plans/${plan}`, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ op_id: 'beside', patch: [{ op: 'replace', path, value: 62 }] }) });
  release();
  const card = page.locator('.conflict.at');
  await card.locator('.mine').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.grid') !== null)).toBe(true);
  await card.getByRole('button', { name: 'Keep mine' }).click();
  await saved(page);
  expect((await values())[monthKey(11)]).toBe(61);
});

it('shows who else is there and at which cell', async () => {
  const page = await open();
  const entered = await fetch(`${address()}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"id":"finance"}' });
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const be = (body: object): Promise<Response> => fetch(`${address()}/api/v1/plans/${plan}/presence`, { method: 'POST', headers: { 'Content-Type': 'application/json', Cookie: cookie }, body: JSON.stringify({ tab: 'other', ...body }) });
  expect((await be({ screen: 'budget', cell: 'fcr/2027-03' })).status).toBe(204);
  // A window that died without a word, as in the tests above, is there for some time yet.
  const disc = page.locator('.presence').getByRole('button', { name: /First call resolution · Mar 2027/ });
  const tag = page.locator('.grid-row', { has: page.getByRole('rowheader', { name: 'First call resolution' }) }).locator('.grid-tag');
  await disc.waitFor();
  await tag.waitFor();
  await be({ screen: '' });
  await disc.waitFor({ state: 'detached' });
  await tag.waitFor({ state: 'detached' });
});

it('a full disk keeps the edit waiting', async () => {
  const page = await open();
  await page.route('**/api/v1/plans/*', (route) => (route.request().method() === 'PATCH' ? route.fulfill({ status: 507, contentType: 'application/problem+json', body: JSON.stringify({ status: 507, problems: [{ key: 'store.full', kind: 'internal', pointer: '', args: {} }] }) }) : route.continue()));
  await type(page, 8, 55);
  await page.locator('.banner', { hasText: 'its disk is full' }).waitFor();
  await page.unroute('**/api/v1/plans/*');
  await press(page.getByRole('button', { name: 'Try now' }));
  await saved(page);
  expect((await values())[monthKey(8)]).toBe(55);
});

it('an undo that meets another’s change asks, and overwrites nothing', async () => {
  const page = await open();
  await type(page, 9, 91);
  await saved(page);
  const path = `/budget/lines/${LINE}/values/${monthKey(9)}`;
  await become(browser.context, address());
  await fetch(`${address()}/api/v1/session`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"id":"finance"}' }).then(async (entered) => {
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    await fetch(`${address()}/api/v1/plans/${plan}`, { method: 'PATCH', headers: { 'Content-Type': 'application/json', Cookie: cookie }, body: JSON.stringify({ op_id: 'other', patch: [{ op: 'replace', path, value: 92 }] }) });
  });
  await page.getByRole('button', { name: /^Undo: / }).click();
  await page.locator('.conflict').first().waitFor();
  expect((await values())[monthKey(9)]).toBe(92);
  await page.getByRole('button', { name: 'Take theirs' }).first().click();
  await page.locator('.conflict').waitFor({ state: 'detached' });
  expect((await values())[monthKey(9)]).toBe(92);
});
