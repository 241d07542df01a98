/** The rows of the budget: groups, their lines, and the members of lines with dimensions. */
import type { LineResult } from '../api/types';
import { figureOf, isFormula, lanesOf } from './cells';
import type { Entry, Group, Line, PlanDocument, Scenario, Table, Text } from './document';
import { codeOf, foundIn, membersOf, ranked, withOthers } from './document';
import { standing } from './formulas';

export interface SheetRow {
  readonly id: string;
  readonly kind: 'group' | 'line' | 'member';
  readonly level: number;
  readonly open: boolean | null;
  readonly name: Text;
  readonly line?: Entry<Line>;
  readonly member: readonly string[];
  /** The lines of a group. */
  readonly lines?: readonly Entry<Line>[];
}

/** The rows of a group, as they were made for what is shut; members and dimensions are all else that they show. */
interface MadeRows {
  readonly dimensions: unknown;
  readonly rows: readonly SheetRow[];
}
const madeRows = new WeakMap<ReadonlySet<string>, WeakMap<Grouped, MadeRows>>();

/** The rows to show, given what is shut. Lines without a group come last, without a head. */
export function sheetRows(document: PlanDocument, shut: ReadonlySet<string>): SheetRow[] {
  let made = madeRows.get(shut);
  if (!made) madeRows.set(shut, (made = new WeakMap()));
  const dimensions = document.budget?.dimensions;
  const all: SheetRow[] = [];
  for (const grouped of groupedLines(document)) {
    let known = made.get(grouped);
    if (known?.dimensions !== dimensions || known === undefined) made.set(grouped, (known = { dimensions, rows: groupRows(document, grouped, shut) }));
    for (const row of known.rows) all.push(row);
  }
  return all;
}

function groupRows(document: PlanDocument, { group, lines }: Grouped, shut: ReadonlySet<string>): SheetRow[] {
  if (!group) return lines.flatMap((line) => lineRows(document, line, shut, 1));
  const code = codeOf(group);
  const id = `group:${group.id}`;
  const head: SheetRow = { id, kind: 'group', level: 1, open: lines.length === 0 ? null : !shut.has(id), name: group.item.name ?? { en: code, zh: code }, member: [], lines };
  return shut.has(id) ? [head] : [head, ...lines.flatMap((line) => lineRows(document, line, shut, 2))];
}

interface Grouped {
  readonly group: Entry<Group> | null;
  readonly lines: readonly Entry<Line>[];
}
const groupings = new WeakMap<object, (lines: Table<Line>) => readonly Grouped[]>();
const NO_GROUPS: Table<Group> = {};

/** The lines of each group in order, those of none last. */
export function groupedLines(document: PlanDocument): readonly Grouped[] {
  const { lines, groups = NO_GROUPS } = document.budget ?? {};
  if (!lines) return [];
  let grouping = groupings.get(groups);
  if (!grouping) groupings.set(groups, (grouping = groupingBy(groups)));
  return grouping(lines);
}

function groupingBy(groups: Table<Group>): (lines: Table<Line>) => readonly Grouped[] {
  return foundIn<Line, readonly Grouped[]>(
    (lines) => {
      const buckets = new Map<string, Entry<Line>[]>();
      const made: Grouped[] = ranked(groups).map((group) => {
        const bucket: Entry<Line>[] = [];
        buckets.set(group.id, bucket).set(codeOf(group), bucket);
        return { group, lines: bucket };
      });
      const loose: Entry<Line>[] = [];
      for (const line of ranked(lines)) (buckets.get(line.item.group ?? '') ?? loose).push(line);
      made.push({ group: null, lines: loose });
      return made;
    },
    (found, others) => {
      if (others.some(({ before, after }) => before.group !== after.group)) return undefined;
      const ids = new Set(others.map(({ id }) => id));
      // A group of which no line is another stays the same one.
      return found.map((one) => (one.lines.some(({ id }) => ids.has(id)) ? { ...one, lines: withOthers(one.lines, others) } : one));
    },
  );
}

function lineRows(document: PlanDocument, line: Entry<Line>, shut: ReadonlySet<string>, level: number): SheetRow[] {
  const code = codeOf(line);
  const id = `line:${line.id}`;
  const name = line.item.name ?? { en: code, zh: code };
  if ((line.item.by ?? []).length === 0) return [{ id, kind: 'line', level, open: null, name, line, member: [] }];
  const lanes = lanesOf(document, line.item).filter((lane) => lane.length > 0);
  const open = lanes.length === 0 ? null : !shut.has(id);
  const row: SheetRow = { id, kind: 'line', level, open, name, line, member: [] };
  if (open !== true) return [row];
  return [row, ...lanes.map((member): SheetRow => ({ id: `${id}/${member.join('/')}`, kind: 'member', level: level + 1, open: null, name: memberName(document, line.item, member), line, member }))];
}

function memberName(document: PlanDocument, line: Line, member: readonly string[]): Text {
  const names = (line.by ?? []).map((dimension, i) => membersOf(document, dimension).find((entry) => codeOf(entry) === member[i])?.item.name);
  const inLanguage = (lang: 'en' | 'zh'): string => member.map((code, i) => names[i]?.[lang] ?? code).join(' · ');
  return { en: inLanguage('en'), zh: inLanguage('zh') };
}

/** Whether figures of a line may simply be added over its members. */
const additive = (line: Line): boolean => line.rollup === 'sum';

/** Whether a row shows the sum of its members. */
export const isSum = (row: SheetRow): boolean => row.kind === 'line' && row.line !== undefined && row.open !== null && additive(row.line.item);

/** The figure of a row in a period: the line's own, a member's, or the sum of the members where adding is right. */
export function rowFigure(row: SheetRow, result: LineResult | undefined, period: number): number | null | undefined {
  if (!row.line || !result) return undefined;
  if (row.kind === 'member' || row.open === null) return figureOf(result.values, row.member, period);
  if (!additive(row.line.item)) return undefined;
  return Object.keys(result.values).reduce<number | null | undefined>((sum, code) => {
    const figure = figureOf(result.values, [code], period);
    return figure === null || figure === undefined || sum === null || sum === undefined ? null : sum + figure;
  }, 0);
}

/** Whether a row's months can be edited: a line without members, or a member. */
export const editable = (row: SheetRow): boolean => row.line !== undefined && row.open === null;

/** Whether the row's line is computed in the scenario, by its own formula or by one that stands in for its values there. */
export const isComputed = (row: SheetRow, document: PlanDocument, scenario: Entry<Scenario>): boolean => row.line !== undefined && (isFormula(row.line.item) || standing(document, scenario, row.line).text !== '');
