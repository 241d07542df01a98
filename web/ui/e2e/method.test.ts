/** The method's links between screens: what the positioning asks for and feeds, and what the business plan shows of initiatives. */
import { expect, test } from 'vitest';

import { saved, session } from './session';

const s = session();

test('an initiative that answers a finding is removed, and the finding goes on without', async () => {
  expect(await s.patch([{ op: 'add', path: '/method/findings/repeats_unseen/initiative', value: 'first_line_decides' }])).toBe(200);
  const page = await s.open('action');
  const card = page.locator('li.card', { hasText: 'The first line decides' });
  await page.getByRole('button', { name: 'Delete: The first line decides' }).click();
  await card.waitFor({ state: 'detached' });
  await saved(page);
  expect([await s.stored('okr', 'initiatives', 'first_line_decides'), await s.stored('method', 'findings', 'repeats_unseen', 'initiative')]).toEqual([undefined, undefined]);
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await card.waitFor();
  await saved(page);
  expect(await s.stored('method', 'findings', 'repeats_unseen', 'initiative')).toBe('first_line_decides');
});

test('a check of the positioning leads to what is missing, and goes when it is there', async () => {
  const page = await s.open('positioning');
  const checks = page.locator('section:has(#p-checks)');
  await checks.getByText('1 open', { exact: true }).waitFor();
  const check = checks.getByRole('button', { name: /“Service and sales in one” grows \(\+1 pt\), but no objective serves it/ });
  await check.focus();
  await page.keyboard.press('Enter');
  const list = page.getByLabel('Objective that moves effort to Service and sales in one');
  expect(await list.evaluate((element) => element === document.activeElement)).toBe(true);
  await list.selectOption('causes');
  await check.waitFor({ state: 'detached' });
  await checks.getByText('All in order').waitFor();
  await saved(page);
  expect(await s.stored('method', 'positioning', 'layers', 'sales', 'objective')).toBe('causes');
  // What is in order is folded away, and leads to its place as well.
  await checks.getByText(/in order$/).last().click();
  await checks.getByRole('link', { name: /“Service and sales in one” grows \(\+1 pt\), carried by/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Business plan' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-item') === '/okr/objectives/causes');
});

test('what the positioning feeds leads to the objective and to the line that measures it', async () => {
  const page = await s.open('positioning?scenario=growth');
  const feeds = page.locator('section:has(#p-feeds)');
  await feeds.getByRole('link', { name: 'Matters are settled at the first call' }).click();
  await page.getByRole('heading', { level: 1, name: 'Business plan' }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-item') === '/okr/objectives/settle');
  expect(page.url()).toContain('scenario=growth');
  await page.goBack();
  await feeds.getByRole('link', { name: 'First call resolution' }).click();
  await page.getByRole('heading', { level: 1, name: 'Budget & return' }).waitFor();
  expect(page.url()).toMatch(/scenario=growth&cell=fcr/);
});

test('without layers the checks lead to where one begins', async () => {
  const layers = await s.stored('method', 'positioning', 'layers');
  expect(await s.patch([{ op: 'test', path: '/method/positioning/layers', value: layers as object }, { op: 'remove', path: '/method/positioning/layers' }])).toBe(200);
  const page = await s.open('positioning');
  await page.locator('section:has(#p-checks)').getByRole('button', { name: "Make today's shares sum to 100%" }).click();
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Begin with six example layers');
  await page.keyboard.press('Enter');
  await page.getByLabel('Share of effort today: Response').waitFor();
  await saved(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByText('No layers yet.').waitFor();
  await saved(page);
  expect(await s.patch([{ op: 'add', path: '/method/positioning/layers', value: layers as object }])).toBe(200);
});
