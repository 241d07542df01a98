import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { figure, pick, press, saved, session } from './session';

const FCR = 'First call resolution';
const TALK = 'Talk time';
const s = session();
const until = async (read: () => Promise<string>, want: string): Promise<void> => expect.poll(read).toBe(want);
async function budget(query = ''): Promise<Page> {
  const page = await s.open(`budget${query}`);
  await page.locator('.grid-row .k-value').first().waitFor();
  return page;
}

/** Pastes text into what has the focus, as Excel hands it over. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((tsv) => {
    const data = new DataTransfer();
    data.setData('text/plain', tsv);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

describe('an edit', () => {
  it('in one window changes staff and cost in another, and a reload finds it', async () => {
    const [one, other] = [await budget(), await budget()];
    const cost = await figure(other, 'Total cost', 0);
    await pick(one, FCR, 0);
    await one.keyboard.type('76');
    await one.keyboard.press('Enter');
    await until(() => figure(other, FCR, 0), '76.0%');
    await until(() => figure(other, 'FTE', 0), '3,616.3');
    await expect.poll(() => figure(other, 'Total cost', 0)).not.toBe(cost);
    await until(() => figure(one, 'FTE', 0), '3,616.3');
    await expect.poll(() => figure(one, 'FTE', 1)).toBe('3,870.6');
    await one.reload();
    await until(() => figure(one, FCR, 0), '76.0%');
    expect(await s.stored('budget', 'lines', 'fcr', 'values', '2027-01')).toBe(0.76);
  });

  it('goes on with Enter and Tab as in a spreadsheet', async () => {
    const page = await budget();
    await pick(page, TALK, 0);
    await page.keyboard.type('140');
    await page.keyboard.press('Tab');
    await page.keyboard.type('1.45e2');
    await page.keyboard.press('Enter');
    await page.keyboard.type('25');
    await page.keyboard.press('ArrowRight');
    await saved(page);
    expect([await figure(page, TALK, 0), await figure(page, TALK, 1), await figure(page, 'After-call work', 0)]).toEqual(['140', '145', '25']);
  });

  it('reaches the cell from the first key of an input method', async () => {
    const page = await budget();
    await pick(page, TALK, 3);
    const client = await s.browser.context.newCDPSession(page);
    await client.send('Input.imeSetComposition', { text: 'yi', selectionStart: 2, selectionEnd: 2 });
    await client.send('Input.insertText', { text: '１３５' });
    await page.keyboard.press('Enter');
    await until(() => figure(page, TALK, 3), '135');
  });

  it('takes 万 and a written size, whatever the unit shown', async () => {
    const page = await budget();
    await pick(page, 'Calls today', 5);
    await page.keyboard.type('720万');
    await page.keyboard.press('Enter');
    await until(() => figure(page, 'Calls today', 5), '7,200,000');
  });

  it('on a formula line is a manual override, which Delete takes back', async () => {
    const page = await budget();
    await pick(page, 'FTE', 6);
    await page.keyboard.type('4000');
    await page.keyboard.press('Enter');
    await until(() => figure(page, 'FTE', 6), '4,000');
    await pick(page, 'FTE', 6);
    await expect.poll(() => page.locator('.active.f-override').count()).toBe(1);
    await page.keyboard.press('Delete');
    await until(() => figure(page, 'FTE', 6), '3,870.6');
  });

  it('in a scenario leaves the base scenario as it is, and is marked', async () => {
    const page = await budget('?scenario=growth');
    await pick(page, FCR, 8);
    await page.keyboard.type('80%');
    await page.keyboard.press('Enter');
    await until(() => figure(page, FCR, 8), '80.0%');
    await saved(page);
    expect(await s.stored('scenarios', 'growth', 'cells', 'fcr', '2027-09')).toBe(0.8);
    expect(await s.stored('budget', 'lines', 'fcr', 'values', '2027-09')).toBe(0.71);
    await pick(page, FCR, 8);
    await expect.poll(() => page.locator('.active.f-changed').count()).toBe(1);
  });

  it('that is no number stays open and says why', async () => {
    const page = await budget();
    await pick(page, TALK, 9);
    await page.keyboard.type('lots');
    await page.keyboard.press('Enter');
    await page.locator('.toast', { hasText: 'That is not a number' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => figure(page, TALK, 9)).toBe('150');
  });
});

describe('many cells', () => {
  it('are pasted from Excel, and one undo takes them back', async () => {
    const page = await budget();
    await pick(page, TALK, 6);
    await paste(page, '160\t161\t162\r\n31\t32\t33\r\n');
    await until(() => figure(page, 'After-call work', 8), '33');
    await saved(page);
    expect([await figure(page, TALK, 6), await figure(page, TALK, 8)]).toEqual(['160', '162']);
    await page.keyboard.press('Control+z');
    await page.locator('.toast', { hasText: 'Undone: paste 6 cells' }).waitFor();
    await until(() => figure(page, TALK, 6), '150');
    await page.keyboard.press('Control+y');
    await until(() => figure(page, TALK, 6), '160');
    await page.keyboard.press('Control+z');
    await until(() => figure(page, TALK, 8), '150');
  });

  it('are copied as TSV and as a table', async () => {
    const page = await budget();
    await pick(page, TALK, 9);
    await page.keyboard.press('Shift+ArrowRight');
    const copied = await page.evaluate(() => {
      const data = new DataTransfer();
      document.activeElement?.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
      return [data.getData('text/plain'), data.getData('text/html')];
    });
    expect(copied).toEqual(['150\t150', '<table><tbody><tr><td>150</td><td>150</td></tr></tbody></table>']);
    await page.locator('.status', { hasText: 'Sum' }).waitFor();
  });
});

describe('a formula', () => {
  it('with a fault keeps its text, marks the place, and names the failed lines', async () => {
    const page = await budget();
    await pick(page, 'Average handle time', 0);
    const bar = page.getByLabel('Formula of the line');
    await bar.fill('talk + after_cal');
    await bar.press('Enter');
    await page.locator('.problem u', { hasText: 'after_cal' }).waitFor();
    await until(() => figure(page, 'Average handle time', 0), '#NAME?');
    await page.getByRole('button', { name: /problems?$/ }).click();
    await page.locator('.drawer', { hasText: 'FTE' }).waitFor();
    await bar.fill('talk + after_call');
    await bar.press('Enter');
    await page.locator('.problem').waitFor({ state: 'detached' });
    await until(() => figure(page, 'Average handle time', 10), '180');
  });

  it('is explained with its operands', async () => {
    const page = await budget();
    await pick(page, 'Average handle time', 10);
    const panel = page.locator('aside');
    await panel.getByText('talk + after_call').waitFor();
    await panel.getByText('150 + 30').waitFor();
    await panel.getByRole('button', { name: 'Go to Talk time' }).click();
    await page.locator('.place', { hasText: 'Talk time · Nov 2027' }).waitFor();
  });
});

describe('what goes wrong', () => {
  it('a cell changed by another meanwhile asks whose value stays', async () => {
    s.allow(/409/);
    const page = await budget();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { release = resolve; });
    await page.route('**/api/v1/plans/*', async (route) => {
      if (route.request().method() === 'PATCH') await held;
      await route.continue();
    });
    await pick(page, TALK, 11);
    await page.keyboard.type('100');
    await page.keyboard.press('Enter');
    const path = '/budget/lines/talk/values/2027-12';
    expect(await s.patch([{ op: 'test', path, value: 150 }, { op: 'replace', path, value: 155 }])).toBe(200);
    release();
    const card = page.locator('.conflict');
    await card.waitFor();
    expect((await card.locator('dd').allTextContents()).map((text) => Number.parseInt(text, 10))).toEqual([100, 155]);
    await card.getByRole('button', { name: 'Keep mine' }).click();
    await card.waitFor({ state: 'detached' });
    await until(() => figure(page, TALK, 11), '100');
    await saved(page);
    expect(await s.stored('budget', 'lines', 'talk', 'values', '2027-12')).toBe(100);
  });

  it('without the server edits are kept and sent later', async () => {
    s.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK/);
    const page = await budget();
    await page.route('**/api/v1/plans/*', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()));
    await pick(page, TALK, 10);
    await page.keyboard.type('149');
    await page.keyboard.press('Enter');
    const chip = page.getByRole('button', { name: '1 edit not saved' });
    await chip.waitFor();
    await expect.poll(() => figure(page, TALK, 10)).toBe('149');
    await page.unroute('**/api/v1/plans/*');
    await press(chip);
    await saved(page);
    expect(await s.stored('budget', 'lines', 'talk', 'values', '2027-11')).toBe(149);
  });
});

it('the keyboard leaves the grid by Escape and Tab', async () => {
  const page = await budget();
  await pick(page, TALK, 2);
  await page.keyboard.press('Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.grid') !== null)).toBe(true);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.grid') === null)).toBe(true);
});

it('groups collapse and expand by keyboard', async () => {
  const page = await budget();
  await pick(page, 'Calls today', 0);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(() => page.locator('[role=rowheader]', { hasText: /^Calls today$/ }).isVisible()).toBe(false);
  await page.keyboard.press('Alt+ArrowRight');
  await page.locator('[role=rowheader]', { hasText: /^Calls today$/ }).waitFor();
});

it('the grid stays small', async () => {
  const page = await budget();
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(2500);
});

describe('the menu of a cell', () => {
  it('opens by key, is walked by arrows, and goes back to the cell', async () => {
    const page = await budget();
    await pick(page, TALK, 1);
    await page.keyboard.press('Shift+F10');
    const menu = page.getByRole('menu', { name: 'What can be done with the selection' });
    await menu.waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('menuitem');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('grid-input');
  });

  it('copies with the heads of rows and columns', async () => {
    const page = await budget();
    await pick(page, TALK, 1);
    await page.keyboard.press('Shift+ArrowRight');
    await page.evaluate(() => {
      document.addEventListener('copy', (event) => { document.body.dataset['copied'] = event.clipboardData?.getData('text/plain') ?? ''; });
    });
    await page.locator('.grid-cell.active').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy with heads' }).click();
    await expect.poll(() => page.evaluate(() => document.body.dataset['copied'])).toMatch(/^Line\tFeb\tMar\r\nTalk time\t\d+\t\d+$/);
  });
});

describe('what is shown', () => {
  it('is filtered by a text from the keyboard, and by marks, in the address', async () => {
    const page = await budget();
    await pick(page, TALK, 0);
    await page.keyboard.press('/');
    await page.keyboard.type('talk');
    await expect.poll(() => page.locator('.grid-row.r-line:visible').count()).toBe(1);
    await expect.poll(() => page.locator('.grid-row.r-group:visible').count()).toBe(1);
    await expect.poll(() => page.url()).toContain('filter=%7Etalk');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('.grid') !== null)).toBe(true);
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect.poll(() => page.locator('.grid-row.r-line:visible').count()).toBeGreaterThan(10);
    const other = await budget('?scenario=growth&filter=changed');
    await expect.poll(() => other.locator('.grid-row.r-line:visible').count()).toBeGreaterThan(0);
    await expect.poll(() => other.locator('[role=rowheader]', { hasText: /^Growth of demand$/ }).isVisible()).toBe(true);
    const none = await s.open('budget?filter=~nothing-like-it');
    await none.getByText('No line fits the filter.').waitFor();
  });

  it('has other scenarios beside the total, with the difference', async () => {
    const page = await budget('?with=growth');
    const head = page.locator('[role=columnheader]');
    await expect.poll(() => head.evaluateAll((all) => all.slice(2, 5).map((one) => one.getAttribute('aria-label') ?? one.textContent))).toEqual(['Whole plan', 'Growth of 12%, Whole plan', 'Growth of 12%, difference, Whole plan']);
    const row = page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: /^Calls$/ }) });
    await expect.poll(() => row.locator('[data-c="4"] .grid-text').textContent()).toMatch(/^▲ \+[\d,]{9,}$/);
    // The cursor is on a month, not on what cannot be edited.
    await expect.poll(() => page.locator('.grid-cell.active').getAttribute('class')).toContain('k-value');
  });

  it('are quarters, rolled up by the rule of each line', async () => {
    const page = await s.open('budget?cols=quarter');
    const cells = page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: /^Calls today$/ }) }).locator('.k-extra .grid-text');
    await expect.poll(() => cells.count()).toBe(4);
    const share = page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: /^Repeat share today$/ }) }).locator('.k-extra .grid-text').last();
    await expect.poll(() => share.textContent()).toBe('29.0%');
  });

  it('says that quarters could not be rolled up, and shows them when it is asked again', async () => {
    s.allow(/ERR_FAILED/);
    const page = await s.open('positioning');
    await page.route('**/results?*by=quarter*', (route) => route.abort());
    await page.evaluate(() => { location.hash = location.hash.replace('positioning', 'budget?cols=quarter'); });
    await page.getByRole('alert').getByText('The figures could not be read').waitFor();
    await page.unroute('**/results?*by=quarter*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.locator('.grid-row.r-line').first().locator('.k-extra').count()).toBe(4);
    // The same after an edit: what stands there is of before, and is not left so in silence.
    const last = page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: /^Calls today$/ }) }).locator('.k-extra .grid-text').last();
    const before = (await last.textContent()) ?? '';
    await page.route('**/results?*by=quarter*', (route) => route.abort());
    const value = await s.stored('budget', 'lines', 'calls_today', 'values', '2027-12');
    expect(await s.patch([{ op: 'replace', path: '/budget/lines/calls_today/values/2027-12', value: 1 }])).toBe(200);
    const toast = page.locator('.toast.bad', { hasText: 'The figures could not be read' });
    await toast.waitFor();
    await page.unroute('**/results?*by=quarter*');
    await toast.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => last.textContent()).not.toBe(before);
    expect(await s.patch([{ op: 'replace', path: '/budget/lines/calls_today/values/2027-12', value }])).toBe(200);
  });

  it('has a subtotal where it is honest, and says what it adds', async () => {
    const page = await budget();
    const group = page.locator('.grid-row.r-group', { has: page.locator('[role=rowheader]', { hasText: /^Cost$/ }) });
    await group.locator('[data-c="2"]').scrollIntoViewIfNeeded();
    await expect.poll(() => group.locator('[data-c="2"] .grid-text').textContent()).toBe(await figure(page, 'Total cost', -1));
    await group.locator('[data-c="2"]').click();
    await expect.poll(() => page.locator('.grid-input').getAttribute('aria-label')).toContain('The figures of: Total cost');
  });
});

