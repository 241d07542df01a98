/** The living page of the kit, from Vite's own server: it needs no other. */
import { fileURLToPath } from 'node:url';

import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { faults } from './axe';
import { complaints, launch, prefer, type Browser } from './browser';

const LEAST_BYTES = 20_000;
let server: ViteDevServer;
let browser: Browser;
let address = '';

beforeAll(async () => {
  // A data folder of its own, so that it meets no other server's.
  server = await createServer({ root: fileURLToPath(new URL('..', import.meta.url)), logLevel: 'error', server: { host: '127.0.0.1', port: 0, hmr: false, watch: null }, cacheDir: `/tmp/centerplan-kit-${process.pid}` });
  await server.listen();
  address = server.resolvedUrls?.local[0] ?? '';
  browser = await launch();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

for (const lang of ['zh', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    describe(`the kit: ${lang}, ${theme}`, () => {
      it('shows every component without a fault', async () => {
        const page = await browser.context.newPage();
        const heard = complaints(page);
        await prefer(page, lang, theme);
        await page.goto(`${address}#/kit`);
        await page.locator(`main[data-lang=${lang}]`).waitFor();
        expect((await page.screenshot({ fullPage: true })).byteLength).toBeGreaterThan(LEAST_BYTES);
        expect(await faults(page)).toEqual([]);
        await page.locator('[data-kit=toast]').click();
        await page.locator('.toast').waitFor();
        await page.locator('[data-kit=dialog]').click();
        await page.locator('dialog').waitFor();
        expect(await faults(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await page.locator('[role=combobox]').focus();
        await page.keyboard.type(lang === 'zh' ? '港' : 'hong');
        await page.keyboard.press('Enter');
        expect(await page.locator('[role=combobox]').inputValue()).toContain('HKD');
        expect(heard()).toEqual([]);
        await page.close();
      }, 120_000);
    });
  }
}
