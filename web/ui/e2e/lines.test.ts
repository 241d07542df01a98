import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { grouped } from './grouped';
import { figure, pick, saved, session } from './session';

const CALLS = 'Calls today';
const s = session();
async function budget(query = ''): Promise<Page> {
  const page = await s.open(`budget${query}`);
  await page.locator('.grid-row .k-value').first().waitFor();
  return page;
}
/** Opens the menu of the active cell by the keyboard, and one of its entries. */
async function menu(page: Page, entry: RegExp | string): Promise<void> {
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: entry }).click();
}
const line = async (id: string): Promise<Record<string, unknown>> => (await s.stored('budget', 'lines', id)) as Record<string, unknown>;
/** The line with a code, as the server has it. */
async function byCode(code: string): Promise<Record<string, unknown> & { readonly id: string } | undefined> {
  const all = (await s.stored('budget', 'lines')) as Record<string, Record<string, unknown>>;
  const found = Object.entries(all).find(([, one]) => one['code'] === code);
  return found ? { ...found[1], id: found[0] } : undefined;
}
const months = async (id: string): Promise<number[]> => Object.entries((await line(id))['values'] as Record<string, number>).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);

describe('a total', () => {
  it('typed into its column is spread by the dialog, around a held month, and taken back in one step', async () => {
    const page = await budget();
    const before = await months('calls_today');
    await pick(page, CALLS, 1);
    await page.keyboard.press('Control+Alt+h');
    await expect.poll(async () => (await line('calls_today'))['held']).toEqual({ '2027-02': true });
    await page.locator('.grid-row', { hasText: CALLS }).locator('.f-held').first().waitFor();
    await page.locator('.grid-row', { hasText: CALLS }).locator('.k-total').click();
    await page.keyboard.type('95000000');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 held cell stays as it is.').waitFor();
    await expect.poll(() => dialog.getByLabel('Total to spread').inputValue()).toBe('95000000');
    await dialog.getByLabel('Total to spread').press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await saved(page);
    const after = await months('calls_today');
    expect(after.reduce((sum, value) => sum + value, 0)).toBe(95_000_000);
    expect([after[1], after[0]]).toEqual([7_000_000, 8_000_000]);
    await page.getByRole('button', { name: /^Undo/ }).first().click();
    await expect.poll(() => months('calls_today')).toEqual(before);
    await pick(page, CALLS, 1);
    await page.keyboard.press('Control+Alt+h');
    await expect.poll(async () => (await line('calls_today'))['held']).toEqual({});
  });

  it('says what to do where it cannot be spread', async () => {
    const page = await budget();
    await pick(page, 'Repeat share today', 0);
    await page.keyboard.press('Shift+F10');
    const entry = page.getByRole('menuitem', { name: /^Spread a total/ });
    await expect.poll(() => entry.getAttribute('aria-disabled')).toBe('true');
    await expect.poll(() => entry.textContent()).toContain('weighted average');
  });
});

describe('filling', () => {
  it('grows a run month by month, in one edit', async () => {
    const page = await budget();
    await pick(page, CALLS, 0);
    await menu(page, /^Fill…/);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Grow month by month/ }).check();
    await dialog.getByLabel('Growth per month').fill('10');
    await dialog.getByText('11 cells change.').waitFor();
    await dialog.getByRole('button', { name: 'Fill', exact: true }).click();
    await saved(page);
    expect((await months('calls_today')).slice(0, 3)).toEqual([7_000_000, 7_700_000, 8_470_000]);
    await expect.poll(() => figure(page, CALLS, 2)).toBe('8,470,000');
  });
});

