/** The rows of the budget: groups, their lines, and the members of lines with dimensions. */
import type { LineResult } from '../api/types';
import { figureOf, isFormula, lanesOf } from './cells';
import type { Entry, Line, PlanDocument, Text } from './document';
import { codeOf, membersOf, ranked } from './document';

export interface SheetRow {
  readonly id: string;
  readonly kind: 'group' | 'line' | 'member';
  readonly level: number;
  readonly open: boolean | null;
  readonly name: Text;
  readonly line?: Entry<Line>;
  readonly member: readonly string[];
}

/** The rows to show, given what is shut. Lines without a group come last, without a head. */
export function sheetRows(document: PlanDocument, shut: ReadonlySet<string>): SheetRow[] {
  const lines = ranked(document.budget?.lines);
  const groups = ranked(document.budget?.groups);
  const rows: SheetRow[] = [];
  const known = new Set<string>();
  for (const group of groups) {
    const code = codeOf(group);
    known.add(code).add(group.id);
    const own = lines.filter(({ item }) => item.group === code || item.group === group.id);
    const id = `group:${group.id}`;
    rows.push({ id, kind: 'group', level: 1, open: own.length === 0 ? null : !shut.has(id), name: group.item.name ?? { en: code, zh: code }, member: [] });
    if (!shut.has(id)) for (const line of own) rows.push(...lineRows(document, line, shut, 2));
  }
  for (const line of lines) if (!known.has(line.item.group ?? '')) rows.push(...lineRows(document, line, shut, 1));
  return rows;
}

function lineRows(document: PlanDocument, line: Entry<Line>, shut: ReadonlySet<string>, level: number): SheetRow[] {
  const code = codeOf(line);
  const id = `line:${line.id}`;
  const lanes = lanesOf(document, line.item).filter((lane) => lane.length > 0);
  const open = lanes.length === 0 ? null : !shut.has(id);
  const row: SheetRow = { id, kind: 'line', level, open, name: line.item.name ?? { en: code, zh: code }, line, member: [] };
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

export const isComputed = (row: SheetRow): boolean => row.line !== undefined && isFormula(row.line.item);
