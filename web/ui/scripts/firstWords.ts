/**
 * Which messages the page needs before it fetches anything more: those that the
 * modules name which come with it. The others come with the first screen that
 * is fetched by itself.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const STATIC = /^\s*(?:import|export)\s+(?!type\b)[^;]*?from\s+'(\.[^']+)'|^\s*import\s+'(\.[^']+)'|\bsoon\(import\('(\.[^']+)'\)\)/gm;
const NAMED = /['"`]([a-z_]+\.[\w.]*(?:\$\{|['"`]))/g;

/** The modules that an entry brings along, itself first, and what it fetches at once. */
export function modulesOf(entry: string): string[] {
  const found = new Set<string>();
  const front = [entry];
  for (let file = front.pop(); file !== undefined; file = front.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const [, from, bare, beside] of readFileSync(file, 'utf8').matchAll(STATIC)) {
      const path = join(dirname(file), from ?? bare ?? beside ?? '');
      const module = [path, `${path}.ts`].find((one) => existsSync(one) && statSync(one).isFile());
      if (module !== undefined && /\.(?:ts|svelte)$/.test(module)) front.push(module);
    }
  }
  return [...found];
}

/** Tells of a key whether some modules name it, whole or by its beginning. */
export function namedIn(modules: readonly string[]): (key: string) => boolean {
  const whole = new Set<string>();
  const stems: string[] = [];
  for (const file of modules) {
    for (const [, text = ''] of readFileSync(file, 'utf8').matchAll(NAMED)) {
      if (text.endsWith('${')) stems.push(text.slice(0, -2));
      else whole.add(text.slice(0, -1));
    }
  }
  return (key) => whole.has(key) || whole.has(key.replace(/\.(?:one|other)$/, '')) || stems.some((stem) => key.startsWith(stem));
}
