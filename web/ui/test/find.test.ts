import { describe, expect, it } from 'vitest';

import { find, score, withRecent } from '../src/model/find';

describe('how well a text answers a word', () => {
  it.each([
    ['budget and roi', 'bud', 4],
    ['go to budget', 'bud', 3],
    ['rebudget', 'bud', 2],
    ['budget', 'bgt', 1],
    ['budget', 'xyz', 0],
    ['首次呼叫解决率', '首次', 4],
    ['首次呼叫解决率', '解决', 3],
    ['首次呼叫解决率', '首解', 0],
    ['a long way between all letters of bgt', 'bgt', 3],
    ['b_________g_________t', 'bgt', 0],
    ['anything', '', 1],
  ])('%s, %s: %i', (text, word, want) => expect(score(text, word)).toBe(want));
});

describe('what is found', () => {
  const items = [
    { id: 'fcr', name: 'First call resolution', words: 'fcr 首次呼叫解决率' },
    { id: 'fte', name: 'FTE', words: 'fte 全职人力当量' },
    { id: 'growth', name: 'Growth of 12%', words: 'growth 增长12%' },
    { id: 'calls', name: 'Calls', words: 'volume 来电量' },
    { id: 'gain', name: 'FCR gain', words: 'fcr_needed' },
  ];
  const ids = (query: string): string[] => find(items, query).map(({ item }) => item.id);
  it.each([
    ['', ['fcr', 'fte', 'growth', 'calls', 'gain']],
    ['fcr', ['fcr', 'gain']],
    ['解决率', ['fcr']],
    ['call', ['calls', 'fcr']],
    ['resolution first', ['fcr']],
    ['ＦＴＥ', ['fte']],
    ['volume', ['calls']],
    ['no such', []],
  ])('%s', (query, want) => expect(ids(query)).toEqual(want));
});

it('what was chosen last comes first, and once', () => {
  expect(withRecent(['a', 'b'], 'b')).toEqual(['b', 'a']);
  expect(withRecent(['a', 'b', 'c'], 'd', 3)).toEqual(['d', 'a', 'b']);
});
