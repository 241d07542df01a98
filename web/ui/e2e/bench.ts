/** How fast the page is on plans of 1,000 and of 10,000 lines: a report, not a gate. `npm run bench`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { CDPSession, Page } from 'playwright-core';

import { launch, prefer, ready } from './browser';
import { start } from './target';

const CHAIN = 20;
/** Columns filled by a large paste, and rows: 5,000 cells. */
const PASTED = { cols: 10, rows: 500 };

/** A plan file of groups of twenty lines, each line a formula of the one before; a group of inputs to paste into at the end. */
function planFile(id: string, lines: number): string {
  const made = Array.from({ length: lines }, (_, i) => {
    const input = i % CHAIN === 0 || i >= lines - PASTED.rows;
    return `  - {code: line_${i}, name: {en: Line ${i}, zh: 指标${i}}, group: g${Math.floor(i / CHAIN)}, unit: contact, rollup: sum, ${input ? 'values: 1000' : `formula: "line_${i - 1} * 1.01"`}}`;
  });
  const groups = Array.from({ length: Math.ceil(lines / CHAIN) }, (_, i) => `  - {code: g${i}, name: {en: Group ${i}, zh: 分组${i}}}`);
  return ['centerplan: 1', `plan: {id: ${id}, name: {en: Bench, zh: 测速}, currency: CNY}`, 'calendar: {start: 2027-01, months: 12, days: typical}', 'groups:', ...groups, 'lines:', ...made, ''].join('\n');
}