describe('a paste', () => {
  it('leaves out what is no number, tells the place, and lists it', async () => {
    const page = await budget();
    await pick(page, TALK, 0);
    await paste(page, '141\tabc\t143\r\n31\t32\txyz\r\n');
    await page.locator('.toast', { hasText: '2 of 6 cells were not set, first Talk time, Feb: “abc”.' }).waitFor();
    await page.getByRole('button', { name: 'Show them' }).click();
    await page.locator('.drawer').getByText('After-call work · Mar').click();
    await until(async () => (await page.locator('.grid-input').getAttribute('aria-label')) ?? '', 'After-call work, Mar, 30');
    await expect.poll(() => figure(page, TALK, 2)).toBe('143');
    await saved(page);
  });

  it('larger than the table is refused as a whole', async () => {
    const page = await budget();
    await pick(page, TALK, 0);
    await paste(page, Array.from({ length: 400 }, () => '1\t2').join('\r\n'));
    await page.locator('.toast', { hasText: 'The block has 400 rows and 2 columns' }).waitFor();
    await expect.poll(() => figure(page, TALK, 2)).toBe('143');
  });
});

describe('the drawer', () => {
  it('opens with Ctrl+J, is sized by keys, and keeps its height', async () => {
    const page = await budget();
    await pick(page, TALK, 0);
    await page.keyboard.press('Control+j');
    const drawer = page.getByRole('region', { name: 'Below the table' });
    await drawer.waitFor();
    const edge = drawer.getByRole('separator');
    await edge.focus();
    await page.keyboard.press('ArrowUp');
    const height = await edge.getAttribute('aria-valuenow');
    expect(Number(height)).toBe(284);
    await drawer.getByRole('tab', { name: 'Line' }).click();
    await drawer.getByRole('img', { name: /Talk time by month/ }).waitFor();
    await page.keyboard.press('Control+j');
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toContain('grid-input');
    await page.reload();
    await page.locator('.grid-row .k-value').first().waitFor();
    await page.getByRole('button', { name: 'Below the table' }).click();
    await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe(height);
  });
});

it('rows are as high as one likes, and the choice is kept', async () => {
  const page = await budget();
  await page.getByRole('radio', { name: 'High rows' }).check();
  const height = async (): Promise<string> => String((await page.locator('.grid-row.r-line').first().boundingBox())?.height);
  await until(height, '36');
  await page.reload();
  await page.locator('.grid-row .k-value').first().waitFor();
  await until(height, '36');
});

it('paper has every line in one table', async () => {
  const page = await budget();
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  const table = page.locator('.grid-print');
  await expect.poll(() => table.locator('thead th').count()).toBe(15);
  await expect.poll(() => table.locator('tbody tr').count()).toBeGreaterThan(40);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  expect(await table.count()).toBe(0);
});
