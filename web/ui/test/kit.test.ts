/** The page of the kit has every component, and the build has no page of the kit. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SRC = join(import.meta.dirname, '../src');
const page = readFileSync(join(SRC, 'screens/Kit.svelte'), 'utf8');
const components = readdirSync(join(SRC, 'kit')).filter((name) => name.endsWith('.svelte'));
const text = new Map(components.map((name) => [name, readFileSync(join(SRC, 'kit', name), 'utf8')]));

test('every component that needs no plan stands on the page, or in one that does', () => {
  const free = components.filter((name) => !/usePlan\(|Frame\.svelte/.test(text.get(name) ?? ''));
  const shown = free.filter((name) => page.includes(`/${name}'`));
  const within = free.filter((name) => shown.some((other) => text.get(other)?.includes(`/${name}'`)));
  expect(free.filter((name) => !shown.includes(name) && !within.includes(name))).toEqual([]);
  expect(shown.length).toBeGreaterThan(20);
});

test('the page begins with it in development alone', () => {
  expect(readFileSync(join(SRC, 'main.ts'), 'utf8')).toMatch(/import\.meta\.env\.DEV && location\.hash\.startsWith\('#\/kit'\)/);
  const built = join(import.meta.dirname, '../dist/assets');
  expect(readdirSync(built).filter((name) => /kit/i.test(name) || readFileSync(join(built, name), 'utf8').includes('data-kit'))).toEqual([]);
});
