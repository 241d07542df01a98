/** How fast the page is on a plan of 500 lines: a report, not a gate. `npm run bench`. */
import { launch, prefer, ready } from './browser';
import { start } from './target';

const LINES = 500;
const CHAIN = 20;

/** A plan file of groups of twenty lines, each line a formula of the one before. */
function planFile(): string {
  const lines = Array.from({ length: LINES }, (_, i) => {
    const content = i % CHAIN === 0 ? 'values: 1000' : `formula: "line_${i - 1} * 1.01"`;
    return `  - {code: line_${i}, name: {en: Line ${i}, zh: 指标${i}}, group: g${Math.floor(i / CHAIN)}, unit: contact, rollup: sum, ${content}}`;
  });
  const groups = Array.from({ length: LINES / CHAIN }, (_, i) => `  - {code: g${i}, name: {en: Group ${i}, zh: 分组${i}}}`);
  return ['centerplan: 1', 'plan: {id: bench, name: {en: Bench, zh: 测速}, currency: CNY}', 'calendar: {start: 2027-01, months: 12, days: typical}', 'groups:', ...groups, 'lines:', ...lines, ''].join('\n');
}

const target = await start();
const browser = await launch();
try {
  await fetch(`${target.address}/api/v1/plans`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ file: planFile() }) });
  const page = await browser.context.newPage();
  await prefer(page, 'en', 'light');
  const began = Date.now();
  await page.goto(`${target.address}/#/p/bench/budget`);
  await ready(page);
  await page.locator('.grid-row .k-value').first().waitFor();
  console.log(`grid ready            ${Date.now() - began} ms`);
  console.log(`nodes                 ${await page.evaluate(() => document.querySelectorAll('*').length)}`);

  const cell = page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: /^Line 0$/ }) }).locator('[data-c="3"]');
  const last = page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: /^Line 9$/ }) }).locator('[data-c="3"] .grid-text');
  await cell.click();
  const times: number[] = [];
  for (let i = 0; i < 10; i += 1) {
    await page.keyboard.type(String(2000 + i));
    const before = await last.textContent();
    const took = page.evaluate(async (old) => {
      const from = performance.now();
      while (performance.now() - from < 3000) {
        const row = [...document.querySelectorAll('.grid-row')].find((one) => one.querySelector('[role=rowheader]')?.textContent === 'Line 9');
        if (row?.querySelector('[data-c="3"] .grid-text')?.textContent !== old) break;
        await new Promise(requestAnimationFrame);
      }
      return performance.now() - from;
    }, before);
    await page.keyboard.press('Enter');
    times.push(await took);
    await page.keyboard.press('ArrowUp');
  }
  times.sort((a, b) => a - b);
  console.log(`edit to dependants    ${times[5]?.toFixed(0)} ms (median of ten)`);

  const client = await browser.context.newCDPSession(page);
  await client.send('Performance.enable', { timeDomain: 'threadTicks' });
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
    return count;
  });
  console.log(`scroll, main thread   ${(((await busy()) - started) * 1000 / frames).toFixed(1)} ms a frame`);
} finally {
  await browser.close();
  await target.stop();
}
