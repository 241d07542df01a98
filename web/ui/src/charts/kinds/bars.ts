import { BarChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { use } from 'echarts/core';

import type { BarsModel } from '../model';
import type { Kind } from '../paper';
import { base, BODY, figureAxis, figureGutter, nameAxis, nameGutter } from '../paper';

use([BarChart, GridComponent, TitleComponent]);

const ROW = 34;
const HEAD = 44;
const BETWEEN = 28;

export const kind: Kind<BarsModel> = {
  height(model, paper) {
    const one = HEAD + (model.panels[0]?.bars.length ?? 0) * ROW;
    return paper.width < 640 ? one * model.panels.length : one;
  },
  option(model, paper) {
    const stacked = paper.width < 640;
    const names = model.panels[0]?.bars.map((bar) => bar.name) ?? [];
    const gutter = nameGutter(paper, names);
    const rows = names.length * ROW;
    const room = stacked ? paper.width - gutter : (paper.width - gutter - BETWEEN * (model.panels.length - 1)) / Math.max(1, model.panels.length);
    const left = (i: number): number => (stacked ? gutter : gutter + i * (room + BETWEEN));
    const top = (i: number): number => (stacked ? i * (rows + HEAD) : 0);
    const figures = model.panels.map((panel) => figureGutter(paper, panel.bars.map((bar) => bar.label)));
    return {
      ...base(model, paper),
      title: model.panels.map((panel, i) => ({ text: panel.title, left: left(i), top: top(i) + 6, padding: 0, textStyle: { fontSize: BODY, fontWeight: 600, color: paper.colours.text } })),
      grid: model.panels.map((_, i) => ({ left: left(i), top: top(i) + HEAD - 10, width: Math.max(40, room - (figures[i] ?? 0)), height: rows })),
      xAxis: model.panels.map((_, i) => ({ type: 'value', gridIndex: i, min: 0, show: false })),
      yAxis: model.panels.flatMap((panel, i) => [
        nameAxis(paper, names, gutter, { gridIndex: i, ...(stacked || i === 0 ? {} : { axisLabel: { show: false } }) }),
        figureAxis(paper, panel.bars.map(({ label, tone }) => ({ label, tone })), { gridIndex: i, width: figures[i] ?? 0 }),
      ]),
      series: model.panels.map((panel, i) => ({
        type: 'bar', xAxisIndex: i, yAxisIndex: 2 * i, barWidth: 16, name: panel.title,
        data: panel.bars.map((bar) => ({ value: bar.value ?? 0, itemStyle: { color: paper.colours.tone[bar.tone], borderRadius: [0, 3, 3, 0] } })),
      })),
    };
  },
};
