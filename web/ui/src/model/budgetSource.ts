/** The budget as the grid's source: what each cell says, and what an edit of it becomes. */
import type { CellError, LineResult } from '../api/types';
import type { CellEdit, ColInfo, RowInfo, Source } from '../grid/types';
import { Flag } from '../grid/types';
import { isPercent, shifted } from '../lib/num';
import type { Lock } from './access';
import { isWithheld } from './access';
import { put } from './budgetEdits';
import { headsOf } from './budgetHeads';
import type { Deeds, Sheet, Words } from './budgetSheet';
import { columnsFor, keyOf, numberFor, refOf, shiftOf, unitOf } from './budgetSheet';
import { changedHere, errorCode, errorOf, isFormula } from './cells';
import type { SheetColumn } from './columns';
import { trendPoints } from './columns';
import type { Entry, Line } from './document';
import { codeOf, linesByCode, read } from './document';
import type { Json } from './patch';
import { pointer } from './patch';
import { takesTotal } from './places';
import type { SheetRow } from './sheet';
import { editable, isComputed, isSum, rowFigure } from './sheet';
import type { GroupFigure, Subtotal } from './subtotal';
import { added, keptOf, monthsBefore } from './lastYear';
import { addsUp, dependencies, groupFigure, subtotalOf } from './subtotal';

/** Why a row has no figure in a month; the sum of members fails with what is not shown of any. */
function failureAt(row: SheetRow, result: LineResult | undefined, month: string): CellError | undefined {
  const own = errorOf(result, row.member, month);
  if (own || !isSum(row)) return own;
  return result?.errors.find((error) => error.month === month && isWithheld(error));
}

/** What the figure of a group comes from; null for other rows, and where no one figure is honest. */
export function subtotalAt(sheet: Sheet, row: SheetRow | undefined): Subtotal | null {
  if (!row?.lines) return null;
  return subtotalOf(row.lines, dependencies(sheet.document), (line) => unitOf(line.item, sheet.results?.[codeOf(line)]), sheet.currency);
}

/** The figures of a line in a period: its own where it has no members, else their sum. */
const wholeRow = (line: Entry<Line>): SheetRow => ({ id: '', kind: 'line', level: 1, open: (line.item.by ?? []).length > 0 ? true : null, name: {}, line, member: [] });

/** A figure in brackets where it is negative and the reader wants books. */
const booked = (text: string, brackets: boolean | undefined): string => (brackets === true && text.startsWith('-') ? `(${text.slice(1)})` : text);

type Node = Readonly<Record<string, unknown>> | undefined;
const below = (node: unknown, name: string): unknown => (typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? (node as Readonly<Record<string, unknown>>)[name] : undefined);
const deep = (node: unknown, names: readonly string[]): Node => names.reduce<unknown>(below, node) as Node;

/** Everything a row shows, found once for a sheet. */
interface RowFacts {
  readonly texts: readonly string[];
  readonly flags: readonly number[];
  readonly values: readonly (number | null | undefined)[];
  readonly unit: string;
  readonly subtotal: Subtotal | null;
  /** Whether the server is still reckoning it. */
  readonly waits: boolean;
}
interface Made {
  readonly sheet: Sheet;
  readonly columns: readonly SheetColumn[];
  readonly infos: readonly ColInfo[];
  readonly rows: (RowFacts | undefined)[];
}

