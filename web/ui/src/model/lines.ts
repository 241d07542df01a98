/** Lines and groups as things to add, change, move and remove: what a form may write, and the patch of each deed. */
import { namesIn } from './cells';
import type { Change, Entry, Line, Listed, PlanDocument, Table, Text } from './document';
import { codeOf, newId, ranked } from './document';
import { compact } from './method';
import type { Json, Op } from './patch';
import { apply, at, diff, pointer, put1, putAll } from './patch';
import { rankBetween, ranks } from './rank';
import { weighedBy } from './rollup';

const NAME = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;
/** Words a code may not be where the reference of the language is not at hand. */
const WORDS = ['true', 'false', 'nil', 'let', 'if', 'else', 'and', 'or', 'not', 'in', 'matches', 'contains', 'startsWith', 'endsWith', 'month', 'quarter', 'year', 'period', 'days', 'workdays', 'restdays', 'holidays'];

/** A code made from a name: small letters, digits and underscores, or Chinese as it stands. */
export function codeFrom(name: string): string {
  const words = name.normalize('NFKC').toLowerCase().match(/[\p{L}\p{Nd}]+/gu) ?? [];
  const code = words.join('_').slice(0, 40).replace(/_+$/, '');
  return code === '' || NAME.test(code) ? code : `_${code}`;
}

/** A code that nothing has, with a number behind it where the first is taken. */
export function freeCode(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let i = 2; ; i += 1) if (!taken.has(`${wanted}_${i}`)) return `${wanted}_${i}`;
}

/** The codes no new line may have: those of lines and dimensions, and the words of the language. */
export function takenCodes(document: PlanDocument, reserved: readonly string[] = WORDS, but = ''): Set<string> {
  const lines = ranked(document.budget?.lines).filter(({ id }) => id !== but);
  return new Set([...reserved, ...lines.map(codeOf), ...ranked(document.budget?.dimensions).map(codeOf)]);
}

export type CodeFault = 'empty' | 'form' | 'word' | 'taken';
/** What is wrong with a code; null where nothing is. */
export function codeFault(code: string, document: PlanDocument, id: string | null, reserved: readonly string[] = WORDS): CodeFault | null {
  if (code === '') return 'empty';
  if (!NAME.test(code)) return 'form';
  if (reserved.includes(code) || ranked(document.budget?.dimensions).some((entry) => codeOf(entry) === code)) return 'word';
  return ranked(document.budget?.lines).some((entry) => entry.id !== id && codeOf(entry) === code) ? 'taken' : null;
}

/** The lines of a group in display order; the empty id stands for those without one. */
export function linesIn(document: PlanDocument, group: string): Entry<Line>[] {
  return ranked(document.budget?.lines).filter(({ item }) => groupOf(document, item) === group);
}

/** The id of a line's group; empty for none. */
export function groupOf(document: PlanDocument, line: Line): string {
  const said = line.group ?? '';
  return ranked(document.budget?.groups).find((entry) => entry.id === said || codeOf(entry) === said)?.id ?? '';
}

/** The ranks that put a thing between two others of a table; several where there is no room between them. */
function placed(table: Table<Listed> | undefined, base: readonly string[], id: string, previous: string | null, next: string | null): [path: string, rank: string][] {
  const low = previous === null ? '' : (table?.[previous]?.rank ?? '');
  const high = next === null ? '' : (table?.[next]?.rank ?? '');
  const rank = rankBetween(low, high);
  const path = (key: string): string => pointer(...base, key, 'rank');
  const roomy = (previous === null || (low !== '' && rank > low)) && (next === null || (high !== '' && rank < high));
  if (roomy) return [[path(id), rank]];
  const order = ranked(table).map((entry) => entry.id).filter((one) => one !== id);
  order.splice(previous === null ? Math.max(0, order.indexOf(next ?? '')) : order.indexOf(previous) + 1, 0, id);
  const fresh = ranks(order.length);
  return order.map((one, i) => [path(one), fresh[i] ?? '']);
}

export interface Made {
  readonly id: string;
  readonly patch: Op[];
}

