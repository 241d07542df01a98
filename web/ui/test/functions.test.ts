import { describe, expect, it } from 'vitest';

import type { Reference } from '../src/api/types';
import { entriesOf, matching, nameAt, sections } from '../src/model/functions';

const both = (en: string, zh: string) => ({ en, zh });
const reference: Reference = {
  functions: [
    { name: 'prev', group: 'time', signature: 'prev(x[, n])', params: [{ name: 'x', kind: 'number', unit: 'same', optional: false, options: [] }], repeats: false, unit: 'same', doc: both('One month earlier.', '上个月的值。'), examples: [] },
    { name: 'sum', group: 'dimensions', signature: 'sum(x)', params: [], repeats: false, unit: 'same', doc: both('All members, as prev cannot.', '全部成员之和。'), examples: [] },
  ],
  words: [{ texts: ['workdays'], group: 'calendar', doc: both('Working days.', '工作日。'), examples: [] }],
  reserved: ['workdays'],
};
const entries = entriesOf(reference);
const heading = (group: string): string => (group === 'calendar' ? 'Calendar names' : group);
const names = (query: string, lang: 'zh' | 'en' = 'en'): string[] => sections(matching(entries, query, lang, heading), query).flatMap((one) => one.entries.map((entry) => entry.name));

describe('the function table is searched', () => {
  it('by name, and what is called so comes first', () => {
    expect(names('prev')).toEqual(['prev', 'sum']);
    expect(names('SUM')).toEqual(['sum']);
  });
  it('by sentence in the language in use', () => {
    expect(names('工作日', 'zh')).toEqual(['workdays']);
    expect(names('工作日', 'en')).toEqual([]);
  });
  it('by heading and by several words', () => {
    expect(names('calendar names')).toEqual(['workdays']);
    expect(names('month earlier prev')).toEqual(['prev']);
  });
  it('and without a query keeps its order', () => expect(names('')).toEqual(['prev', 'sum', 'workdays']));
});

describe('the name at the cursor', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['is the function it stands in', 'pre|v(x)', 'prev'],
    ['is the call around an argument', 'prev(volume| + 1)', 'prev'],
    ['is the innermost call', 'sum(prev(x|))', 'prev'],
    ['is the outer call behind an inner one', 'sum(prev(x)|)', 'sum'],
    ['looks through brackets that are no call', 'sum((a + b|))', 'sum'],
    ['is a plain name outside of calls', 'a * work|days', 'workdays'],
    ['knows full-width brackets', '求和（话务量|）', '求和'],
    ['is nothing in nothing', '|', ''],
  ];
  for (const [name, formula, want] of cases) it(name, () => expect(nameAt(formula.replace('|', ''), formula.indexOf('|'))).toBe(want));
});
