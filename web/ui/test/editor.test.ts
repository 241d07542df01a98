import { describe, expect, it } from 'vitest';

import type { FunctionInfo, Reference } from '../src/api/types';
import { allOffers, fitting, offersAt } from '../src/editor/completion';
import { callAt, parameterOf, stringAt } from '../src/editor/signature';
import { placeOf, tooLong } from '../src/editor/spans';
import { tokens } from '../src/editor/tokens';
import type { PlanDocument } from '../src/model/document';

const both = (en: string, zh: string) => ({ en, zh });

describe('a formula falls into tokens', () => {
  const kinds = (text: string): string => tokens(text).map((token) => `${token.kind}:${token.text}`).join(' ');
  const TABLE: readonly (readonly [string, string])[] = [
    ['volume * aht / 3600', 'name:volume sign:* name:aht sign:/ number:3600'],
    ['hours(sum(话务量 * aht))', 'function:hours bracket:( function:sum bracket:( name:话务量 sign:* name:aht bracket:) bracket:)'],
    ['话务量　× 3％', 'name:话务量 sign:× number:3％'],
    ['（a＋b）÷2', 'bracket:（ name:a sign:＋ name:b bracket:） sign:÷ number:2'],
    ['prev（x，2）', 'function:prev bracket:（ name:x sign:， number:2 bracket:）'],
    ['volume["voice"] >= 1.5e-3', 'name:volume bracket:[ string:"voice" bracket:] sign:>= number:1.5e-3'],
    ['x == "open', 'name:x sign:== string:"open'],
    ['if a and not b { 1 } else { .5 }', 'word:if name:a word:and word:not name:b bracket:{ number:1 bracket:} word:else bracket:{ number:.5 bracket:}'],
    ['let 利用率 = 5 %; 利用率', 'word:let name:利用率 sign:= number:5 % sign:; name:利用率'],
    ['fte_2 + 𠮷田', 'name:fte_2 sign:+ name:𠮷田'],
    ['a @ b', 'name:a other:@ name:b'],
    ['a ?b :c ** d', 'name:a sign:? name:b sign:: name:c sign:** name:d'],
    ['', ''],
  ];
  it.each(TABLE)('%s', (text, want) => { expect(kinds(text)).toBe(want); });
  it.each(TABLE)('%s lies where its tokens say', (text) => {
    for (const token of tokens(text)) expect(text.slice(token.from, token.to)).toBe(token.text);
  });
});

describe('a span of the server', () => {
  const marked = (text: string, start: number, end: number): string => {
    const { from, to } = placeOf(text, { start, end });
    return text.slice(from, to);
  };
  it.each<readonly [string, number, number, string]>([
    ['talk + after_cal', 7, 16, 'after_cal'],
    ['话务量 * 份额', 6, 8, '份额'],
    ['𠮷田 + 份额', 5, 7, '份额'],
    ['a + 😀 + b', 4, 5, '😀'],
    ['calls + ', 8, 8, ' '],
    ['calls +', 7, 7, '+'],
    ['𠮷', 1, 1, '𠮷'],
    ['abc', 0, 0, 'abc'],
    ['abc', 1, 99, 'bc'],
    ['abc', 50, 60, 'c'],
    ['', 0, 1, ''],
  ])('of %s from %d to %d is %s', (text, start, end, want) => { expect(marked(text, start, end)).toBe(want); });
  it('that is not there is the whole text', () => { expect(placeOf('话务量', null)).toEqual({ from: 0, to: 3 }); });
});

describe('a formula that is too long', () => {
  it.each<readonly [string, string, number, ReturnType<typeof tooLong>]>([
    ['ASCII that just fits', 'abcd', 4, null],
    ['one more', 'abcde', 4, { bytes: 5, at: 4 }],
    ['Chinese counts three bytes', '话务量', 6, { bytes: 9, at: 2 }],
    ['a surrogate pair counts four', 'a𠮷b', 4, { bytes: 6, at: 1 }],
  ])('%s', (_, text, most, want) => { expect(tooLong(text, most)).toEqual(want); });
  it('is measured as the server does', () => {
    expect(tooLong('1'.repeat(4096))).toBeNull();
    expect(tooLong('1'.repeat(4097))).toEqual({ bytes: 4097, at: 4096 });
  });
});

