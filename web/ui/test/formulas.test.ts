import { describe, expect, it } from 'vitest';

import { errorCode, scenarioOf } from '../src/model/cells';
import { linesByCode, type PlanDocument } from '../src/model/document';
import { below, formulaPatch, formulaPath, standing, withoutOwn } from '../src/model/formulas';
import { apply } from '../src/model/patch';
import { dependents, precedents } from '../src/model/trace';

const plan: PlanDocument = {
  budget: {
    lines: {
      a: { code: 'calls', rank: 'a', values: { '2027-01': 1 } },
      b: { code: 'aht', rank: 'b', rollup: 'weighted(calls)' },
      c: { code: 'work', rank: 'c', formula: 'hours(calls * aht)' },
      d: { code: 'fte', rank: 'd', formula: 'required_fte(calls, aht, "voice") + prev(fte)' },
      e: { code: 'shrink', rank: 'e' },
      f: { code: 'label', rank: 'f', formula: 'calls == 1 ? 2 : 3' },
    },
    staffing: { s: { code: 'voice', name: { en: 'aht' }, model: 'erlang_c', shrinkage: 'shrink', profile: { weekday: [1, 2] } } },
    levers: { l: { code: 'lean', changes: { x: { line: 'c', formula: 'calls' } } } },
  },
  scenarios: {
    base: { code: 'base', rank: '0' },
    g: { code: 'growth', rank: 'a', parent: 'base', changes: { one: { line: 'c', formula: 'calls * 2', rank: 'a' }, two: { line: 'a', scale: 2, rank: 'b' } } },
    h: { code: 'more', rank: 'b', parent: 'g' },
    i: { code: 'pulled', rank: 'c', levers: ['l'] },
  },
};
const line = (code: string) => linesByCode(plan).get(code) ?? { id: '', item: {} };
const scenario = (code: string) => scenarioOf(plan, code);

describe('the formula that stands', () => {
  it.each([
    ['base', 'work', 'hours(calls * aht)', 'line', true],
    ['growth', 'work', 'calls * 2', 'scenario', true],
    ['more', 'work', 'calls * 2', 'scenario', false],
    ['pulled', 'work', 'calls', 'lever', false],
    ['growth', 'fte', 'required_fte(calls, aht, "voice") + prev(fte)', 'line', false],
    ['base', 'calls', '', 'line', true],
  ])('in %s of %s', (code, of, text, by, own) => {
    expect(standing(plan, scenario(code), line(of))).toMatchObject({ text, by, own });
  });
  it.each([
    ['base', 'work', '/budget/lines/c/formula'],
    ['growth', 'work', '/scenarios/g/changes/one/formula'],
    ['more', 'work', '/scenarios/h/changes'],
    ['pulled', 'work', '/scenarios/i/changes'],
  ])('is edited, in %s of %s, at %s', (code, of, path) => { expect(formulaPath(plan, scenario(code), line(of))).toBe(path); });
});

describe('a new formula', () => {
  const after = (code: string, of: string): { readonly plan: PlanDocument; readonly text: string } => {
    const next = apply(plan, formulaPatch(plan, scenario(code), line(of), 'aht'));
    return { plan: next, text: standing(next, scenarioOf(next, code), linesByCode(next).get(of) ?? line(of)).text };
  };
  it.each(['base', 'growth', 'more', 'pulled'])('stands in %s and leaves the others', (code) => {
    const next = after(code, 'work');
    expect(next.text).toBe('aht');
    for (const other of ['base', 'growth', 'pulled'].filter((one) => one !== code && code !== 'base')) {
      expect(standing(next.plan, scenarioOf(next.plan, other), line('work')).text).toBe(standing(plan, scenario(other), line('work')).text);
    }
  });
  it('takes the place of values in base, and leaves them in a scenario', () => {
    expect(after('base', 'calls').plan.budget?.lines?.['a']).toEqual({ code: 'calls', rank: 'a', formula: 'aht' });
    expect(after('more', 'calls').plan.budget?.lines?.['a']).toEqual(plan.budget?.lines?.['a']);
  });
  it('of a scenario that replaces its own tests what stood there', () => {
    expect(formulaPatch(plan, scenario('growth'), line('work'), 'aht')).toEqual([
      { op: 'test', path: '/scenarios/g/changes/one/formula', value: 'calls * 2' }, { op: 'replace', path: '/scenarios/g/changes/one/formula', value: 'aht' },
    ]);
  });
  it('of a scenario is taken back to the one below', () => {
    const next = apply(plan, withoutOwn(plan, scenario('growth'), line('work')));
    expect(standing(next, scenarioOf(next, 'growth'), line('work')).text).toBe('hours(calls * aht)');
    expect(below(plan, scenario('growth'), line('work')).text).toBe('hours(calls * aht)');
    expect(withoutOwn(plan, scenario('more'), line('work'))).toEqual([]);
  });
});

describe('what a line is reckoned from', () => {
  it.each([
    ['work', ['calls', 'aht']],
    ['fte', ['calls', 'aht', 'shrink']],
    ['aht', ['calls']],
    ['calls', []],
  ])('%s', (code, want) => { expect([...precedents(plan, code)]).toEqual(want); });
  it('depends on the scenario', () => { expect([...precedents(plan, 'work', 'growth')]).toEqual(['calls']); });
  it.each([
    ['calls', ['aht', 'work', 'fte', 'label']],
    ['shrink', ['fte']],
    ['fte', []],
  ])('and who uses %s', (code, want) => { expect([...dependents(plan, code)]).toEqual(want); });
});

describe('the short code of an error', () => {
  it.each([
    ['formula.division_by_zero', '#DIV/0!'], ['formula.unknown_name_near', '#NAME?'], ['formula.cycle', '#CYCLE!'], ['formula.missing_input', '#N/A'],
    ['formula.unit_mismatch', '#UNIT!'], ['formula.syntax', '#SYNTAX!'], ['formula.bracket_open', '#SYNTAX!'], ['formula.unexpected_end', '#SYNTAX!'], ['formula.text_open', '#SYNTAX!'],
    ['formula.too_long', '#SYNTAX!'], ['formula.not_finite', '#NUM!'], ['formula.sqrt_negative', '#NUM!'], ['formula.not_positive', '#NUM!'], ['formula.condition_expected', '#ERR!'],
  ])('%s is %s', (key, want) => { expect(errorCode(key)).toBe(want); });
});