describe('lines', () => {
  it('are added below the active one, by the keyboard alone', async () => {
    const page = await budget();
    await pick(page, CALLS, 0);
    await menu(page, /^Add line…/);
    const dialog = page.getByRole('dialog', { name: 'Add line' });
    await dialog.waitFor();
    await page.keyboard.type('Calls of partners');
    await expect.poll(() => dialog.getByLabel('Code for formulas').inputValue()).toBe('calls_of_partners');
    await dialog.getByLabel('Unit').fill('contact');
    await dialog.getByLabel('Value of every month').fill('1,200');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await saved(page);
    const made = await byCode('calls_of_partners');
    expect(made).toMatchObject({ name: { en: 'Calls of partners' }, group: 'demand', unit: 'contact', values: { '2027-01': 1200, '2027-12': 1200 } });
    await expect.poll(() => figure(page, 'Calls of partners', 0)).toBe('1,200');
    const names = await page.locator('.grid-row .k-name').allTextContents();
    expect(names.findIndex((name) => name.includes('Calls of partners'))).toBe(names.findIndex((name) => name.includes(CALLS)) + 1);
  });

  it('have another code everywhere once it is changed, and no other figures', async () => {
    const page = await budget();
    const cost = await figure(page, 'Total cost', 0);
    await pick(page, 'First call resolution', 0);
    await menu(page, /^Properties of the line/);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Code for formulas').fill('workdays');
    await dialog.getByText('a meaning of its own').waitFor();
    await dialog.getByLabel('Code for formulas').fill('首次解决率');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await line('fcr'))['code']).toBe('首次解决率');
    const formulas = Object.values((await s.stored('budget', 'lines')) as Record<string, { readonly formula?: string }>).map((one) => one.formula ?? '');
    expect(formulas.some((formula) => formula.includes('首次解决率'))).toBe(true);
    expect(formulas.some((formula) => /\bfcr\b/.test(formula))).toBe(false);
    await expect.poll(() => figure(page, 'Total cost', 0)).toBe(cost);
    expect(await figure(page, 'First call resolution', 0)).not.toBe('');
  });

  it('are deleted after telling who would miss them, and come back', async () => {
    const page = await budget();
    await pick(page, CALLS, 0);
    await menu(page, /^Delete line/);
    const dialog = page.getByRole('dialog');
    expect(await dialog.locator('li').count()).toBeGreaterThan(0);
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await saved(page);
    expect(await line('calls_today')).toBeUndefined();
    await page.getByText(/“Calls today” deleted/).waitFor();
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => line('calls_today')).toBeDefined();
  });

  it('go down in their group and up again', async () => {
    const page = await budget();
    const names = (): Promise<string[]> => page.locator('.grid-row .k-name').allTextContents();
    const before = await names();
    await pick(page, CALLS, 0);
    await menu(page, /^Move down/);
    await expect.poll(names).not.toEqual(before);
    await menu(page, /^Move up/);
    await expect.poll(names).toEqual(before);
  });
});

it('groups are added and taken away', async () => {
  const page = await budget();
  await pick(page, CALLS, 0);
  await menu(page, /^Add group…/);
  const dialog = page.getByRole('dialog', { name: 'Add group' });
  await dialog.waitFor();
  await page.keyboard.type('Partners');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await saved(page);
  const row = page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: /^Partners$/ }) });
  await row.locator('.k-name').click();
  await menu(page, /^Delete group/);
  await saved(page);
  await row.waitFor({ state: 'detached' });
});

it('a total typed into a group is spread over its input lines; what is computed stays', async () => {
  const plan = await grouped(s.browser.context.request, s.target.address);
  const page = await s.open(`#/p/${plan}/budget`);
  await page.locator('.grid-row .k-value').first().waitFor();
  const total = page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: /^Other costs$/ }) }).locator('.k-total');
  await total.click();
  await page.keyboard.type('1.5m');
  await page.keyboard.press('Enter');
  const dialog = page.locator('dialog');
  await dialog.getByText('24 cells change.').waitFor();
  await dialog.getByText('12 computed cells stay as they are.').waitFor();
  await dialog.getByRole('button', { name: 'Spread', exact: true }).click();
  await saved(page);
  const { document } = (await (await s.browser.context.request.get(`${s.target.address}/api/v1/plans/${plan}`)).json()) as { readonly document: { readonly budget: { readonly lines: Readonly<Record<string, { readonly values?: Readonly<Record<string, number>> }>> } } };
  const { travel, training } = document.budget.lines;
  expect([travel?.values?.['2027-01'], training?.values?.['2027-12']]).toEqual([46125, 76875]);
  await expect.poll(() => total.locator('.grid-text').textContent()).toMatch(/^1,500(,000)?$/);
});
