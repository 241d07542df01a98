/** Days, and where they stand on a line of months. Days are `2027-03-31`; nothing here knows of time zones. */

const DAY_MS = 86_400_000;

/** The days since 1970 of a day; NaN for what is none. */
export function dayNumber(day: string): number {
  const [, y = '', m = '', d = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const at = Date.UTC(Number(y), Number(m) - 1, Number(d));
  return new Date(at).toISOString().slice(0, 10) === day ? at / DAY_MS : Number.NaN;
}
export const isDay = (day: string | undefined): day is string => day !== undefined && !Number.isNaN(dayNumber(day));
export const dayOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);
export const addDays = (day: string, days: number): string => dayOf(dayNumber(day) + days);
/** How many days from one to the other; below 0 where the other is earlier. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);
export const monthOf = (day: string): string => day.slice(0, 7);

const pad = (value: number): string => String(value).padStart(2, '0');
const lengthOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The month some months after another one. */
export function addToMonth(month: string, months: number): string {
  const [year = 0, one = 1] = month.split('-').map(Number);
  const at = year * 12 + one - 1 + months;
  return `${Math.floor(at / 12)}-${pad((((at % 12) + 12) % 12) + 1)}`;
}
/** The same day some months later, or the last of a month that is shorter. */
export function addMonths(day: string, months: number): string {
  const month = addToMonth(monthOf(day), months);
  const [year = 0, one = 1] = month.split('-').map(Number);
  return `${month}-${pad(Math.min(Number(day.slice(8)), lengthOf(year, one)))}`;
}
export function lastOf(month: string): string {
  const [year = 0, one = 1] = month.split('-').map(Number);
  return `${month}-${pad(lengthOf(year, one))}`;
}

/** A line of months, from its first day to its last. */
export interface Axis {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly months: readonly AxisMonth[];
}
export interface AxisMonth {
  readonly month: string;
  /** Where it begins and how long it is, as shares of the whole. */
  readonly at: number;
  readonly size: number;
  /** Whether a quarter of the plan begins with it. */
  readonly quarter: boolean;
  /** Whether it is one of the plan's own. */
  readonly inside: boolean;
}

/** The most months an axis goes beyond the plan on either side. */
const BEYOND = 6;

/** How many months before or after the plan today is still shown. */
const NEAR = 2;

/** The axis of a plan's months, longer where the days reach beyond it, and to today if that is near; a day further off is shown at its edge. */
export function axisOf(months: readonly string[], days: readonly (string | undefined)[], today = ''): Axis {
  const [first = '2027-01'] = months;
  const last = months.at(-1) ?? first;
  const near = isDay(today) && monthOf(today) >= addToMonth(first, -NEAR) && monthOf(today) <= addToMonth(last, NEAR);
  const given = [...days, near ? today : undefined].filter(isDay).map(monthOf);
  const clamp = (month: string): string => (month < addToMonth(first, -BEYOND) ? addToMonth(first, -BEYOND) : month > addToMonth(last, BEYOND) ? addToMonth(last, BEYOND) : month);
  const begin = [first, ...given].map(clamp).sort()[0] ?? first;
  const end = [last, ...given].map(clamp).sort().at(-1) ?? last;
  const from = `${begin}-01`;
  const to = lastOf(end);
  const total = daysBetween(from, to) + 1;
  const heads: AxisMonth[] = [];
  for (let month = begin; month <= end; month = addToMonth(month, 1)) {
    const since = distance(first, month);
    heads.push({ month, at: daysBetween(from, `${month}-01`) / total, size: (daysBetween(`${month}-01`, lastOf(month)) + 1) / total, quarter: ((since % 3) + 3) % 3 === 0, inside: month >= first && month <= last });
  }
  return { from, to, days: total, months: heads };
}
function distance(from: string, to: string): number {
  const [a = 0, b = 0] = from.split('-').map(Number);
  const [c = 0, d = 0] = to.split('-').map(Number);
  return c * 12 + d - (a * 12 + b);
}

/** Where a day begins on the axis, as a share from 0 to 1; outside of it below 0 or above 1. */
export const shareOf = (axis: Axis, day: string): number => daysBetween(axis.from, day) / axis.days;

/** A day that can be moved: with a start it is a stretch of time, without one a point. */
export interface Span {
  readonly start?: string | undefined;
  readonly due: string;
}
/** A bar's place on the axis. */
export interface Bar {
  readonly at: number;
  readonly size: number;
  /** A point in time, not a stretch. */
  readonly point: boolean;
  /** Whether it goes on beyond an edge. */
  readonly before: boolean;
  readonly after: boolean;
}
export function barOf(axis: Axis, { start, due }: Span): Bar {
  const begins = isDay(start) && start <= due ? start : due;
  const from = shareOf(axis, begins);
  const to = shareOf(axis, due) + 1 / axis.days;
  const left = Math.min(Math.max(from, 0), 1 - 1 / axis.days);
  const right = Math.max(Math.min(to, 1), left + 1 / axis.days);
  return { at: left, size: right - left, point: begins === due, before: from < 0, after: to > 1 + 1e-9 };
}

export interface Shift {
  readonly by: number;
  readonly unit: 'day' | 'week' | 'month';
  /** Only the end moves, and not before the start. */
  readonly resize?: boolean;
}
function shifted(day: string, { by, unit }: Shift): string {
  return unit === 'month' ? addMonths(day, by) : addDays(day, unit === 'week' ? by * 7 : by);
}

/**
 * A span moved, as far as the axis goes: both ends by the same, or the end alone
 * and not before the start. A span that stands beyond the axis is moved only
 * towards it.
 */
export function moved(span: Span, shift: Shift, axis: Axis): Span {
  const { start, due } = span;
  const within = (day: string): string => (day > axis.to ? (due > axis.to ? (day < due ? day : due) : axis.to) : day < axis.from ? (due < axis.from ? (day > due ? day : due) : axis.from) : day);
  const next = within(shifted(due, shift));
  if (!isDay(start)) return { due: next };
  if (shift.resize === true) return { start, due: next < start ? start : next };
  // Whole months move each end to the same day of its month; all else keeps the length.
  return { start: shift.unit === 'month' && next === shifted(due, shift) ? shifted(start, shift) : addDays(start, daysBetween(due, next)), due: next };
}

/** How many days a drag over so many pixels is. */
export const dragged = (axis: Axis, pixels: number, width: number): number => (width <= 0 ? 0 : Math.round((pixels / width) * axis.days));
