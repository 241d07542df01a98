/** The kinds of charts: what they draw, where their words stand, and that picture, table and sentence say the same. */
import { AriaComponent, TooltipComponent } from 'echarts/components';
import { init, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { beforeAll, describe, expect, test, vi } from 'vitest';

import { bridgeRange } from '../src/charts/geometry';
import { kind as bars } from '../src/charts/kinds/bars';
import { kind as bridge } from '../src/charts/kinds/bridge';
import { kind as bubbles, widthOf } from '../src/charts/kinds/bubbles';
import { kind as capacity, shares, signed, upright } from '../src/charts/kinds/capacity';
import { kind as columns } from '../src/charts/kinds/columns';
import { ends, kind as fan } from '../src/charts/kinds/fan';
import { best, kind as frontier } from '../src/charts/kinds/frontier';
import { kind as radar, web } from '../src/charts/kinds/radar';
import { kind as timeline, monthStarts } from '../src/charts/kinds/timeline';
import { kind as tornado, reach } from '../src/charts/kinds/tornado';
import type { BridgeModel, CapacityModel, ChartKind, ChartModel, FanModel, FrontierModel, RadarModel, TimelineModel, TornadoModel } from '../src/charts/model';
import { APART, type Kind, type Paper, SMALL, spaced, ticks, tickTexts } from '../src/charts/paper';
import { samples } from '../src/charts/samples';

const KINDS = { bars, columns, bridge, tornado, fan, capacity, radar, frontier, bubbles, timeline } as unknown as Readonly<Record<ChartKind, Kind<ChartModel>>>;
const WIDTHS = [320, 390, 720, 1100];
const LANGS = ['zh', 'en'] as const;
const COLOURS = { base: '#aaa111', neutral: '#aaa222', second: '#aaa333', favourable: '#aaa444', unfavourable: '#aaa555', same: '#aaa666' };

/** Han signs are as wide as they are high, all others about six tenths. */
const measure = (text: string, size: number): number => Array.from(text).reduce((width, sign) => width + (sign > '⺀' ? size : size * 0.6), 0);
const paper = (width: number): Paper => ({ width, family: 'sans', measure, colours: { tone: COLOURS, text: '#111111', faint: '#222222', line: '#333333', ground: '#ffffff' } });

interface Word {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: string;
  readonly size: number;
  readonly turned: boolean;
}
interface Drawn {
  readonly words: readonly Word[];
  readonly fills: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Draws a model as the page does, without a browser. */
function drawn(model: ChartModel, width: number): Drawn {
  const kind = KINDS[model.kind];
  const height = kind.height(model, paper(width));
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(kind.option(model, paper(width)));
  const svg = new DOMParser().parseFromString(chart.renderToSVGString(), 'image/svg+xml');
  chart.dispose();
  const words = [...svg.querySelectorAll('text')].map((element): Word => {
    const moved = /translate\(([-\d.]+) ([-\d.]+)\)/.exec(element.getAttribute('transform') ?? '');
    const turned = /matrix\(([-\d.,]+)\)/.exec(element.getAttribute('transform') ?? '')?.[1]?.split(',').map(Number);
    return {
      text: element.textContent, anchor: element.getAttribute('text-anchor') ?? 'start', size: Number(/font-size:([\d.]+)px/.exec(element.getAttribute('style') ?? '')?.[1] ?? /(\d+)px/.exec(element.getAttribute('style') ?? '')?.[1] ?? 12),
      x: Number(element.getAttribute('x') ?? 0) + Number(moved?.[1] ?? turned?.[4] ?? 0), y: Number(element.getAttribute('y') ?? 0) + Number(moved?.[2] ?? turned?.[5] ?? 0), turned: turned !== undefined,
    };
  });
  return { words, fills: [...svg.querySelectorAll('[fill]')].map((element) => element.getAttribute('fill') ?? ''), width, height };
}

const left = (word: Word): number => word.x - (word.anchor === 'end' ? measure(word.text, word.size) : word.anchor === 'middle' ? measure(word.text, word.size) / 2 : 0);
const right = (word: Word): number => left(word) + measure(word.text, word.size);

beforeAll(() => {
  use([SVGRenderer, TooltipComponent, AriaComponent]);
  // The library measures with a canvas where it can; here both go by the same rule.
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  setPlatformAPI({ measureText: (text: string, font?: string) => ({ width: measure(text, Number(/([\d.]+)px/.exec(font ?? '')?.[1] ?? 12)) }) });
});

describe.each(LANGS)('in %s', (lang) => {
  describe.each(samples(lang).map((model) => [model.kind, model] as const))('%s', (_, model) => {
    test('says something in words, and has a table', () => {
      expect(model.sentence).not.toBe('');
      expect(model.title).not.toBe('');
      expect(model.table.rows.length).toBeGreaterThan(0);
      for (const row of model.table.rows) expect(row.length).toBe(model.table.head.length);
    });
    test.each(WIDTHS)('has every word on the paper at %i px, none smaller than 12 px', (width) => {
      const { words, height } = drawn(model, width);
      expect(words.length).toBeGreaterThan(0);
      for (const word of words) {
        if (word.text.trim() === '') continue;
        expect(word.size, word.text).toBeGreaterThanOrEqual(SMALL);
        if (!word.turned) {
          expect(left(word), `${word.text} at the left`).toBeGreaterThanOrEqual(-1);
          expect(right(word), `${word.text} at the right`).toBeLessThanOrEqual(width + 1);
        }
        expect(word.y).toBeGreaterThanOrEqual(0);
        expect(word.y).toBeLessThanOrEqual(height);
      }
    });
    test.each(WIDTHS)('has no word on another at %i px', (width) => {
      const words = drawn(model, width).words.filter((word) => word.text.trim() !== '' && !word.turned);
      for (const [i, a] of words.entries()) {
        for (const b of words.slice(i + 1)) {
          const apart = right(a) <= left(b) + 1 || right(b) <= left(a) + 1 || Math.abs(a.y - b.y) >= SMALL;
          expect(apart, `“${a.text}” and “${b.text}”`).toBe(true);
        }
      }
    });
    test('draws with the colours it is given, and tells the reader what there is to see', () => {
      const { fills } = drawn(model, 720);
      expect(fills.some((fill) => Object.values(COLOURS).includes(fill)) || model.kind === 'fan' || model.kind === 'radar').toBe(true);
      expect(KINDS[model.kind].option(model, paper(720))['aria']).toEqual({ enabled: true, label: { description: `${model.title}. ${model.sentence}` } });
    });
  });
});

const sample = <M extends ChartModel>(kind: M['kind']): M => samples('en').find((model) => model.kind === kind) as M;

describe('a bridge', () => {
  const model = sample<BridgeModel>('bridge');
  test('begins each part where the one before it ended, and ends at the total', () => {
    const parts = model.steps.slice(1, -1);
    expect(parts.every((step, i) => Math.abs((step.from ?? 0) - (model.steps[i]?.to ?? 0)) < 1e-9)).toBe(true);
    expect(parts.at(-1)?.to).toBeCloseTo(model.steps.at(-1)?.to ?? 0);
  });
  test('has as many rows in its table as it has bars', () => {
    expect(model.table.rows.map((row) => row[0])).toEqual(model.steps.map((step) => step.name));
  });
  test.each([
    ['parts that would not be seen move the axis', [[null, 100], [100, 103], [null, 103]], true],
    ['parts as large as the totals do not', [[null, 100], [100, 20], [null, 20]], false],
    ['nor do totals on both sides of zero', [[null, 5], [5, -5], [null, -5]], false],
    ['below zero it goes the other way', [[null, -100], [-100, -104], [null, -104]], true],
  ] as const)('%s', (_, ends, cut) => {
    const steps = ends.map(([from, to]) => ({ name: '', value: 0, label: '', tone: 'base' as const, from, to }));
    const range = bridgeRange({ steps });
    expect(range.cut).toBe(cut);
    for (const [, to] of ends) {
      expect(to).toBeGreaterThanOrEqual(range.min);
      expect(to).toBeLessThanOrEqual(range.max);
    }
    if (!cut) expect([range.min, range.max].some((edge) => Math.abs(edge) < 1e-9) || range.min < 0 && range.max > 0).toBe(true);
  });
});

test('a tornado reaches as far as its widest bar, and leaves out what failed', () => {
  const model = sample<TornadoModel>('tornado');
  expect(reach(model)).toBe(5.3);
  const marks = drawn(model, 720).fills.filter((fill) => [COLOURS.favourable, COLOURS.unfavourable].includes(fill));
  // Two drivers with a solid bar each, the third failed upwards; figures are written in those colours too: three low, two high.
  expect(marks.length).toBe(2 + 5);
});

test('a bubble is as large as one is sure, and hollow where nobody has told', () => {
  expect([null, 1, 3, 5].map(widthOf)).toEqual([14, 14, 26, 38]);
});

describe('a fan', () => {
  const model = sample<FanModel>('fan');
  test('keeps the words at its ends apart, in their order', () => {
    const close = { ...model, low: model.middle.map((value) => value - 0.01), high: model.middle.map((value) => value + 0.01) };
    for (const one of [model, close]) {
      const [low = 0, middle = 0, high = 0] = ends(one).y;
      expect(low - middle).toBeGreaterThanOrEqual(APART - 1e-9);
      expect(middle - high).toBeGreaterThanOrEqual(APART - 1e-9);
    }
  });
});

test('labels are pushed apart and stay within their column', () => {
  expect(spaced([50, 51, 52], 0, 100)).toEqual([50, 64, 78]);
  expect(spaced([99, 98], 0, 100)).toEqual([100, 86]);
  expect(spaced([10, 90], 0, 100)).toEqual([10, 90]);
});

test('an axis has round numbers around its values', () => {
  expect(ticks(0, 1090)).toEqual({ min: 0, max: 1250, interval: 250 });
  expect(ticks(0.71, 0.87).interval).toBeCloseTo(0.05);
  expect(tickTexts(ticks(0, 1), String)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1']);
  expect(ticks(5, 5).max).toBeGreaterThan(5);
});

describe('capacity', () => {
  const model = sample<CapacityModel>('capacity');
  test('has a row of gaps below the months, upright where there is no room', () => {
    expect(upright(model, paper(1100))).toBe(false);
    expect(upright(model, paper(390))).toBe(true);
    const words = drawn(model, 1100).words.filter((word) => /^[▲▼]/.test(word.text));
    expect(words.map((word) => word.text)).toEqual((model.gaps ?? []).map((gap) => gap.label));
    expect(new Set(words.map((word) => word.y)).size).toBe(1);
    // An arrow that lies on its side would point elsewhere.
    expect(drawn(model, 390).words.filter((word) => word.turned).map((word) => word.text)).toEqual((model.gaps ?? []).map((gap) => signed(gap.label)));
    expect(signed('▼50')).toBe('−50');
  });
  test('shows the need alone where nobody says how many there are', () => {
    const option = capacity.option({ ...model, available: null, gaps: null, service: null, target: null }, paper(720));
    expect((option['series'] as readonly unknown[]).length).toBe(1);
    expect((option['xAxis'] as readonly unknown[]).length).toBe(1);
  });
  test('scales the service to what there is', () => {
    expect(shares(model).min).toBe(0);
    expect(shares({ ...model, service: [0.9], target: 0.8 }).min).toBe(0.5);
  });
});

test('a radar leaves the names beside it their room', () => {
  const model = sample<RadarModel>('radar');
  for (const width of WIDTHS) {
    const { radius, name, height } = web(model, paper(width));
    expect(radius + name).toBeLessThanOrEqual(width / 2);
    expect(radius).toBeGreaterThanOrEqual(30);
    // No more paper than the web and the names above and below it take.
    expect(height).toBeLessThanOrEqual(2 * (radius + 3 * 15 + 10));
  }
});

describe('a timeline', () => {
  const model = sample<TimelineModel>('timeline');
  test('begins each month where its name stands, whatever the reader\'s zone', () => {
    expect(monthStarts(Date.UTC(2027, 0, 1), Date.UTC(2027, 2, 31)).map((time) => new Date(time).toISOString().slice(0, 10))).toEqual(['2027-01-01', '2027-02-01', '2027-03-01']);
    expect(monthStarts(Date.UTC(2027, 10, 2), Date.UTC(2028, 0, 1)).map((time) => new Date(time).toISOString().slice(0, 10))).toEqual(['2027-12-01', '2028-01-01']);
    const heads = drawn(model, 1100).words.filter((word) => /^[A-Z][a-z]{2}$/.test(word.text));
    expect(heads.map((word) => word.text).join(' ')).toBe('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec');
  });
  test('has a line at the beginning of each month it names', () => {
    const option = timeline.option(model, paper(1100)) as { readonly xAxis: { readonly axisTick: { readonly customValues: readonly number[] }; readonly axisLabel: { readonly customValues: readonly number[] } } };
    expect(option.xAxis.axisTick.customValues).toEqual(monthStarts(model.from, model.to));
    expect(option.xAxis.axisLabel.customValues).toEqual(option.xAxis.axisTick.customValues);
  });
  test('leaves months out evenly where there is no room', () => {
    const heads = drawn(model, 320).words.filter((word) => /^[A-Z][a-z]{2}$/.test(word.text)).map((word) => word.x);
    const gaps = heads.slice(1).map((x, i) => x - (heads[i] ?? 0));
    expect(heads.length).toBeGreaterThan(1);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThan(8);
  });
});

describe('the sentence of a sample says what its figures say', () => {
  test('fan: its ends', () => {
    const model = sample<FanModel>('fan');
    for (const end of [0, 2] as const) expect(model.sentence).toContain(model.ends[end].split(' ')[1]);
  });
  test('radar: the one axis that is farthest from its target', () => {
    const model = sample<RadarModel>('radar');
    const gaps = model.axes.map((_, i) => (model.series[1]?.values[i] ?? 0) - (model.series[0]?.values[i] ?? 0));
    expect(gaps.filter((gap) => gap === Math.max(...gaps)).length).toBe(1);
    expect(model.sentence).toContain(model.axes[gaps.indexOf(Math.max(...gaps))]?.name ?? '?');
  });
  test('frontier: the best are those that nothing beats', () => {
    const { points } = sample<FrontierModel>('frontier');
    for (const one of points) expect(points.some((other) => other !== one && other.x <= one.x && other.y >= one.y), one.name).toBe(!one.best);
  });
});

test('a frontier joins the best from left to right', () => {
  expect(best(sample<FrontierModel>('frontier')).map((point) => point.x)).toEqual([167, 169, 172, 176, 182]);
});
