/** A paste of more cells than any other edit has: one step, or nothing. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { figure, saved, session } from './session';

const LINES = 1700;
const s = session();

/** A plan of lines of figures alone, opened with the cursor on the first figure. */
async function opened(id: string): Promise<{ readonly page: Page; readonly calls: string[] }> {
  const lines = Array.from({ length: LINES }, (_, i) => `  - {code: line_${i}, name: {en: Line ${i}, zh: 指标${i}}, unit: contact, rollup: sum, values: 1000}`);
  const file = ['centerplan: 1', `plan: {id: ${id}, name: {en: Large, zh: 大表}, currency: CNY}`, 'calendar: {start: 2027-01, months: 12}', 'lines:', ...lines, ''].join('\n');
  const answer = await s.browser.context.request.post(`${s.target.address}/api/v1/plans`, { data: { file } });
  expect(answer.status()).toBe(201);
  const page = await s.open(`#/p/${id}/budget?cell=line_0%2F2027-01`);
  await page.locator('.grid-row .k-value').first().waitFor();
  await page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: /^Line 0$/ }) }).locator('[data-c="3"]').click();
  const calls: string[] = [];
  page.on('request', (request) => { if (request.method() === 'PATCH') calls.push(request.url()); });
  return { page, calls };
}

const paste = (page: Page, rows: number): Promise<void> => page.evaluate((tsv) => {
  const data = new DataTransfer();
  data.setData('text/plain', tsv);
  document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, Array.from({ length: rows }, (_, r) => Array.from({ length: 12 }, (__, c) => String(2000 + r + c)).join('\t')).join('\r\n'));

test('twelve thousand cells go in one call, and one undo takes them back', async () => {
  const { page, calls } = await opened('paste-large');
  await paste(page, 1000);
  await saved(page);
  expect(calls.length).toBe(1);
  expect([await figure(page, 'Line 0', 0), await figure(page, 'Line 2', 11)]).toEqual(['2,000', '2,013']);
  await page.keyboard.press('Control+z');
  await page.locator('.toast', { hasText: 'Undone: paste 12000 cells' }).waitFor();
  await expect.poll(() => figure(page, 'Line 2', 11)).toBe('1,000');
  await expect.poll(() => figure(page, 'Line 0', 0)).toBe('1,000');
});

test('more than one edit takes is refused as a whole, with the limit and the way out', async () => {
  const { page, calls } = await opened('paste-too-large');
  await paste(page, 1690);
  await page.locator('.toast', { hasText: 'than the 20,000 cells that can be pasted at once. Nothing was pasted. Paste it in parts' }).waitFor();
  // So is the clearing of all lines.
  await page.keyboard.press('Control+Shift+End');
  await page.keyboard.press('Delete');
  await page.locator('.toast', { hasText: 'cells are more than one edit can change (20,000). Nothing was changed.' }).waitFor();
  await page.keyboard.press('Control+Home');
  await page.waitForTimeout(300);
  await expect.poll(() => figure(page, 'Line 0', 0)).toBe('1,000');
  expect(calls).toEqual([]);
});
