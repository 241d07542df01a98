import { CustomChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { use } from 'echarts/core';

import type { TimelineModel } from '../model';
import type { Kind } from '../paper';
import { base, figureAxis, figureGutter, nameAxis, nameGutter, SMALL, widest } from '../paper';
import type { Place } from './bridge';

use([CustomChart, GridComponent, MarkLineComponent]);

const ROW = 32;
const HEAD = 28;

/** The first moments of months within a span: times are those of days, which have no zone. */
export function monthStarts(from: number, to: number): number[] {
  const first = new Date(from);
  const starts: number[] = [];
  for (let i = 0; ; i += 1) {
    const start = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + i);
    if (start > to) return starts;
    if (start >= from) starts.push(start);
  }
}

export const kind: Kind<TimelineModel> = {
  height: (model) => HEAD + 8 + model.rows.length * ROW,
  option(model, paper) {
    const names = model.rows.map((row) => row.name);
    const gutter = nameGutter(paper, names);
    const figures = figureGutter(paper, model.rows.map((row) => row.label));
    const months = monthStarts(model.from, model.to);
    const texts = months.map(model.axis);
    const step = Math.ceil((widest(paper, texts, SMALL) + 10) * months.length / Math.max(1, paper.width - gutter - figures));
    const heads = months.filter((_, i) => i % step === 0);
    return {
      ...base(model, paper),
      grid: { left: gutter, right: figures, top: HEAD, bottom: 8 },
      xAxis: { type: 'value', position: 'top', min: model.from, max: model.to, axisLine: { show: false }, axisTick: { show: false, customValues: heads }, splitLine: { show: true, lineStyle: { color: paper.colours.line } }, axisLabel: { customValues: heads, align: 'left', color: paper.colours.faint, fontSize: SMALL, formatter: (value: number) => model.axis(value) } },
      yAxis: [nameAxis(paper, names, gutter), figureAxis(paper, model.rows, { width: figures })],
      series: [{
        type: 'custom',
        data: model.rows.map((row, i) => [row.from, i, row.to]),
        encode: { x: [0, 2], y: 1 },
        renderItem: (_: unknown, place: Place) => {
          const i = place.value(1);
          const [from, y] = place.coord([place.value(0), i]);
          const [to] = place.coord([place.value(2), i]);
          const fill = paper.colours.tone[model.rows[i]?.tone ?? 'neutral'];
          // What happens on one day is a diamond.
          if (to - from < 3) return { type: 'polygon', shape: { points: [[from, y - 7], [from + 7, y], [from, y + 7], [from - 7, y]] }, style: { fill } };
          return { type: 'rect', shape: { x: from, y: y - 7, width: to - from, height: 14, r: 3 }, style: { fill } };
        },
        ...(model.today === null ? {} : { markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: paper.colours.tone.neutral, width: 2, type: 'solid' }, data: [{ xAxis: model.today }] } }),
      }],
    };
  },
};
