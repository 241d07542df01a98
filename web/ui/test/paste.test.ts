/** Many cells at once: one edit, or none. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import type { EditLabel } from '../src/api/ops';
import { Formats } from '../src/lib/num';
import { budgetSource } from '../src/model/budgetSource';
import type { Sheet } from '../src/model/budgetSheet';
import { FIRST_MONTH } from '../src/model/budgetSheet';
import { scenarioOf } from '../src/model/cells';
import type { Line, PlanDocument } from '../src/model/document';
import { monthsOf } from '../src/model/document';
import { mostOf, type Patch } from '../src/model/patch';
import { sheetRows } from '../src/model/sheet';

const LINES = 1700;
const WORDS = { name: '', unit: '', total: '', formula: '', override: '', waits: '', empty: '', notNumber: 'no number', readOnly: '', tooMany: (cells: number, most: number) => `${cells} of ${most}`, withheld: '', trend: '', last: '', delta: '', locked: () => '', sumOf: () => '', isLine: () => '', scenario: () => '', bucket: () => '', points: () => '', unitName: () => '', error: () => '' };

function opened(): { readonly source: ReturnType<typeof budgetSource>; readonly edits: { readonly patch: Patch; readonly label: EditLabel }[] } {
  const lines: Record<string, Line> = {};
  for (let i = 0; i < LINES; i += 1) lines[`l${i}`] = { code: `l${i}`, rank: String(i).padStart(5, '0'), unit: 'contact', values: { '2027-01': i } };
  const document = { plan: { id: 'p', currency: 'CNY' }, calendar: { start: '2027-01', months: 12 }, budget: { lines } } as unknown as PlanDocument;
  const edits: { patch: Patch; label: EditLabel }[] = [];
  const sheet: Sheet = {
    document, served: document, scenario: scenarioOf(document, 'base'), rows: sheetRows(document, new Set()), months: monthsOf(document), results: {}, pending: new Set(),
    money: { key: 'one', shift: 0 }, currency: 'CNY', lang: 'en', formats: new Formats('en'), narrow: false, lock: () => null,
  };
  return { source: budgetSource(() => sheet, () => WORDS, { edit: (patch, label) => edits.push({ patch, label }), toggle: () => undefined, undo: () => undefined, redo: () => undefined }), edits };
}
const block = (rows: number, cols = 12, raw = '5.5') => Array.from({ length: rows * cols }, (_, i) => ({ r: Math.floor(i / cols), c: FIRST_MONTH + (i % cols), raw }));

describe('a paste', { timeout: 60_000 }, () => {
  it('of as many cells as one edit takes is one edit', () => {
    const { source, edits } = opened();
    expect(source.apply(block(1666), 'paste')).toEqual({ applied: 19_992, refused: 0, reason: '' });
    expect(edits.map(({ patch, label }) => [patch.filter((op) => op.op !== 'test').length, label.kind, label.count])).toEqual([[19_992, 'paste', 19_992]]);
  });
  it('of more sets nothing and says how many would do', () => {
    const { source, edits } = opened();
    expect(source.apply(block(1667), 'paste')).toEqual({ applied: 0, refused: 20_004, none: '20004 of 20000' });
    expect(source.apply(block(LINES), 'fill')).toMatchObject({ applied: 0, none: '20400 of 20000' });
    expect(edits).toEqual([]);
  });
  it('counts what changes, not what stands already', () => {
    const { source, edits } = opened();
    expect(source.apply(block(LINES, 12, ''), 'clear')).toMatchObject({ applied: 20_400, refused: 0 });
    expect(edits.map(({ patch }) => patch.filter((op) => op.op !== 'test').length)).toEqual([LINES]);
  });
});

it('a patch has room by its length in bytes too', () => {
  const long = (cells: number): Patch => Array.from({ length: cells }, (_, i) => ({ op: 'add' as const, path: `/budget/lines/${'指标'.repeat(80)}/values/${i}`, value: 1 }));
  expect(mostOf(long(8000))).toBeNull();
  expect(mostOf(long(15_000))).toBe(11_000);
  expect(mostOf(long(11_000))).toBeNull();
});

it('what the page holds to be one edit, the server takes', () => {
  const root = join(import.meta.dirname, '../../..');
  expect(readFileSync(join(root, 'planning/patch/op.go'), 'utf8')).toMatch(/MaxChanges = 20_000\b/);
  expect(readFileSync(join(root, 'web/server.go'), 'utf8')).toMatch(/bodyLimit\s+= 6 << 20\b/);
});