describe('the caret is in a call', () => {
  /** The caret is where | stands. */
  const at = (text: string): string => {
    const call = callAt(text.replace('|', ''), text.indexOf('|'));
    return call ? `${call.name} ${call.argument}` : '';
  };
  it.each([
    ['|hours(x)', ''],
    ['hours(|x)', 'hours 0'],
    ['hours(x)|', ''],
    ['min(a, |b, c)', 'min 1'],
    ['min(a, b, c|)', 'min 2'],
    ['min(a，|b', 'min 1'],
    ['prev（x，|2）', 'prev 1'],
    ['max(sum(a, |b), c)', 'sum 1'],
    ['max(sum(a, b), |c)', 'max 1'],
    ['max((a + b) * |c, d)', 'max 0'],
    ['max((a, |b), d)', 'max 0'],
    ['at(x, "2027,|03")', 'at 1'],
    ['sum(volume["a", |"b"])', 'sum 0'],
    ['a + (b * |c)', ''],
    ['required_fte(话务量, 时长, "|")', 'required_fte 2'],
  ])('%s', (text, want) => { expect(at(text)).toBe(want); });
  it('or in a string', () => {
    expect(stringAt('at(x, "2027")', 9)).toEqual({ from: 7, to: 11, text: '20' });
    expect(stringAt('at(x, "20', 9)).toEqual({ from: 7, to: 9, text: '20' });
    expect(stringAt('at(x, "20")', 10)).toBeNull();
    expect(stringAt('at(x)', 4)).toBeNull();
  });
});

const number = { name: 'x', kind: 'number' as const, unit: '', optional: false, options: [] };
const fn = (name: string, signature: string, doc: { en: string; zh: string }, params: FunctionInfo['params'], repeats = false): FunctionInfo => ({ name, group: 'time', signature, params, repeats, unit: 'same', doc, examples: [] });
const reference: Reference = {
  functions: [
    fn('prev', 'prev(x[, n])', both('One month earlier.', '上个月的值。'), [number, { ...number, name: 'n', optional: true }]),
    fn('min', 'min(x, …)', both('The smallest.', '最小值。'), [number, { ...number, name: 'y' }], true),
    fn('required_fte', 'required_fte(volume, aht_s, policy)', both('Full-timers needed.', '所需全时当量。'), [number, number, { ...number, name: 'policy', kind: 'policy' }]),
    fn('at', 'at(x, month)', both('In one month.', '某月的值。'), [number, { ...number, name: 'month', kind: 'month' }]),
  ],
  words: [{ texts: ['workdays'], group: 'calendar', doc: both('Working days.', '工作日。'), examples: [] }, { texts: ['+', '＋'], group: 'signs', doc: both('Plus.', '加。'), examples: [] }],
  reserved: [],
};
const plan: PlanDocument = {
  budget: {
    calendar: { start: '2027-01', months: 3 },
    dimensions: { queue: { code: 'queue', name: both('Queue', '队列'), members: { voice: { code: 'voice', name: both('Voice', '电话') }, chat: { code: 'chat' } } } },
    staffing: { s1: { code: 'voice_24x7', name: both('Voice', '热线') } },
    lines: {
      l1: { code: 'volume', rank: 'a', name: both('Calls', '话务量'), unit: 'contact', by: ['queue'] },
      l2: { code: 'aht', rank: 'b', name: both('Average handle time', '平均处理时长'), unit: 'second/contact' },
      l3: { code: 'labour_cost', rank: 'c', name: both('Labour', '人力成本'), formula: 'volume * aht' },
      l4: { code: 'total_cost', rank: 'd', name: both('Total cost', '总成本') },
      l5: { code: '坐席', rank: 'e', name: both('Agents', '坐席人数') },
    },
  },
};
const all = allOffers(plan, reference, 'en');

