/** What becomes of a scenario: locked against mistakes, put away, taken out again. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';

import { faults } from './axe';
import { session } from './session';

const s = session();

async function choose(page: Page, name: string, deed: RegExp): Promise<void> {
  const card = page.locator('section:has(#s-changes)');
  await card.locator('select').selectOption({ label: name });
  await card.getByRole('button', { name: `More for “${name}”` }).click();
  await page.getByRole('menuitem', { name: deed }).click();
  await page.locator('.sync', { hasText: 'Saved' }).waitFor();
}

test('a locked scenario is changed neither in the grid nor by form until it is unlocked', async () => {
  const page = await s.open('scenarios');
  await choose(page, 'Growth of 12%', /^Lock/);
  const card = page.locator('section:has(#s-changes)');
  await card.locator('.chip', { hasText: 'locked' }).waitFor();
  await card.getByRole('button', { name: 'More for “Growth of 12%”' }).click();
  expect(await page.getByRole('menuitem', { name: /^(Rename|Delete)/ }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await expect.poll(() => faults(page)).toEqual([]);
  await card.getByRole('link', { name: 'Open this scenario in the budget' }).click();
  await page.locator('.strip', { hasText: '“Growth of 12%” is locked' }).waitFor();
  await page.locator('.grid-row .k-value').first().waitFor();
  await page.locator('.grid-input').focus();
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await page.locator('.toast.bad', { hasText: 'locked' }).waitFor();
  await page.locator('.strip').getByRole('button', { name: 'Unlock' }).click();
  await page.locator('.strip', { hasText: 'is locked' }).waitFor({ state: 'detached' });
});

test('an archived scenario is offered nowhere, is read by its address, and comes back', async () => {
  const page = await s.open('scenarios');
  const offered = async (): Promise<string[]> => page.locator('.topbar select option').allTextContents();
  await expect.poll(offered).toContain('Today, FCR +1 point');
  await choose(page, 'Today, FCR +1 point', /^Archive/);
  await page.locator('.toast', { hasText: '“Today, FCR +1 point” is archived' }).waitFor();
  await page.locator('.compare thead').getByText('Today, FCR +1 point').waitFor({ state: 'detached' });
  await expect.poll(offered).not.toContain('Today, FCR +1 point');
  await page.locator('section:has(#s-archived)').getByRole('link', { name: 'Read in the budget' }).click();
  await page.locator('.strip', { hasText: '“Today, FCR +1 point” is archived' }).waitFor();
  await expect.poll(offered).toContain('Today, FCR +1 point');
  await page.locator('.grid-row .k-value').first().waitFor();
  await page.locator('.strip').getByRole('link', { name: 'Scenarios' }).click();
  await page.locator('section:has(#s-archived)').getByRole('button', { name: 'Take out of the archive' }).click();
  await page.locator('#s-archived').waitFor({ state: 'detached' });
  await expect.poll(offered).toContain('Today, FCR +1 point');
});
