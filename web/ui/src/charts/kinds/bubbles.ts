import { ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { use } from 'echarts/core';

import type { BubblesModel } from '../model';
import type { Kind } from '../paper';
import { base, figureGutter, SMALL, ticks, tickTexts, valueAxis } from '../paper';

use([ScatterChart, GridComponent]);

const LEAST = 14;
const STEP = 6;
const RIGHT = 28;
const MARGIN = 0.16;
/** From the axis to its figures: half a bubble. */
const OFFSET = 14;

/** How wide a bubble is: by steps of its size from 1; the least where nothing is known. */
export const widthOf = (size: number | null): number => (size === null ? LEAST : LEAST + STEP * (size - 1));

export const kind: Kind<BubblesModel> = {
  height: () => 340,
  option(model, paper) {
    const xs = model.points.map((point) => point.x);
    const ys = model.points.map((point) => point.y);
    // Nothing is where the axes cross.
    const x = ticks(Math.min(0, ...xs), Math.max(0, ...xs), paper.width < 640 ? 3 : 5);
    const [low, high] = [Math.min(0, ...ys), Math.max(0, ...ys)];
    // Above and below there is room for a name of several lines.
    const y = ticks(low - (high - low) * MARGIN, high + (high - low) * MARGIN);
    const head = { color: paper.colours.faint, fontSize: SMALL };
    const left = figureGutter(paper, tickTexts(y, model.axisY)) + OFFSET;
    const middle = (x.min + x.max) / 2;
    const room = Math.floor((paper.width - left - RIGHT) / 2) - LEAST - STEP * 2;
    return {
      ...base(model, paper),
      grid: { left, right: RIGHT, top: 44, bottom: 58 },
      xAxis: valueAxis(paper, x, model.axisX, { name: model.x, nameLocation: 'middle', nameGap: 32, nameTextStyle: head, axisLine: { show: false, onZero: false }, axisLabel: { color: paper.colours.faint, fontSize: SMALL, hideOverlap: true, formatter: (value: number) => model.axisX(Number(value.toPrecision(12))) } }),
      yAxis: valueAxis(paper, y, model.axisY, { offset: OFFSET, inverse: model.inverse, axisLine: { show: false, onZero: false }, name: model.y, nameLocation: model.inverse ? 'start' : 'end', nameGap: 18, nameTextStyle: { ...head, align: 'left', padding: [0, 0, 0, -left + 4] } }),
      series: [{
        type: 'scatter', clip: false,
        data: model.points.map((point) => ({
          value: [point.x, point.y], name: point.name, symbol: 'circle', symbolSize: widthOf(point.size),
          itemStyle: { color: point.size === null ? paper.colours.ground : paper.colours.tone[point.tone], borderColor: paper.colours.tone[point.tone], borderWidth: 2 },
          // A name stands on the side that has room for it.
          label: { position: point.x > middle ? 'left' : 'right' },
        })),
        label: { show: true, formatter: '{b}', color: paper.colours.text, fontSize: SMALL, lineHeight: 15, width: room, overflow: 'break' }, labelLayout: { hideOverlap: true },
      }],
    };
  },
};
