/** The living page of the kit, from Vite's own server: it needs no other. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { faults } from './axe';
import { complaints, launch, prefer, type Browser } from './browser';
import { kitServer, type KitServer } from './kitServer';

const LEAST_BYTES = 20_000;
const CHARTS = ['bars', 'columns', 'bridge', 'tornado', 'fan', 'capacity', 'radar', 'frontier', 'timeline'] as const;
const DIALOGS = ['dialog', 'wide', 'reason', 'secret', 'help'] as const;
let server: KitServer;
let browser: Browser;

beforeAll(async () => {
  server = await kitServer();
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

for (const lang of ['zh', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    describe(`the kit: ${lang}, ${theme}`, () => {
      const open = async (width = 1440) => {
        const page = await browser.context.newPage();
        const heard = complaints(page);
        await page.setViewportSize({ width, height: 900 });
        await prefer(page, lang, theme);
        await page.goto(server.kit);
        await page.locator(`main[data-lang=${lang}]`).waitFor();
        for (const kind of CHARTS) await page.locator(`[data-chart=${kind}] .picture svg`).waitFor({ timeout: 60_000 });
        return { page, heard };
      };

      it('shows every component without a fault', async () => {
        const { page, heard } = await open();
        expect((await page.screenshot({ fullPage: true })).byteLength).toBeGreaterThan(LEAST_BYTES);
        await expect.poll(() => faults(page)).toEqual([]);
        await page.locator('[data-kit=toast]').click();
        await page.locator('[data-kit=toast-bad]').click();
        await page.locator('.toast').nth(1).waitFor();
        for (const kind of DIALOGS) {
          await page.locator(`[data-kit=${kind}]`).click();
          await page.locator('dialog').waitFor();
          await expect.poll(async () => [kind, await faults(page)]).toEqual([kind, []]);
          // What is shown once is shut by its own button alone.
          if (kind === 'secret') await page.locator('dialog .primary').click();
          else await page.keyboard.press('Escape');
          await page.locator('dialog').waitFor({ state: 'detached' });
        }
        await page.locator('.menu > button').last().click();
        await page.getByRole('menu').waitFor();
        await expect.poll(() => faults(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.locator('[role=combobox]').first().focus();
        await page.keyboard.type(lang === 'zh' ? '港' : 'hong');
        await expect.poll(() => faults(page)).toEqual([]);
        await page.keyboard.press('Enter');
        await expect.poll(() => page.locator('[role=combobox]').first().inputValue()).toContain('HKD');
        expect(heard()).toEqual([]);
        await page.close();
      });

      it('draws a chart of every kind, says what there is to see, and has it as a table', async () => {
        const { page, heard } = await open();
        for (const kind of CHARTS) {
          const card = page.locator(`[data-chart=${kind}]`);
          expect((await card.locator('.sentence').textContent())?.trim(), kind).not.toBe('');
          await card.locator('.toggle').click();
          expect(await card.locator('tbody tr').count(), kind).toBeGreaterThan(0);
        }
        await expect.poll(() => faults(page)).toEqual([]);
        expect(heard()).toEqual([]);
        await page.close();
      });

      it('has room on a phone', async () => {
        const { page } = await open(320);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        await page.close();
      });
    });
  }
}
