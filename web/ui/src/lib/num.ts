/** Numbers as people write them, and numbers as text: the one place for both. */
import type { Lang } from '../i18n/types';

const SUFFIXES: readonly (readonly [RegExp, number])[] = [
  [/万亿$/, 1e12],
  [/亿$/, 1e8],
  [/千万$/, 1e7],
  [/百万$/, 1e6],
  [/十万$/, 1e5],
  [/[万萬]$/, 1e4],
  [/千$/, 1e3],
  [/bn$/i, 1e9],
  [/mn$/i, 1e6],
  [/m$/i, 1e6],
  [/k$/i, 1e3],
];

/** A number someone typed. */
export interface Parsed {
  readonly value: number;
  /** Written with %. */
  readonly percent: boolean;
  /** Written with 万, 亿, k or m, so its size does not depend on the unit shown. */
  readonly scaled: boolean;
}

/** Most of what is pasted; it needs no second look. */
const PLAIN = /^\d{1,15}(?:\.\d+)?$/;

/**
 * Reads a number as people type or paste it: `1,234.5`, `(1,234)`, `¥1.2万`,
 * `３亿`, `12%`, `1.5k`, `−5`. Null when it is not a number.
 */
export function parseNumber(typed: string): Parsed | null {
  if (PLAIN.test(typed)) return { value: Number(typed), percent: false, scaled: false };
  let text = typed
    .normalize('NFKC')
    .replace(/[\u2212\u2013\u2014\u30fc]/g, '-')
    .replace(/[\s,，'’_]/g, '')
    .replace(/(?:cny|rmb|usd|eur|hkd|[¥￥$€元])/gi, '');
  if (text === '') return null;
  let sign = 1;
  const bracketed = /^\((.*)\)$/.exec(text);
  if (bracketed) {
    sign = -1;
    text = bracketed[1] ?? '';
  }
  let percent = false;
  if (text.endsWith('%')) {
    percent = true;
    text = text.slice(0, -1);
  }
  let scale = 1;
  const suffix = SUFFIXES.find(([pattern]) => pattern.test(text));
  if (suffix) {
    text = text.replace(suffix[0], '');
    scale = suffix[1];
  }
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return null;
  // The exponent moves the decimal point in the text, so that 1.2万 is 12000 and not 12000.000000000002.
  const shift = Math.round(Math.log10(scale)) - (percent ? 2 : 0);
  const value = sign * Number(moved(text, shift));
  return Number.isFinite(value) ? { value: value === 0 ? 0 : value, percent, scaled: suffix !== undefined } : null;
}

/** The digits with their decimal point moved by powers of ten. */
function moved(digits: string, shift: number): string {
  const [mantissa = '', exponent = '0'] = digits.toLowerCase().split('e');
  return `${mantissa}e${Number(exponent) + shift}`;
}

/** A number times a power of ten without binary noise. */
export function shifted(value: number, shift: number): number {
  return Number(moved(String(value), shift));
}

/** The unit in which a table shows currency: 10^shift of the currency. */
export interface MoneyUnit {
  readonly key: 'one' | 'thousand' | 'wan' | 'million' | 'yi';
  readonly shift: number;
}
export const MONEY_UNITS: Readonly<Record<Lang, readonly MoneyUnit[]>> = {
  zh: [
    { key: 'one', shift: 0 },
    { key: 'thousand', shift: 3 },
    { key: 'wan', shift: 4 },
    { key: 'million', shift: 6 },
    { key: 'yi', shift: 8 },
  ],
  en: [
    { key: 'one', shift: 0 },
    { key: 'thousand', shift: 3 },
    { key: 'million', shift: 6 },
  ],
};

export const isPercent = (unit: string): boolean => unit === '%';

const LOCALES: Readonly<Record<Lang, string>> = { zh: 'zh-CN', en: 'en-US' };
const EMPTY = '–';
const NOISE = 1e-12;

/** What was made with these options before, or made now: making one takes long. */
function once<T>(made: Map<string, T>, options: object, make: () => T): T {
  const key = JSON.stringify(options);
  const known = made.get(key) ?? make();
  made.set(key, known);
  return known;
}

/** Numbers, money and dates as text in one language. */
export class Formats {
  readonly lang: Lang;
  private readonly numbers = new Map<string, Intl.NumberFormat>();
  private readonly dates = new Map<string, Intl.DateTimeFormat>();
  private readonly months = new Map<string, string>();

  constructor(lang: Lang) {
    this.lang = lang;
  }

  private number(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    return once(this.numbers, options, () => new Intl.NumberFormat(LOCALES[this.lang], options));
  }

  private date(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return once(this.dates, options, () => new Intl.DateTimeFormat(LOCALES[this.lang], options));
  }

  /** A figure of a table: grouped, with the digits its size calls for; full-timers have one. */
  figure(value: number | null | undefined, unit = '', shift = 0): string {
    if (value === null || value === undefined) return EMPTY;
    if (isPercent(unit)) return this.number({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
    const scaled = shift === 0 ? value : shifted(value, -shift);
    // A weighted mean of twelve times 150 is 150.00000000000003; nobody means those digits.
    const shown = Math.abs(scaled - Math.round(scaled)) < Math.abs(scaled) * NOISE ? Math.round(scaled) : scaled;
    const size = Math.abs(shown);
    const plain = unit === 'person' ? 1 : size >= 1000 ? 0 : size >= 100 ? 1 : 2;
    const digits = shift > 0 ? (size >= 1000 ? 0 : size >= 10 ? 1 : 2) : plain;
    const minimum = Number.isInteger(shown) && shift === 0 ? 0 : digits;
    const text = this.number({ minimumFractionDigits: minimum, maximumFractionDigits: digits }).format(shown);
    return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
  }

  /** A figure with every digit it has, as one would type it again. */
  exact(value: number | null | undefined, unit = '', shift = 0): string {
    if (value === null || value === undefined) return '';
    if (isPercent(unit)) return `${shifted(value, 2)}%`;
    return String(shifted(value, -shift));
  }

  /** A figure with every digit it has, grouped. */
  full(value: number): string {
    return this.number({ maximumFractionDigits: 12 }).format(value);
  }

  /** A large number in few characters: 4120万, 41.2M. */
  compact(value: number | null | undefined, unit = ''): string {
    if (value === null || value === undefined) return EMPTY;
    if (isPercent(unit)) return this.figure(value, unit);
    const size = Math.abs(value);
    const digits = this.lang === 'zh' ? (size >= 1e8 ? 2 : size >= 1e4 ? 1 : size >= 100 ? 0 : 1) : size >= 1e9 ? 2 : size >= 100 && size < 1000 ? 0 : 1;
    return this.number({ notation: 'compact', maximumFractionDigits: digits }).format(value);
  }

  /** Compact money with the currency's sign. */
  money(value: number | null | undefined, currency: string): string {
    if (value === null || value === undefined) return EMPTY;
    const text = this.compact(Math.abs(value));
    return `${value < 0 ? '-' : ''}${currencySign(currency)}${text}`;
  }

  /** A change with its sign. */
  signed(value: number, unit = '', shift = 0): string {
    const text = this.figure(Math.abs(value), unit, shift);
    return value < 0 ? `-${text}` : value > 0 ? `+${text}` : text;
  }

  /** A change of a figure in its unit: a percentage changes by points. */
  change(value: number, unit: string, points: (value: string) => string): string {
    return isPercent(unit) ? points(this.signed(shifted(Number(value.toPrecision(12)), 2))) : this.signed(value, unit);
  }

  /** A share as a percentage. */
  percent(value: number | null | undefined, digits = 0): string {
    if (value === null || value === undefined) return EMPTY;
    return this.number({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  }

  signedPercent(value: number, digits = 1): string {
    return this.number({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'exceptZero' }).format(value);
  }

  /** A month in a table head: `1月`, `Jan`; with the year when asked. */
  month(month: string, withYear = false): string {
    const key = withYear ? `${month}!` : month;
    const known = this.months.get(key);
    if (known !== undefined) return known;
    const date = new Date(`${month}-01T00:00:00Z`);
    const options: Intl.DateTimeFormatOptions = { month: 'short', timeZone: 'UTC' };
    if (withYear) options.year = 'numeric';
    const text = this.date(options).format(date);
    this.months.set(key, text);
    return text;
  }

  /** A day: `2027年3月31日`, `Mar 31, 2027`. */
  day(day: string): string {
    const date = new Date(`${day}T00:00:00Z`);
    if (Number.isNaN(date.getTime())) return day;
    return this.date({ dateStyle: 'medium', timeZone: 'UTC' }).format(date);
  }

  /** A day without its year: `3月31日`, `Mar 31`. */
  dayShort(day: string): string {
    const date = new Date(`${day}T00:00:00Z`);
    if (Number.isNaN(date.getTime())) return day;
    return this.date({ month: 'short', day: 'numeric', timeZone: 'UTC' }).format(date);
  }

  /** A moment, in the reader's own time zone. */
  moment(when: string): string {
    const date = new Date(when);
    if (Number.isNaN(date.getTime())) return when;
    return this.date({ dateStyle: 'medium', timeStyle: 'short' }).format(date);
  }
}

/** The sign of a currency, narrow only where it is not in doubt. */
export function currencySign(currency: string): string {
  return currency === 'CNY' ? '¥' : currency === 'USD' ? 'US$' : `${currency} `;
}