export function budgetSource(now: () => Sheet, words: () => Words, deeds: Deeds): Source {
  let made: Made | null = null;

  /** The sheet at hand with what was found of it; begun anew whenever it is another one. */
  function current(): Made {
    const sheet = now();
    if (made?.sheet === sheet) return made;
    const columns = columnsFor(sheet);
    made = { sheet, columns, infos: headsOf(sheet, columns, words()), rows: [] };
    return made;
  }

  function facts(r: number): RowFacts | undefined {
    const { sheet, columns, rows } = current();
    const known = rows[r];
    if (known) return known;
    const row = sheet.rows[r];
    if (!row) return undefined;
    const found = row.line ? lineFacts(sheet, columns, row, row.line) : groupFacts(sheet, columns, row);
    rows[r] = found;
    return found;
  }

  function lineFacts(sheet: Sheet, columns: readonly SheetColumn[], row: SheetRow, line: Entry<Line>): RowFacts {
    const code = codeOf(line);
    const result = sheet.results?.[code];
    const unit = unitOf(line.item, result);
    const shift = shiftOf(sheet, unit);
    const w = words();
    const computed = isComputed(row, sheet.document, sheet.scenario);
    const common = (computed ? Flag.formula : 0) | (sheet.traced?.precedents.has(code) === true ? Flag.precedent : 0) | (sheet.traced?.dependents.has(code) === true ? Flag.dependent : 0);
    const edits = editable(row) ? cellsOf(sheet, line, row.member) : null;
    const figure = (value: number | null | undefined): string => booked(sheet.formats.figure(value, unit, shift), sheet.brackets);
    const failure = (error: CellError | undefined): string => (isWithheld(error) ? w.withheld : error ? errorCode(error.key) : '');
    const sums = isSum(row);
    let taken: number | undefined;
    /** Whether a number may be typed into what stands for other cells: the total, or a month of the sum of members. */
    const takes = (): number => (taken ??= deeds.total !== undefined && takesTotal(sheet, row) ? Flag.total : 0);
    const texts: string[] = [];
    const flags: number[] = [];
    const values: (number | null | undefined)[] = [];
    const add = (text: string, bits: number, value?: number | null): void => {
      texts.push(text);
      flags.push(bits);
      values.push(value);
    };
    for (const column of columns) {
      switch (column.kind) {
        case 'name': add(read(row.name, sheet.lang).text, Flag.readOnly); break;
        case 'unit': add(row.kind === 'member' ? '' : w.unitName(unit), Flag.readOnly); break;
        case 'trend': add('', Flag.readOnly); break;
        case 'last': {
          const before = lastYear(sheet, line, row.member);
          add(before === undefined ? '' : figure(before), Flag.readOnly, before);
          break;
        }
        case 'total': {
          const [first] = result?.errors ?? [];
          const failed = result?.total === null ? first : undefined;
          const shown = row.kind === 'member' || !result ? '' : failed ? failure(failed) : figure(result.total);
          // The words stand where the line's own total is, not beside each member.
          const look = failed === undefined ? 0 : isWithheld(failed) ? (row.kind === 'member' ? 0 : Flag.withheld) : Flag.error;
          add(shown, common | Flag.readOnly | look | sign(result?.total) | (look === 0 ? takes() : 0), row.kind === 'member' ? undefined : result?.total);
          break;
        }
        case 'bucket': {
          const rolled = sheet.buckets?.lines[code];
          const value = rowFigure(row, rolled, column.period);
          const failed = typeof value === 'number' ? undefined : errorOf(rolled, row.member, column.label);
          add(typeof value === 'number' ? figure(value) : failure(failed), common | Flag.readOnly | sign(value) | (failed ? (isWithheld(failed) ? Flag.withheld : Flag.error) : 0), value);
          break;
        }
        case 'other':
        case 'delta': {
          const other = sheet.beside?.get(column.scenario)?.[code];
          const there = column.period < 0 ? (row.kind === 'member' ? undefined : other?.total) : rowFigure(row, other, column.period);
          if (column.kind === 'other') {
            const failed = other && typeof there !== 'number' && row.kind !== 'member' ? (column.period < 0 ? other.errors[0] : errorOf(other, row.member, column.month)) : undefined;
            add(typeof there === 'number' ? figure(there) : failure(failed), Flag.readOnly | sign(there) | (failed ? (isWithheld(failed) ? Flag.withheld : Flag.error) : 0), there);
            break;
          }
          const here = column.period < 0 ? (row.kind === 'member' ? undefined : result?.total) : rowFigure(row, result, column.period);
          const change = typeof there === 'number' && typeof here === 'number' ? there - here : undefined;
          add(change === undefined ? '' : changed(sheet, change, unit, shift, w), Flag.readOnly | verdict(line.item.sense, change, Math.abs(here ?? 0)), change);
          break;
        }
        case 'month': {
          const reckoned = rowFigure(row, result, column.period);
          const cell = edits?.at(column.month) ?? null;
          const value = cell?.unsaved !== undefined && typeof cell.unsaved === 'number' ? cell.unsaved : reckoned;
          const failed = failureAt(row, result, column.month);
          add(typeof value === 'number' ? figure(value) : failed ? failure(failed) : value === null ? '–' : '', common | sign(value) | (cell ? cellFlags(sheet, cell, errorOf(result, row.member, column.month)) : Flag.readOnly | (isWithheld(failed) ? Flag.withheld : sums && !failed ? takes() : 0)), value);
        }
      }
    }
    return { texts, flags, values, unit, subtotal: null, waits: sheet.pending.has(code) };
  }

  function cellFlags(sheet: Sheet, cell: CellFacts, failed: CellError | undefined): number {
    let bits = 0;
    if (cell.edited) bits |= Flag.unsaved;
    else if (failed) bits |= isWithheld(failed) ? Flag.withheld : Flag.error;
    if (cell.lock !== null || bits & Flag.withheld) bits |= Flag.readOnly;
    if (cell.override) bits |= Flag.override;
    if (cell.changed) bits |= Flag.changed;
    if (sheet.commented?.has(cell.key) === true) bits |= Flag.comment;
    if (cell.held) bits |= Flag.held;
    return bits;
  }

  function groupFacts(sheet: Sheet, columns: readonly SheetColumn[], row: SheetRow): RowFacts {
    const subtotal = subtotalAt(sheet, row);
    const unit = subtotal?.unit ?? '';
    const shift = shiftOf(sheet, unit);
    const w = words();
    const figures = (set: Readonly<Record<string, LineResult>> | undefined, period: number, month: string | null): GroupFigure =>
      (subtotal && set ? groupFigure(subtotal.lines.map((line) => {
        const result = set[codeOf(line)];
        return { value: period < 0 ? result?.total : rowFigure(wholeRow(line), result, period), result, month };
      })) : null);
    let taken: number | undefined;
    const takes = (): number => (taken ??= deeds.total !== undefined && takesTotal(sheet, row, subtotal) ? Flag.total : 0);
    const cells = columns.map((column): { text: string; bits: number; value?: number } => {
      if (column.kind === 'name') return { text: read(row.name, sheet.lang).text, bits: 0 };
      if (!subtotal || column.kind === 'trend') return { text: '', bits: 0 };
      if (column.kind === 'unit') return { text: w.unitName(unit), bits: 0 };
      if (column.kind === 'last') {
        const before = subtotal.lines.map((line) => lastYear(sheet, line, []));
        const value = before.reduce<number | undefined>((sum, one) => (sum === undefined || one === undefined ? undefined : sum + one), 0);
        return value === undefined ? { text: '', bits: 0 } : { text: booked(sheet.formats.figure(value, unit, shift), sheet.brackets), bits: 0, value };
      }
      const here = column.kind === 'total' ? figures(sheet.results, -1, null)
        : column.kind === 'month' ? figures(sheet.results, column.period, column.month)
        : column.kind === 'bucket' ? figures(sheet.buckets?.lines, column.period, column.label)
        : figures(sheet.beside?.get(column.scenario), column.period, column.period < 0 ? null : column.month);
      if (column.kind === 'delta') {
        const base = figures(sheet.results, column.period, column.period < 0 ? null : column.month);
        if (!valued(here) || !valued(base)) return { text: '', bits: 0 };
        const change = here.value - base.value;
        const senses = [...new Set(subtotal.lines.map((line) => line.item.sense))];
        return { text: changed(sheet, change, unit, shift, w), bits: senses.length === 1 ? verdict(senses[0], change, Math.abs(base.value)) : 0, value: change };
      }
      if (here === null) return { text: '', bits: 0 };
      if (here === 'withheld') return { text: w.withheld, bits: Flag.withheld };
      if ('error' in here) return { text: errorCode(here.error), bits: Flag.error };
      return { text: booked(sheet.formats.figure(here.value, unit, shift), sheet.brackets), bits: sign(here.value) | (column.kind === 'total' || column.kind === 'month' ? takes() : 0), value: here.value };
    });
    return { texts: cells.map((cell) => cell.text), flags: cells.map((cell) => cell.bits | Flag.readOnly), values: cells.map((cell) => cell.value), unit, subtotal, waits: subtotal?.lines.some((line) => sheet.pending.has(codeOf(line))) === true };
  }

  const text = (r: number, c: number): string => facts(r)?.texts[c] ?? '';

  function raw(r: number, c: number): string {
    const found = facts(r);
    const { sheet, columns } = current();
    const kind = columns[c]?.kind;
    if (!found || kind === 'name' || kind === 'unit') return found?.texts[c] ?? '';
    return sheet.formats.exact(found.values[c], found.unit, shiftOf(sheet, found.unit));
  }

  function error(r: number, c: number): string {
    const { sheet, columns } = current();
    const row = sheet.rows[r];
    const column = columns[c];
    const result = row?.line ? sheet.results?.[codeOf(row.line)] : undefined;
    const found = row && column?.kind === 'month' ? errorOf(result, row.member, column.month) : undefined;
    if (!found || isWithheld(found)) return '';
    const cause = linesByCode(sheet.document).get(found.cause);
    return words().error(found.key, found.args ?? {}, cause ? read(cause.item.name, sheet.lang).text : found.cause, found.cause_month);
  }

  function label(r: number, c: number): string {
    const { sheet, columns, infos } = current();
    const row = sheet.rows[r];
    const found = facts(r);
    if (!row || !found) return '';
    const w = words();
    const bits = found.flags[c] ?? 0;
    const kind = columns[c]?.kind;
    const figures = kind !== 'name' && kind !== 'unit';
    const parts = [read(row.name, sheet.lang).text, c > 0 ? (infos[c]?.label ?? infos[c]?.title ?? '') : '', c > 0 ? (found.texts[c] ?? '') || w.empty : ''];
    if (figures && bits & Flag.override) parts.push(w.override);
    else if (figures && bits & Flag.formula) parts.push(w.formula);
    if (figures && found.waits) parts.push(w.waits);
    if (figures && found.subtotal && found.texts[c] !== '') parts.push(saidOf(found.subtotal, sheet, w));
    parts.push(error(r, c));
    return parts.filter(Boolean).join(', ');
  }

  /** A number typed into a total is taken apart; false where the text is none or the cell no total. */
  function takeTotal(edit: CellEdit): boolean {
    const { sheet, columns } = current();
    const row = sheet.rows[edit.r];
    const found = facts(edit.r);
    const column = columns[edit.c];
    if (!row || !found || !deeds.total || ((found.flags[edit.c] ?? 0) & Flag.total) === 0) return false;
    const value = numberFor(edit.raw, found.unit, shiftOf(sheet, found.unit));
    if (value === null) return false;
    deeds.total(row, column?.kind === 'month' ? column.month : null, value);
    return true;
  }

  return {
    rows: () => now().rows.length,
    cols: () => current().columns.length,
    row: (r): RowInfo => {
      const row = now().rows[r];
      return row ? { ...row, waits: facts(r)?.waits === true } : { id: '', kind: 'line', level: 1, open: null };
    },
    col: (c): ColInfo => current().infos[c] ?? { id: '', title: '', width: 96, kind: 'value', frozen: false },
    text,
    raw,
    flags: (r, c) => facts(r)?.flags[c] ?? Flag.readOnly,
    error,
    label,
    tag: (r, c) => {
      const { sheet } = current();
      const ref = sheet.present && sheet.present.size > 0 ? refOf(sheet, r, c) : null;
      return (ref && sheet.present?.get(keyOf(ref))) ?? null;
    },
    line: (r) => {
      const { sheet } = current();
      const row = sheet.rows[r];
      if (!row?.line) return null;
      const result = sheet.results?.[codeOf(row.line)];
      return trendPoints(sheet.months.map((_, period) => rowFigure(row, result, period)));
    },
    apply: (edits, kind) => put(current().sheet, words(), deeds, edits, kind, takeTotal),
    toggle: (r, open) => {
      const row = now().rows[r];
      if (row) deeds.toggle(row.id, open);
    },
    undo: () => deeds.undo(),
    redo: () => deeds.redo(),
  };
}

