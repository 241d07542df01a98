import { describe, expect, it } from 'vitest';

import { faults } from './axe';
import { become } from './browser';
import { sealed } from './sealed';
import { saved, session } from './session';

const s = session();
const due = (id: string): Promise<unknown> => s.stored('okr', 'milestones', id, 'due');

describe('the timeline', () => {
  it('moves a milestone by keyboard: many steps are one edit, which one undo takes back', async () => {
    const page = await s.open('goals');
    const bar = page.locator('[data-milestone=cause_list]');
    await bar.focus();
    await page.keyboard.down('Alt');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.up('Alt');
    await saved(page);
    expect([await due('cause_list'), await s.stored('okr', 'milestones', 'cause_list', 'start')]).toEqual(['2027-02-28', '2027-01-13']);
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => due('cause_list')).toBe('2027-02-26');
  });

  it('moves one by the mouse, and the end alone by its handle', async () => {
    const page = await s.open('goals');
    const bar = page.locator('[data-milestone=idea_round]');
    const box = await bar.boundingBox();
    if (!box) throw new Error('no bar');
    await page.mouse.move(box.x + 10, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 10, { steps: 4 });
    await page.mouse.up();
    await saved(page);
    expect(String(await due('idea_round')) > '2027-06-30').toBe(true);
    expect(await page.locator('dialog').count()).toBe(0);
  });
});

describe('beside the sealed days', () => {
  it('a milestone that moved shows where it was, and one back in its place nothing', async () => {
    const plan = await sealed(s.browser.context.request, s.target.address);
    const page = await s.open(`#/p/${plan}/goals`);
    const ghosts = page.locator('[data-sealed]');
    await ghosts.first().waitFor();
    expect((await ghosts.evaluateAll((all) => all.map((one) => one.getAttribute('data-sealed')))).sort()).toEqual(['authority', 'cause_list']);
    const [bar, ghost] = await Promise.all(['[data-milestone=cause_list]', '[data-sealed=cause_list]'].map((at) => page.locator(at).boundingBox()));
    if (!bar || !ghost) throw new Error('no bar');
    expect([Math.abs(ghost.x - bar.x) < 2, ghost.width < bar.width]).toEqual([true, true]);
    await expect.poll(() => page.locator('[data-milestone=cause_list]').getAttribute('aria-label')).toContain('sealed for Jan 11, 2027 to Feb 26, 2027');
    await page.getByText(/as sealed on .*: 2 milestones have moved since/).waitFor();
    await page.locator('[data-milestone=cause_list]').click();
    await page.locator('dialog').getByText('42 days later than sealed').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-milestone=since]').click();
    await page.locator('dialog').getByText('Added after the seal.').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-milestone=cause_list]').focus();
    await page.keyboard.down('Alt');
    await page.keyboard.down('Control');
    for (let week = 0; week < 6; week += 1) await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.up('Control');
    await page.keyboard.up('Alt');
    await expect.poll(() => ghosts.count()).toBe(1);
  });

  it('a plan that is not sealed shows none', async () => {
    const page = await s.open('goals');
    await page.locator('[data-milestone]').first().waitFor();
    expect(await page.locator('[data-sealed]').count()).toBe(0);
  });
});

describe('the board', () => {
  it('moves a milestone to the next column by keyboard', async () => {
    const page = await s.open('goals?view=board');
    await page.locator('[data-card=half_year]').focus();
    await page.keyboard.press('Alt+ArrowRight');
    await saved(page);
    expect(await s.stored('okr', 'milestones', 'half_year', 'status')).toBe('active');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-card'))).toBe('half_year');
  });
});

describe('a check-in', () => {
  it('takes a lead three taps on a phone', async () => {
    await become(s.browser.context, s.target.address, 'lead');
    const page = await s.open('my', { width: 390, height: 844 });
    await page.getByRole('button', { name: 'Check in: Authority at the first line for the five commonest requests' }).click();
    await page.locator('dialog').getByRole('radio', { name: /^4/ }).check({ force: true });
    await expect.poll(() => faults(page)).toEqual([]);
    await page.locator('dialog').getByRole('button', { name: 'Save' }).click();
    await saved(page);
    const told = Object.values((await s.stored('okr', 'checkins')) as Record<string, { of: string; confidence?: number }>);
    expect(told.some((one) => one.of === '/okr/milestones/authority' && one.confidence === 4)).toBe(true);
    await become(s.browser.context, s.target.address, 'director');
  });
});
