import { describe, expect, it } from 'vitest';

import type { TraceStep } from '../src/api/types';
import type { PlanDocument } from '../src/model/document';
import { changeName } from '../src/model/settle';
import { allOpen, moveOf, openAtFirst, traceRows, wayToError } from '../src/model/trace';

const error = (cause: string): TraceStep['error'] => ({ member: [], month: '2027-01', key: 'formula.division_by_zero', cause, cause_month: '2027-01' });
function step(line: string, operands: readonly TraceStep[] = [], failed: string | null = null): TraceStep {
  return { line, member: [], month: '2027-01', history: false, value: failed === null ? 1 : null, error: failed === null ? null : error(failed), unit: 'ratio', formula: operands.length > 0 ? 'x' : '', pointer: '', with_values: '', changes: [], operands, set_by: null, cut: false };
}
const tree = [step('a', [step('b'), step('c', [step('d')])]), step('e')];
const ids = (open: readonly string[]): string[] => traceRows(tree, new Set(open)).map((row) => row.id);

describe('the rows of a trace', () => {
  it('leave out what is below a shut step', () => {
    expect(ids([])).toEqual(['0', '1']);
    expect(ids(['0'])).toEqual(['0', '0/0', '0/1', '1']);
    expect(ids(['0/1'])).toEqual(['0', '1']);
    expect(ids(allOpen(tree))).toEqual(['0', '0/0', '0/1', '0/1/0', '1']);
  });
  it('know their level and place among their own', () => {
    const row = traceRows(tree, new Set(allOpen(tree)))[2];
    expect([row?.level, row?.position, row?.size, row?.open]).toEqual([2, 2, 2, true]);
    expect(traceRows(tree, new Set())[1]?.open).toBeNull();
  });
  it('lead to where an error began', () => {
    const failed = [step('a'), step('b', [step('c'), step('d', [step('e')], 'd')], 'd')];
    expect(wayToError(failed)).toEqual(['1', '1/1']);
    expect(wayToError(tree)).toEqual([]);
    expect(traceRows(failed, new Set(wayToError(failed))).filter((row) => row.began).map((row) => row.id)).toEqual(['1/1']);
  });
});

describe('a whole trace at first', () => {
  it('is open if it is small', () => expect(openAtFirst(tree)).toEqual(['0', '0/1']));
  it('shows the highest levels of a large one, and the way to an error', () => {
    const deep = [step('a', [step('b', [step('c', [step('d', [step('e')], 'd')], 'd')], 'd')], 'd'), step('f', [step('g', [step('h', [step('i')])])])];
    expect(openAtFirst(deep, 3)).toEqual(['0', '0/0', '1', '1/0', '0/0/0', '0/0/0/0']);
  });
});

describe('a key in a trace', () => {
  const at = (key: string, here: string, open: readonly string[] = ['0']): unknown => {
    const set = new Set(open);
    const move = moveOf(key, traceRows(tree, set), here, set);
    return move && [move.focus, move.open ? [...move.open] : undefined];
  };
  const cases: readonly (readonly [string, string, string, unknown])[] = [
    ['down goes to the next row', 'ArrowDown', '0', ['0/0', undefined]],
    ['up stays at the first', 'ArrowUp', '0', ['0', undefined]],
    ['right opens what is shut', 'ArrowRight', '0/1', ['0/1', ['0', '0/1']]],
    ['right goes into what is open', 'ArrowRight', '0', ['0/0', undefined]],
    ['right stays where nothing is below', 'ArrowRight', '0/0', ['0/0', undefined]],
    ['left shuts what is open', 'ArrowLeft', '0', ['0', []]],
    ['left goes up from what is shut', 'ArrowLeft', '0/1', ['0', undefined]],
    ['End goes to the last row', 'End', '0', ['1', undefined]],
    ['a letter is none', 'x', '0', null],
  ];
  for (const [name, key, here, want] of cases) it(name, () => expect(at(key, here)).toEqual(want));
});

it('a settling step is called by what it comes from', () => {
  const document: PlanDocument = { scenarios: { s1: { code: 'growth', name: { en: 'Growth' } } }, budget: { levers: { l1: { code: 'bot', name: { en: 'Robot' } } } }, okr: { initiatives: { i1: { code: 'kb', name: { en: 'Knowledge base' } } } } };
  const name = (kind: 'lever' | 'initiative' | 'cell' | 'actual', code: string): string => changeName(document, { kind, code }, 'en');
  expect([name('lever', 'bot'), name('initiative', 'kb'), name('cell', 'growth'), name('actual', ''), name('lever', 'gone')]).toEqual(['Robot', 'Knowledge base', 'Growth', '', 'gone']);
});
