/**
 * What a group's row shows: the sum of its lines where adding is right, the one
 * line they lead up to where there is one, and nothing where neither is true.
 */
import type { LineResult } from '../api/types';
import { isWithheld } from './access';
import { namesIn } from './cells';
import type { Change, Entry, Line, PlanDocument, Table } from './document';
import { codeOf, linesByCode, ranked } from './document';
import { rollupOf } from './rollup';

/** How the figures of a group come about. */
export type Subtotal =
  | { readonly kind: 'sum'; readonly lines: readonly Entry<Line>[]; readonly unit: string }
  /** The group's other lines are on the way to this one. */
  | { readonly kind: 'top'; readonly lines: readonly [Entry<Line>]; readonly unit: string };

/** Whether a line's figures add up over months, members and lines: as it says, else by its unit. */
export const addsUp = (line: Line, unit: string, currency: string): boolean => rollupOf(line, unit, currency) === 'sum';

/** What lines are reckoned from, directly: the names in their formulas, in changes that put another formula there, and in the parts they name. */
export interface Dependencies {
  of(code: string): readonly string[];
}
const known = new WeakMap<PlanDocument, Dependencies>();

export function dependencies(document: PlanDocument): Dependencies {
  const made = known.get(document);
  if (made) return made;
  const lines = linesByCode(document);
  let formulas: Map<string, string[]> | undefined;
  let parts: Map<string, string> | undefined;
  const found = new Map<string, readonly string[]>();
  const answer: Dependencies = {
    of(code) {
      const before = found.get(code);
      if (before) return before;
      formulas ??= changedFormulas(document);
      parts ??= partTexts(document);
      const names = new Set<string>();
      const line = lines.get(code)?.item;
      const texts = [line?.formula ?? '', parts.get(code) ?? '', ...(formulas.get(lines.get(code)?.id ?? '') ?? [])];
      for (const text of texts) for (const name of namesIn(text)) if (name !== code && (lines.has(name) || parts.has(name))) names.add(name);
      const all = [...names];
      found.set(code, all);
      return all;
    },
  };
  known.set(document, answer);
  return answer;
}

/** The formulas that scenarios, levers and initiatives put in the place of a line's own, by the line's id. */
function changedFormulas(document: PlanDocument): Map<string, string[]> {
  const formulas = new Map<string, string[]>();
  const take = (table: Table<Change> | undefined): void => {
    for (const { item } of ranked(table)) if (item.formula !== undefined && item.line !== undefined) formulas.set(item.line, [...(formulas.get(item.line) ?? []), item.formula]);
  };
  for (const { item } of ranked(document.scenarios)) take(item.changes);
  for (const { item } of ranked(document.budget?.levers)) take(item.changes);
  for (const { item } of ranked(document.okr?.initiatives)) take(item.changes);
  return formulas;
}

/** The parts of the model, each as the text of everything in it. */
function partTexts(document: PlanDocument): Map<string, string> {
  const { staffing, hiring, prices, contributions } = document.budget ?? {};
  const texts = new Map<string, string>();
  for (const table of [staffing, hiring, prices, contributions]) {
    for (const part of ranked(table)) texts.set(codeOf(part), JSON.stringify(part.item).replaceAll('"', ' '));
  }
  return texts;
}

/** Everything that some lines are reckoned from, however far. */
export function upstream(graph: Dependencies, codes: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const front = codes.flatMap((code) => [...graph.of(code)]);
  for (let code = front.pop(); code !== undefined; code = front.pop()) {
    if (reached.has(code)) continue;
    reached.add(code);
    front.push(...graph.of(code));
  }
  return reached;
}

/** What the row of a group shows; null where no one figure is honest. */
export function subtotalOf(lines: readonly Entry<Line>[], graph: Dependencies, unitOf: (line: Entry<Line>) => string, currency: string): Subtotal | null {
  const [first] = lines;
  if (!first) return null;
  const below = upstream(graph, lines.map(codeOf));
  const tops = lines.filter((line) => !below.has(codeOf(line)));
  if (tops.length === lines.length) {
    const unit = unitOf(first);
    const honest = lines.length > 1 && lines.every((line) => unitOf(line) === unit && addsUp(line.item, unit, currency));
    return honest ? { kind: 'sum', lines, unit } : null;
  }
  const [top] = tops;
  return top && tops.length === 1 ? { kind: 'top', lines: [top], unit: unitOf(top) } : null;
}

/** A figure of a group, or why there is none. */
export type GroupFigure = { readonly value: number } | { readonly error: string } | 'withheld' | null;

/** Adds the figures of the lines in full precision. What is not shown of one is not shown of the sum, and an error of one is an error of it. */
export function groupFigure(parts: readonly { readonly value: number | null | undefined; readonly result: LineResult | undefined; readonly month: string | null }[]): GroupFigure {
  let sum = 0;
  let error = '';
  for (const { value, result, month } of parts) {
    if (typeof value === 'number') {
      sum += value;
      continue;
    }
    if (!result) return null;
    const failed = result.errors.find((one) => month === null || one.month === month) ?? result.errors[0];
    if (isWithheld(failed)) return 'withheld';
    error ||= failed?.key ?? 'missing';
  }
  return error === '' ? { value: sum } : { error };
}
