import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import en from '$locale/en.json';
import zh from '$locale/zh.json';
import { describe, expect, it } from 'vitest';

import { EDIT_KEYS, GRID_KEYS, PAGE_KEYS } from '../src/grid/keys';
import { fill, message } from '../src/i18n/types';

const english: Readonly<Record<string, string>> = en;
const chinese: Readonly<Record<string, string>> = zh;
const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').sort();

describe('the catalogues', () => {
  it('have the same keys', () => expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort()));
  it('name the same placeholders', () => {
    const differ = Object.keys(english).filter((key) => !key.endsWith('.one') && names(english[key] ?? '').join() !== names(chinese[key] ?? '').join());
    expect(differ).toEqual([]);
  });
  it('say something for every key', () => expect(Object.keys(english).filter((key) => english[key]?.trim() === '' || chinese[key]?.trim() === '')).toEqual([]));
  it('reach the page in three parts, without what only commands and documents say', async () => {
    const [words, screens, problems] = await Promise.all([import('$words/en'), import('$screens/en'), import('$problems/en')]);
    const kept = Object.keys(english).filter((key) => key.startsWith('report.chapter.') || !/^(?:cli|report)\./.test(key));
    expect([words, screens, problems].flatMap((part) => Object.keys(part.default)).sort()).toEqual(kept.sort());
    expect(Object.keys(problems.default).filter((key) => !key.startsWith('problem.'))).toEqual([]);
  });
  it('begin with what the first screen says, and leave to the others what they say', async () => {
    const { default: words } = await import('$words/zh');
    const { default: screens } = await import('$screens/zh');
    for (const key of ['nav.budget.short', 'grid.line', 'sum.count', 'label.paste.other', 'theme.dark', 'problem.ui.offline']) expect(words).toHaveProperty([key]);
    for (const key of ['seal.page.title', 'retro.add', 'people.add']) expect(words).not.toHaveProperty([key]);
    expect(Object.keys(screens).length).toBeGreaterThan(400);
  });
  it('explain every key of the keyboard', () => {
    const helps = [...GRID_KEYS, ...EDIT_KEYS, ...PAGE_KEYS].map((binding) => binding.help);
    expect(helps.filter((help) => english[help] === undefined)).toEqual([]);
  });
});

describe('a message', () => {
  it('takes its arguments', () => expect(fill('{a} of {b}', { a: 1, b: 2 })).toBe('1 of 2'));
  it('keeps a name without an argument', () => expect(fill('{a}', {})).toBe('{a}'));
  it('counts in English', () => {
    const cells = { 'x.one': '{count} cell', 'x.other': '{count} cells' };
    expect([1, 2].map((count) => message(cells, 'en', 'x', { count }))).toEqual(['1 cell', '2 cells']);
  });
});

it('no text stands in a component: what is read comes from the catalogues', () => {
  const root = join(import.meta.dirname, '../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));
  const faults = files.flatMap((file) => {
    const markup = readFileSync(join(root, file), 'utf8').replace(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, '');
    const plain = markup.replace(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, '').replace(/<(?:[^>"']|"[^"]*"|'[^']*')*>/g, '\n');
    return plain.split('\n').map((line) => line.trim()).filter((line) => /[A-Za-z\u4e00-\u9fff]{2,}/.test(line) && !['Centerplan', 'PDF', 'Ctrl', 'EN'].includes(line)).map((line) => `${file}: ${line}`);
  });
  expect(faults).toEqual([]);
});

it('whatever is fetched by itself brings its words along', () => {
  const root = join(import.meta.dirname, '../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:svelte|ts)$/.test(file));
  const bare = files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/(\w+\()?\s*import\('[^']+\.svelte'\)/g)].filter(([, call]) => call !== 'later(' && call !== 'soon(').map(([text]) => `${file}: ${text}`));
  expect(bare).toEqual([]);
});
