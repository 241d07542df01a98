/** Facts the scenarios screen shows: which lines to compare and what a scenario changes. */
import type { CompareCell, CompareRow } from '../api/types';
import { lineage } from './cells';
import type { Change, Entry, PlanDocument, Scenario, Values } from './document';
import { codeOf, linesByCode, newId, ranked, rankAtEnd, scenariosOf } from './document';
import type { Json, Op } from './patch';
import { pointer, put1 } from './patch';

const WANTED = [/^total_cost$/, /^fte$/, /^volume$/, /^cost_per/, /^fcr$/, /^service_level$|^achieved_service$/, /^npv$|^return/];

/** The lines a comparison begins with: the ones every plan has, or the first few. */
export function firstLines(document: PlanDocument): string[] {
  const codes = [...linesByCode(document).keys()];
  const found = WANTED.flatMap((pattern) => codes.filter((code) => pattern.test(code)));
  return found.length > 0 ? found : codes.slice(-6);
}

/** The line of money and the line of people a chart shows. */
export function chartLines(document: PlanDocument): { readonly cost: string | undefined; readonly people: string | undefined } {
  const lines = linesByCode(document);
  const currency = document.plan?.currency ?? 'CNY';
  const last = [...lines].reverse();
  const pick = (code: string, unit: string): string | undefined => (lines.has(code) ? code : last.find(([, entry]) => entry.item.unit === unit)?.[0]);
  return { cost: pick('total_cost', currency), people: pick('fte', 'person') };
}

export type Effect =
  | { readonly kind: 'change'; readonly from: Entry<Scenario>; readonly inherited: boolean; readonly change: Change }
  | { readonly kind: 'cells'; readonly from: Entry<Scenario>; readonly inherited: boolean; readonly line: string; readonly count: number };

/** What makes a scenario differ from the plan as it stands, its parents' part first. */
export function effects(document: PlanDocument, scenario: Entry<Scenario>): Effect[] {
  return lineage(document, scenario).reverse().flatMap((from): Effect[] => {
    const inherited = from.id !== scenario.id;
    const changes = ranked(from.item.changes).map(({ item }): Effect => ({ kind: 'change', from, inherited, change: item }));
    const cells = Object.entries(from.item.cells ?? {}).map(([line, values]): Effect => ({ kind: 'cells', from, inherited, line, count: leaves(values) }));
    return [...changes, ...cells.filter((effect) => effect.kind === 'cells' && effect.count > 0)];
  });
}

function leaves(values: Values): number {
  return Object.values(values).reduce<number>((count, value) => count + (typeof value === 'number' ? 1 : leaves(value)), 0);
}

/** Which scenario is best on a line and which is worst, by the line's own sense; nothing where none stands out. */
export function marks(row: CompareRow | undefined): { readonly best: string | undefined; readonly worst: string | undefined } {
  const known = (row?.cells ?? []).filter((cell) => cell.total !== null);
  const by = (sign: number): CompareCell | undefined => {
    const sorted = [...known].sort((a, b) => sign * ((a.total ?? 0) - (b.total ?? 0)));
    const [first, second] = sorted;
    return first && second && same(first, second) ? undefined : first;
  };
  if (known.length < 2 || row?.sense === undefined || row.sense === 'neither') return { best: undefined, worst: undefined };
  const good = row.sense === 'good';
  return { best: by(good ? -1 : 1)?.scenario, worst: by(good ? 1 : -1)?.scenario };
}

const NOISE = 1e-9;
function same(a: CompareCell, b: CompareCell): boolean {
  return Math.abs((a.total ?? 0) - (b.total ?? 0)) <= NOISE * Math.abs(a.total ?? 0);
}

/** The patch that copies a scenario: what it changes itself, on the same parent. A copy of the plan as it stands is an empty scenario on it. */
export function duplicate(document: PlanDocument, entry: Entry<Scenario>, name: (text: string) => string): { readonly id: string; readonly patch: Op[]; readonly path: string } {
  const id = newId('scenario');
  const path = pointer('scenarios', id);
  const named = Object.fromEntries(Object.entries(entry.item.name ?? {}).map(([lang, text]) => [lang, name(text as string)]));
  const base = (entry.item.code ?? entry.id) === 'base';
  const { parent, name: _, code: __, rank: ___, locked: _____, archived: ____, ...own } = entry.item;
  const copy = { ...(base ? {} : own), code: id, name: named, rank: rankAtEnd(document.scenarios), parent: base ? 'base' : (parent ?? 'base') };
  return { id, path, patch: put1(document, path, copy as unknown as Json) };
}

/** The patch that marks a scenario as locked or put away, or takes the mark away. */
export function mark(document: PlanDocument, id: string, name: 'locked' | 'archived', on: boolean): Op[] {
  return put1(document, pointer('scenarios', id, name), on ? true : undefined);
}

/** The scenarios that build on another. */
export function builtOn(document: PlanDocument, entry: Entry<Scenario>): Entry<Scenario>[] {
  return scenariosOf(document).filter(({ item }) => item.parent === codeOf(entry) || item.parent === entry.id);
}

/** The lines on which two scenarios differ, inputs before results, in display order. */
export function differing(document: PlanDocument, rows: readonly CompareRow[], code: string): { readonly line: string; readonly input: boolean; readonly row: CompareRow; readonly cell: CompareCell }[] {
  const lines = linesByCode(document);
  const all = rows.flatMap((row) => {
    const cell = row.cells.find((one) => one.scenario === code);
    if (!cell || cell.difference === null || cell.verdict === 'same') return [];
    return [{ line: row.line, input: (lines.get(row.line)?.item.formula ?? '') === '', row, cell }];
  });
  return [...all.filter((one) => one.input), ...all.filter((one) => !one.input)];
}
