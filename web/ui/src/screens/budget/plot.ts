/** Where the lines of a small chart of months run. */
export interface Track {
  readonly name: string;
  readonly figures: readonly (number | null | undefined)[];
}
export interface Plot {
  readonly least: number;
  readonly most: number;
  /** Where the figures begin, right of the scale. */
  readonly left: number;
  readonly xs: readonly number[];
  readonly paths: readonly string[];
  /** The points of the first line. */
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  /** Every how many months one is named, so that the names do not touch. */
  readonly every: number;
}
const LEFT = 76;
const RIGHT = 20;
const TOP = 10;
const BOTTOM = 24;
const LABEL = 44;

/** Null where there are not two figures to join. */
export function plot(tracks: readonly Track[], width: number, height: number): Plot | null {
  const known = tracks.flatMap(({ figures }) => figures.filter((figure): figure is number => typeof figure === 'number'));
  const count = tracks[0]?.figures.length ?? 0;
  if (known.length < 2 || count < 2) return null;
  const least = Math.min(...known);
  const most = Math.max(...known);
  const step = nice((most - least || Math.abs(most) || 1) / 3);
  const from = Math.floor(least / step) * step;
  const to = Math.max(from + step, Math.ceil(most / step) * step);
  const inner = { width: Math.max(40, width - LEFT - RIGHT), height: Math.max(30, height - TOP - BOTTOM) };
  const xs = Array.from({ length: count }, (_, i) => LEFT + (i * inner.width) / (count - 1));
  const y = (value: number): number => TOP + ((to - value) / (to - from)) * inner.height;
  const at = (figures: Track['figures']): { x: number; y: number }[] => figures.flatMap((figure, i) => (typeof figure === 'number' ? [{ x: xs[i] ?? 0, y: y(figure) }] : []));
  const steps = Math.round((to - from) / step);
  return {
    least, most, left: LEFT, xs,
    paths: tracks.map(({ figures }) => at(figures).map((point, i) => `${i === 0 ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y.toFixed(1)}`).join('')),
    dots: at(tracks[0]?.figures ?? []),
    ticks: Array.from({ length: steps + 1 }, (_, i) => Number((from + i * step).toPrecision(12))).map((value) => ({ value, y: y(value) })),
    every: Math.max(1, Math.ceil(LABEL / (inner.width / (count - 1)))),
  };
}

/** A round number of about this size: 1, 2 or 5 times a power of ten. */
function nice(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size));
  const lead = size / power;
  return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}
