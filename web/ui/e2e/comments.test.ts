import { expect, it } from 'vitest';

import { pick, saved, session } from './session';

const s = session();

/** What the server has of comments, as one text. */
const said = async (): Promise<string> => JSON.stringify(await s.stored('comments'));

it('one comments on a cell, mentions a role, answers and settles by keyboard alone', async () => {
  const page = await s.open('budget', { height: 900 });
  await pick(page, 'Calls today', 2);
  await page.keyboard.press('Control+Alt+m');
  const field = page.locator('aside textarea');
  await field.waitFor();
  await expect.poll(() => field.evaluate((node) => node === document.activeElement)).toBe(true);
  await page.keyboard.type('Why so many, @opera');
  await page.locator('[role=listbox] [role=option]').first().waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => field.inputValue()).toBe('Why so many, @Operations manager ');
  await page.keyboard.press('Control+Enter');
  await page.locator('aside .thread').waitFor();
  await saved(page);
  await expect.poll(() => said()).toContain('"text":"Why so many, @operations"');
  await expect.poll(() => said()).toContain('"mentions":["operations"]');
  await expect.poll(() => said()).toMatch(/"day":"\d{4}-\d\d-\d\d"/);
  await page.locator('.grid .f-comment').first().waitFor();
  await page.locator('aside .thread').getByRole('button', { name: 'Reply' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Attrition.');
  await page.keyboard.press('Control+Enter');
  await saved(page);
  await expect.poll(() => said()).toContain('Attrition.');
  await page.locator('aside .thread').getByRole('button', { name: 'Settle' }).focus();
  await page.keyboard.press('Enter');
  await saved(page);
  await expect.poll(() => said()).toContain('"resolved"');
  await expect.poll(() => page.locator('.grid .f-comment').count()).toBe(0);
});

it('what was begun is kept when one goes elsewhere', async () => {
  const page = await s.open('budget?panel=comments', { height: 900 });
  await page.locator('aside textarea').first().fill('Half a thought');
  await page.goto(`${s.target.address}/#/p/${s.target.plan}/comments`);
  await page.locator('.thread, .empty').first().waitFor();
  await page.goBack();
  await page.getByRole('button', { name: 'Comments', exact: true }).click();
  await expect.poll(() => page.locator('aside textarea').first().inputValue()).toBe('Half a thought');
});

it('the screen lists threads, and leads to what they are about', async () => {
  await s.patch([{ op: 'add', path: '/comments/e2e', value: { on: '/scenarios/base', text: 'Is this the base?', mentions: ['director'] } }]);
  const page = await s.open('comments', { height: 900 });
  await page.locator('.thread', { hasText: 'Is this the base?' }).waitFor();
  await page.locator('.filters label', { hasText: 'Settled' }).click();
  await page.locator('.thread', { hasText: 'Attrition.' }).waitFor();
  await page.locator('.thread a.place').first().click();
  await page.locator('.grid').waitFor();
});
