import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { become } from './browser';
import { saved, session } from './session';

const s = session();

/** Walks with Tab to what a selector names, as one does who has no mouse. */
async function tabTo(page: Page, selector: string, most = 150): Promise<void> {
  for (let i = 0; i < most; i += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${selector}`);
}

/** Goes to a screen by its key, from outside a field. */
async function go(page: Page, keys: string, heading: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.evaluate(() => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); });
  for (const key of keys.split(' ')) await page.keyboard.press(key);
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
}

describe('by keyboard alone', () => {
  it('a plan goes from the first page through the five steps to its report', async () => {
    await become(s.browser.context, s.target.address);
    const page = await s.open('#/plans', { height: 900 });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await tabTo(page, '.way .btn.primary');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Positioning', exact: true }).waitFor();
    const [, plan = ''] = /#\/p\/([^/]+)\//.exec(page.url()) ?? [];
    expect(plan).not.toBe('');

    await tabTo(page, 'main textarea');
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' Every week.');
    await page.keyboard.press('Tab');
    await saved(page);

    await go(page, 'g 2', 'Retrospective');
    await tabTo(page, 'main section header button');
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor();
    await page.getByLabel('What was found').focus();
    await page.keyboard.type('Found without a mouse');
    await tabTo(page, 'dialog button[type=submit]');
    await page.keyboard.press('Enter');
    await page.getByText('Found without a mouse').first().waitFor();
    await saved(page);

    await go(page, 'g 3', 'Business plan');
    await tabTo(page, 'main article header button[aria-label^="Edit"]');
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor();
    await tabTo(page, 'dialog textarea, dialog input.input');
    await page.keyboard.press('End');
    await page.keyboard.type(' soon');
    await tabTo(page, 'dialog button[type=submit]');
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await saved(page);

    // The palette leads to the cell of a line, by its code.
    await page.keyboard.press('Control+k');
    await page.locator('.palette input').waitFor();
    await page.keyboard.type('talk');
    await page.locator('.palette [role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Budget & return', exact: true }).waitFor();
    await tabTo(page, '[role=treegrid] input');
    await page.keyboard.type('151');
    await page.keyboard.press('Enter');
    await saved(page);
    const { document } = (await (await fetch(`${s.target.address}/api/v1/plans/${plan}`)).json()) as { readonly document: { readonly budget: { readonly lines: { readonly talk: { readonly values: Readonly<Record<string, number>> } } } } };
    expect(document.budget.lines.talk.values['2027-01']).toBe(151);

    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await go(page, 'g 5', 'Action & growth');
    await tabTo(page, 'main .btn.primary');
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor();
    await page.getByLabel('Initiative', { exact: true }).focus();
    await page.keyboard.type('Answer by message');
    await tabTo(page, 'dialog button[type=submit]');
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await saved(page);

    // Another scenario, a comparison, and the first steps have ticked.
    await page.keyboard.press('Escape');
    await page.evaluate(() => { if (window.document.activeElement instanceof HTMLElement) window.document.activeElement.blur(); });
    await page.keyboard.press(']');
    await expect.poll(() => page.url()).toContain('scenario=');
    await go(page, 'g s', 'Scenarios');
    await expect.poll(() => page.url()).toContain('scenario=');
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('centerplan.first.')).map((key) => localStorage.getItem(key)).join())).toContain('"edit","compare"');

    await go(page, 'g d', 'Documents');
    await tabTo(page, 'main a.btn.primary');
    const report = await page.evaluate(() => (window.document.activeElement as HTMLAnchorElement).href);
    const answer = await page.request.get(report);
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'application/pdf']);
  });

  it('F6 goes round the parts of the page', async () => {
    const page = await s.open('positioning', { height: 900 });
    await page.getByRole('heading', { level: 1, name: 'Positioning' }).waitFor();
    const where = (): Promise<string> => page.evaluate(() => document.activeElement?.closest('[data-region], main, aside')?.tagName ?? '');
    const seen: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      await page.keyboard.press('F6');
      seen.push(await where());
    }
    expect(new Set(seen)).toEqual(new Set(['NAV', 'HEADER', 'MAIN']));
  });

  it('the palette finds in both languages, does what it says, and remembers', async () => {
    const page = await s.open('budget', { height: 900 });
    await page.locator('[role=treegrid]').waitFor();
    await page.keyboard.press('Control+k');
    await page.locator('.palette input').waitFor();
    await page.keyboard.type('占用率');
    await page.locator('.palette').getByRole('option', { name: /^Occupancy/ }).first().waitFor();
    await page.getByRole('combobox', { name: 'Search and commands' }).fill('growth of 12%');
    await page.locator('.palette').getByRole('option', { name: /Growth of 12%/ }).first().waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.scenario select').inputValue()).toBe('growth');
    await page.keyboard.press('Control+k');
    await page.getByText('Recent', { exact: true }).waitFor();
    await expect.poll(() => page.locator('.palette').getByRole('option').first().textContent()).toContain('Growth of 12%');
    await page.keyboard.press('Escape');
    await page.locator('.palette').waitFor({ state: 'detached' });
  });
});

describe('a plan of one’s own', () => {
  it('is made blank, in a year and language of its own', async () => {
    const page = await s.open('#/plans', { height: 900 });
    await page.getByRole('button', { name: 'New plan…' }).click();
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByText('Give the plan a name.').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
    await page.getByLabel('Name of the plan').fill('North 2029');
    await page.getByLabel('Year', { exact: true }).fill('2029');
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByRole('heading', { level: 1, name: 'Positioning', exact: true }).waitFor();
    await expect.poll(() => page.url()).toContain('/p/north-2029/');
  });

  it('is made of a pasted table, of which nothing is lost in silence', async () => {
    const page = await s.open('#/plans', { height: 900 });
    await page.getByRole('button', { name: 'Import…' }).click();
    const paste = page.locator('dialog textarea');
    await paste.fill('Item\tUnit\tJan 2027\tFeb 2027\nCalls\tcalls\t100\tmany\n');
    await page.getByText('“many” is no number.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Make the plan' }).isDisabled()).toBe(true);
    await paste.fill('Item\tUnit\tJan 2027\tFeb 2027\nCalls\tcalls\t100\t120\nTotal\t\t100\t120\n');
    await page.getByText('“Total” looks like a total').waitFor();
    await page.getByText('Control total 220').waitFor();
    await page.locator('dialog').getByLabel('Name of the plan').fill('Pasted');
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByRole('heading', { level: 1, name: 'Budget & return', exact: true }).waitFor();
    await page.locator('.grid-row', { hasText: 'Calls' }).waitFor();
  });
});
