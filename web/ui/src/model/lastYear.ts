/** The year before the plan's first, as the document keeps it, beside the plan. */
import type { LineResult, Verdict } from '../api/types';
import { isWithheld } from './access';
import { figureOf, lanesOf } from './cells';
import type { Entry, Line, PlanDocument, Sense } from './document';
import { codeOf, linesByCode, monthsOf, ranked } from './document';
import { firstLines } from './scenarios';
import { addsUp } from './subtotal';

const YEAR = 12;
/** How much of a total is binary noise, as the server has it. */
const NOISE = 1e-12;

/** The months of the year before those of the plan's first year. */
export const monthsBefore = (months: readonly string[]): string[] => months.slice(0, YEAR).map((month) => `${Number(month.slice(0, 4)) - 1}${month.slice(4)}`);

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

/** A line of the year before beside the plan. */
export interface Before {
  readonly line: Entry<Line>;
  /** By month; null where there is no figure, or members do not add up. */
  readonly months: readonly (number | null)[];
  /** The year, null where months do not add up or some are missing. */
  readonly total: number | null;
  /** The plan's own, of its first twelve months: the same way, so that both can be set against each other. */
  readonly plan: readonly (number | null)[];
  readonly planned: number | null;
  readonly compared: ReturnType<typeof against> | null;
  readonly withheld: boolean;
}

const whole = (figures: readonly (number | null)[]): number | null => figures.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);

/** The lines with a year before, the headline ones first. */
export function linesBefore(document: PlanDocument, results: Readonly<Record<string, LineResult>> | undefined): Before[] {
  const months = monthsOf(document).slice(0, YEAR);
  const before = monthsBefore(months);
  const currency = document.plan?.currency ?? 'CNY';
  const lines = linesByCode(document);
  const first = firstLines(document).flatMap((code) => lines.get(code) ?? []);
  const all = [...new Set([...first, ...ranked(document.budget?.lines)])].filter((line) => keptOf(document, line) !== undefined);
  return all.map((line) => {
    const levels = (line.item.by ?? []).length;
    const sums = addsUp(line.item, line.item.unit ?? '', currency);
    const result = results?.[codeOf(line)];
    const past = before.map((month) => (levels === 0 || sums ? (added(keptOf(document, line), levels, [month]) ?? null) : null));
    const plan = months.map((_, period) => (levels === 0 || sums ? addedOver(lanesOf(document, line.item).map((lane) => figureOf(result?.values, lane, period))) : null));
    const whole12 = months.length === YEAR && sums;
    const total = whole12 ? whole(past) : null;
    const planned = whole12 ? whole(plan) : null;
    return {
      line, months: past, total, plan, planned, withheld: (result?.errors ?? []).some(isWithheld),
      compared: total === null || planned === null ? null : against(planned, total, line.item.sense),
    };
  });
}
function addedOver(figures: readonly (number | null | undefined)[]): number | null {
  return figures.reduce<number | null>((sum, one) => (sum === null || typeof one !== 'number' ? null : sum + one), 0);
}
