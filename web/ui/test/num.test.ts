import { describe, expect, it } from 'vitest';

import { Formats, parseNumber } from '../src/lib/num';
import { numberFor } from '../src/model/budgetSheet';

describe('a number as people write it', () => {
  const cases: Readonly<Record<string, readonly [typed: string, value: number | null]>> = {
    'grouped digits': ['1,234.5', 1234.5],
    'full-width commas and digits': ['１，２３４', 1234],
    'brackets mean minus': ['(1,234)', -1234],
    'full-width brackets': ['（５）', -5],
    'a typographic minus': ['−5', -5],
    'ten thousands, with a currency sign': ['¥1.2万', 12_000],
    'hundred millions': ['３亿', 300_000_000],
    'traditional ten thousands': ['2萬', 20_000],
    'thousands by letter': ['1.5k', 1500],
    'millions by letter': ['2M', 2_000_000],
    'a percentage': ['12%', 0.12],
    'a full-width percentage': ['３％', 0.03],
    'no binary noise after scaling': ['1.13万', 11_300],
    'an exponent': ['1e3', 1000],
    'spaces around and within': [' 1 234 ', 1234],
    'minus zero is zero': ['-0', 0],
    'a word is no number': ['abc', null],
    'nothing is no number': ['', null],
    'two points are no number': ['1.2.3', null],
    'a formula is no number': ['=1+2', null],
  };
  for (const [name, [typed, value]] of Object.entries(cases)) {
    it(name, () => expect(parseNumber(typed)?.value ?? null).toBe(value));
  }
});

describe('a number typed into a cell', () => {
  const cases: Readonly<Record<string, readonly [raw: string, unit: string, shift: number, value: number | null]>> = {
    'counts in the unit shown': ['120', 'CNY', 4, 1_200_000],
    'a written size wins over the unit shown': ['120万', 'CNY', 6, 1_200_000],
    'a whole number in a percentage is per cent': ['76', '%', 0, 0.76],
    'a fraction in a percentage is a share': ['0.76', '%', 0, 0.76],
    'a written percentage is one': ['0.5%', '%', 0, 0.005],
    'other units take it as it is': ['180', 'second/contact', 0, 180],
    'text is refused': ['n/a', 'CNY', 0, null],
  };
  for (const [name, [raw, unit, shift, value]] of Object.entries(cases)) {
    it(name, () => expect(numberFor(raw, unit, shift)).toBe(value));
  }
});

describe('a number as text', () => {
  const zh = new Formats('zh');
  const en = new Formats('en');
  const cases: Readonly<Record<string, readonly [got: string, want: string]>> = {
    'compact Chinese counts in ten thousands': [zh.compact(41_200_000), '4120万'],
    'compact Chinese hundred millions have two digits': [zh.compact(1_235_000_000), '12.35亿'],
    'compact English': [en.compact(41_200_000), '41.2M'],
    'compact English billions have two digits': [en.compact(1_230_000_000), '1.23B'],
    'money has the sign of its currency': [zh.money(-41_200_000, 'CNY'), '-¥4120万'],
    'a table shows amounts in its unit': [en.figure(39_473_507, 'CNY', 3), '39,474'],
    'a percentage has one digit': [en.figure(0.71, '%'), '71.0%'],
    'a small amount that rounds to nothing has no minus': [en.figure(-0.001), '0.00'],
    'full-timers have one digit': [en.figure(4049.5407, 'person'), '4,049.5'],
    'whole agents have none': [en.figure(1419, 'person'), '1,419'],
    'nothing is a dash': [en.figure(null), '–'],
    'binary noise is no digit': [en.figure(150.00000000000003), '150'],
    'to edit, every digit': [en.exact(0.29000000000000004, '%'), '29.000000000000004%'],
    'to edit, in the unit shown': [zh.exact(12_345, 'CNY', 4), '1.2345'],
    'a month in Chinese': [zh.month('2027-03', true), '2027年3月'],
    'a month in English': [en.month('2027-03'), 'Mar'],
    'a percentage changes by points': [en.change(0.05, '%', (points) => `${points} pt`), '+5 pt'],
  };
  for (const [name, [got, want]] of Object.entries(cases)) {
    it(name, () => expect(got).toBe(want));
  }
});
