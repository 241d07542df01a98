/** The method's links between screens: what the positioning asks for and feeds, and what the business plan shows of initiatives. */
import { expect, test } from 'vitest';

import { faults } from './axe';
import { become } from './browser';
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
  await expect.poll(() => list.evaluate((element) => element === document.activeElement)).toBe(true);
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
  await expect.poll(() => page.url()).toContain('scenario=growth');
  await page.goBack();
  await feeds.getByRole('link', { name: 'First call resolution' }).click();
  await page.getByRole('heading', { level: 1, name: 'Budget & return' }).waitFor();
  await expect.poll(() => page.url()).toMatch(/scenario=growth&cell=fcr/);
});

test('without layers the checks lead to where one begins', async () => {
  const layers = await s.stored('method', 'positioning', 'layers');
  expect(await s.patch([{ op: 'test', path: '/method/positioning/layers', value: layers as object }, { op: 'remove', path: '/method/positioning/layers' }])).toBe(200);
  const page = await s.open('positioning');
  await page.locator('section:has(#p-checks)').getByRole('button', { name: "Make today's shares sum to 100%" }).click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent.trim())).toBe('Begin with six example layers');
  await page.keyboard.press('Enter');
  await page.getByLabel('Share of effort today: Response').waitFor();
  await saved(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByText('No layers yet.').waitFor();
  await saved(page);
  expect(await s.patch([{ op: 'add', path: '/method/positioning/layers', value: layers as object }])).toBe(200);
});

test('the business plan tells what an initiative does to a line, and leads to what it is linked to', async () => {
  const page = await s.open('#/p/twocity-2027/business?item=%2Fokr%2Finitiatives%2Fcoaching');
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-item') === '/okr/initiatives/coaching');
  const row = page.locator('[data-item="/okr/initiatives/assist"]');
  await row.getByText('-¥706.5K').waitFor();
  await row.getByText('¥240K').waitFor();
  const section = page.locator('section:has(#b-initiatives)');
  await section.locator('.sentence', { hasText: '“Knowledge assistant” does most for “Total cost”' }).waitFor();
  // Another line, another scenario: the engine's figures, and the address holds the line.
  await section.locator('select').selectOption('fcr');
  await row.getByText('+0.37 pt').waitFor();
  await expect.poll(() => page.url()).toContain('effect=fcr');
  await page.locator('.topbar select').first().selectOption('hot_summer');
  await section.locator('select').selectOption('total_cost');
  await row.getByText('-¥528.3K').waitFor();
  await section.getByRole('button', { name: 'Show as table' }).click();
  await expect.poll(() => section.locator('.chart-figure tbody tr').count()).toBe(3);
  await expect.poll(() => faults(page)).toEqual([]);
  await row.getByRole('link', { name: 'Customer satisfaction' }).click();
  await page.locator('dialog', { hasText: 'Customer satisfaction' }).waitFor();
  await page.goBack();
  await page.locator('[data-item="/okr/initiatives/coaching"]').getByRole('link', { name: /Customers tell the same matter twice/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Retrospective' }).waitFor();
});

test('an initiative is begun on the business plan, and says why its effect cannot be told', async () => {
  const page = await s.open('business');
  const section = page.locator('section:has(#b-initiatives)');
  await section.getByRole('button', { name: 'Add initiative' }).click();
  await page.getByLabel('Initiative', { exact: true }).fill('Answer by message');
  await page.locator('dialog').getByLabel('Objective', { exact: true }).selectOption('causes');
  await page.getByRole('button', { name: 'Save' }).click();
  const row = section.locator('tbody tr', { hasText: 'Answer by message' });
  await row.getByText('Changes nothing in the budget yet').waitFor();
  await row.getByText('Internal operations').waitFor();
  await row.getByText('No month yet').waitFor();
  await saved(page);
  await row.getByRole('button', { name: 'Edit: Answer by message' }).click();
  await page.locator('dialog').getByLabel('Owner').selectOption('operations');
  await page.getByRole('button', { name: 'Save' }).click();
  await row.getByText('Operations manager').waitFor();
  await saved(page);
  await row.getByRole('button', { name: 'Delete: Answer by message' }).click();
  await row.waitFor({ state: 'detached' });
  await saved(page);
});

test('who may not see a line is told that its effects are not shown', async () => {
  await become(s.browser.context, s.target.address, 'lead');
  const page = await s.open('#/p/twocity-2027/business');
  await page.locator('[data-item="/okr/initiatives/assist"] .withheld').first().waitFor();
  expect(await page.locator('.chart-figure').count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Add initiative' }).count()).toBe(0);
  await become(s.browser.context, s.target.address);
});
