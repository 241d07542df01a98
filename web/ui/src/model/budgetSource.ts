/** The budget as the grid's source: what each cell says, and what an edit of it becomes. */
import type { EditLabel } from '../api/ops';
import type { CellError, LineResult } from '../api/types';
import type { CellEdit, ColInfo, EditKind, Outcome, RowInfo, Source, Tag } from '../grid/types';
import { Flag } from '../grid/types';
import type { Lang } from '../i18n/types';
import type { Formats, MoneyUnit } from '../lib/num';
import { isPercent, parseNumber, shifted } from '../lib/num';
import type { Lock } from './access';
import { isWithheld } from './access';
import type { CellRef } from './cells';
import { cellPatch, cellPath, changedHere, errorCode, errorOf, overridePath } from './cells';
import type { Entry, Line, PlanDocument, Scenario } from './document';
import { codeOf, read } from './document';
import type { Patch } from './patch';
import { apply, at, pointer } from './patch';
import { takesTotal } from './places';
import type { SheetRow } from './sheet';
import { editable, isComputed, isSum, rowFigure } from './sheet';

/** What the grid shows at one moment. */
export interface Sheet {
  readonly document: PlanDocument;
  /** The document as the server has it, without edits on their way. */
  readonly served: PlanDocument;
  readonly scenario: Entry<Scenario>;
  readonly rows: readonly SheetRow[];
  readonly months: readonly string[];
  readonly results: Readonly<Record<string, LineResult>> | undefined;
  readonly pending: ReadonlySet<string>;
  readonly remote: ReadonlySet<string>;
  readonly money: MoneyUnit;
  readonly currency: string;
  readonly lang: Lang;
  readonly formats: Formats;
  readonly narrow: boolean;
  /** Cells with an open thread, as `line/member…/month`. */
  readonly commented?: ReadonlySet<string>;
  /** What the active line is reckoned from and what is reckoned from it, by code. */
  readonly traced?: { readonly precedents: ReadonlySet<string>; readonly dependents: ReadonlySet<string> };
  /** Who else is in a cell, by `line/member…/month`. */
  readonly present?: ReadonlyMap<string, Tag>;
  /** Why a place cannot be changed; null where it can. */
  lock(path: string): Lock | null;
}
export interface Words {
  readonly name: string;
  readonly unit: string;
  readonly total: string;
  readonly formula: string;
  readonly override: string;
  readonly empty: string;
  readonly notNumber: string;
  readonly readOnly: string;
  /** Said of a cell that is not shown to the reader. */
  readonly withheld: string;
  locked(lock: Lock): string;
  unitName(unit: string): string;
  error(key: string, args: Readonly<Record<string, string>>, cause: string, month: string): string;
}
export interface Deeds {
  edit(patch: Patch, label: EditLabel): void;
  toggle(id: string, open: boolean): void;
  /** Takes a total typed into a row, of all months or of one, which is spread over its cells. */
  total?(row: SheetRow, month: string | null, value: number): void;
  undo(): void;
  redo(): void;
}

export const FIRST_MONTH = 3;

/** The power of ten by which figures of a unit are shown smaller. */
export const shiftOf = (sheet: Sheet, unit: string): number => (unit === sheet.currency ? sheet.money.shift : 0);

/** The cell a row and column stand for; null for names, units and totals. */
export function refOf(sheet: Sheet, r: number, c: number): CellRef | null {
  const row = sheet.rows[r];
  const month = sheet.months[c - FIRST_MONTH];
  return row?.line && month !== undefined && editable(row) ? { line: row.line, member: row.member, month } : null;
}

/** The name of a cell: `line/member…/month`, as in the address. */
export const keyOf = (ref: CellRef): string => [ref.line.id, ...ref.member, ref.month].join('/');

/** Why a cell cannot be changed by the reader; null where it can. */
export function lockAt(sheet: Sheet, ref: CellRef): Lock | null {
  return sheet.lock(cellPath(sheet.document, sheet.scenario, ref));
}

/** The unit as the line writes it, or as its formula gives it. */
export const unitOf = (line: Line, result: LineResult | undefined): string => (line.unit ?? '') || (result === undefined || result.unit === 'ratio' ? '' : result.unit);

/** The number typed for a unit: in the unit shown, unless it is written with 万, k or m; whole numbers of a percentage are per cent. */
export function numberFor(raw: string, unit: string, shift: number): number | null {
  const parsed = parseNumber(raw);
  if (!parsed) return null;
  if (isPercent(unit)) return parsed.percent || Math.abs(parsed.value) < 1 ? parsed.value : shifted(parsed.value, -2);
  return parsed.scaled || parsed.percent ? parsed.value : shifted(parsed.value, shift);
}

/** Whether a number may be typed into a cell that stands for others: the total of a row, or a month of the sum of members. */
const sumAt = (sheet: Sheet, row: SheetRow, c: number): boolean => (c === 2 || (c > 2 && isSum(row))) && takesTotal(sheet, row);