/** A new line below another one of its group, or at the end of it. */
export function addLine(document: PlanDocument, item: Readonly<Record<string, unknown>>, below: string | null): Made {
  const id = newId('line');
  const group = typeof item['group'] === 'string' ? item['group'] : '';
  const own = linesIn(document, group);
  const after = own.findIndex((entry) => entry.id === below);
  const [previous, next] = after < 0 ? [own.at(-1)?.id ?? null, null] : [own[after]?.id ?? null, own[after + 1]?.id ?? null];
  const [first, ...others] = ownFirst(placed(document.budget?.lines, ['budget', 'lines'], id, previous, next), id);
  const path = pointer('budget', 'lines', id);
  return { id, patch: putAll(document, [...others, [path, compact({ ...item, rank: first?.[1] ?? 'V' })]]) };
}

function ownFirst(all: [string, string][], id: string): [string, string][] {
  const own = pointer('budget', 'lines', id, 'rank');
  return [...all.filter(([path]) => path === own), ...all.filter(([path]) => path !== own)];
}

/** A line changed: member by member, so that another's edit of a cell does not collide. */
export const changeLine = (document: PlanDocument, id: string, item: Readonly<Record<string, unknown>>): Op[] => diff(document, pointer('budget', 'lines', id), compact(item));

/** A line again, below the first, under another code. */
export function duplicateLine(document: PlanDocument, id: string, name: (text: string) => string): Made {
  const line = document.budget?.lines?.[id] ?? {};
  const code = freeCode(`${codeOf({ id, item: line })}_2`, takenCodes(document));
  const named = Object.fromEntries(Object.entries(line.name ?? {}).map(([lang, text]) => [lang, name(String(text))]));
  const { rank: _, ...rest } = line;
  return addLine(document, { ...rest, code, name: named }, id);
}

/** One step up or down within the group; null at its edge. */
export function moveLine(document: PlanDocument, id: string, step: 1 | -1): Op[] | null {
  const lines = document.budget?.lines;
  const line = lines?.[id];
  return line ? moved(document, ['budget', 'lines'], lines, linesIn(document, groupOf(document, line)), id, step) : null;
}

export function moveGroup(document: PlanDocument, id: string, step: 1 | -1): Op[] | null {
  return moved(document, ['budget', 'groups'], document.budget?.groups, ranked(document.budget?.groups), id, step);
}

function moved(document: PlanDocument, base: readonly string[], table: Table<Listed> | undefined, order: readonly Entry<Listed>[], id: string, step: 1 | -1): Op[] | null {
  const here = order.findIndex((entry) => entry.id === id);
  const to = here + step;
  if (here < 0 || to < 0 || to >= order.length) return null;
  const [previous, next] = step > 0 ? [order[to], order[to + 1]] : [order[to - 1], order[to]];
  return putAll(document, placed(table, base, id, previous?.id ?? null, next?.id ?? null));
}

/** A line put at the end of another group. */
export function lineInto(document: PlanDocument, id: string, group: string): Op[] {
  const last = linesIn(document, group).at(-1)?.id ?? null;
  return putAll(document, [[pointer('budget', 'lines', id, 'group'), group === '' ? undefined : group], ...placed(document.budget?.lines, ['budget', 'lines'], id, last, null)]);
}

/** What would miss a line: formulas and roll-ups that name it, parts of the model, key results; and changes of scenarios, levers and initiatives, which go with it. */
export interface Uses {
  readonly lines: readonly Entry<Line>[];
  readonly parts: readonly string[];
  readonly results: readonly Text[];
  readonly changes: number;
  /** Whether the approval goes by the line's total, so that it cannot go. */
  readonly decides: boolean;
}

const PARTS = ['staffing', 'hiring', 'prices', 'contributions'] as const;

export function usesOf(document: PlanDocument, id: string): Uses {
  const { budget } = document;
  const code = codeOf({ id, item: budget?.lines?.[id] ?? {} });
  const names = (formula: string | undefined): boolean => formula !== undefined && namesIn(formula).has(code);
  const lines = ranked(budget?.lines).filter(({ id: other, item }) => other !== id && (names(item.formula) || weighedBy(typeof item.rollup === 'string' ? item.rollup : '') === code));
  const parts = PARTS.flatMap((table) => ranked(budget?.[table]).filter(({ item }) => mentions(item, code)).map((entry) => entry.id));
  const results = ranked(document.okr?.objectives).flatMap(({ item }) => ranked(item.key_results)).filter(({ item }) => item.line === code).map(({ item }) => item.name ?? {});
  return { lines, parts, results, changes: changesOf(document, id).length, decides: document.workflow?.amount === id };
}

