import { CustomChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { use } from 'echarts/core';

import { bridgeRange } from '../geometry';
import type { BridgeModel } from '../model';
import type { Kind, Paper } from '../paper';
import { base, BODY, figureAxis, figureGutter, linesOf, nameAxis, nameGutter } from '../paper';

use([CustomChart, GridComponent]);

const ROW = 32;
const PAD = 8;

/** What the custom series is given to place a mark. */
export interface Place {
  value(at: number): number;
  coord(point: readonly [number, number]): readonly [number, number];
}

function rowHeight(model: BridgeModel, paper: Paper): number {
  const gutter = nameGutter(paper, model.steps.map((step) => step.name));
  const lines = Math.max(...model.steps.map((step) => linesOf(paper, step.name, gutter - 12, BODY)));
  return Math.max(ROW, lines * 15 + 8);
}

export const kind: Kind<BridgeModel> = {
  height: (model, paper) => 2 * PAD + model.steps.length * rowHeight(model, paper),
  option(model, paper) {
    const names = model.steps.map((step) => step.name);
    const gutter = nameGutter(paper, names);
    const figures = figureGutter(paper, model.steps.map((step) => step.label));
    const { min, max } = bridgeRange(model);
    const last = model.steps.length - 1;
    const axis = min > 0 ? min : max < 0 ? max : 0;
    return {
      ...base(model, paper),
      grid: { left: gutter, right: figures, top: PAD, bottom: PAD },
      xAxis: { type: 'value', min, max, show: false },
      yAxis: [nameAxis(paper, names, gutter), figureAxis(paper, model.steps, { width: figures })],
      series: [{
        type: 'custom',
        data: model.steps.map((step, i) => [step.from ?? axis, i, step.to]),
        encode: { x: [0, 2], y: 1 },
        renderItem: (_: unknown, place: Place) => {
          const i = place.value(1);
          const step = model.steps[i];
          const [from, y] = place.coord([place.value(0), i]);
          const [to] = place.coord([place.value(2), i]);
          const [, below] = place.coord([0, Math.min(last, i + 1)]);
          const thick = 16;
          const left = Math.min(from, to);
          // A part too small to be seen is still a mark.
          const width = Math.max(Math.abs(to - from), 2);
          const bar = { type: 'rect', shape: { x: left, y: y - thick / 2, width, height: thick, r: 2 }, style: { fill: paper.colours.tone[step?.tone ?? 'neutral'] } };
          const thread = { type: 'line', shape: { x1: to, y1: y + thick / 2, x2: to, y2: below - thick / 2 }, style: { stroke: paper.colours.faint, lineWidth: 1, lineDash: [2, 2] }, silent: true };
          return { type: 'group', children: i < last ? [bar, thread] : [bar] };
        },
      }],
    };
  },
};
