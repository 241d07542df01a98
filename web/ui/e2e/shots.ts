/** Saves every screen, and the page of the kit, in both languages, both themes and two widths: `npm run shots [folder] [filter]`. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SCREENS } from './routes';
import { become, complaints, launch, prefer, ready } from './browser';
import { kitServer } from './kitServer';
import { start } from './target';

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), 'centerplan-shots-'));
const filter = process.argv[3] ?? '';
mkdirSync(folder, { recursive: true });
const asked = (file: string): boolean => file.includes(filter) || new RegExp(filter).test(file);
const target = await start();
const kit = asked('kit') ? await kitServer() : null;
const browser = await launch();

try {
  for (const width of [1440, 390]) {
    for (const lang of ['zh', 'en'] as const) {
      for (const theme of ['light', 'dark'] as const) {
        for (const shot of SCREENS(target.plan)) {
          const { name, hash } = shot;
          const file = `${name}-${lang}-${theme}-${width}`;
          if (!asked(file)) continue;
          await become(browser.context, target.address, shot.as);
          const page = await browser.context.newPage();
          const heard = complaints(page);
          await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
          await prefer(page, lang, theme);
          await page.goto(`${target.address}/${hash}`);
          await ready(page);
          await page.waitForTimeout(300);
          await shot.before?.(page);
          await page.waitForTimeout(150);
          await page.screenshot({ path: join(folder, `${file}.png`) });
          for (const text of heard()) console.error(`${file}: ${text}`);
          await page.close();
        }
        if (kit === null) continue;
        const page = await browser.context.newPage();
        await page.setViewportSize({ width, height: 900 });
        await prefer(page, lang, theme);
        await page.goto(kit.kit);
        await page.locator('[data-chart=timeline] .picture svg').waitFor({ timeout: 60_000 });
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(folder, `kit-${lang}-${theme}-${width}.png`), fullPage: true });
        await page.close();
      }
    }
  }
  console.log(folder);
} finally {
  await browser.close();
  await kit?.close();
  await target.stop();
}
