import axe from 'axe-core';
import { describe, expect, it } from 'vitest';

import { ready } from './browser';
import { SCREENS } from './routes';
import { session } from './session';

const s = session();
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

for (const lang of ['zh', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    describe(`no screen has an accessibility fault: ${lang}, ${theme}`, () => {
      for (const { name } of SCREENS('').filter((one) => !one.name.endsWith('-end'))) {
        it(name, async () => {
          s.allow(/404/);
          const shot = SCREENS(s.target.plan).find((one) => one.name === name);
          const page = await s.open(shot?.hash ?? '', { lang, theme, height: 900 });
          await ready(page);
          await shot?.before?.(page);
          await page.waitForTimeout(100);
          await page.evaluate(axe.source);
          const found = await page.evaluate(async (tags) => {
            const run = (globalThis as unknown as { axe: { run: (where: Document, options: object) => Promise<{ violations: Violation[] }> } }).axe.run;
            const { violations } = await run(document, { runOnly: { type: 'tag', values: tags } });
            return violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
          }, RULES);
          expect(found).toEqual([]);
        });
      }
    });
  }
}