const valued = (figure: GroupFigure): figure is { readonly value: number } => figure !== null && figure !== 'withheld' && 'value' in figure;
const sign = (value: number | null | undefined): number => (typeof value === 'number' && value < 0 ? Flag.negative : 0);

/** Says what a group's figure comes from. */
export function saidOf(subtotal: Subtotal, sheet: Sheet, w: Pick<Words, 'sumOf' | 'isLine'>): string {
  const names = subtotal.lines.map((line) => read(line.item.name, sheet.lang).text || codeOf(line));
  return subtotal.kind === 'sum' ? w.sumOf(names) : w.isLine(names[0] ?? '');
}

/** A difference as text, with a sign that does not need colour. */
function changed(sheet: Sheet, change: number, unit: string, shift: number, w: Pick<Words, 'points'>): string {
  if (Math.abs(change) < NOISE) return '0';
  const mark = change > 0 ? '▲' : '▼';
  if (isPercent(unit)) return `${mark} ${w.points(sheet.formats.signed(shifted(Number(change.toPrecision(12)), 2)))}`;
  return `${mark} ${sheet.formats.signed(change, unit, shift)}`;
}
const NOISE = 1e-9;

function verdict(sense: Line['sense'], change: number | undefined, size: number): number {
  if (change === undefined || Math.abs(change) <= size * 1e-12) return 0;
  if (sense !== 'good' && sense !== 'bad') return 0;
  return (change > 0) === (sense === 'good') ? Flag.favourable : Flag.unfavourable;
}

