/** What repeat calls come to: how many a day and a year, and what they cost. */
import type { LineResult } from '../api/types';
import { parseNumber, shifted } from '../lib/num';
import type { Entry, Line, PlanDocument } from './document';
import { codeOf, linesByCode, monthsOf, ranked } from './document';
import { isFormula } from './cells';
import { weighedBy } from './rollup';
import { addMonths, daysBetween } from './timeline';

export interface Asked {
  /** Contacts a day, those that repeat among them. */
  readonly calls: number | null;
  /** The share of them that repeat, 0 to 1. */
  readonly share: number | null;
  /** What a contact costs; null where that is not known. */
  readonly cost: number | null;
  /** The days of a year on which they come. */
  readonly days: number | null;
}
export type AskedField = keyof Asked;
export const ASKED: readonly AskedField[] = ['calls', 'share', 'days', 'cost'];

export interface Repeats {
  readonly daily: number;
  readonly yearly: number;
  readonly cost: number | null;
}

const MOST: Readonly<Record<AskedField, number>> = { calls: Infinity, share: 1, cost: Infinity, days: 366 };
const fits = (field: AskedField, value: number): boolean => value >= 0 && value <= MOST[field];

/** What somebody typed into a field: a figure, nothing, or something that is none or out of range. A share of 29 is one of 29%. */
export function typed(field: AskedField, text: string): number | null | 'wrong' {
  if (text.trim() === '') return null;
  const parsed = parseNumber(text);
  if (!parsed) return 'wrong';
  const value = field === 'share' && !parsed.percent && Math.abs(parsed.value) > 1 ? shifted(parsed.value, -2) : parsed.value;
  return fits(field, value) ? value : 'wrong';
}

/** The contacts that would not come were every matter settled at the first; null where a figure is missing or out of range. */
export function repeatsOf({ calls, share, cost, days }: Asked): Repeats | null {
  if (calls === null || share === null || days === null) return null;
  if (!fits('calls', calls) || !fits('share', share) || !fits('days', days) || (cost !== null && !fits('cost', cost))) return null;
  const daily = calls * share;
  const yearly = daily * days;
  return { daily, yearly, cost: cost === null ? null : yearly * cost };
}

/** The figures the plan itself has, and the lines they are from. */
export interface Known extends Asked {
  readonly from: Readonly<Record<AskedField, readonly Entry<Line>[]>>;
}

const TYPICAL_MONTH = 30;
/** How many days the plan has: a typical month has thirty. */
export function daysOf(document: PlanDocument): number {
  const months = monthsOf(document);
  if (document.budget?.calendar?.days === 'typical') return months.length * TYPICAL_MONTH;
  const [first = '2027-01'] = months;
  return daysBetween(`${first}-01`, addMonths(`${first}-01`, months.length));
}

type Found = Entry<Line> | undefined;
const first = (lines: readonly Entry<Line>[], ...tests: readonly ((line: Entry<Line>) => boolean)[]): Found => tests.map((test) => lines.find(test)).find((line) => line !== undefined);

/**
 * Finds the share of repeats, the contacts it is of (the line it is weighed by,
 * where it says so) and the cost of a contact. The cost is the total's part of
 * each of those contacts, so that repeats never cost more of the total than
 * their share; a line of the cost of a contact may be of other contacts, and
 * stands in only where the total is not known.
 */
export function known(document: PlanDocument, results: Readonly<Record<string, LineResult>> | undefined): Known {
  const lines = ranked(document.budget?.lines);
  const currency = document.plan?.currency ?? 'CNY';
  const weigher = (line: Entry<Line>): Found => {
    const by = linesByCode(document).get(weighedBy(typeof line.item.rollup === 'string' ? line.item.rollup : '') ?? '');
    return by?.item.unit === 'contact' ? by : undefined;
  };
  const shares = lines.filter((line) => line.item.unit === '%' && /repeat/.test(codeOf(line)));
  // What the plan reckons follows the scenario; what was put in stays as it is.
  const share = first(shares, (line) => isFormula(line.item) && weigher(line) !== undefined, (line) => weigher(line) !== undefined, () => true);
  const calls = (share && weigher(share)) ?? first(lines.filter(({ item }) => item.unit === 'contact'), (line) => /^(volume|contacts|calls)/.test(codeOf(line)));
  const whole = lines.find((line) => codeOf(line) === 'total_cost' && line.item.unit === currency);
  const single = lines.find((line) => line.item.unit === `${currency}/contact` && /^cost_per/.test(codeOf(line)));
  const total = (line: Found): number | null => (line === undefined ? null : (results?.[codeOf(line)]?.total ?? null));
  const days = daysOf(document);
  const [contacts, spent] = [total(calls), total(whole)];
  const shared = contacts !== null && contacts > 0 && spent !== null ? spent / contacts : null;
  const named = (value: number | null, ...of: readonly Found[]): Entry<Line>[] => (value === null ? [] : of.filter((line) => line !== undefined));
  return {
    calls: contacts === null || days === 0 ? null : contacts / days, share: total(share), cost: shared ?? total(single),
    // A year of the plan's own kind of days.
    days: Math.min(MOST.days, Math.round((days / Math.max(1, monthsOf(document).length)) * 12)),
    from: { calls: named(contacts, calls), share: named(total(share), share), cost: shared === null ? named(total(single), single) : named(shared, whole, calls), days: [] },
  };
}
