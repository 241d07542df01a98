/** What a chart shows, without how it is drawn: the same facts fill the picture, the table and the sentence. */
import type { CompareCell, Verdict } from '../api/types';

export interface Bar {
  readonly name: string;
  readonly value: number | null;
  /** The figure as text, with its difference from the base. */
  readonly label: string;
  readonly verdict: Verdict | 'base';
}
export interface BarPanel {
  readonly title: string;
  readonly bars: readonly Bar[];
}
export interface BarChart {
  readonly panels: readonly BarPanel[];
}

/** The cell with the least or the most, among those that have a figure. */
export function extreme(cells: readonly CompareCell[], which: 'least' | 'most'): CompareCell | undefined {
  return cells.reduce<CompareCell | undefined>((best, cell) => {
    if (cell.total === null) return best;
    if (best?.total === null || best?.total === undefined) return cell;
    return which === 'least' === cell.total < best.total && cell.total !== best.total ? cell : best;
  }, undefined);
}

const SMALLEST_SEEN = 5e-5;

/** The verdict on a difference one can see: what rounds to nothing is none. */
export function seen(cell: CompareCell): Verdict {
  return cell.ratio !== null && Math.abs(cell.ratio) < SMALLEST_SEEN ? 'same' : cell.verdict;
}
