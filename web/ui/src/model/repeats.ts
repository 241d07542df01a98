/** What repeat calls come to: how many a day and a year, and what they cost. */
import type { LineResult } from '../api/types';
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
export interface Repeats {
  readonly daily: number;
  readonly yearly: number;
  readonly cost: number | null;
}

/** The contacts that would not come were every matter settled at the first; null where a figure is missing or out of range. */
export function repeatsOf({ calls, share, cost, days }: Asked): Repeats | null {
  if (calls === null || share === null || days === null || !(calls >= 0) || !(share >= 0 && share <= 1) || !(days >= 0 && days <= 366) || (cost !== null && !(cost >= 0))) return null;
  const daily = calls * share;
  const yearly = daily * days;
  return { daily, yearly, cost: cost === null ? null : yearly * cost };
}

/** The figures the plan itself has, and the lines they are from. */
export interface Known extends Asked {
  readonly from: { readonly calls: Entry<Line> | null; readonly share: Entry<Line> | null; readonly cost: Entry<Line> | null };
}

const TYPICAL_MONTH = 30;
/** How many days the plan has: a typical month has thirty. */
export function daysOf(document: PlanDocument): number {
  const months = monthsOf(document);
  if (document.budget?.calendar?.days === 'typical') return months.length * TYPICAL_MONTH;
  const [first = '2027-01'] = months;
  return daysBetween(`${first}-01`, addMonths(`${first}-01`, months.length));
}

type Found = Entry<Line> | null;
const first = (lines: readonly Entry<Line>[], ...tests: readonly ((line: Entry<Line>) => boolean)[]): Found => tests.map((test) => lines.find(test)).find((line) => line !== undefined) ?? null;

/** Finds the share of repeats, the contacts it is of (the line it is weighed by, where it says so) and the cost of a contact. */
export function known(document: PlanDocument, results: Readonly<Record<string, LineResult>> | undefined): Known {
  const lines = ranked(document.budget?.lines);
  const currency = document.plan?.currency ?? 'CNY';
  const shares = lines.filter((line) => line.item.unit === '%' && /repeat/.test(codeOf(line)));
  const weigher = (line: Entry<Line>): Found => {
    const by = linesByCode(document).get(weighedBy(typeof line.item.rollup === 'string' ? line.item.rollup : '') ?? '');
    return by?.item.unit === 'contact' ? by : null;
  };
  const share = first(shares, (line) => !isFormula(line.item) && weigher(line) !== null, (line) => weigher(line) !== null, () => true);
  const calls = (share && weigher(share)) ?? first(lines.filter(({ item }) => item.unit === 'contact'), (line) => /^(volume|contacts|calls)/.test(codeOf(line)));
  const cost = first(lines.filter(({ item }) => item.unit === `${currency}/contact`), (line) => /^cost_per/.test(codeOf(line)));
  const total = (line: Found): number | null => (line === null ? null : (results?.[codeOf(line)]?.total ?? null));
  const planned = daysOf(document);
  const contacts = total(calls);
  return {
    calls: contacts === null || planned === 0 ? null : contacts / planned, share: total(share), cost: total(cost),
    // A year of the plan's own kind of days.
    days: Math.min(366, Math.round((planned / Math.max(1, monthsOf(document).length)) * 12)), from: { calls, share, cost },
  };
}
