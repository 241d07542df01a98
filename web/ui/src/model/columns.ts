/** Which columns the budget shows: chosen in the address, so that a view is a link. */
export type Step = 'month' | 'quarter' | 'year';

export interface ColumnChoice {
  readonly step: Step;
  /** A small line of the row's months. */
  readonly trend: boolean;
  /** The year before, where its figures exist. */
  readonly last: boolean;
  /** Codes of scenarios that stand beside the one that is open. */
  readonly with: readonly string[];
  /** Whether they stand beside each month too, and not only beside the total. */
  readonly each: boolean;
}
export const PLAIN: ColumnChoice = { step: 'month', trend: false, last: false, with: [], each: false };

const STEPS: readonly Step[] = ['month', 'quarter', 'year'];
type Params = Readonly<Record<string, string | undefined>>;

/** Reads `cols=quarter,trend,last,each` and `with=growth,lean`. */
export function readColumns(params: Params): ColumnChoice {
  const words = (params['cols'] ?? '').split(',');
  const beside = (params['with'] ?? '').split(',').filter((code) => code !== '');
  return {
    step: STEPS.find((step) => words.includes(step)) ?? 'month',
    trend: words.includes('trend'),
    last: words.includes('last'),
    with: [...new Set(beside)],
    each: words.includes('each'),
  };
}

export function writeColumns(choice: ColumnChoice): { readonly cols: string | undefined; readonly with: string | undefined } {
  const words = [choice.step === 'month' ? '' : choice.step, choice.trend ? 'trend' : '', choice.last ? 'last' : '', choice.each ? 'each' : ''].filter(Boolean);
  return { cols: words.join(',') || undefined, with: choice.with.join(',') || undefined };
}

/** A column by what it holds. Months alone are edited. */
export type SheetColumn =
  | { readonly kind: 'name' }
  | { readonly kind: 'unit' }
  | { readonly kind: 'trend' }
  | { readonly kind: 'total' }
  | { readonly kind: 'last' }
  | { readonly kind: 'month'; readonly month: string; readonly period: number }
  /** A quarter or a year, rolled up by the server. */
  | { readonly kind: 'bucket'; readonly label: string; readonly period: number }
  /** The figure of another scenario, or how it differs; of the total where the period is -1. */
  | { readonly kind: 'other'; readonly scenario: string; readonly period: number; readonly month: string }
  | { readonly kind: 'delta'; readonly scenario: string; readonly period: number; readonly month: string };

/** The columns of a choice. The first three stand in every view, so that months begin at the same place. */
export function columnsOf(choice: ColumnChoice, months: readonly string[], buckets: readonly string[], open: string): SheetColumn[] {
  const others = choice.with.filter((code) => code !== open);
  const beside = (period: number, month: string): SheetColumn[] => others.flatMap((scenario): SheetColumn[] => [{ kind: 'other', scenario, period, month }, { kind: 'delta', scenario, period, month }]);
  const steps: SheetColumn[] = choice.step === 'month'
    ? months.flatMap((month, period): SheetColumn[] => [{ kind: 'month', month, period }, ...(choice.each ? beside(period, month) : [])])
    : buckets.map((label, period) => ({ kind: 'bucket', label, period }));
  return [
    { kind: 'name' }, { kind: 'unit' }, { kind: 'total' },
    ...beside(-1, ''),
    ...(choice.last ? [{ kind: 'last' as const }] : []),
    ...(choice.trend ? [{ kind: 'trend' as const }] : []),
    ...steps,
  ];
}

/**
 * The points of a line of figures in a field 100 wide and 20 high; null where
 * there are not two to join. `beside` is what shares the field, on one scale.
 */
export function trendPoints(figures: readonly (number | null | undefined)[], beside: readonly (number | null | undefined)[] = []): string | null {
  const isKnown = (figure: number | null | undefined): figure is number => typeof figure === 'number';
  if (figures.filter(isKnown).length < 2) return null;
  const known = [...figures, ...beside].filter(isKnown);
  const least = Math.min(...known);
  const span = Math.max(...known) - least;
  const step = 100 / Math.max(1, figures.length - 1);
  return figures
    .flatMap((figure, i) => (typeof figure === 'number' ? [`${round(i * step)},${round(span === 0 ? 10 : 18 - ((figure - least) / span) * 16)}`] : []))
    .join(' ');
}
const round = (value: number): number => Math.round(value * 10) / 10;
