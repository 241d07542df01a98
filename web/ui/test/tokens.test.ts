import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { contrast } from '../src/lib/contrast';

const css = readFileSync(join(import.meta.dirname, '../src/tokens.css'), 'utf8');

function theme(selector: string): Map<string, string> {
  const block = css.slice(css.indexOf(selector)).split('}')[0] ?? '';
  return new Map([...block.matchAll(/--(\w+):\s*(#\w+);/g)].map((found) => [found[1] ?? '', found[2] ?? '']));
}

const GROUNDS = ['bg', 'bg1', 'bg2'];
const TEXT: readonly (readonly [text: string, grounds: readonly string[]])[] = [
  ['fg', [...GROUNDS, 'bg3', 'sel', 'warnbg', 'badbg']],
  ['fg2', [...GROUNDS, 'bg3']],
  ['acc', [...GROUNDS, 'sel']],
  ['accfg', ['acc', 'who0', 'who1', 'who2', 'who3', 'who4', 'who5', 'who6', 'who7']],
  ['fx', [...GROUNDS, 'sel']],
  ['bad', [...GROUNDS, 'badbg']],
  ['good', ['bg']],
  ['warn', [...GROUNDS, 'warnbg']],
  ['fav', [...GROUNDS, 'favbg']],
  ['unf', ['bg', 'bg1', 'unfbg']],
];

for (const [name, selector] of [['light', ':root {'], ['dark', ":root[data-theme='dark'] {"]] as const) {
  describe(`${name} colours`, () => {
    const tokens = theme(selector);
    const of = (token: string): string => tokens.get(token) ?? '#000';
    for (const [text, grounds] of TEXT) {
      for (const ground of grounds) {
        it(`${text} can be read on ${ground}`, () => expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5));
      }
    }
    for (const ground of GROUNDS) {
      it(`the border of a control is seen on ${ground}`, () => expect(contrast(of('ctl'), of(ground))).toBeGreaterThanOrEqual(3));
    }
  });
}

it('both themes have the same colours', () => {
  expect([...theme(':root {').keys()]).toEqual([...theme(":root[data-theme='dark'] {").keys()]);
});
