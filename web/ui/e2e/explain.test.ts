import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { pick, saved, session } from './session';

const s = session();

async function budget(query = ''): Promise<Page> {
  const page = await s.open(`budget${query}`);
  await page.locator('.grid-row .k-value').first().waitFor();
  return page;
}

describe('the formula help', () => {
  it('opens at the function its address names, and finds others by what they mean', async () => {
    const page = await s.open('#/help/functions/required_fte');
    const here = page.locator('.entry.here');
    await here.getByText('required_fte(volume, aht_s, policy)').waitFor();
    expect(await here.getByRole('list', { name: 'Examples' }).locator('li').count()).toBeGreaterThan(0);
    await page.keyboard.press('/');
    await page.keyboard.type('working days');
    await page.getByRole('article', { name: 'workdays' }).waitFor();
    await page.getByRole('article', { name: 'required_fte' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.getByRole('navigation', { name: 'Headings' }).getByRole('button', { name: /^Queues/ }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('g-queues');
  });

  it('copies an example', async () => {
    const page = await s.open('#/help/functions/prev');
    await page.evaluate(() => document.addEventListener('copy', (event) => { setTimeout(() => { document.title = event.clipboardData?.types.join() ?? ''; }, 0); }));
    await page.getByRole('button', { name: 'Copy: prev(headcount, 2)' }).click();
    await page.locator('.toast', { hasText: 'Copied: prev(headcount, 2)' }).waitFor();
  });

  it('stands beside the grid, follows the cursor in the formula and puts functions there', async () => {
    const page = await budget();
    await pick(page, 'FTE', 0);
    await page.keyboard.press('F1');
    const panel = page.getByRole('complementary', { name: 'Formulas' });
    await panel.waitFor();
    const bar = page.getByLabel('Formula of the line');
    await bar.click();
    await page.keyboard.press('Home');
    await panel.getByRole('region', { name: 'At the cursor' }).getByText('required_fte(volume, aht_s, policy)').waitFor();
    await page.keyboard.press('End');
    await bar.pressSequentially(' + ');
    await panel.getByLabel('Search by name or meaning').fill('prev');
    await panel.locator('summary', { hasText: 'prev(' }).click();
    await panel.getByRole('button', { name: 'Insert prev into the formula' }).click();
    await expect.poll(() => bar.textContent()).toMatch(/ \+ prev\($/);
    await page.keyboard.press('Escape');
    await saved(page);
    expect(await s.stored('budget', 'lines', 'fte', 'formula')).toBe('required_fte(volume, aht, "voice")');
  });
});

describe('a trace', () => {
  it('opens by keyboard down to an input, tells who set it and why, and goes there', async () => {
    await s.patch([{ op: 'replace', path: '/budget/lines/talk/values/2027-11', value: 151 }]);
    const page = await budget('?cell=aht%2F2027-11');
    const tree = page.locator('aside').getByRole('tree');
    await tree.waitFor();
    const talk = tree.getByRole('treeitem', { name: /^Talk time *Nov 2027 151 sec/ });
    await talk.getByText(/Set by Director, .*revision \d/).waitFor();
    await tree.getByRole('treeitem', { name: /^After-call work/ }).getByText('As the plan was made').waitFor();
    await talk.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toMatch(/After-call work/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.locator('.place', { hasText: 'Talk time · Nov 2027' }).waitFor();
  });

  it('shows the steps a cell settles by in its scenario', async () => {
    const page = await budget('?scenario=growth_fcr3&cell=volume%2F2027-05');
    await page.getByRole('button', { name: 'Whole trace' }).click();
    const tree = page.getByRole('dialog').getByRole('tree');
    const fcr = tree.getByRole('treeitem', { name: /^First call resolution/ });
    await fcr.getByRole('list', { name: 'How it settles' }).getByText('Growth, FCR +3 points').waitFor();
    await fcr.getByText('74.0%').first().waitFor();
    await page.keyboard.press('Escape');
    await tree.waitFor({ state: 'detached' });
  });

  it('of a failed cell leads to where the error began', async () => {
    await s.patch([{ op: 'replace', path: '/budget/lines/callback/values/2027-12', value: 7 }]);
    const page = await budget('?cell=fte%2F2027-12');
    const tree = page.locator('aside').getByRole('tree');
    const origin = tree.locator('.began');
    await origin.getByText('The error began here.').waitFor();
    await expect.poll(() => origin.textContent()).toMatch(/Repeat share.*Dec 2027.*no value/s);
  });
});
