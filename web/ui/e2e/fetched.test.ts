/** Dialogs that come late, and such that do not come: what one types meanwhile goes nowhere. */
import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';

import { faults } from './axe';
import { figure, pick, saved, session } from './session';

const CALLS = 'Calls today';
const s = session();
/** The budget, with a chunk that is held back until it is told to come, or fails until then. */
async function held(chunk: string, fails = false): Promise<{ readonly page: Page; readonly come: () => void }> {
  let come: () => void = () => undefined;
  let there = false;
  const said = new Promise<void>((resolve) => { come = resolve; });
  void said.then(() => { there = true; });
  await s.browser.context.route(`**/assets/${chunk}.*`, async (route) => {
    if (fails && !there) return route.abort();
    await said;
    return route.continue();
  });
  const page = await s.open('budget');
  await page.locator('.grid-row .k-value').first().waitFor();
  return { page, come };
}
afterEach(async () => {
  await s.browser.context.unrouteAll();
});
const inGrid = (page: Page): Promise<string> => page.locator('.grid-input').inputValue();
const focused = (page: Page): Promise<string | undefined> => page.evaluate(() => document.activeElement?.tagName);

it('a dialog on its way keeps the keys from the grid, and takes those that come after it', async () => {
  const { page, come } = await held('LineForm');
  const before = await figure(page, CALLS, 0);
  await pick(page, CALLS, 0);
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Add line…/ }).click();
  await page.keyboard.type('97');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+z');
  expect(await inGrid(page)).toBe('');
  await page.getByRole('dialog').getByText('Loading…').waitFor();
  await expect.poll(() => faults(page)).toEqual([]);
  come();
  await page.getByRole('dialog', { name: 'Add line' }).waitFor();
  await page.keyboard.type('Calls of partners');
  await expect.poll(() => page.getByLabel('Code for formulas').inputValue()).toBe('calls_of_partners');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.classList.contains('grid-input'))).toBe(true);
  await expect.poll(() => figure(page, CALLS, 0)).toBe(before);
  await saved(page);
});

it('so does the menu of the selection', async () => {
  const { page, come } = await held('CellMenu');
  await pick(page, CALLS, 0);
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('5');
  await expect.poll(() => focused(page)).toBe('DIALOG');
  expect(await inGrid(page)).toBe('');
  come();
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.url()).toContain('calls_today%2F2027-01');
});

it('what came late gives the focus back to where one was', async () => {
  const { page, come } = await held('Palette');
  await pick(page, CALLS, 0);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByText('Loading…').waitFor();
  come();
  await page.locator('.palette input').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.palette').waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.classList.contains('grid-input'))).toBe(true);
});

it('one that does not come says so, and comes with its looks when it is asked for again', async () => {
  s.allow(/LineForm/);
  const { page, come } = await held('LineForm', true);
  await pick(page, CALLS, 0);
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Add line…/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('could not be fetched').waitFor();
  await expect.poll(() => faults(page)).toEqual([]);
  // Asked for again in vain, it keeps the keys all the same.
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.getByText('could not be fetched').waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.classList.contains('grid-input'))).toBe(true);
  come();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Add line…/ }).click();
  await page.getByRole('dialog', { name: 'Add line' }).waitFor();
  await expect.poll(() => page.locator('dialog .pair').first().evaluate((one) => getComputedStyle(one).display)).toBe('grid');
});