describe('completion', () => {
  it.each<readonly [string, readonly string[]]>([
    ['vol', ['volume']],
    ['VOL', ['volume']],
    ['ｖｏｌ', ['volume']],
    ['cost', ['labour_cost', 'total_cost']],
    ['lab', ['labour_cost']],
    ['成本', ['labour_cost', 'total_cost']],
    ['话', ['volume']],
    ['处理', ['aht']],
    ['坐席', ['坐席']],
    ['handle', ['aht']],
    ['pre', ['prev']],
    ['上个月', ['prev']],
    ['work', ['workdays']],
    ['total', ['total_cost']],
    ['队', ['queue']],
    ['zzz', []],
  ])('of %s offers %j', (query, want) => { expect(fitting(all, query).map((one) => one.text)).toEqual(want); });
  it('prefers a code that begins so to a name, and lines to functions', () => {
    expect(fitting(all, 'a').map((one) => one.text)).toEqual(['aht', 'at', '坐席']);
    expect(fitting(all, 'q').map((one) => one.text)).toEqual(['queue']);
  });
  it('says what each is, in the language of the page', () => {
    const of = (text: string, lang: 'zh' | 'en') => allOffers(plan, reference, lang).find((one) => one.text === text);
    expect(of('aht', 'zh')).toMatchObject({ kind: 'line', detail: '平均处理时长', unit: 'second/contact' });
    expect(of('labour_cost', 'en')).toMatchObject({ detail: 'Labour', info: 'volume * aht' });
    expect(of('prev', 'zh')).toMatchObject({ kind: 'function', detail: '(x[, n])', info: '上个月的值。' });
    expect(of('workdays', 'en')).toMatchObject({ kind: 'word', info: 'Working days.' });
    expect(of('+', 'en')).toBeUndefined();
  });

  /** The caret is where | stands. */
  const offered = (text: string, asked = false): readonly [from: number, to: number, texts: readonly string[]] | null => {
    const found = offersAt(text.replace('|', ''), text.indexOf('|'), { document: plan, reference, lang: 'en', all, own: 'total_cost' }, asked);
    return found && [found.from, found.to, found.list.map((one) => one.text)];
  };
  it.each<readonly [string, ReturnType<typeof offered>]>([
    ['|', null],
    ['1 + |', null],
    ['12|', null],
    ['1 + vol|', [4, 7, ['volume']]],
    ['vol|ume * 2', [0, 6, ['volume']]],
    ['（话|', [1, 2, ['volume']]],
    ['volume["|', [8, 8, ['chat', 'voice']]],
    ['volume["ch|"]', [8, 10, ['chat']]],
    ['queue == "v|', [10, 11, ['voice']]],
    ['required_fte(volume, aht, "|")', [27, 27, ['voice_24x7']]],
    ['required_fte(volume, aht, "热|")', [27, 28, ['voice_24x7']]],
    ['at(volume, "2027-0|', [12, 18, ['2027-01', '2027-02', '2027-03']]],
    ['prev("|', null],
  ])('at %s', (text, want) => { expect(offered(text)).toEqual(want); });
  it('offers everything when asked, the lines first and the line itself not', () => {
    const found = offered('1 + |', true);
    expect(found?.[2].slice(0, 5)).toEqual(['volume', 'aht', 'labour_cost', '坐席', 'queue']);
  });
});

describe('the parameter an argument is for', () => {
  const info = (name: string): FunctionInfo => reference.functions.find((one) => one.name === name) ?? reference.functions[0] as FunctionInfo;
  it('is the last one where it repeats', () => {
    expect(parameterOf(info('min'), 7)?.name).toBe('y');
    expect(parameterOf(info('prev'), 1)?.name).toBe('n');
    expect(parameterOf(info('prev'), 2)).toBeUndefined();
  });
});
