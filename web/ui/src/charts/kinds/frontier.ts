import { LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { use } from 'echarts/core';

import type { FrontierModel } from '../model';
import type { Kind } from '../paper';
import { base, figureGutter, SMALL, ticks, tickTexts, valueAxis } from '../paper';

use([ScatterChart, LineChart, GridComponent]);

/** The best points from left to right. */
export const best = (model: FrontierModel): FrontierModel['points'] => model.points.filter((point) => point.best).sort((a, b) => a.x - b.x);

/** Names stand off the line, which rises: those on it above its left, but the first, and all others below. */
const beside = (point: { readonly best: boolean }, first: boolean): object => (point.best && !first ? { position: 'top', align: 'right', offset: [2, 0] } : { position: 'bottom', align: 'left', offset: [-2, 0] });

export const kind: Kind<FrontierModel> = {
  height: () => 340,
  option(model, paper) {
    const xs = model.points.map((point) => point.x);
    const ys = model.points.map((point) => point.y);
    const x = ticks(Math.min(...xs), Math.max(...xs));
    // The name of the lowest stands between it and the axis.
    const y = ticks(Math.min(...ys) - (Math.max(...ys) - Math.min(...ys)) * 0.12, Math.max(...ys));
    const head = { color: paper.colours.faint, fontSize: SMALL };
    const joined = best(model);
    const left = figureGutter(paper, tickTexts(y, model.axisY));
    return {
      ...base(model, paper),
      grid: { left, right: 28, top: 34, bottom: 52 },
      xAxis: valueAxis(paper, x, model.axisX, { name: model.x, nameLocation: 'middle', nameGap: 32, nameTextStyle: head, axisLabel: { color: paper.colours.faint, fontSize: SMALL, hideOverlap: true, formatter: (value: number) => model.axisX(Number(value.toPrecision(12))) } }),
      yAxis: valueAxis(paper, y, model.axisY, { name: model.y, nameGap: 14, nameTextStyle: { ...head, align: 'left', padding: [0, 0, 0, -left + 4] } }),
      series: [
        {
          type: 'scatter', symbolSize: 12, z: 3, data: model.points.map((point) => ({
            value: [point.x, point.y], name: point.name, label: beside(point, point === joined[0]),
            itemStyle: { color: point.best ? paper.colours.tone[point.tone] : paper.colours.ground, borderColor: paper.colours.tone[point.tone], borderWidth: 2, opacity: 1 },
          })),
          label: { show: true, formatter: '{b}', color: paper.colours.text, fontSize: SMALL }, labelLayout: { hideOverlap: true },
        },
        { type: 'line', silent: true, symbol: 'none', data: joined.map((point) => [point.x, point.y]), lineStyle: { color: paper.colours.tone.neutral, width: 2 }, tooltip: { show: false } },
      ],
    };
  },
};
