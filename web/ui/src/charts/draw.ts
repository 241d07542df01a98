/** Draws a chart in an element and follows its size, the theme, and the printer. Loaded with the first chart. */
import { AriaComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

import type { Lang } from '../i18n/types';
import type { ChartKind, ChartModel, ModelOf, Tone } from './model';
import type { Kind, Palette, Paper } from './paper';

use([TooltipComponent, AriaComponent, SVGRenderer]);

type Loaders = { readonly [K in ChartKind]: () => Promise<{ readonly kind: Kind<ModelOf<K>> }> };
const KINDS: Loaders = {
  bars: () => import('./kinds/bars'),
  columns: () => import('./kinds/columns'),
  bridge: () => import('./kinds/bridge'),
  tornado: () => import('./kinds/tornado'),
  fan: () => import('./kinds/fan'),
  capacity: () => import('./kinds/capacity'),
  radar: () => import('./kinds/radar'),
  frontier: () => import('./kinds/frontier'),
  bubbles: () => import('./kinds/bubbles'),
  timeline: () => import('./kinds/timeline'),
};
/** A kind by its name; which model it takes follows from that. */
const load = async (kind: ChartKind): Promise<Kind<ChartModel>> => (await KINDS[kind]()).kind;

const TOKENS: Readonly<Record<Tone, string>> = { base: '--ctl', same: '--ctl', neutral: '--acc', second: '--warn', favourable: '--fav', unfavourable: '--unf' };
const FORCED: Readonly<Record<Tone, string>> = { base: 'GrayText', same: 'GrayText', neutral: 'Highlight', second: 'LinkText', favourable: 'CanvasText', unfavourable: 'LinkText' };

/** The colours in use, read from the page's tokens; the reader's own where they are forced. */
function palette(element: Element, light: boolean): Palette {
  if (matchMedia('(forced-colors: active)').matches) return { tone: FORCED, text: 'CanvasText', faint: 'CanvasText', line: 'GrayText', ground: 'Canvas' };
  const root = document.documentElement;
  const theme = root.dataset['theme'];
  if (light) root.dataset['theme'] = 'light';
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const tone = Object.fromEntries(Object.entries(TOKENS).map(([name, value]) => [name, token(value)])) as Record<Tone, string>;
  const colours = { tone, text: token('--fg'), faint: token('--fg2'), line: token('--line2'), ground: token('--bg') };
  if (light && theme !== undefined) root.dataset['theme'] = theme;
  return colours;
}

/** Measures text as the browser draws it. */
function measurer(family: string): Paper['measure'] {
  const context = document.createElement('canvas').getContext('2d');
  return (text, size) => {
    if (!context) return text.length * size * 0.6;
    context.font = `${size}px ${family}`;
    return context.measureText(text).width;
  };
}

export interface Drawing {
  update(model: ChartModel): Promise<void>;
  /** Shows the tip of a mark; which one is a row of the table. */
  point(row: number | null): void;
  destroy(): void;
}

/** The width of a sheet of A4 across, less its margins. */
const SHEET = 1000;

export async function draw(element: HTMLElement, first: ChartModel, lang: Lang): Promise<Drawing> {
  let model = first;
  let kind = await load(model.kind);
  // An instance knows only what was in use when it was made: first the kind, then the picture.
  const made = () => init(element, null, { renderer: 'svg', locale: lang === 'zh' ? 'ZH' : 'EN' });
  let picture = made();
  const family = getComputedStyle(element).fontFamily;
  const measure = measurer(family);
  const show = (printing = false): void => {
    const width = printing ? Math.min(element.clientWidth || SHEET, SHEET) : element.clientWidth;
    if (width === 0 || picture.isDisposed()) return;
    const paper: Paper = { width, family, measure, colours: palette(element, printing) };
    const height = kind.height(model, paper);
    element.style.height = `${height}px`;
    picture.resize({ width, height });
    picture.setOption(kind.option(model, paper), { notMerge: true });
  };
  const print = (): void => show(true);
  const back = (): void => show();
  const observer = new ResizeObserver(back);
  observer.observe(element);
  addEventListener('beforeprint', print);
  addEventListener('afterprint', back);
  show();
  return {
    update: async (next) => {
      if (next.kind !== model.kind) {
        kind = await load(next.kind);
        picture.dispose();
        picture = made();
      }
      model = next;
      show();
    },
    point: (row) => {
      if (row === null) picture.dispatchAction({ type: 'hideTip' });
      else picture.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: row });
    },
    destroy: () => {
      observer.disconnect();
      removeEventListener('beforeprint', print);
      removeEventListener('afterprint', back);
      picture.dispose();
    },
  };
}
