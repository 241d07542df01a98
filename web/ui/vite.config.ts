import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

import { modulesOf, namedIn } from './scripts/firstWords.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A catalogue's part is called after what it has and its language. */
const chunk = ({ moduleIds }: { readonly moduleIds: readonly string[] }): string => {
  const part = /^\0centerplan:\$(\w+-\w+)$/.exec(moduleIds.at(-1) ?? '')?.[1];
  return part === undefined ? 'assets/[name].js' : `assets/${part}.js`;
};

/** Stable names: the committed build stays one file per chunk through its history. */
const names = {
  entryFileNames: 'assets/[name].js',
  chunkFileNames: chunk,
  assetFileNames: 'assets/[name][extname]',
};

/** What the budget is first shown with, in one file: twenty small ones take more room. */
const FIRST = /src\/(?:model\/(?:access|budget\w+|cells|checkins|completeness|document|functions|method|patch|people|places|rollup|say|threads|trace|workflow)|state\/(?:anchors|context|drafts|latest\.svelte|money\.svelte|names\.svelte|reference\.svelte)|grid\/(?:clipboard|keys))\.ts$/;

/** What of a catalogue the page says at all: nothing that only commands and documents say. */
const said = (key: string): boolean => key.startsWith('report.chapter.') || !/^(?:cli|report)\./.test(key);
const problem = (key: string): boolean => key.startsWith('problem.') && !key.startsWith('problem.ui.');

type Part = 'words' | 'screens' | 'problems';
/** The part of a catalogue a key belongs to: what the page begins with, what comes with a screen, or with a problem. */
function parted(): (key: string) => Part | null {
  const first = namedIn(modulesOf(here('src/main.ts')));
  return (key) => (!said(key) ? null : problem(key) ? 'problems' : first(key) || key.startsWith('problem.') ? 'words' : 'screens');
}

/** Gives `$words/zh`, `$screens/zh` and `$problems/zh`: the parts of a catalogue that the page loads. */
function catalogues(): Plugin {
  const asked = /^\$(words|screens|problems)\/(zh|en)$/;
  const PREFIX = '\0centerplan:';
  return {
    name: 'catalogues',
    resolveId: (id) => (asked.test(id) ? PREFIX + id.replace('/', '-') : undefined),
    load(id) {
      const [, part = '', lang = ''] = /^\0centerplan:\$(\w+)-(\w+)$/.exec(id) ?? [];
      if (part === '') return undefined;
      const partOf = parted();
      const file = here(`../../templates/locale/${lang}.json`);
      this.addWatchFile(file);
      const all = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>);
      return `export default ${JSON.stringify(Object.fromEntries(all.filter(([key]) => partOf(key) === part)))}`;
    },
  };
}

export default defineConfig({
  plugins: [catalogues(), svelte()],
  resolve: {
    alias: { $locale: here('../../templates/locale') },
    ...(process.env['VITEST'] === undefined ? {} : { conditions: ['browser'] }),
  },
  build: {
    target: 'es2022',
    outDir: process.env['UI_OUT'] ?? 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { ...names, codeSplitting: { groups: [{ name: 'model', test: FIRST }] } } },
  },
  worker: { format: 'es', rolldownOptions: { output: names } },
  server: {
    fs: { allow: [here('.'), here('../../templates/locale')] },
    proxy: { '/api': process.env['API'] ?? 'http://127.0.0.1:8080' },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'jsdom',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          setupFiles: ['test/setup.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['e2e/**/*.test.ts'],
          // Patience costs a test that passes nothing: longer than an action waits, see browser.ts.
          testTimeout: 150_000,
          expect: { poll: { timeout: 40_000 } },
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