/** Why a row has no figure in a month; the sum of members fails with what is not shown of any. */
function failureAt(row: SheetRow, result: LineResult | undefined, month: string): CellError | undefined {
  const own = errorOf(result, row.member, month);
  if (own || !isSum(row)) return own;
  return result?.errors.find((error) => error.month === month && isWithheld(error));
}

/** How many characters the longest total takes. */
function widest(sheet: Sheet): number {
  return Math.max(0, ...sheet.rows.map(({ line }) => {
    const result = line ? sheet.results?.[codeOf(line)] : undefined;
    if (!line || result === undefined) return 0;
    const unit = unitOf(line.item, result);
    return sheet.formats.figure(result.total, unit, shiftOf(sheet, unit)).length;
  }));
}

export function budgetSource(now: () => Sheet, words: () => Words, deeds: Deeds): Source {
  const resultOf = (row: SheetRow | undefined): LineResult | undefined => (row?.line ? now().results?.[codeOf(row.line)] : undefined);

  /** The figure of a cell: the edit on its way, or what the server reckoned. */
  function figure(r: number, c: number): number | null | undefined {
    const sheet = now();
    const row = sheet.rows[r];
    if (!row?.line) return undefined;
    const ref = refOf(sheet, r, c);
    if (ref) {
      const path = cellPath(sheet.document, sheet.scenario, ref);
      const value = at(sheet.document, path);
      if (value !== at(sheet.served, path) && typeof value === 'number') return value;
    }
    return rowFigure(row, resultOf(row), c - FIRST_MONTH);
  }

  let made: { readonly sheet: Sheet; readonly columns: readonly ColInfo[] } | null = null;

  /** The columns of the sheet at hand; the grid asks for them cell by cell. */
  function columns(): readonly ColInfo[] {
    const sheet = now();
    if (made?.sheet === sheet) return made.columns;
    const w = words();
    const { narrow } = sheet;
    const year = sheet.months.length > 12;
    const total = widest(sheet);
    made = {
      sheet,
      columns: [
        { id: 'name', title: w.name, width: narrow ? 136 : 240, kind: 'name', frozen: true },
        { id: 'unit', title: w.unit, width: narrow ? 84 : 98, kind: 'unit', frozen: !narrow },
        { id: 'total', title: w.total, width: Math.max(104, total * 8 + 24), kind: 'total', frozen: !narrow },
        ...sheet.months.map((month, i): ColInfo => ({ id: month, title: sheet.formats.month(month, year), width: Math.max(year ? 104 : 84, (total - 1) * 8 + 22), kind: 'value', frozen: false, rule: i > 0 && i % 3 === 0 })),
      ],
    };
    return made.columns;
  }

  function text(r: number, c: number): string {
    const sheet = now();
    const row = sheet.rows[r];
    if (!row) return '';
    if (c === 0) return read(row.name, sheet.lang).text;
    if (!row.line) return '';
    const result = resultOf(row);
    const unit = unitOf(row.line.item, result);
    if (c === 1) return row.kind === 'member' ? '' : words().unitName(unit);
    const shift = shiftOf(sheet, unit);
    if (c === 2) {
      if (row.kind === 'member' || !result) return '';
      const [first] = result.errors;
      if (result.total === null && first) return isWithheld(first) ? words().withheld : errorCode(first.key);
      return sheet.formats.figure(result.total, unit, shift);
    }
    const month = sheet.months[c - FIRST_MONTH] ?? '';
    const value = figure(r, c);
    if (value !== null && value !== undefined) return sheet.formats.figure(value, unit, shift);
    const error = failureAt(row, result, month);
    return isWithheld(error) ? words().withheld : error ? errorCode(error.key) : value === null ? '–' : '';
  }

  function raw(r: number, c: number): string {
    const sheet = now();
    const row = sheet.rows[r];
    if (c < 2 || !row?.line) return text(r, c);
    const unit = unitOf(row.line.item, resultOf(row));
    const value = c === 2 ? resultOf(row)?.total : figure(r, c);
    return sheet.formats.exact(value, unit, shiftOf(sheet, unit));
  }

  function flags(r: number, c: number): number {
    const sheet = now();
    const row = sheet.rows[r];
    if (!row?.line) return Flag.readOnly;
    const code = codeOf(row.line);
    const ref = refOf(sheet, r, c);
    let bits = 0;
    if (isComputed(row) && c >= 2) bits |= Flag.formula;
    if (sheet.pending.has(code) && c >= 2) bits |= Flag.pending;
    if (sheet.traced?.precedents.has(code) && c >= 2) bits |= Flag.precedent;
    if (sheet.traced?.dependents.has(code) && c >= 2) bits |= Flag.dependent;
    if (!ref) {
      const result = resultOf(row);
      const failed = c === 2 && result?.total === null ? result.errors[0] : c > 2 ? failureAt(row, result, sheet.months[c - FIRST_MONTH] ?? '') : undefined;
      // The words stand where the line's own total is, not beside each member.
      const look = failed === undefined ? 0 : isWithheld(failed) ? (c === 2 && row.kind === 'member' ? 0 : Flag.withheld) : c === 2 ? Flag.error : 0;
      const total = look === 0 && deeds.total !== undefined && sumAt(sheet, row, c) ? Flag.total : 0;
      return bits | Flag.readOnly | look | total;
    }
    const path = cellPath(sheet.document, sheet.scenario, ref);
    if (at(sheet.document, path) !== at(sheet.served, path)) bits |= Flag.unsaved;
    else {
      const failed = errorOf(resultOf(row), row.member, ref.month);
      if (failed) bits |= isWithheld(failed) ? Flag.withheld : Flag.error;
    }
    if (lockAt(sheet, ref) || bits & Flag.withheld) bits |= Flag.readOnly;
    if (at(sheet.document, overridePath(sheet.scenario, ref)) !== undefined) bits |= Flag.override;
    if (changedHere(sheet.document, sheet.scenario, ref)) bits |= Flag.changed;
    const key = keyOf(ref);
    if (sheet.remote.has(key)) bits |= Flag.remote;
    if (sheet.commented?.has(key)) bits |= Flag.comment;
    if (at(sheet.document, pointer('budget', 'lines', ref.line.id, 'held', ...ref.member, ref.month)) === true) bits |= Flag.held;
    return bits;
  }

  function error(r: number, c: number): string {
    const sheet = now();
    const row = sheet.rows[r];
    const month = sheet.months[c - FIRST_MONTH];
    const found = row && month !== undefined ? errorOf(resultOf(row), row.member, month) : undefined;
    if (!found || isWithheld(found)) return '';
    const cause = sheet.rows.find((one) => one.line && codeOf(one.line) === found.cause);
    return words().error(found.key, found.args ?? {}, cause ? read(cause.name, sheet.lang).text : found.cause, found.cause_month);
  }

  function label(r: number, c: number): string {
    const sheet = now();
    const row = sheet.rows[r];
    if (!row) return '';
    const col = columns()[c];
    const w = words();
    const bits = flags(r, c);
    const parts = [read(row.name, sheet.lang).text, c > 0 ? (col?.title ?? '') : '', c > 0 ? text(r, c) || w.empty : ''];
    if (c >= 2 && bits & Flag.override) parts.push(w.override);
    else if (c >= 2 && bits & Flag.formula) parts.push(w.formula);
    parts.push(error(r, c));
    return parts.filter(Boolean).join(', ');
  }

  /** A number typed into a total is taken apart; false where the text is none or the cell no total. */
  function takeTotal(sheet: Sheet, edit: CellEdit): boolean {
    const row = sheet.rows[edit.r];
    if (!row?.line || !deeds.total || !sumAt(sheet, row, edit.c)) return false;
    const unit = unitOf(row.line.item, resultOf(row));
    const value = numberFor(edit.raw, unit, shiftOf(sheet, unit));
    if (value === null) return false;
    deeds.total(row, sheet.months[edit.c - FIRST_MONTH] ?? null, value);
    return true;
  }

  function apply1(edits: readonly CellEdit[], kind: EditKind): Outcome {
    const sheet = now();
    const patch: Patch[number][] = [];
    let document = sheet.document;
    let applied = 0;
    let refused = 0;
    let reason = '';
    let first: string | undefined;
    for (const edit of edits) {
      const ref = refOf(sheet, edit.r, edit.c);
      if (!ref && kind === 'cell' && takeTotal(sheet, edit)) return { applied: 1, refused: 0 };
      const unit = ref ? unitOf(ref.line.item, sheet.results?.[codeOf(ref.line)]) : '';
      const lock = ref ? lockAt(sheet, ref) : null;
      const value = edit.raw.trim() === '' ? undefined : numberFor(edit.raw, unit, shiftOf(sheet, unit));
      if (!ref || lock || value === null) {
        refused += 1;
        reason = lock ? words().locked(lock) : ref ? words().notNumber : words().readOnly;
        continue;
      }
      const ops = cellPatch(document, sheet.scenario, ref, value);
      applied += 1;
      if (ops.length === 0) continue;
      document = apply(document, ops);
      patch.push(...ops);
      first ??= cellPath(document, sheet.scenario, ref);
    }
    if (patch.length > 0) deeds.edit(patch, { kind: applied === 1 && kind !== 'clear' ? 'cell' : kind, count: applied, ...(first === undefined ? {} : { what: first }) });
    return { applied, refused, reason };
  }

  return {
    rows: () => now().rows.length,
    cols: () => now().months.length + FIRST_MONTH,
    row: (r): RowInfo => now().rows[r] ?? { id: '', kind: 'line', level: 1, open: null },
    col: (c): ColInfo => columns()[c] ?? { id: '', title: '', width: 96, kind: 'value', frozen: false },
    text,
    raw,
    flags,
    error,
    label,
    tag: (r, c) => {
      const sheet = now();
      const ref = sheet.present ? refOf(sheet, r, c) : null;
      return (ref && sheet.present?.get(keyOf(ref))) ?? null;
    },
    apply: apply1,
    toggle: (r, open) => {
      const row = now().rows[r];
      if (row) deeds.toggle(row.id, open);
    },
    undo: () => deeds.undo(),
    redo: () => deeds.redo(),
  };
}