/** What the page names and what its first modules bring along, gzipped; not what is fetched by itself, with a screen or two seconds later. */
function firstLoad(): number {
  const dist = join(import.meta.dirname, '../dist');
  const front = [...readFileSync(join(dist, 'index.html'), 'utf8').matchAll(/assets\/([\w.$-]+\.(?:js|css))/g)].map((match) => match[1] ?? '');
  const seen = new Map<string, number>();
  for (let name = front.pop(); name !== undefined; name = front.pop()) {
    if (seen.has(name)) continue;
    const file = readFileSync(join(dist, 'assets', name));
    seen.set(name, gzipSync(file).length);
    if (name.endsWith('.js')) front.push(...[...file.toString().matchAll(/(?:import|from)\s*["']\.\/([\w.$-]+\.js)["']/g)].map((match) => match[1] ?? ''));
  }
  return [...seen.values()].reduce((sum, size) => sum + size, 0);
}

const middle = (times: number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

/** Runs a deed in the page and waits until a text of the grid is another; the answer is how long that took. */
async function until(page: Page, row: string, column: number, deed: () => Promise<void>): Promise<number> {
  const took = page.evaluate(async ([name, c]) => {
    // Without functions of its own: what runs in the page knows no helper of the compiler.
    let before: string | null | undefined = null;
    let from = 0;
    const began = performance.now();
    for (const kind of ['keydown', 'paste']) document.addEventListener(kind, () => { from = performance.now(); }, { capture: true, once: true });
    document.body.dataset['watching'] = 'yes';
    while (performance.now() - began < 20_000) {
      const now = [...document.querySelectorAll('.grid-row')].find((one) => one.querySelector('[role=rowheader]')?.textContent === name)?.querySelector(`[data-c="${c}"] .grid-text`)?.textContent;
      if (before === null) before = now;
      else if (now !== undefined && now !== before) break;
      await new Promise(requestAnimationFrame);
    }
    delete document.body.dataset['watching'];
    return performance.now() - from;
  }, [row, column] as const);
  await page.waitForFunction(() => document.body.dataset['watching'] === 'yes');
  await deed();
  return took;
}

async function scroll(page: Page, client: CDPSession): Promise<number> {
  const busy = async (): Promise<number> => (await client.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0;
  const started = await busy();
  const frames = await page.evaluate(async () => {
    const grid = document.querySelector('.grid');
    let count = 0;
    for (let top = 0; grid && top < 12_000; top += 67) {
      grid.scrollTop = top;
      count += 1;
      await new Promise(requestAnimationFrame);
    }
    if (grid) grid.scrollTop = 0;
    return count;
  });
  return (((await busy()) - started) * 1000) / frames;
}

async function measure(address: string, page: Page, client: CDPSession, lines: number): Promise<readonly (readonly [string, string])[]> {
  const id = `bench-${lines}`;
  const answer = await fetch(`${address}/api/v1/plans`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ file: planFile(id, lines) }) });
  if (!answer.ok) throw new Error(`the server refuses a plan of ${lines} lines: ${await answer.text()}`);
  await prefer(page, 'en', 'light');
  const began = Date.now();
  await page.goto(`${address}/#/p/${id}/budget`);
  await ready(page);
  await page.locator('.grid-row .k-value').first().waitFor();
  const rows: [string, string][] = [['grid ready', `${Date.now() - began} ms`], ['first load', `${(firstLoad() / 1000).toFixed(1)} kB gz`]];
  rows.push(['nodes', String(await page.evaluate(() => document.querySelectorAll('*').length))]);
  const cell = (name: string): ReturnType<Page['locator']> => page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: new RegExp(`^${name}$`) }) }).locator('[data-c="3"]');
  const [own, others]: [number[], number[]] = [[], []];
  await cell('Line 0').click();
  for (let i = 0; i < 5; i += 1) {
    await page.keyboard.type(String(2000 + 2 * i));
    own.push(await until(page, 'Line 0', 3, () => page.keyboard.press('Enter')));
    await page.locator('.sync', { hasText: 'Saved' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.type(String(2001 + 2 * i));
    others.push(await until(page, 'Line 9', 3, () => page.keyboard.press('Enter')));
    await page.locator('.sync', { hasText: 'Saved' }).waitFor();
    await page.keyboard.press('ArrowUp');
  }
  rows.push(['edit to own repaint', `${middle(own).toFixed(0)} ms`], ['edit to dependants', `${middle(others).toFixed(0)} ms`]);
  rows.push(['scroll, main thread', `${middle([await scroll(page, client), await scroll(page, client), await scroll(page, client)]).toFixed(1)} ms a frame`]);
  const first = `Line ${lines - PASTED.rows}`;
  await page.keyboard.press('/');
  await page.keyboard.type(first);
  await page.keyboard.press('Enter');
  await cell(first).click();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  const block = Array.from({ length: PASTED.rows }, (_, r) => Array.from({ length: PASTED.cols }, (__, c) => String(3000 + r + c)).join('\t')).join('\r\n');
  await page.evaluate((key) => { location.hash = `${location.hash.split('?')[0]}?cell=${key}`; }, `line_${lines - PASTED.rows}/2027-01`);
  await page.reload();
  await page.locator('.grid-row .k-value').first().waitFor();
  await cell(first).click();
  const from = Date.now();
  const local = await until(page, first, 3, () => page.evaluate((tsv) => {
    const data = new DataTransfer();
    data.setData('text/plain', tsv);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, block));
  await page.locator('.sync', { hasText: 'Saved' }).waitFor();
  rows.push(['paste of 5,000 cells, own repaint', `${local.toFixed(0)} ms`], ['paste of 5,000 cells, saved', `${Date.now() - from} ms`]);
  const language = Date.now();
  await page.getByRole('button', { name: '中文' }).click();
  await page.locator('[role=columnheader]', { hasText: '1月' }).first().waitFor();
  rows.push(['language switch, with its words', `${Date.now() - language} ms`]);
  return rows;
}

const target = await start();
const browser = await launch();
try {
  const tables = new Map<number, ReadonlyMap<string, string>>();
  for (const lines of [1000, 10_000]) {
    const page = await browser.context.newPage();
    const client = await browser.context.newCDPSession(page);
    await client.send('Performance.enable', { timeDomain: 'threadTicks' });
    tables.set(lines, new Map(await measure(target.address, page, client, lines)));
    await page.close();
  }
  const sizes = [...tables.keys()];
  console.log(`${''.padEnd(36)}${sizes.map((size) => `${size} lines`.padStart(18)).join('')}`);
  for (const name of tables.get(sizes[0] ?? 0)?.keys() ?? []) console.log(`${name.padEnd(36)}${sizes.map((size) => (tables.get(size)?.get(name) ?? '').padStart(18)).join('')}`);
} finally {
  await browser.close();
  await target.stop();
}
