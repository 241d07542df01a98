/**
 * A table from a spreadsheet as a plan: the first row that names months is its
 * head, every row below with a name is a line. Whatever was not understood, left
 * out or changed is told with its row and column; nothing is dropped in silence.
 */
import { parseTsv } from '../grid/clipboard';
import { parseNumber, shifted } from '../lib/num';
import type { Lang } from '../i18n/types';

export type ColumnKind = 'name' | 'code' | 'unit' | 'group' | 'note' | 'total' | 'month' | 'unknown';
export interface Column {
  readonly index: number;
  readonly head: string;
  readonly kind: ColumnKind;
  readonly month?: string;
}
export type TroubleKey = 'no_months' | 'no_lines' | 'too_long' | 'too_many' | 'month_twice' | 'month_gap' | 'number' | 'total_differs' | 'unit_unknown' | 'scaled' | 'percent_points' | 'code_changed' | 'code_twice' | 'total_row' | 'no_name' | 'empty' | 'year_assumed' | 'column_unknown' | 'rows_above';
/** Something worth knowing; an error keeps the plan from being made. */
export interface Trouble {
  readonly key: TroubleKey;
  readonly error?: boolean;
  /** Row and column of the table as a spreadsheet counts them, from 1; none where it is about the whole. */
  readonly row?: number;
  readonly column?: number;
  readonly args?: Readonly<Record<string, string | number>>;
}
export interface ImportedLine {
  readonly row: number;
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly group: string;
  readonly note: string;
  readonly values: Readonly<Record<string, number>>;
  /** The sum of its values, to be held against the table's own. */
  readonly sum: number;
}
export interface ImportedTable {
  readonly columns: readonly Column[];
  readonly lines: readonly ImportedLine[];
  readonly start: string;
  readonly months: number;
  /** What all its numbers add up to, line by line: the control total. */
  readonly sum: number;
  readonly troubles: readonly Trouble[];
}

