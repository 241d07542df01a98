import { describe, expect, test } from 'vitest';

import { callOf, figures, gaps, refOf, rowsOf, views } from '../src/model/capacity';
import type { PlanDocument } from '../src/model/document';

const document: PlanDocument = {
  budget: {
    calendar: { start: '2027-01', months: 2 },
    dimensions: { queue: { code: 'queue', members: { v: { code: 'voice' }, c: { code: 'chat' } } }, site: { code: 'site', members: { a: { code: 'coast' }, b: { code: 'inland' } } } },
    lines: {
      calls: { code: 'calls', unit: 'contact', by: ['queue'], values: {} },
      aht: { code: 'aht', unit: 'second/contact', by: ['queue'], values: {} },
      fte: { code: 'fte', unit: 'person', formula: 'required_fte(calls["voice"], aht["voice"], "desk")' },
      service: { code: 'service', unit: '%', formula: 'achieved_service(calls["voice"], aht["voice"], fte, "desk")' },
      hours: { code: 'hours', unit: 'hour', formula: 'agent_hours(calls["voice"], aht["voice"], "desk")' },
      busy: { code: 'busy', unit: '%', formula: 'calls["voice"] / hours' },
      needed: { code: 'needed', unit: 'person', by: ['site'], formula: 'fte * 0.5' },
      there: { code: 'there', unit: 'person', by: ['site'], formula: 'effective_fte("crew")' },
      classes: { code: 'classes', unit: 'person', by: ['site'], values: {} },
      cap: { code: 'cap', unit: '%', values: {} },
    },
    staffing: { desk: { code: 'desk', target: 0.8, max_occupancy: 'cap', shrinkage: 0.3 } },
    hiring: { crew: { code: 'crew', required: 'needed', classes: 'classes', attrition: 0.02 } },
  },
};

describe('a call in a formula', () => {
  test.each([
    ['required_fte(calls["voice"], aht, "desk")', ['calls["voice"]', 'aht', '"desk"']],
    ['required_fte（话务量，处理时长，“desk”）', ['话务量', '处理时长', '"desk"']],
    ['required_fte(a + f(b, c), "x,y")', ['a + f(b, c)', '"x,y"']],
    ['required_fte(a, "desk") * 2', undefined],
    ['2 * required_fte(a, "desk")', undefined],
    ['required_fte(a, b', undefined],
    ['f(a) + required_fte(a)', undefined],
    [undefined, undefined],
  ])('%s', (formula, args) => {
    expect(callOf(formula, 'required_fte')).toEqual(args);
  });
});

test('an argument names a line and the member it picks', () => {
  expect(refOf(document, 'calls["voice"]')?.member).toEqual(['voice']);
  expect(refOf(document, 'cap')?.member).toEqual([]);
  expect(refOf(document, 'calls["nobody"]')).toBeUndefined();
  expect(refOf(document, 'calls * 2')).toBeUndefined();
});

test('the plan tells what can be looked at: hiring plans, then policies', () => {
  const [crew, desk, ...more] = views(document);
  expect(more).toEqual([]);
  expect([crew?.id, crew?.by, Object.keys(crew?.rows ?? {})]).toEqual(['hiring.crew', 'site', ['required', 'available', 'attrition', 'classes', 'service', 'target']]);
  expect([desk?.id, desk?.queue, Object.keys(desk?.rows ?? {})]).toEqual(['staffing.desk', 'voice', ['volume', 'aht', 'occupancy', 'occupancy_cap', 'shrinkage', 'required', 'service', 'target']]);
  expect(views({})).toEqual([]);
});

test('what is put in has a row for each site, people are added', () => {
  const [crew] = views(document);
  if (!crew) throw new Error('no view');
  const rows = rowsOf(document, crew, '');
  expect(rows.map((row) => [row.kind, row.lanes.length, row.input])).toEqual([['required', 2, false], ['available', 2, false], ['service', 1, false], ['target', 0, false], ['attrition', 0, false], ['classes', 1, true], ['classes', 1, true]]);
  expect(rowsOf(document, crew, 'coast').map((row) => [row.kind, row.lanes.length])).toEqual([['required', 1], ['available', 1], ['service', 1], ['target', 0], ['attrition', 0], ['classes', 1]]);
  const results = { needed: { values: { coast: [10, 12], inland: [5, null] } }, there: { values: { coast: [9, 12], inland: [5, 7] } } } as never;
  const of = (row: (typeof rows)[number]) => figures(row, results, 2);
  expect(rows[0] && of(rows[0])).toEqual([15, null]);
  expect(gaps(rows, of)).toEqual([-1, null]);
});
