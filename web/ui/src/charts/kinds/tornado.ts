import { CustomChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { use } from 'echarts/core';

import type { TornadoModel } from '../model';
import type { Kind, Paper } from '../paper';
import { base, BODY, figureAxis, figureGutter, linesOf, nameAxis, nameGutter } from '../paper';
import type { Place } from './bridge';

use([CustomChart, GridComponent]);

const ROW = 30;
const HEAD = 30;

/** How far the bars reach to either side of the total as it is. */
export function reach(model: TornadoModel): number {
  return Math.max(Number.MIN_VALUE, ...model.drivers.flatMap(({ low, high }) => [Math.abs(low.value ?? 0), Math.abs(high.value ?? 0)]));
}

function rowHeight(model: TornadoModel, paper: Paper): number {
  const names = model.drivers.map((driver) => driver.name);
  const gutter = nameGutter(paper, names);
  return Math.max(ROW, Math.max(1, ...names.map((name) => linesOf(paper, name, gutter - 12, BODY))) * 15 + 8);
}

export const kind: Kind<TornadoModel> = {
  height: (model, paper) => HEAD + 8 + model.drivers.length * rowHeight(model, paper),
  option(model, paper) {
    const names = model.drivers.map((driver) => driver.name);
    const gutter = nameGutter(paper, names, BODY, paper.width < 640 ? 0.3 : 0.4);
    const low = figureGutter(paper, [model.low, ...model.drivers.map((driver) => driver.low.label)]);
    const high = figureGutter(paper, [model.high, ...model.drivers.map((driver) => driver.high.label)]);
    const far = reach(model) * 1.02;
    return {
      ...base(model, paper),
      grid: { left: gutter, right: low + high, top: HEAD, bottom: 8 },
      xAxis: { type: 'value', min: -far, max: far, show: true, splitNumber: 2, axisLabel: { show: false }, axisLine: { show: false }, axisTick: { show: false }, interval: far, splitLine: { lineStyle: { color: [paper.colours.line, paper.colours.faint, paper.colours.line] } } },
      yAxis: [
        nameAxis(paper, names, gutter, { axisLine: { show: false } }),
        figureAxis(paper, model.drivers.map((driver) => driver.low), { width: low, head: model.low }),
        figureAxis(paper, model.drivers.map((driver) => driver.high), { width: high, offset: low, head: model.high }),
      ],
      series: [{
        type: 'custom',
        data: model.drivers.map((driver, i) => [driver.low.value ?? 0, i, driver.high.value ?? 0]),
        encode: { x: [0, 2], y: 1 },
        renderItem: (_: unknown, place: Place) => {
          const i = place.value(1);
          const driver = model.drivers[i];
          const [middle, y] = place.coord([0, i]);
          // Low above, high below: where both lie on one side neither hides the other.
          const bar = (at: 0 | 2, up: boolean): object => {
            const [end] = place.coord([place.value(at), i]);
            const tone = (at === 0 ? driver?.low.tone : driver?.high.tone) ?? 'neutral';
            return {
              type: 'rect', shape: { x: Math.min(middle, end), y: up ? y - 9 : y + 1, width: Math.abs(end - middle), height: 8, r: 1 },
              style: up ? { fill: paper.colours.ground, stroke: paper.colours.tone[tone], lineWidth: 2 } : { fill: paper.colours.tone[tone], stroke: paper.colours.tone[tone], lineWidth: 2 },
            };
          };
          // A total that failed has no bar; the words beside it say so.
          return { type: 'group', children: [...(driver?.low.value ? [bar(0, true)] : []), ...(driver?.high.value ? [bar(2, false)] : [])] };
        },
      }],
    };
  },
};
