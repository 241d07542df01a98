/** Horizontal bars, one panel beside the other, over the same names. Loaded when first shown. */
import { BarChart as Bars } from 'echarts/charts';
import { AriaComponent, GridComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

import type { Bar, BarChart } from './model';

use([Bars, GridComponent, TitleComponent, TooltipComponent, AriaComponent, SVGRenderer]);

const ROW = 34;
const HEAD = 44;

/** The colours in use, read from the page's tokens. */
function palette(element: Element): Readonly<Record<Bar['verdict'] | 'text' | 'faint' | 'line', string>> {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return { base: token('--ctl'), same: token('--ctl'), neutral: token('--acc'), favourable: token('--fav'), unfavourable: token('--unf'), text: token('--fg'), faint: token('--fg2'), line: token('--line2') };
}

/** The width names need, measured, so that none is cut. */
function textWidth(texts: readonly string[], font: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 140;
  context.font = font;
  return Math.ceil(Math.max(...texts.map((text) => context.measureText(text).width)));
}

export interface Drawing {
  update(chart: BarChart): void;
  destroy(): void;
}

/** Draws the chart in an element and follows its size. */
export function draw(element: HTMLElement, first: BarChart): Drawing {
  const picture = init(element, null, { renderer: 'svg' });
  let chart = first;
  let stacked = false;
  const show = (): void => {
    const width = element.clientWidth;
    const names = chart.panels[0]?.bars.map((bar) => bar.name) ?? [];
    stacked = width < 640;
    const height = HEAD + names.length * ROW;
    element.style.height = `${stacked ? height * chart.panels.length : height}px`;
    picture.resize();
    picture.setOption(option(chart, element, width, stacked), { notMerge: true });
  };
  const observer = new ResizeObserver(() => show());
  observer.observe(element);
  show();
  return {
    update: (next) => {
      chart = next;
      show();
    },
    destroy: () => {
      observer.disconnect();
      picture.dispose();
    },
  };
}

function option(chart: BarChart, element: HTMLElement, width: number, stacked: boolean): Parameters<ReturnType<typeof init>['setOption']>[0] {
  const colours = palette(element);
  const family = getComputedStyle(element).fontFamily;
  const names = chart.panels[0]?.bars.map((bar) => bar.name) ?? [];
  const gutter = Math.min(textWidth(names, `13px ${family}`) + 16, width * (stacked ? 0.38 : 0.42));
  const labels = chart.panels.map((panel) => textWidth(panel.bars.map((bar) => bar.label), `12px ${family}`) + 16);
  const rows = names.length * ROW;
  const usable = stacked ? width - gutter : (width - gutter - 24) / chart.panels.length;
  return {
    animation: false,
    aria: { enabled: true },
    textStyle: { fontFamily: family },
    title: chart.panels.map((panel, i) => ({
      text: panel.title,
      left: stacked ? gutter : gutter + i * (usable + 24),
      top: stacked ? i * (rows + HEAD) + 6 : 6,
      padding: 0,
      textStyle: { fontSize: 13, fontWeight: 600, color: colours.text },
    })),
    grid: chart.panels.map((_, i) => ({
      left: stacked ? gutter : gutter + i * (usable + 24),
      top: (stacked ? i * (rows + HEAD) : 0) + HEAD - 10,
      width: Math.max(60, usable - (labels[i] ?? 80)),
      height: rows,
    })),
    xAxis: chart.panels.map((_, i) => ({ type: 'value' as const, gridIndex: i, min: 0, show: false })),
    yAxis: chart.panels.map((panel, i) => ({
      type: 'category' as const,
      gridIndex: i,
      inverse: true,
      data: panel.bars.map((bar) => bar.name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
      axisLabel: { show: stacked || i === 0, interval: 0, color: colours.text, fontSize: stacked ? 12 : 13, lineHeight: 15, width: gutter - 12, overflow: 'break' as const },
    })),
    series: chart.panels.map((panel, i) => ({
      type: 'bar' as const,
      xAxisIndex: i,
      yAxisIndex: i,
      barWidth: 16,
      name: panel.title,
      data: panel.bars.map((bar) => ({ value: bar.value ?? 0, itemStyle: { color: colours[bar.verdict], borderRadius: [0, 3, 3, 0] } })),
      label: { show: true, position: 'right' as const, color: colours.text, fontSize: 12, formatter: ({ dataIndex }: { dataIndex: number }) => panel.bars[dataIndex]?.label ?? '' },
    })),
  };
}
