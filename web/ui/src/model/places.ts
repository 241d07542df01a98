/** The cells that filling and spreading are about: their figures, and which of them stay as they are. */
import type { LineResult } from '../api/types';
import { isWithheld } from './access';
import type { Sheet } from './budgetSheet';
import { cellPatch, cellPath, errorOf, figureOf, isFormula, lanesOf, lineage, type CellRef } from './cells';
import { codeOf, type Entry, type Line } from './document';
import type { Op } from './patch';
import { apply, at, pointer, put1 } from './patch';
import { standing } from './formulas';
import { rollupOf, type Rollup } from './rollup';
import type { SheetRow } from './sheet';
import type { Subtotal } from './subtotal';

/** Why a cell keeps its figure: it is held, may not be changed, is closed by an actual, computed, or a change stands over what one enters. */
export type Fixed = 'held' | 'locked' | 'closed' | 'moved' | 'computed';
export interface Place {
  readonly ref: CellRef;
  /** What stands in it; undefined where nothing does. */
  readonly now: number | undefined;
  /** What was entered in it; undefined where nothing was. */
  readonly own: number | undefined;
  readonly fixed: Fixed | null;
}

/** Where it stands that a cell is held. It is so in every scenario. */
export const heldPath = ({ line, member, month }: CellRef): string => pointer('budget', 'lines', line.id, 'held', ...member, month);
export const isHeld = (document: unknown, cell: CellRef): boolean => at(document, heldPath(cell)) === true;

export const resultOf = (sheet: Sheet, line: Entry<Line>): LineResult | undefined => sheet.results?.[codeOf(line)];

/** The figure of a line a year before a month: its history, or an earlier year of the plan. */
export function yearBefore(sheet: Sheet, { line, member, month }: CellRef): number | undefined {
  const i = sheet.months.indexOf(month);
  if (i >= 12) return figureOf(resultOf(sheet, line)?.values, member, i - 12) ?? undefined;
  const value = at(sheet.document, pointer('history', line.id, ...member, before(month)));
  return typeof value === 'number' ? value : undefined;
}

function before(month: string): string {
  const [year = '', rest = ''] = month.split('-');
  return `${String(Number(year) - 1).padStart(4, '0')}-${rest}`;
}

/** Whether a month of the scenario shows what happened, whatever is entered. */
function closed(sheet: Sheet, cell: CellRef): boolean {
  const through = lineage(sheet.document, sheet.scenario).map(({ item }) => (item as { readonly actuals_through?: string }).actuals_through).find((one) => one !== undefined && one !== '');
  return through !== undefined && cell.month <= through && at(sheet.document, pointer('actuals', cell.line.id, ...cell.member, cell.month)) !== undefined;
}

/** One cell as filling and spreading see it. */
export function placeOf(sheet: Sheet, ref: CellRef): Place {
  const path = cellPath(sheet.document, sheet.scenario, ref);
  const own = at(sheet.document, path);
  const shown = figureOf(resultOf(sheet, ref.line)?.values, ref.member, sheet.months.indexOf(ref.month)) ?? undefined;
  const saved = own === at(sheet.served, path);
  // What stands over an input's own value moves it again, whatever is entered.
  const moved = typeof own === 'number' && saved && shown !== undefined && shown !== own;
  const now = typeof own === 'number' && !moved ? own : shown;
  return { ref, now, own: typeof own === 'number' ? own : undefined, fixed: fixedBy(sheet, ref, path, moved) };
}

function fixedBy(sheet: Sheet, ref: CellRef, path: string, moved: boolean): Fixed | null {
  if (sheet.lock(path) !== null || isWithheld(errorOf(resultOf(sheet, ref.line), ref.member, ref.month))) return 'locked';
  if (closed(sheet, ref)) return 'closed';
  if (moved) return 'moved';
  return isHeld(sheet.document, ref) ? 'held' : null;
}

/** What a total is spread over. */
export interface Target {
  readonly lines: readonly Entry<Line>[];
  readonly months: readonly string[];
  readonly places: readonly Place[];
  readonly rule: 'sum' | 'average';
  readonly unit: string;
}
/** Why a row's total cannot be spread. */
export type Refused = 'none' | 'formula' | 'withheld' | Exclude<Rollup, 'sum' | 'average' | 'formula'> | 'operands' | Ungrouped;
/** Why the figure of a group cannot be: it has none, it is that of a computed line, all its lines are computed, or one of them has failed. */
type Ungrouped = 'group_none' | 'group_top' | 'group_formula' | 'group_failed';

