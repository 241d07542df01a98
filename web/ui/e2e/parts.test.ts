import { describe, expect, it } from 'vitest';

import { figure, saved, session } from './session';

const s = session();

describe('the parts of the model', () => {
  it('a number of a staffing policy is changed without a file, and the budget follows; undo takes it back', async () => {
    const page = await s.open('parts');
    const within = page.getByLabel('Answered within');
    await expect.poll(() => within.inputValue()).toBe('20');
    await within.fill('10');
    await within.press('Enter');
    await saved(page);
    expect(await s.stored('budget', 'staffing', 'voice', 'within_s')).toBe(10);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => within.inputValue()).toBe('20');
    await saved(page);
  });

  it('a share takes per cent, a line its code, and both reach the figures', async () => {
    const page = await s.open('parts');
    const shrinkage = page.getByLabel('Shrinkage', { exact: true });
    await expect.poll(() => shrinkage.inputValue()).toBe('shrinkage');
    await page.getByRole('link', { name: 'Shrinkage' }).waitFor();
    await shrinkage.fill('35');
    await shrinkage.press('Enter');
    await saved(page);
    expect(await s.stored('budget', 'staffing', 'voice', 'shrinkage')).toBe(0.35);
    const grid = await s.open('budget');
    await grid.locator('.grid-row .k-value').first().waitFor();
    await expect.poll(() => figure(grid, 'FTE', 0)).toBe('4,168.3');
    await shrinkage.fill('shrinkage');
    await shrinkage.press('Enter');
    await saved(page);
    await expect.poll(() => figure(grid, 'FTE', 0)).toBe('3,870.6');
  });

  it('what is neither a number nor a line stays open and is said', async () => {
    const page = await s.open('parts');
    const within = page.getByLabel('Answered within');
    await within.fill('soon');
    await within.press('Enter');
    await page.locator('.toast', { hasText: '“soon” is neither a number nor the code of a line.' }).waitFor();
    await within.press('Escape');
    await expect.poll(() => within.inputValue()).toBe('20');
  });

  it('what the server refuses is told and taken back', async () => {
    s.allow(/422/);
    const page = await s.open('parts');
    const within = page.getByLabel('Answered within');
    await within.fill('-5');
    await within.press('Enter');
    await page.locator('.toast.bad').waitFor();
    await expect.poll(() => within.inputValue()).toBe('20');
  });

  it('a lever says what it changes and where it is pulled, and its number is edited', async () => {
    const page = await s.open('parts');
    const lever = page.locator('article', { hasText: 'knowledge_at_hand' });
    await lever.getByText('Growth, answered in steps').waitFor();
    const change = lever.getByLabel('Change of Average handle time');
    await change.fill('-8');
    await change.press('Enter');
    await change.blur();
    await saved(page);
    expect(JSON.stringify(await s.stored('budget', 'levers', 'knowledge_at_hand', 'changes'))).toContain('"add":-8');
  });
});
