/** The year before the plan's first, as the document keeps it, beside the plan. */
import type { LineResult, Verdict } from '../api/types';
import { isWithheld } from './access';
import { figureOf, lanesOf } from './cells';
import type { Entry, Line, PlanDocument, Sense } from './document';
import { codeOf, linesByCode, monthsOf, ranked } from './document';
import { rollupOf, weighedBy, type Rollup } from './rollup';

const YEAR = 12;
/** How much of a total is binary noise, as the server has it. */
const NOISE = 1e-12;

/** The months of the year before those of the plan's first year. */
export const monthsBefore = (months: readonly string[]): string[] => months.slice(0, YEAR).map((month) => `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`);

/** What months are called together: a year, or two that they lie in. */
export function yearOf(months: readonly string[]): string {
  const [first = '', last = first] = [months[0]?.slice(0, 4), months.at(-1)?.slice(0, 4)];
  return first === last ? first : `${first}/${last.slice(2)}`;
}

const below = (node: unknown, name: string): unknown => (typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? (node as Readonly<Record<string, unknown>>)[name] : undefined);
/** What the plan keeps of a line from before. */
export function keptOf(document: PlanDocument, line: Entry<Line>): unknown {
  const history = (document as { readonly history?: Readonly<Record<string, unknown>> }).history;
  return history?.[line.id] ?? history?.[codeOf(line)];
}
/** Whether the plan has figures of the year before. */
export const hasHistory = (document: PlanDocument): boolean => Object.keys((document as { readonly history?: object }).history ?? {}).length > 0;

/** The figures of months below a node, added up over its members, where all of them are there. */
export function added(node: unknown, levels: number, months: readonly string[]): number | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const parts = levels > 0 ? Object.values(node).map((one) => added(one, levels - 1, months)) : months.map((month) => below(node, month));
  return parts.reduce<number | undefined>((sum, one) => (sum === undefined || typeof one !== 'number' ? undefined : sum + one), 0);
}

/** How one figure stands to another, by the line's own sense. */
export function against(figure: number, before: number, sense: Sense | undefined): { readonly difference: number; readonly ratio: number | null; readonly verdict: Verdict } {
  const difference = figure - before;
  const ratio = before === 0 ? null : difference / Math.abs(before);
  if (Math.abs(difference) <= NOISE * Math.abs(before)) return { difference, ratio, verdict: 'same' };
  if (sense !== 'good' && sense !== 'bad') return { difference, ratio, verdict: 'neutral' };
  return { difference, ratio, verdict: (difference > 0) === (sense === 'good') ? 'favourable' : 'unfavourable' };
}

/** Figures by member and month. */
type Lanes = readonly (readonly number[])[];

const sum = (figures: readonly number[]): number => figures.reduce((all, one) => all + one, 0);
/** Rolls figures up as the engine does a line's; null where that takes more than the figures at hand. */
export function rolled(rule: Rollup, lanes: Lanes, weights: Lanes | null): number | null {
  const all = lanes.flat();
  if (all.length === 0) return null;
  if (rule === 'sum') return sum(all);
  if (rule === 'weighted') {
    if (weights?.length !== lanes.length) return null;
    const by = weights.flat();
    const whole = sum(by);
    return whole === 0 ? null : sum(all.map((one, i) => one * (by[i] ?? 0))) / whole;
  }
  // A mean of members is no figure of the whole, and neither is the last of them.
  if (lanes.length > 1) return null;
  if (rule === 'average') return sum(all) / all.length;
  if (rule === 'last') return all.at(-1) ?? null;
  if (rule === 'first') return all[0] ?? null;
  return rule === 'min' ? Math.min(...all) : rule === 'max' ? Math.max(...all) : null;
}

/** A line of the year before beside the plan. */
export interface Before {
  readonly line: Entry<Line>;
  /** Month by month, over all members. */
  readonly past: readonly (number | null)[];
  readonly plan: readonly (number | null)[];
  /** The year, rolled up as the line is. */
  readonly last: number;
  /** What the plan makes of the same months. */
  readonly planned: number;
  readonly compared: ReturnType<typeof against>;
}

/**
 * The lines of which the plan keeps every month of the year before, set against
 * the plan. What is not shown to the reader, has failed or cannot be rolled up
 * from what is kept is left out.
 */
export function linesBefore(document: PlanDocument, results: Readonly<Record<string, LineResult>> | undefined): Before[] {
  const months = monthsOf(document);
  const before = monthsBefore(months);
  const lines = linesByCode(document);
  const currency = document.plan?.currency ?? 'CNY';

  const kept = (line: Entry<Line>): Lanes | null =>
    whole(lanesOf(document, line.item).map((lane) => before.map((month) => below(lane.reduce(below, keptOf(document, line)), month))));
  const reckoned = (line: Entry<Line>): Lanes | null =>
    whole(lanesOf(document, line.item).map((lane) => before.map((_, period) => figureOf(results?.[codeOf(line)]?.values, lane, period))));
  /** The weights of a line: of the same members, or the one figure of each month where it has none. */
  function weightsOf(line: Entry<Line>, figures: (of: Entry<Line>) => Lanes | null): Lanes | null {
    const by = lines.get(weighedBy(typeof line.item.rollup === 'string' ? line.item.rollup : '') ?? '');
    const own = by ? figures(by) : null;
    if (!by || !own) return null;
    if ((by.item.by ?? []).join('/') === (line.item.by ?? []).join('/')) return own;
    const adds = (line.item.by ?? []).length === 0 && rollupOf(by.item, by.item.unit ?? '', currency) === 'sum';
    return adds ? [before.map((_, i) => sum(own.map((lane) => lane[i] ?? 0)))] : null;
  }

  return ranked(document.budget?.lines).flatMap((line): Before[] => {
    const result = results?.[codeOf(line)];
    if (keptOf(document, line) === undefined || !result || result.errors.some(isWithheld)) return [];
    const rule = rollupOf(line.item, line.item.unit ?? '', currency);
    const year = (figures: (of: Entry<Line>) => Lanes | null): { readonly total: number | null; readonly months: readonly (number | null)[] } => {
      const [own, weights] = [figures(line), rule === 'weighted' ? weightsOf(line, figures) : null];
      if (!own) return { total: null, months: [] };
      const at = (all: Lanes, i: number): Lanes => all.map((lane) => lane.slice(i, i + 1));
      return { total: rolled(rule, own, weights), months: before.map((_, i) => rolled(rule, at(own, i), weights && at(weights, i))) };
    };
    const [past, plan] = [year(kept), year(reckoned)];
    // The engine's own total, unless it is of more than the year that is compared.
    const planned = months.length <= YEAR ? result.total : plan.total;
    if (past.total === null || planned === null) return [];
    return [{ line, past: past.months, plan: plan.months, last: past.total, planned, compared: against(planned, past.total, line.item.sense) }];
  });
}
function whole(lanes: readonly (readonly unknown[])[]): Lanes | null {
  return lanes.flat().every((one) => typeof one === 'number') ? (lanes as Lanes) : null;
}

/** What a center is asked about first: money, work, time, people, quality. */
const MATTER = [/^total_cost$/, /^(volume|contacts|calls)$/, /^aht$/, /^(headcount|fte)$/, /^fcr$/, /^(service_level|achieved_service)$/, /^repeat_share$/];

/** The few lines to look back on: those that matter most, then others in the plan's order. */
export function headlines(all: readonly Before[], most: number): readonly Before[] {
  const first = MATTER.flatMap((pattern) => all.filter(({ line }) => pattern.test(codeOf(line))));
  return [...new Set([...first, ...all])].slice(0, most);
}