/** What is known of a month of a row that can be edited. */
interface CellFacts {
  readonly key: string;
  /** The value on its way to the server; undefined where there is none. */
  readonly unsaved: unknown;
  readonly edited: boolean;
  readonly override: boolean;
  readonly changed: boolean;
  readonly held: boolean;
  readonly lock: Lock | null;
}

/** The places of a row's months, gone to once for the row. */
function cellsOf(sheet: Sheet, line: Entry<Line>, member: readonly string[]): { at(month: string): CellFacts } {
  const { document, served, scenario } = sheet;
  const own = codeOf(scenario) === 'base' && !isFormula(line.item);
  const names = [line.id, ...member];
  const settings = deep(document.scenarios?.[scenario.id]?.cells, names);
  const settingsBefore = served === document ? settings : deep(served.scenarios?.[scenario.id]?.cells, names);
  const values = own ? deep(document.budget?.lines?.[line.id]?.values, member) : undefined;
  const valuesBefore = !own || served === document ? values : deep(served.budget?.lines?.[line.id]?.values, member);
  const held = deep((document.budget?.lines?.[line.id] as { readonly held?: Json } | undefined)?.held, member);
  const always = Object.keys(scenario.item.changes ?? {}).length > 0;
  const locks: (Lock | null | undefined)[] = [];
  const prefix = names.join('/');
  return {
    at(month) {
      const setting = below(settings, month);
      const here = own && setting === undefined;
      const value = below(here ? values : settings, month);
      const before = below(here ? valuesBefore : settingsBefore, month);
      const ref = { line, member, month };
      const path = here ? pointer('budget', 'lines', line.id, 'values', ...member, month) : pointer('scenarios', scenario.id, 'cells', ...names, month);
      const kind = here ? 0 : 1;
      let lock = sheet.monthLocks === true ? undefined : locks[kind];
      if (lock === undefined) {
        lock = sheet.lock(path);
        locks[kind] = lock;
      }
      return {
        key: `${prefix}/${month}`,
        unsaved: value === before ? undefined : value,
        edited: value !== before,
        override: setting !== undefined,
        changed: setting !== undefined || (always && changedHere(document, scenario, ref)),
        held: below(held, month) === true,
        lock,
      };
    },
  };
}

/** The figures of the year before the plan's first, added up where that is right and all of them are there. */
function lastYear(sheet: Sheet, line: Entry<Line>, member: readonly string[]): number | undefined {
  const kept = keptOf(sheet.document, line);
  if (kept === undefined || !addsUp(line.item, unitOf(line.item, sheet.results?.[codeOf(line)]), sheet.currency)) return undefined;
  return added(deep(kept, member), (line.item.by ?? []).length - member.length, monthsBefore(sheet.months));
}
