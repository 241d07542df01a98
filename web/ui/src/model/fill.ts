/** Filling a run of cells by a rule: the figures they get, one run at a time. */
import { rounded } from './decimal';
import { fineDigits } from './spread';

export type FillMethod = 'copy' | 'series' | 'growth' | 'last_year' | 'add' | 'scale' | 'constant';
export const FILL_METHODS: readonly FillMethod[] = ['copy', 'series', 'growth', 'last_year', 'add', 'scale', 'constant'];
/** Whether a method asks for a number, and whether it is a share. */
export const ASKS: Readonly<Record<FillMethod, 'number' | 'share' | 'count' | null>> = { copy: null, series: 'count', growth: 'share', last_year: 'share', add: 'number', scale: 'share', constant: 'number' };

export interface FillCell {
  readonly now: number | undefined;
  readonly lastYear: number | undefined;
}
/** How a run is filled: the method, its number, and how many digits behind the point a figure has (undefined: about twelve in all). */
export interface Rule {
  readonly method: FillMethod;
  readonly by: number;
  readonly digits: number | undefined;
}

/** What each cell of a run gets; undefined where the method says nothing of it. */
export function filled(run: readonly FillCell[], { method, by, digits }: Rule): (number | undefined)[] {
  const tidy = (value: number | undefined): number | undefined => (value === undefined || !Number.isFinite(value) ? undefined : rounded(value, digits ?? fineDigits([value])));
  return run.map((cell, i) => tidy(raw(run, method, by, cell, i)));
}

function raw(run: readonly FillCell[], method: FillMethod, by: number, cell: FillCell, i: number): number | undefined {
  const first = run[0]?.now;
  switch (method) {
    case 'copy': return first;
    case 'constant': return by;
    case 'growth': return first === undefined ? undefined : first * (1 + by) ** i;
    case 'last_year': return cell.lastYear === undefined ? undefined : cell.lastYear * (1 + by);
    case 'add': return cell.now === undefined ? undefined : cell.now + by;
    case 'scale': return cell.now === undefined ? undefined : cell.now * (1 + by);
    case 'series': {
      if (i < by) return cell.now;
      const line = trend(run.slice(0, by).map((one) => one.now));
      return line === null ? undefined : line.start + line.step * i;
    }
  }
}

/** How many cells a series is continued from where nothing else is said: those before the first empty one, or two. */
export function known(run: readonly FillCell[]): number {
  const empty = run.findIndex((cell) => cell.now === undefined);
  return empty >= 2 ? empty : Math.min(2, run.length);
}

/** The straight line through values at 0, 1, 2…, by least squares; null where fewer than two are known. */
function trend(values: readonly (number | undefined)[]): { readonly start: number; readonly step: number } | null {
  const points = values.flatMap((value, i) => (value === undefined ? [] : [{ i, value }]));
  if (points.length < 2) return null;
  const middle = points.reduce((sum, { i }) => sum + i, 0) / points.length;
  const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length;
  const step = points.reduce((sum, { i, value }) => sum + (i - middle) * (value - mean), 0) / points.reduce((sum, { i }) => sum + (i - middle) ** 2, 0);
  return { start: mean - step * middle, step };
}