const MOST_MONTHS = 60;
const MOST_LINES = 2000;
const HEADS: readonly (readonly [kind: ColumnKind, pattern: RegExp])[] = [
  ['total', /^(?:合计|总计|小计|全年|全年合计|年度合计|总额|累计|total|totals|sum|full year|year total|grand total|fy ?\d*|\d{4}年?(?:合计|total)?)$/i],
  ['code', /^(?:代码|编码|编号|科目代码|科目编码|序号|code|id|no\.?|#)$/i],
  ['unit', /^(?:单位|计量单位|unit|units|uom)$/i],
  ['group', /^(?:分组|类别|分类|大类|类型|group|category|section|type)$/i],
  ['note', /^(?:备注|说明|注释|note|notes|remark|remarks|comment|comments)$/i],
  ['name', /^(?:名称|项目|指标|指标名称|科目|科目名称|行|内容|name|item|line|line item|description|account|metric)$/i],
];
const TOTAL_ROW = /^(?:合计|总计|小计|总和|.{0,12}(?:合计|总计|小计)|(?:grand |sub-?)?totals?|sum)[:：]?$/i;
const ENGLISH = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CHINESE = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

/** A month as a head writes it: its number, and its year where there is one. */
export interface HeadMonth {
  readonly month: number;
  readonly year: number | null;
}

/** Reads a month in the spellings of spreadsheets; null where a head is none. */
export function monthIn(head: string): HeadMonth | null {
  const text = head.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ').replace(/,/g, '');
  const made = (year: string | undefined, month: number): HeadMonth | null => (month < 1 || month > 12 ? null : { month, year: year === undefined ? null : Number(year.length === 2 ? `20${year}` : year) });
  const named = /^(?:(\d{1,2})[ -])?([a-z]{3,9})\.?(?:[ \-/'’]*(\d{4}|\d{2}))?$/.exec(text);
  if (named) {
    const month = ENGLISH.findIndex((one) => named[2] === one || (named[2] ?? '') === long(one) || (one === 'sep' && named[2] === 'sept')) + 1;
    // 27-Jan is how a spreadsheet shortens January 2027; 1-Jan is a day.
    return month === 0 ? null : made(named[3] ?? (named[1] !== undefined && named[1].length === 2 ? named[1] : undefined), month);
  }
  const yearFirst = /^(\d{4}) ?[-/.年m] ?(\d{1,2})(?:月份?|[-/.]0?1)?(?: 0?0:00(?::00)?)?$/.exec(text) ?? /^(\d{4})(\d{2})$/.exec(text);
  if (yearFirst) return made(yearFirst[1], Number(yearFirst[2]));
  const monthFirst = /^(\d{1,2})[-/.](\d{4})$/.exec(text);
  if (monthFirst) return made(monthFirst[2], Number(monthFirst[1]));
  const shortYear = /^(\d{2})年(\d{1,2})月份?$/.exec(text);
  if (shortYear) return made(shortYear[1], Number(shortYear[2]));
  const bare = /^(?:m ?)?(\d{1,2}) ?(?:月份?)$|^m(\d{1,2})$/.exec(text);
  if (bare) return made(undefined, Number(bare[1] ?? bare[2]));
  const written = /^(?:(\d{4})年)?(十[一二]?|[一二三四五六七八九])月份?$/.exec(text);
  return written ? made(written[1], CHINESE.indexOf(written[2] ?? '') + 1) : null;
}

const LONG = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const long = (short: string): string => LONG[ENGLISH.indexOf(short)] ?? short;
const monthText = (at: number): string => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;

/** The separator of a text: a tab if there is one, else what stands most often in its first lines. */
export function separatorOf(text: string): string {
  const head = text.split(/\r?\n/, 8).join('\n');
  if (head.includes('\t')) return '\t';
  const count = (sign: string): number => head.split(sign).length;
  return count(';') > count(',') ? ';' : ',';
}

interface UnitRead {
  readonly unit: string;
  /** How many digits the numbers gain: 4 for 万元. */
  readonly shift: number;
  readonly known: boolean;
}
const WORDS: Readonly<Record<string, string>> = {
  人: 'person', 名: 'person', 人数: 'person', fte: 'person', person: 'person', persons: 'person', people: 'person', headcount: 'person', hc: 'person',
  秒: 'second', 秒钟: 'second', second: 'second', seconds: 'second', sec: 'second', s: 'second', 分钟: 'minute', 分: 'minute', minute: 'minute', minutes: 'minute', min: 'minute',
  小时: 'hour', 工时: 'hour', hour: 'hour', hours: 'hour', h: 'hour', 天: 'day', 日: 'day', day: 'day', days: 'day', 月: 'month', month: 'month', months: 'month',
  通: 'contact', 次: 'contact', 通话: 'contact', contact: 'contact', contacts: 'contact', call: 'contact', calls: 'contact', 件: 'issue', 事项: 'issue', issue: 'issue', issues: 'issue', case: 'issue', cases: 'issue',
  客户: 'customer', 户: 'customer', customer: 'customer', customers: 'customer', 席: 'seat', 席位: 'seat', 坐席: 'seat', 座席: 'seat', seat: 'seat', seats: 'seat',
  '%': '%', 百分比: '%', percent: '%', 比率: '%', 比例: '%', ratio: '%', '': '',
};
const SIZES: readonly (readonly [pattern: RegExp, shift: number])[] = [[/^千元$|^k$|^thousands?$/i, 3], [/^万元?$/, 4], [/^百万元?$|^m$|^mn$|^millions?$/i, 6], [/^亿元?$/, 8]];

/** Reads a unit as a spreadsheet writes it; 万元 is the currency with four digits more. */
export function unitIn(text: string, currency: string): UnitRead {
  const plain = text.normalize('NFKC').trim();
  const size = SIZES.find(([pattern]) => pattern.test(plain));
  if (size) return { unit: currency, shift: size[1], known: true };
  let known = true;
  const unit = plain.split('/').map((word) => {
    const one = word.trim();
    if (/^(?:元|人民币|rmb|¥|￥)$/i.test(one) || one.toUpperCase() === currency) return currency;
    const found = WORDS[one.toLowerCase()];
    if (found === undefined) known = false;
    return found ?? one;
  }).join('/');
  return { unit, shift: 0, known };
}

/** A code for a line: the given one if a formula could name it, else one made of the name. */
function codeFor(given: string, name: string, taken: ReadonlySet<string>, row: number): string {
  const identifier = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^a-z0-9_]+/g, '_').replace(/^_+|_+$/g, '');
  const raw = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(given) ? given : identifier(given);
  const from = raw === '' ? identifier(name) : raw;
  const base = from === '' ? `row_${row}` : /^\d/.test(from) ? `l_${from}` : from;
  let code = base.slice(0, 60);
  for (let n = 2; taken.has(code); n += 1) code = `${base.slice(0, 56)}_${n}`;
  return code;
}

function headsOf(row: readonly string[], dated: (HeadMonth | null)[], year: number, troubles: Trouble[], at: number): Column[] {
  let last = -1;
  const seen = new Set<string>();
  const columns = row.map((head, index): Column => {
    const month = dated[index];
    if (month) {
      // A head without a year goes on from the one before it, over the end of the year.
      const from = last < 0 ? year * 12 : last + 1;
      const bare = Math.floor(from / 12) * 12 + month.month - 1;
      const number = month.year === null ? (bare < from && last >= 0 ? bare + 12 : bare) : month.year * 12 + month.month - 1;
      last = number;
      const text = monthText(number);
      if (seen.has(text)) {
        troubles.push({ key: 'month_twice', error: true, row: at + 1, column: index + 1, args: { month: text } });
        return { index, head, kind: 'unknown' };
      }
      seen.add(text);
      return { index, head, kind: 'month', month: text };
    }
    const kind = HEADS.find(([, pattern]) => pattern.test(head.normalize('NFKC').trim()))?.[0];
    return { index, head, kind: kind ?? 'unknown' };
  });
  if (dated.some((month) => month?.year === null)) troubles.push({ key: 'year_assumed', args: { year } });
  // Without a named one, the first column that is nothing else has the names.
  if (!columns.some((column) => column.kind === 'name')) {
    const first = columns.find((column) => column.kind === 'unknown') ?? columns.find((column) => column.kind === 'group' || column.kind === 'code');
    if (first) columns[first.index] = { ...first, kind: 'name' };
  }
  for (const column of columns) if (column.kind === 'unknown' && !dated[column.index] && column.head.trim() !== '') troubles.push({ key: 'column_unknown', row: at + 1, column: column.index + 1, args: { head: column.head.trim() } });
  return columns;
}

/** Whether two sums are the same but for the rounding of what was printed. */
const close = (one: number, other: number, numbers: number): boolean => Math.abs(one - other) <= Math.max(0.5 * numbers, Math.abs(other) * 1e-6);

function lineOf(cells: readonly string[], columns: readonly Column[], row: number, taken: Set<string>, currency: string, troubles: Trouble[]): ImportedLine {
  const first = (kind: ColumnKind): string => (cells[columns.find((column) => column.kind === kind)?.index ?? -1] ?? '').trim();
  const columnOf = (kind: ColumnKind): number => (columns.find((column) => column.kind === kind)?.index ?? 0) + 1;
  const name = first('name') || first('code');
  const given = first('code');
  const code = codeFor(given, name, taken, row);
  if (given !== '' && code !== given) troubles.push({ key: taken.has(given) ? 'code_twice' : 'code_changed', row, column: columnOf('code'), args: { from: given, to: code } });
  taken.add(code);
  const { unit, shift, known } = unitIn(first('unit'), currency);
  if (!known) troubles.push({ key: 'unit_unknown', row, column: columnOf('unit'), args: { unit: first('unit') } });
  if (shift > 0) troubles.push({ key: 'scaled', row, column: columnOf('unit'), args: { unit: first('unit'), zeros: shift } });
  const months = columns.filter((column) => column.kind === 'month');
  const read = months.map((column) => ({ column, text: (cells[column.index] ?? '').trim(), number: parseNumber(cells[column.index] ?? '') }));
  for (const { column, text, number } of read) if (number === null && !/^[-–—/]?$/.test(text)) troubles.push({ key: 'number', error: true, row, column: column.index + 1, args: { text } });
  // Of a line in per cent, 12 means 12% where it cannot mean 1200%.
  const points = unit === '%' && read.some(({ number }) => number !== null && !number.percent && Math.abs(number.value) > 1.5);
  if (points) troubles.push({ key: 'percent_points', row });
  const values: Record<string, number> = {};
  for (const { column, number } of read) if (number !== null && column.month !== undefined) values[column.month] = shifted(number.value, shift - (points && !number.percent ? 2 : 0));
  const empty = read.filter(({ text }) => /^[-–—/]?$/.test(text)).length;
  if (empty > 0) troubles.push({ key: 'empty', row, args: { count: empty } });
  const sum = Object.values(values).reduce((all, one) => all + one, 0);
  for (const column of columns.filter((one) => one.kind === 'total')) {
    const told = parseNumber(cells[column.index] ?? '');
    if (!told) continue;
    const total = shifted(told.value, shift - (points && !told.percent ? 2 : 0));
    const size = 10 ** shift;
    // A share or a headcount is averaged over the year, not added.
    if (!close(sum / size, total / size, months.length) && !close(sum / Math.max(1, read.length - empty) / size, total / size, 1)) troubles.push({ key: 'total_differs', row, column: column.index + 1, args: { told: total, sum } });
  }
  return { row, code, name, unit, group: first('group'), note: first('note'), values, sum };
}

/** Reads a table; the year is that of heads which name only a month. */
export function readTable(text: string, year: number, currency = 'CNY'): ImportedTable {
  const troubles: Trouble[] = [];
  const rows = parseTsv(text.replace(/^\uFEFF/, ''), separatorOf(text));
  const dated = rows.slice(0, 30).map((row) => row.map(monthIn));
  const most = Math.max(0, ...dated.map((row) => row.filter((month) => month !== null).length));
  const none: ImportedTable = { columns: [], lines: [], start: '', months: 0, sum: 0, troubles };
  if (most === 0) {
    troubles.push({ key: 'no_months', error: true });
    return none;
  }
  const at = dated.findIndex((row) => row.filter((month) => month !== null).length === most);
  const above = rows.slice(0, at).filter((row) => row.some((cell) => cell.trim() !== '')).length;
  if (above > 0) troubles.push({ key: 'rows_above', args: { count: above } });
  const columns = headsOf(rows[at] ?? [], dated[at] ?? [], year, troubles, at);
  const taken = new Set<string>();
  const lines: ImportedLine[] = [];
  const nameAt = columns.find((column) => column.kind === 'name')?.index ?? 0;
  for (const [i, cells] of rows.entries()) {
    if (i <= at || cells.every((cell) => cell.trim() === '')) continue;
    const name = (cells[nameAt] ?? '').trim();
    if (name === '') troubles.push({ key: 'no_name', row: i + 1 });
    else if (TOTAL_ROW.test(name)) troubles.push({ key: 'total_row', row: i + 1, args: { name } });
    else lines.push(lineOf(cells, columns, i + 1, taken, currency, troubles));
  }
  const numbers = columns.flatMap((column) => column.month ?? []).map((month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1);
  const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
  const months = to - from + 1;
  if (months > numbers.length) troubles.push({ key: 'month_gap', args: { count: months - numbers.length } });
  if (months > MOST_MONTHS) troubles.push({ key: 'too_long', error: true, args: { months, most: MOST_MONTHS } });
  if (lines.length === 0) troubles.push({ key: 'no_lines', error: true });
  if (lines.length > MOST_LINES) troubles.push({ key: 'too_many', error: true, args: { lines: lines.length, most: MOST_LINES } });
  return { columns, lines, start: monthText(from), months, sum: lines.reduce((all, line) => all + line.sum, 0), troubles };
}

/** What kind of file it is by its first bytes: a workbook cannot be read as text. */
export function fileKind(bytes: Uint8Array): 'workbook' | 'plan' | 'table' {
  const starts = (...signs: readonly number[]): boolean => signs.every((sign, i) => bytes[i] === sign);
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0xd0, 0xcf, 0x11, 0xe0)) return 'workbook';
  return /^(?:\uFEFF)?(?:#.*\r?\n|\s*\r?\n|---.*\r?\n)*centerplan\s*:/.test(textOf(bytes.subarray(0, 4096))) ? 'plan' : 'table';
}

/** The text of a file: UTF-8, the UTF-16 of “Unicode text”, or else what spreadsheets write in China. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

export interface Header {
  readonly name: string;
  readonly center: string;
  readonly currency: string;
}

/** The plan file of a table: JSON, which is YAML too. */
export function planFileOf(table: ImportedTable, header: Header, lang: Lang, groupName: string): string {
  const groups = [...new Set(table.lines.map((line) => line.group))];
  const codeOf = new Map(groups.map((group, i) => [group, `g${i + 1}`]));
  const said = (text: string): Record<string, string> => ({ [lang]: text });
  return JSON.stringify({
    centerplan: 1,
    plan: { id: `import-${table.start.slice(0, 4)}`, name: said(header.name), ...(header.center === '' ? {} : { center: said(header.center) }), currency: header.currency },
    calendar: { start: table.start, months: table.months, days: 'real' },
    groups: groups.map((group) => ({ code: codeOf.get(group), name: said(group === '' ? groupName : group) })),
    lines: table.lines.map((line) => ({ code: line.code, name: said(line.name), group: codeOf.get(line.group), ...(line.unit === '' ? {} : { unit: line.unit }), values: line.values, ...(line.note === '' ? {} : { note: said(line.note) }) })),
  });
}
