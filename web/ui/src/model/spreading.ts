/** The ways to spread a total, and what each of them comes to. */
import type { Entry, Line } from './document';
import type { Fixed, Place, Target } from './places';
import { rounded, sumOf } from './decimal';
import { fineDigits, spread, type Part, type Trouble } from './spread';

export type Method = 'profile' | 'even' | 'season' | 'workdays';
export const METHODS: readonly Method[] = ['profile', 'even', 'season', 'workdays'];
const CENTS = 2;

/** What the methods ask beside the figures themselves. */
export interface Facts {
  workdays(month: string): number | undefined;
  yearBefore(place: Place): number | undefined;
}
/** Why a method has no meaning for a target. */
export type Unfit = 'no_history' | 'no_calendar' | 'one_month' | 'average';

/** Why a method cannot be taken; null where it can. */
export function unfit(target: Target, method: Method, facts: Facts): Unfit | null {
  if (method === 'season' && !target.places.some((place) => (facts.yearBefore(place) ?? 0) !== 0)) return 'no_history';
  if (method !== 'workdays') return null;
  if (target.rule === 'average') return 'average';
  if (target.months.length < 2) return 'one_month';
  return target.months.every((month) => facts.workdays(month) !== undefined) ? null : 'no_calendar';
}

/** A row of cells through the months: one line and member. */
const rowOf = ({ ref }: Place): string => [ref.line.id, ...ref.member].join('/');

/**
 * The weights of a method. Over several members each keeps its share of what
 * stands now, apart from the profile and the season, which have shares of their
 * own.
 */
export function weights(target: Target, method: Method, facts: Facts): number[] {
  const { places } = target;
  if (method === 'profile') return places.map((place) => place.now ?? 0);
  if (method === 'season') return places.map((place) => facts.yearBefore(place) ?? 0);
  const shares = new Map<string, number>();
  for (const place of places) shares.set(rowOf(place), (shares.get(rowOf(place)) ?? 0) + (place.now ?? 0));
  const alone = shares.size < 2 || target.months.length < 2 || target.rule === 'average' || ![...shares.values()].some((share) => share !== 0);
  return places.map((place) => (alone ? 1 : (shares.get(rowOf(place)) ?? 0)) * (method === 'even' ? 1 : (facts.workdays(place.ref.month) ?? 0)));
}

/** What the total of a target is now. */
export function totalNow({ places, rule }: Target): number {
  const sum = sumOf(places.map((place) => place.now ?? 0));
  return rule === 'sum' || places.length === 0 ? sum : rounded(sum / places.length, fineDigits([sum / places.length]));
}

/** How many digits behind the point a part has: cents of money, none where whole numbers are asked for. */
export function digitsOf(target: Target, total: number, currency: string, whole: boolean): number {
  if (whole) return 0;
  if (target.unit === currency && target.rule === 'sum') return CENTS;
  return fineDigits([total, ...target.places.map((place) => place.now ?? 0)]);
}

/** How a total would be spread. */
export interface Plan {
  readonly figures: readonly number[];
  readonly trouble: Trouble | null;
  /** How many cells stay as they are, by the reason. */
  readonly kept: ReadonlyMap<Fixed, number>;
  /** What these come to: their sum, or their average over all cells. */
  readonly keeps: number;
  /** How many cells get another figure. */
  readonly changes: number;
}

export function planOf(target: Target, total: number, method: Method, facts: Facts, options: { readonly currency: string; readonly whole: boolean }): Plan {
  const { places, rule } = target;
  const weight = weights(target, method, facts);
  const parts = places.map((place, i): Part => ({ now: place.now ?? 0, fixed: place.fixed !== null, weight: weight[i] ?? 0 }));
  const times = rule === 'average' ? places.length : 1;
  const made = spread(total, parts, digitsOf(target, total, options.currency, options.whole), times);
  const kept = new Map<Fixed, number>();
  for (const { fixed } of places) if (fixed !== null) kept.set(fixed, (kept.get(fixed) ?? 0) + 1);
  const sum = sumOf(places.filter((place) => place.fixed !== null).map((place) => place.now ?? 0));
  const figures = made.ok ? made.parts : places.map((place) => place.now ?? 0);
  return {
    figures,
    trouble: made.ok ? null : made.trouble,
    kept,
    keeps: rule === 'sum' || places.length === 0 ? sum : sum / places.length,
    changes: places.filter((place, i) => place.fixed === null && place.now !== figures[i]).length,
  };
}

/** Figures before and after, and whether all of them are kept. */
export interface Row {
  readonly now: number;
  readonly next: number;
  readonly kept: boolean;
}
export interface MonthRow extends Row {
  readonly month: string;
}
export interface LineRow extends Row {
  readonly line: Entry<Line>;
}

/** A target's figures month by month: what stands and what would. */
export const byMonth = (target: Target, figures: readonly number[]): MonthRow[] => target.months.map((month) => ({ month, ...together(target, figures, ({ ref }) => ref.month === month) }));

/** The same line by line. */
export const byLine = (target: Target, figures: readonly number[]): LineRow[] => target.lines.map((line) => ({ line, ...together(target, figures, ({ ref }) => ref.line === line) }));

function together({ places, rule }: Target, figures: readonly number[], wanted: (place: Place) => boolean): Row {
  const own = places.flatMap((place, i) => (wanted(place) ? [{ place, next: figures[i] ?? 0 }] : []));
  const share = rule === 'average' ? Math.max(1, own.length) : 1;
  return {
    now: sumOf(own.map(({ place }) => place.now ?? 0)) / share,
    next: sumOf(own.map(({ next }) => next)) / share,
    kept: own.length > 0 && own.every(({ place }) => place.fixed !== null),
  };
}