/** The cells below a row: of a line its members, of a member or a plain line itself. */
export function cellsOf(sheet: Sheet, row: SheetRow, months: readonly string[]): CellRef[] {
  const { line } = row;
  if (!line) return [];
  if (row.kind === 'line' && row.open !== null) return refsOf(sheet, line, months);
  return months.map((month): CellRef => ({ line, member: row.member, month }));
}
/** The cells of a whole line. */
const refsOf = (sheet: Sheet, line: Entry<Line>, months: readonly string[]): CellRef[] => lanesOf(sheet.document, line.item).flatMap((member) => months.map((month): CellRef => ({ line, member, month })));

/** Whether a line is computed in the scenario, by its own formula or by one that stands in for its values. */
export const computedIn = (sheet: Sheet, line: Entry<Line>): boolean => isFormula(line.item) || standing(sheet.document, sheet.scenario, line).text !== '';

/** What the total of a row in some months is spread over, or why it cannot be. Of a group, `subtotal` is what its figure comes from. */
export function targetOf(sheet: Sheet, row: SheetRow, months: readonly string[], subtotal: Subtotal | null = null): Target | Refused {
  const { line } = row;
  if (!line) return row.lines ? groupTarget(sheet, row.lines, months, subtotal) : 'none';
  const result = resultOf(sheet, line);
  if (isWithheld(result?.errors[0])) return 'withheld';
  if (computedIn(sheet, line)) return 'formula';
  const rule = rollupOf(line.item, result?.unit ?? line.item.unit ?? '', sheet.currency);
  if (rule === 'formula') return 'operands';
  if (rule !== 'sum' && rule !== 'average') return rule;
  return { lines: [line], months, places: cellsOf(sheet, row, months).map((ref) => placeOf(sheet, ref)), rule, unit: line.item.unit ?? '' };
}

/**
 * The cells below a group's sum. No line of it goes into another, so those that
 * are computed stay what they are, whatever the others come to.
 */
function groupTarget(sheet: Sheet, all: readonly Entry<Line>[], months: readonly string[], subtotal: Subtotal | null): Target | Refused {
  if (all.some((line) => isWithheld(resultOf(sheet, line)?.errors[0]))) return 'withheld';
  if (!subtotal) return 'group_none';
  if (subtotal.kind !== 'sum') return 'group_top';
  const { lines, unit } = subtotal;
  const computed = new Set(lines.filter((line) => computedIn(sheet, line)));
  if (computed.size === lines.length) return 'group_formula';
  const places = lines.flatMap((line) => refsOf(sheet, line, months).map((ref): Place => {
    if (!computed.has(line)) return placeOf(sheet, ref);
    return { ref, now: figureOf(resultOf(sheet, line)?.values, ref.member, sheet.months.indexOf(ref.month)) ?? undefined, own: undefined, fixed: 'computed' };
  }));
  if (places.some(({ fixed, now }) => fixed === 'computed' && now === undefined)) return 'group_failed';
  return { lines, months, places, rule: 'sum', unit };
}

/** Whether typing a total into a row is offered; of a group by what its figure comes from. */
export const takesTotal = (sheet: Sheet, row: SheetRow, subtotal: Subtotal | null = null): boolean => {
  const { line } = row;
  const open = (one: Entry<Line>, cells: readonly CellRef[]): boolean => !computedIn(sheet, one) && cells.some((cell) => sheet.lock(cellPath(sheet.document, sheet.scenario, cell)) === null);
  const first = sheet.months.slice(0, 1);
  if (!line) return subtotal?.kind === 'sum' && subtotal.lines.some((one) => open(one, refsOf(sheet, one, first)));
  const result = resultOf(sheet, line);
  if (isWithheld(result?.errors[0])) return false;
  const rule = rollupOf(line.item, result?.unit ?? line.item.unit ?? '', sheet.currency);
  return (rule === 'sum' || rule === 'average') && open(line, cellsOf(sheet, row, first));
};

/** One patch that gives cells their figures, each cell once. */
export function putFigures(sheet: Sheet, figures: readonly (readonly [cell: CellRef, value: number])[]): Op[] {
  const patch: Op[] = [];
  let document = sheet.document;
  // Putting each figure in by itself would copy the table of lines for every cell; a row that is not there yet must be seen by the next.
  const queued: Op[] = [];
  for (const [cell, value] of figures) {
    const path = cellPath(document, sheet.scenario, cell);
    const begun = at(document, path.slice(0, path.lastIndexOf('/'))) !== undefined;
    const ops = cellPatch(document, sheet.scenario, cell, value);
    patch.push(...ops);
    queued.push(...ops);
    if (begun) continue;
    document = apply(document, queued);
    queued.length = 0;
  }
  return patch;
}

/** One patch that holds cells or releases them. */
export function putHeld(document: Sheet['document'], cells: readonly CellRef[], held: boolean): Op[] {
  const patch: Op[] = [];
  let now = document;
  for (const cell of cells) {
    const ops = put1(now, heldPath(cell), held ? true : undefined);
    now = apply(now, ops);
    patch.push(...ops);
  }
  return patch;
}
