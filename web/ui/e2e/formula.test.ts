import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { figure, pick, saved, session } from './session';

const s = session();
const LABEL = 'Formula of the line';

async function budget(query = ''): Promise<Page> {
  const page = await s.open(`budget${query}`);
  await page.locator('.grid-row .k-value').first().waitFor();
  return page;
}
/** The editor, once it has taken the place of the plain field. */
async function editor(page: Page): Promise<Locator> {
  await page.getByLabel(LABEL).click();
  const field = page.locator('.cm-content');
  await field.waitFor();
  return field;
}
async function until(read: () => Promise<unknown>, want: unknown): Promise<void> {
  await expect.poll(read).toEqual(want);
}
const stored = (id: string): Promise<unknown> => s.stored('budget', 'lines', id, 'formula');

describe('a formula is written', () => {
  it('with completion by keyboard, tried before it is kept, kept by Enter and taken back', async () => {
    const page = await budget();
    await pick(page, 'Average handle time', 2);
    const field = await editor(page);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('tal');
    const list = page.getByRole('listbox');
    await list.getByRole('option', { name: /^talk\b/ }).waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => field.textContent()).toBe('talk');
    await page.keyboard.type(' + after');
    await list.getByRole('option', { name: /^after_call/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect.poll(() => field.textContent()).toBe('talk + after_call');
    await page.keyboard.type(' + 10');
    await page.locator('.outcome', { hasText: /^Mar: 190 sec\/contact · plan 190$/ }).waitFor();
    expect(await stored('aht')).toBe('talk + after_call');
    await page.keyboard.press('Enter');
    await saved(page);
    expect(await stored('aht')).toBe('talk + after_call + 10');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('grid');
    await until(() => figure(page, 'Average handle time', 2), '190');
    await page.keyboard.press('Control+z');
    await until(() => stored('aht'), 'talk + after_call');
  });

  it('commits at once by Enter though a name is offered, and cancels by Escape', async () => {
    const page = await budget();
    await pick(page, 'Average handle time', 2);
    const field = await editor(page);
    await page.keyboard.press('End');
    await page.keyboard.type(' + tal');
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'detached' });
    await expect.poll(() => field.textContent()).toBe('talk + after_call + tal');
    await page.keyboard.press('Escape');
    await until(() => field.textContent(), 'talk + after_call');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('grid');
  });

  it('shows the parameters of the call the caret is in', async () => {
    const page = await budget();
    await pick(page, 'FTE', 0);
    await editor(page);
    await page.keyboard.press('Home');
    for (let i = 0; i < 'required_fte('.length; i += 1) await page.keyboard.press('ArrowRight');
    const hint = page.locator('.fx-signature');
    await hint.locator('.fx-current', { hasText: 'volume' }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await hint.locator('.fx-current', { hasText: 'policy' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('over several lines', async () => {
    const page = await budget();
    await pick(page, 'Average handle time', 0);
    const field = await editor(page);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('talk +');
    await page.keyboard.press('Alt+Enter');
    await page.keyboard.type('after_call');
    await expect.poll(() => field.locator('.cm-line').count()).toBe(2);
    await page.keyboard.press('Enter');
    await saved(page);
    expect(await stored('aht')).toBe('talk +\nafter_call');
    await page.keyboard.press('Control+z');
    await until(() => stored('aht'), 'talk + after_call');
  });

  it('that is wrong is underlined where it is, told, and put right by the name that is near', async () => {
    const page = await budget();
    await pick(page, 'Average handle time', 0);
    const field = await editor(page);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('talk + 份额 + after_cal');
    await page.locator('.cm-lintRange-error', { hasText: /^after_cal$/ }).waitFor();
    await page.locator('.cm-lintRange-error', { hasText: /^份额$/ }).waitFor();
    await page.locator('.problem', { hasText: 'after_cal' }).getByRole('button', { name: 'Use after_call' }).click();
    await expect.poll(() => field.textContent()).toBe('talk + 份额 + after_call');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('talk + nothing_like_it');
    await page.keyboard.press('Enter');
    await saved(page);
    // A formula in error is kept as it was typed.
    expect(await stored('aht')).toBe('talk + nothing_like_it');
    await until(() => figure(page, 'Average handle time', 0), '#NAME?');
    await page.keyboard.press('Control+z');
    await until(() => stored('aht'), 'talk + after_call');
  });

  it('and what it would break elsewhere is told', async () => {
    const page = await budget();
    await pick(page, 'Average handle time', 0);
    await editor(page);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('hours(talk) + hours(after_call)');
    await page.locator('.problem').first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('by an input method, before and after the editor has come', async () => {
    const page = await budget();
    let come: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { come = resolve; });
    await page.route('**/assets/codemirror.js', async (route) => {
      await held;
      await route.continue();
    });
    await pick(page, 'Average handle time', 0);
    const plain = page.getByLabel(LABEL);
    await plain.click();
    await page.keyboard.press('End');
    const client = await page.context().newCDPSession(page);
    await page.keyboard.type(' + ');
    await client.send('Input.imeSetComposition', { text: 'zuo xi', selectionStart: 6, selectionEnd: 6 });
    const there = page.waitForResponse('**/assets/codemirror.js');
    come();
    await (await there).finished();
    await page.waitForTimeout(500);
    // The editor is here by now, and waits for the composition to end.
    expect(await page.locator('.cm-content').count()).toBe(0);
    await client.send('Input.insertText', { text: '坐席' });
    const field = page.locator('.cm-content');
    await field.waitFor();
    await expect.poll(() => field.textContent()).toBe('talk + after_call + 坐席');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('cm-content');
    await client.send('Input.imeSetComposition', { text: 'ren', selectionStart: 3, selectionEnd: 3 });
    await client.send('Input.insertText', { text: '人数' });
    await until(() => field.textContent(), 'talk + after_call + 坐席人数');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await client.detach();
  });

  it('that is too long stays where it was typed, with the place marked', async () => {
    const page = await budget();
    let tried = 0;
    await page.route('**/try', async (route) => {
      tried += 1;
      await route.continue();
    });
    await pick(page, 'Average handle time', 0);
    await editor(page);
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(`talk + ${'1 + '.repeat(1100)}1`);
    await page.locator('.problem', { hasText: '4408 bytes long' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('cm-content');
    expect(tried).toBe(0);
    expect(await stored('aht')).toBe('talk + after_call');
    // Leaving it and coming back finds it again.
    await pick(page, 'Talk time', 0);
    await pick(page, 'Average handle time', 0);
    await page.locator('.problem', { hasText: '4408 bytes long' }).waitFor();
    await page.getByLabel(LABEL).click();
    await page.keyboard.press('Escape');
    await page.locator('.problem').waitFor({ state: 'detached' });
  });
});

describe('a formula begun in a cell', () => {
  it('goes on in the editor', async () => {
    const page = await budget();
    await pick(page, 'Talk time', 0);
    await page.keyboard.type('=after_call * 5');
    const field = page.locator('.cm-content');
    await field.waitFor();
    await until(() => field.textContent(), '=after_call * 5');
    await page.locator('.outcome', { hasText: 'Jan: 150 sec' }).waitFor();
    await page.keyboard.press('Enter');
    await saved(page);
    expect(await stored('talk')).toBe('after_call * 5');
    await page.keyboard.press('Control+z');
    await until(() => stored('talk'), undefined);
  });
});

describe('a scenario', () => {
  it('has a formula of its own, which goes back to base', async () => {
    const page = await budget('?scenario=growth_fcr3');
    await pick(page, 'Average handle time', 0);
    await editor(page);
    await page.keyboard.press('End');
    await page.keyboard.type(' + 20');
    await page.locator('.whose', { hasText: 'Enter keeps it for the scenario' }).waitFor();
    await page.locator('.outcome', { hasText: 'Jan: 200 sec' }).waitFor();
    await page.keyboard.press('Enter');
    await saved(page);
    await page.locator('.whose', { hasText: 'Formula of the scenario' }).getByText('talk + after_call', { exact: true }).waitFor();
    expect(await stored('aht')).toBe('talk + after_call');
    await until(() => figure(page, 'Average handle time', 0), '200');
    await page.getByRole('button', { name: 'Back to base' }).click();
    await saved(page);
    await page.locator('.whose').waitFor({ state: 'detached' });
    await until(() => figure(page, 'Average handle time', 0), '180');
  });
});

describe('the panel', () => {
  it('says who uses a line, traces both ways and gives the focus back', async () => {
    const page = await budget();
    await pick(page, 'Average handle time', 0);
    const panel = page.getByRole('complementary', { name: 'Where the figure comes from' });
    await panel.getByRole('list', { name: 'Used by' }).getByRole('button', { name: /^FTE/ }).waitFor();
    await panel.getByRole('button', { name: 'Trace', exact: true }).click();
    await page.locator('.grid-cell.f-precedent').first().waitFor();
    await page.locator('.grid-cell.f-dependent').first().waitFor();
    await panel.getByRole('button', { name: 'Trace', exact: true }).press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('grid');
    await panel.getByRole('list', { name: 'Used by' }).getByRole('button', { name: /^FTE/ }).click();
    await page.locator('.place', { hasText: 'FTE · Jan 2027' }).waitFor();
  });

  it('explains totals and headings', async () => {
    const page = await budget();
    await pick(page, 'Total cost', -1);
    const panel = page.getByRole('complementary', { name: 'Where the figure comes from' });
    await panel.getByText('All months are added up.').waitFor();
    await page.locator('.grid-row .k-name', { hasText: /^Cost$/ }).click();
    await panel.getByText(/This heading holds \d+ lines/).waitFor();
  });
});
