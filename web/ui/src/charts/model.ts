/**
 * What a chart shows, without how it is drawn: the same facts fill the picture,
 * the table and the sentence. Figures come as text already, in the reader's
 * language; `kinds/` draws them.
 */
import type { CompareCell, Verdict } from '../api/types';

/** What a mark means, which decides its colour: never red or green. */
export type Tone = 'base' | 'neutral' | 'second' | 'favourable' | 'unfavourable' | 'same';

/** A figure with its text. Null is one that failed, is withheld or is not there. */
export interface Figure {
  readonly value: number | null;
  readonly label: string;
}
/** The chart as a table: what it shows, row by row. The first cell of a row names it. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
export interface LegendItem {
  readonly tone: Tone;
  readonly text: string;
  readonly shape?: 'bar' | 'line' | 'dash' | 'area' | 'ring';
}
interface Common {
  readonly title: string;
  /** What there is to see, in a plain sentence. */
  readonly sentence: string;
  readonly table: ChartTable;
  readonly legend?: readonly LegendItem[];
  /** What a reader must know to read it right, below the picture. */
  readonly note?: string;
}

export interface Bar extends Figure {
  readonly name: string;
  readonly tone: Tone;
}
export interface BarPanel {
  readonly title: string;
  readonly bars: readonly Bar[];
}
/** Horizontal bars, one panel beside the other, over the same names. */
export interface BarsModel extends Common {
  readonly kind: 'bars';
  readonly panels: readonly BarPanel[];
}

export interface Series {
  readonly name: string;
  readonly tone: Tone;
  readonly values: readonly (number | null)[];
}
/** Columns side by side over categories such as months. */
export interface ColumnsModel extends Common {
  readonly kind: 'columns';
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly axis: (value: number) => string;
}

/** From one total to another, part by part. */
export interface BridgeStep extends Figure {
  readonly name: string;
  readonly tone: Tone;
  /** Where the bar begins and ends; a total begins at the axis. */
  readonly from: number | null;
  readonly to: number;
}
export interface BridgeModel extends Common {
  readonly kind: 'bridge';
  readonly steps: readonly BridgeStep[];
}

/** What a total comes to with one driver lower and higher, driver by driver. */
export interface TornadoModel extends Common {
  readonly kind: 'tornado';
  readonly low: string;
  readonly high: string;
  readonly drivers: readonly { readonly name: string; readonly low: Figure & { readonly tone: Tone }; readonly high: Figure & { readonly tone: Tone } }[];
}

/** What may come: a band of outcomes, what was planned and what came. */
export interface FanModel extends Common {
  readonly kind: 'fan';
  readonly categories: readonly string[];
  readonly low: readonly number[];
  readonly middle: readonly number[];
  readonly high: readonly number[];
  readonly budget: readonly (number | null)[];
  readonly actual: readonly (number | null)[];
  /** The words at the ends: of the low edge, the middle and the high edge. */
  readonly ends: readonly [string, string, string];
  readonly axis: (value: number) => string;
}

/** People needed and there, month by month, and the service that comes of it. */
export interface CapacityModel extends Common {
  readonly kind: 'capacity';
  readonly categories: readonly string[];
  readonly required: readonly (number | null)[];
  readonly available: readonly (number | null)[] | null;
  readonly service: readonly (number | null)[] | null;
  /** The service level wanted, as a line across. */
  readonly target: number | null;
  readonly gaps: readonly (Figure & { readonly tone: Tone })[] | null;
  readonly names: { readonly required: string; readonly available: string; readonly service: string; readonly target: string; readonly gap: string; readonly people: string };
  readonly axis: (value: number) => string;
  readonly share: (value: number) => string;
}

/** Scores on several axes, today and wanted. */
export interface RadarModel extends Common {
  readonly kind: 'radar';
  readonly axes: readonly { readonly name: string; readonly max: number }[];
  readonly series: readonly Series[];
}

/** Cost against service: every choice a point, the best of them joined. */
export interface FrontierModel extends Common {
  readonly kind: 'frontier';
  readonly x: string;
  readonly y: string;
  readonly points: readonly { readonly name: string; readonly x: number; readonly y: number; readonly best: boolean; readonly tone: Tone }[];
  readonly axisX: (value: number) => string;
  readonly axisY: (value: number) => string;
}

/** Things by two figures, as large as they are sure: from 1 to 5, null where nobody has told. */
export interface BubblesModel extends Common {
  readonly kind: 'bubbles';
  readonly x: string;
  readonly y: string;
  readonly points: readonly { readonly name: string; readonly x: number; readonly y: number; readonly size: number | null; readonly tone: Tone }[];
  /** Whether less stands higher up. */
  readonly inverse: boolean;
  readonly axisX: (value: number) => string;
  readonly axisY: (value: number) => string;
}

/** Spans of time in rows. Times are milliseconds. */
export interface TimelineModel extends Common {
  readonly kind: 'timeline';
  readonly from: number;
  readonly to: number;
  readonly today: number | null;
  readonly rows: readonly { readonly name: string; readonly from: number; readonly to: number; readonly label: string; readonly tone: Tone }[];
  readonly axis: (value: number) => string;
}

export type ChartModel = BarsModel | ColumnsModel | BridgeModel | TornadoModel | FanModel | CapacityModel | RadarModel | FrontierModel | BubblesModel | TimelineModel;
export type ChartKind = ChartModel['kind'];
export type ModelOf<K extends ChartKind> = Extract<ChartModel, { readonly kind: K }>;

/** The colour's name of a verdict. */
export const toneOf = (verdict: Verdict): Tone => verdict;

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
export function seen(cell: Pick<CompareCell, 'ratio' | 'verdict'>): Verdict {
  return cell.ratio !== null && Math.abs(cell.ratio) < SMALLEST_SEEN ? 'same' : cell.verdict;
}
