import { LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { use } from 'echarts/core';

import type { FrontierModel } from '../model';
import type { Kind } from '../paper';
import { base, figureGutter, SMALL, ticks, tickTexts, valueAxis } from '../paper';

use([ScatterChart, LineChart, GridComponent]);

/** The best points from left to right. */
export const best = (model: FrontierModel): FrontierModel['points'] => model.points.filter((point) => point.best).sort((a, b) => a.x - b.x);

export const kind: Kind<FrontierModel> = {
  height: () => 340,
  option(model, paper) {
    const xs = model.points.map((point) => point.x);
    const ys = model.points.map((point) => point.y);
    const x = ticks(Math.min(...xs), Math.max(...xs));
    const y = ticks(Math.min(...ys), Math.max(...ys));
    const head = { color: paper.colours.faint, fontSize: SMALL };
    const left = figureGutter(paper, tickTexts(y, model.axisY));
    return {
      ...base(model, paper),
      grid: { left, right: 28, top: 34, bottom: 52 },
      xAxis: valueAxis(paper, x, model.axisX, { name: model.x, nameLocation: 'middle', nameGap: 32, nameTextStyle: head, axisLabel: { color: paper.colours.faint, fontSize: SMALL, hideOverlap: true, formatter: (value: number) => model.axisX(Number(value.toPrecision(12))) } }),
      yAxis: valueAxis(paper, y, model.axisY, { name: model.y, nameGap: 14, nameTextStyle: { ...head, align: 'left', padding: [0, 0, 0, -left + 4] } }),
      series: [
        {
          type: 'scatter', symbolSize: 12, data: model.points.map((point) => ({ value: [point.x, point.y], name: point.name, symbol: point.best ? 'circle' : 'emptyCircle', itemStyle: { color: paper.colours.tone[point.tone] } })),
          label: { show: true, formatter: '{b}', position: 'top', color: paper.colours.text, fontSize: SMALL }, labelLayout: { hideOverlap: true },
        },
        { type: 'line', silent: true, symbol: 'none', data: best(model).map((point) => [point.x, point.y]), lineStyle: { color: paper.colours.tone.neutral, width: 2 }, tooltip: { show: false } },
      ],
    };
  },
};
