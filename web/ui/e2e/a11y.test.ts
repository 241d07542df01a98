import { describe, expect, it } from 'vitest';

import { faults } from './axe';
import { become, NARROW, ready, sideways } from './browser';
import { SCREENS } from './routes';
import { session } from './session';

const s = session();

for (const lang of ['zh', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    describe(`no screen has an accessibility fault: ${lang}, ${theme}`, () => {
      for (const { name } of SCREENS('').filter((one) => !one.name.endsWith('-end'))) {
        it(name, async () => {
          // What is missing, denied or fails on purpose is told in the console too.
          s.allow(name.startsWith('live-') ? /Failed to load resource/ : /40[34]|500/);
          const shot = SCREENS(s.target.plan).find((one) => one.name === name);
          await become(s.browser.context, s.target.address, shot?.as);
          const page = await s.open(shot?.hash ?? '', { lang, theme, height: 900 });
          await ready(page);
          await shot?.before?.(page);
          await page.waitForTimeout(100);
          // What is still on its way in has other colours.
          await expect.poll(() => faults(page)).toEqual([]);
          if (theme === 'dark') return; // as wide as in light
          for (const [width, narrow] of NARROW) {
            await page.setViewportSize({ width, height: narrow });
            await page.waitForTimeout(150);
            await expect.poll(async () => [width, await sideways(page)]).toEqual([width, []]);
          }
        });
      }
    });
  }
}
