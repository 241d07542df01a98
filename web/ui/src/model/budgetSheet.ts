/** The sheet of the budget at one moment, and how its places, units and numbers are read. */
import type { EditLabel } from '../api/ops';
import type { LineResult } from '../api/types';
import type { Tag } from '../grid/types';
import type { Lang } from '../i18n/types';
import type { Formats, MoneyUnit } from '../lib/num';
import { isPercent, parseNumber, shifted } from '../lib/num';
import type { Lock } from './access';
import type { CellRef } from './cells';
import { cellPath } from './cells';
import type { SheetColumn } from './columns';
import { columnsOf, PLAIN } from './columns';
import type { Entry, Line, PlanDocument, Scenario } from './document';
import { codeOf } from './document';
import type { Patch } from './patch';
import type { SheetRow } from './sheet';
import { editable } from './sheet';

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
  /** The columns; those of the plain view where none are given. */
  readonly columns?: readonly SheetColumn[];
  /** Quarters or years, rolled up by the server. */
  readonly buckets?: { readonly labels: readonly string[]; readonly lines: Readonly<Record<string, LineResult>> };
  /** The results of scenarios that stand beside this one. */
  readonly beside?: ReadonlyMap<string, Readonly<Record<string, LineResult>>>;
  /** Whether names, units and totals stay when one scrolls to the side; they do, unless it is said. */
  readonly freeze?: boolean;
  /** How much larger than usual, 1 where nothing is said. */
  readonly zoom?: number;
  /** Negative amounts in brackets, as in books. */
  readonly brackets?: boolean;
  /** Whether some months of a row may be closed and others not. */
  readonly monthLocks?: boolean;
  /** Why a place cannot be changed; null where it can. */
  lock(path: string): Lock | null;
}
export interface Words {
  readonly name: string;
  readonly unit: string;
  readonly total: string;
  readonly formula: string;
  readonly override: string;
  /** Said of figures that are still to come. */
  readonly waits: string;
  readonly empty: string;
  readonly notNumber: string;
  readonly readOnly: string;
  /** Why nothing at all was set: more cells than one edit may change. */
  tooMany(cells: number, most: number): string;
  /** Said of a cell that is not shown to the reader. */
  readonly withheld: string;
  locked(lock: Lock, path: string): string;
  readonly trend: string;
  readonly last: string;
  readonly delta: string;
  /** What a group's figure adds up, or the line it is. */
  sumOf(lines: readonly string[]): string;
  isLine(line: string): string;
  scenario(code: string): string;
  bucket(label: string): string;
  /** A difference of percentages. */
  points(value: string): string;
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

const plain = new WeakMap<readonly string[], readonly SheetColumn[]>();

/** The columns of a sheet. */
export function columnsFor(sheet: Sheet): readonly SheetColumn[] {
  if (sheet.columns) return sheet.columns;
  let made = plain.get(sheet.months);
  if (!made) {
    made = columnsOf(PLAIN, sheet.months, [], codeOf(sheet.scenario));
    plain.set(sheet.months, made);
  }
  return made;
}

/** The month a column holds; undefined for names, totals, quarters and other scenarios. */
export function monthAt(sheet: Sheet, c: number): string | undefined {
  const column = columnsFor(sheet)[c];
  return column?.kind === 'month' ? column.month : undefined;
}
/** The column of a month, or of the first one. */
export function columnOf(sheet: Sheet, month: string): number {
  const columns = columnsFor(sheet);
  const found = columns.findIndex((column) => column.kind === 'month' && column.month === month);
  const first = columns.findIndex((column) => column.kind === 'month');
  return found >= 0 ? found : first >= 0 ? first : FIRST_MONTH - 1;
}

/** The cell a row and column stand for; null for names, units and totals. */
export function refOf(sheet: Sheet, r: number, c: number): CellRef | null {
  const row = sheet.rows[r];
  const month = monthAt(sheet, c);
  return row?.line && month !== undefined && editable(row) ? { line: row.line, member: row.member, month } : null;
}

/** The name of a cell: `line/member…/month`, as in the address. */
export const keyOf = (ref: CellRef): string => [ref.line.id, ...ref.member, ref.month].join('/');

/** The row and month of a cell named as in the address; -1 and nothing for what is not shown. */
export function placeOf(sheet: Sheet, cell: string): { readonly row: number; readonly month: string } {
  const [id = '', ...rest] = cell.split('/');
  const month = rest.at(-1) ?? '';
  const dated = sheet.months.includes(month);
  const member = (!dated ? rest : rest.slice(0, -1)).join('/');
  return { row: sheet.rows.findIndex((one) => one.line?.id === id && one.member.join('/') === member), month: dated ? month : '' };
}

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
