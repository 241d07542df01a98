/** What a kind of chart draws on: room, colours, and the width of text. */
import type { EChartsCoreOption } from 'echarts/core';

import type { ChartModel, Tone } from './model';

export interface Palette {
  readonly tone: Readonly<Record<Tone, string>>;
  readonly text: string;
  readonly faint: string;
  readonly line: string;
  readonly ground: string;
}
export interface Paper {
  readonly width: number;
  readonly family: string;
  readonly colours: Palette;
  /** How wide a text is at a size, in pixels. */
  readonly measure: (text: string, size: number) => number;
}
export type Option = EChartsCoreOption;

/** A kind of chart: how high it gets on a paper, and what the library draws. */
export interface Kind<M extends ChartModel> {
  height(model: M, paper: Paper): number;
  option(model: M, paper: Paper): Option;
}

/** No text is smaller. */
export const SMALL = 12;
export const BODY = 13;
/** Two labels in a column are at least so far apart. */
export const APART = 14;
const GAP = 12;

/** The width of the widest of texts. */
export function widest(paper: Paper, texts: readonly string[], size: number): number {
  return Math.ceil(Math.max(0, ...texts.flatMap((text) => text.split('\n')).map((text) => paper.measure(text, size))));
}

/** A gutter for names left of a plot: as wide as they need, at most a share of the paper; longer names break. */
export function nameGutter(paper: Paper, names: readonly string[], size = BODY, most = paper.width < 640 ? 0.36 : 0.4): number {
  return Math.min(widest(paper, names, size) + GAP + 2, Math.floor(paper.width * most));
}

/** A gutter for figures, which never break. */
export const figureGutter = (paper: Paper, labels: readonly string[], size = SMALL): number => widest(paper, labels, size) + GAP;

/** How many lines a name takes in a gutter. */
export function linesOf(paper: Paper, name: string, room: number, size = BODY): number {
  return Math.max(1, Math.ceil(paper.measure(name, size) / Math.max(1, room - 4)));
}

/** The category axis of names at the left of rows. */
export function nameAxis(paper: Paper, names: readonly string[], gutter: number, more: object = {}): object {
  return {
    type: 'category', inverse: true, data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: paper.colours.line } },
    axisLabel: { interval: 0, color: paper.colours.text, fontSize: paper.width < 640 ? SMALL : BODY, lineHeight: 15, width: gutter - GAP, overflow: 'break', margin: 8 },
    ...more,
  };
}

/** A column of figures beside rows, on an axis of its own, so that it meets neither bars nor names. */
export function figureAxis(paper: Paper, figures: readonly { readonly label: string; readonly tone?: Tone }[], more: { readonly offset?: number; readonly gridIndex?: number; readonly head?: string; readonly width: number }): object {
  return {
    type: 'category', inverse: true, position: 'right', offset: more.offset ?? 0, gridIndex: more.gridIndex ?? 0,
    data: figures.map((_, i) => i), axisTick: { show: false }, axisLine: { show: false },
    name: more.head ?? '', nameLocation: 'start', nameGap: 8, nameTextStyle: { color: paper.colours.faint, fontSize: SMALL, align: 'right', padding: [0, -more.width, 0, 0] },
    axisLabel: {
      interval: 0, fontSize: SMALL, margin: more.width, align: 'right',
      color: (_: unknown, i: number) => ink(paper, figures[i]?.tone), formatter: (_: unknown, i: number) => figures[i]?.label ?? '',
    },
  };
}

/** The colour in which a figure of a tone is written. */
export function ink(paper: Paper, tone: Tone | undefined): string {
  return tone === 'favourable' || tone === 'unfavourable' ? paper.colours.tone[tone] : paper.colours.text;
}

/** Round numbers from below the least to above the most. */
export function ticks(least: number, most: number, about = 5): { readonly min: number; readonly max: number; readonly interval: number } {
  if (!(most > least)) {
    const around = Math.abs(least) || 1;
    return ticks(Math.min(least, 0, least - around * 0.1), Math.max(most, least + around * 0.1), about);
  }
  const rough = (most - least) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const interval = ([1, 2, 2.5, 5, 10].find((step) => step * power >= rough) ?? 10) * power;
  return { min: Math.floor(least / interval + 1e-9) * interval, max: Math.ceil(most / interval - 1e-9) * interval, interval };
}

/** Pushes labels in a column apart so that none meets another, within a height; in the order given, from the top. */
export function spaced(wanted: readonly number[], top: number, bottom: number, apart = APART): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  let last = top - apart;
  for (const one of order) last = one.y = Math.max(one.y, last + apart);
  let next = bottom + apart;
  for (const one of [...order].reverse()) next = one.y = Math.min(one.y, next - apart);
  const result: number[] = [];
  for (const one of order) result[one.i] = one.y;
  return result;
}

/** The tip at a mark: the words of its row in the table. */
export function tip(model: ChartModel, row: number): HTMLElement | string {
  const cells = model.table.rows[row];
  if (cells === undefined) return '';
  const box = document.createElement('div');
  const head = document.createElement('strong');
  head.textContent = cells[0] ?? '';
  box.append(head);
  for (const [i, cell] of cells.entries()) {
    if (i === 0 || cell === '') continue;
    const line = document.createElement('div');
    line.textContent = `${model.table.head[i] ?? ''} ${cell}`;
    box.append(line);
  }
  return box;
}

/** What all kinds have in common. */
export function base(model: ChartModel, paper: Paper, rowOf: (at: { readonly seriesIndex?: number; readonly dataIndex: number }) => number = ({ dataIndex }) => dataIndex): Option {
  return {
    animation: false,
    aria: { enabled: true, label: { description: `${model.title}. ${model.sentence}` } },
    textStyle: { fontFamily: paper.family, fontSize: SMALL },
    tooltip: {
      trigger: 'item', confine: true, backgroundColor: paper.colours.ground, borderColor: paper.colours.line, padding: [8, 10],
      textStyle: { color: paper.colours.text, fontSize: BODY }, formatter: (at: { readonly seriesIndex?: number; readonly dataIndex: number }) => tip(model, rowOf(at)),
    },
  };
}

/** A value axis with our own round numbers. */
export function valueAxis(paper: Paper, scale: { readonly min: number; readonly max: number; readonly interval: number }, text: (value: number) => string, more: object = {}): object {
  return {
    type: 'value', ...scale, axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: paper.colours.line } },
    axisLabel: { color: paper.colours.faint, fontSize: SMALL, formatter: (value: number) => text(Number(value.toPrecision(12))) }, ...more,
  };
}

/** The texts of an axis, for measuring. */
export function tickTexts(scale: { readonly min: number; readonly max: number; readonly interval: number }, text: (value: number) => string): string[] {
  const all: string[] = [];
  for (let value = scale.min; value <= scale.max + scale.interval / 1e6; value += scale.interval) all.push(text(Number(value.toPrecision(12))));
  return all;
}

/** The category axis below a plot. */
export function monthAxis(paper: Paper, categories: readonly string[], more: object = {}): object {
  return {
    type: 'category', data: categories, axisTick: { show: false }, axisLine: { lineStyle: { color: paper.colours.line } },
    axisLabel: { color: paper.colours.text, fontSize: SMALL, hideOverlap: true, interval: every(paper, categories) - 1 }, ...more,
  };
}

/** Every how many of the names of an axis fit below a plot. */
export function every(paper: Paper, categories: readonly string[], sides = 110): number {
  const room = (paper.width - sides) / Math.max(1, categories.length);
  return Math.max(1, Math.ceil((widest(paper, categories, SMALL) + 6) / Math.max(1, room)));
}
