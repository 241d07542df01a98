/** Bridges, tornados and capacity in the browser: pictures, tables, links, rights. */
import { expect, test } from 'vitest';

import { faults } from './axe';
import { session } from './session';

const s = session();

test('a bridge joins any two scenarios, and its address holds them', async () => {
  const page = await s.open('scenarios?from=growth&to=growth_answered');
  const card = page.locator('section:has(#s-bridge)');
  await card.locator('svg path').first().waitFor({ state: 'attached' });
  expect(await card.locator('.sentence').textContent()).toMatch(/Total cost falls by/);
  await card.getByRole('button', { name: 'Show as table' }).click();
  expect(await card.locator('tbody tr').count()).toBe(4);
  await card.getByRole('button', { name: 'Swap the two scenarios' }).click();
  await page.waitForFunction(() => /from=growth_answered&to=growth|to=growth&from=growth_answered/.test(location.hash));
  await card.locator('.sentence', { hasText: 'rises by' }).waitFor();
});

test('the range of a tornado is changed in place', async () => {
  const page = await s.open('scenarios', { lang: 'zh' });
  const card = page.locator('section:has(#s-tornado)');
  await card.locator('.sentence', { hasText: '±10%' }).waitFor({ timeout: 45_000 });
  await card.locator('input[type=number]').fill('20');
  await card.locator('input[type=number]').press('Enter');
  await card.locator('.sentence', { hasText: '±20%' }).waitFor({ timeout: 45_000 });
  expect(await page.evaluate(() => location.hash)).toContain('range=20');
  expect(await faults(page)).toEqual([]);
});

test('the capacity screen shows who is needed and there, and takes a change in place', async () => {
  const page = await s.open('#/p/twocity-2027/capacity');
  await page.locator('.picture svg path').first().waitFor({ state: 'attached', timeout: 45_000 });
  expect(await page.locator('.sentence').textContent()).toMatch(/too few people/);
  const cell = page.getByLabel('Classes decided · Coastal city, Jan', { exact: true });
  // A tenth more: what is changed by more than a fifth asks for a reason there.
  await cell.fill('22');
  await cell.press('Enter');
  await page.locator('.sync', { hasText: 'Saved' }).waitFor();
  expect(await cell.inputValue()).toBe('22');
  expect(await faults(page)).toEqual([]);
});
