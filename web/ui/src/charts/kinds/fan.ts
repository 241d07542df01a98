import { LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import { use } from 'echarts/core';

import type { FanModel } from '../model';
import type { Kind, Option, Paper } from '../paper';
import { base, figureGutter, monthAxis, SMALL, spaced, ticks, tickTexts, valueAxis } from '../paper';

use([LineChart, GridComponent, GraphicComponent]);

const HEIGHT = 300;
const TOP = 16;
const BOTTOM = 30;

/** Where the words at the ends stand: beside their lines, pushed apart where those meet. */
export function ends(model: FanModel): { readonly y: readonly number[]; readonly scale: ReturnType<typeof ticks> } {
  const known = [...model.low, ...model.high, ...model.budget, ...model.actual].filter((value) => value !== null);
  const scale = ticks(Math.min(...known), Math.max(...known));
  const plot = HEIGHT - TOP - BOTTOM;
  const y = (value: number | undefined): number => TOP + (1 - ((value ?? 0) - scale.min) / (scale.max - scale.min)) * plot;
  return { y: spaced([y(model.low.at(-1)), y(model.middle.at(-1)), y(model.high.at(-1))], TOP + SMALL / 2, HEIGHT - BOTTOM - SMALL / 2), scale };
}

export const kind: Kind<FanModel> = {
  height: () => HEIGHT,
  option(model, paper: Paper): Option {
    const { y, scale } = ends(model);
    const right = figureGutter(paper, model.ends) + 4;
    const line = (name: string, values: readonly (number | null)[], style: object): object => ({ type: 'line', name, data: values.map((value) => value ?? '-'), symbol: 'circle', symbolSize: 6, showSymbol: false, ...style });
    const band = { stack: 'band', silent: true, lineStyle: { opacity: 0 } };
    return {
      ...base(model, paper),
      grid: { left: figureGutter(paper, tickTexts(scale, model.axis)), right, top: TOP, bottom: BOTTOM },
      xAxis: monthAxis(paper, model.categories, { boundaryGap: false }),
      yAxis: valueAxis(paper, scale, model.axis),
      graphic: model.ends.map((text, i) => ({ type: 'text', x: paper.width - right + 8, y: y[i] ?? 0, style: { text, fill: paper.colours.text, font: `${SMALL}px ${paper.family}`, verticalAlign: 'middle' }, silent: true })),
      series: [
        line('', model.low, { ...band, stackStrategy: 'all' }),
        line('', model.high.map((value, i) => value - (model.low[i] ?? 0)), { ...band, stackStrategy: 'all', areaStyle: { color: paper.colours.tone.neutral, opacity: 0.18 } }),
        line('middle', model.middle, { lineStyle: { color: paper.colours.tone.neutral, width: 2 }, itemStyle: { color: paper.colours.tone.neutral } }),
        line('budget', model.budget, { lineStyle: { color: paper.colours.tone.base, width: 2, type: 'dashed' }, itemStyle: { color: paper.colours.tone.base } }),
        line('actual', model.actual, { lineStyle: { color: paper.colours.tone.second, width: 2.5 }, itemStyle: { color: paper.colours.tone.second }, showSymbol: true }),
      ],
    };
  },
};