const isUsed = (uses: Uses): boolean => uses.lines.length + uses.parts.length + uses.results.length + uses.changes > 0 || uses.decides;
/** Whether removing a line is worth a question. */
export const inUse = (document: PlanDocument, id: string): boolean => isUsed(usesOf(document, id));

function mentions(node: unknown, code: string): boolean {
  if (typeof node === 'string') return node === code;
  return typeof node === 'object' && node !== null && Object.entries(node).some(([name, value]) => name !== 'name' && name !== 'code' && name !== 'unit' && mentions(value, code));
}

/** The places of the changes of scenarios, levers and initiatives that are about a line. */
function changesOf(document: PlanDocument, id: string): string[] {
  const tables: readonly (readonly [readonly string[], Table<{ readonly changes?: Table<Change> }> | undefined])[] = [
    [['scenarios'], document.scenarios],
    [['budget', 'levers'], document.budget?.levers],
    [['okr', 'initiatives'], document.okr?.initiatives],
  ];
  return tables.flatMap(([base, table]) => Object.entries(table ?? {}).flatMap(([key, { changes }]) => Object.entries(changes ?? {}).filter(([, change]) => change.line === id).map(([change]) => pointer(...base, key, 'changes', change))));
}

/** A line taken out, with its history, its actuals, what scenarios set in it and the changes about it. */
export function removeLine(document: PlanDocument, id: string): Op[] {
  const cells = Object.keys(document.scenarios ?? {}).map((key) => pointer('scenarios', key, 'cells', id));
  const own = [pointer('history', id), pointer('actuals', id), ...cells].filter((path) => at(document, path) !== undefined);
  return putAll(document, [...changesOf(document, id), ...own, pointer('budget', 'lines', id)].map((path) => [path, undefined] as const));
}

/** A new group behind another, or at the end. */
export function addGroup(document: PlanDocument, name: Text, below: string | null): Made {
  const id = newId('group');
  const order = ranked(document.budget?.groups);
  const after = order.findIndex((entry) => entry.id === below);
  const previous = after < 0 ? order.at(-1) : order[after];
  const next = after < 0 ? undefined : order[after + 1];
  const path = pointer('budget', 'groups', id, 'rank');
  const all = placed(document.budget?.groups, ['budget', 'groups'], id, previous?.id ?? null, next?.id ?? null);
  const codes = new Set(order.map(codeOf));
  const group = { code: freeCode(codeFrom(name.en ?? name.zh ?? '') || id, codes), name, rank: all.find(([one]) => one === path)?.[1] ?? 'V' };
  return { id, patch: putAll(document, [...all.filter(([one]) => one !== path), [pointer('budget', 'groups', id), group as unknown as Json]]) };
}

export const renameGroup = (document: PlanDocument, id: string, name: Text): Op[] => put1(document, pointer('budget', 'groups', id, 'name'), name as unknown as Json);

/** A group taken away; its lines stay, without one. */
export function removeGroup(document: PlanDocument, id: string): Op[] {
  const free = linesIn(document, id).map((entry) => [pointer('budget', 'lines', entry.id, 'group'), undefined] as const);
  return putAll(document, [...free, [pointer('budget', 'groups', id), undefined]]);
}

/** The values of a line, cell by cell; a cell without a figure is left out. */
export function valuesOf(lanes: readonly (readonly string[])[], months: readonly string[], figure: (lane: readonly string[], period: number) => number | null | undefined): Json {
  let tree: { readonly values: Json } = { values: {} };
  for (const lane of lanes) {
    const run = Object.fromEntries(months.flatMap((month, i) => {
      const value = figure(lane, i);
      return value === null || value === undefined ? [] : [[month, value]];
    }));
    tree = apply(tree, put1(tree, pointer('values', ...lane), run));
  }
  return tree.values;
}
