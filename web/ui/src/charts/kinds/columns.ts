import { BarChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { use } from 'echarts/core';

import type { ColumnsModel } from '../model';
import type { Kind } from '../paper';
import { base, figureGutter, monthAxis, ticks, tickTexts, valueAxis } from '../paper';

use([BarChart, GridComponent]);

export const kind: Kind<ColumnsModel> = {
  height: () => 280,
  option(model, paper) {
    const known = model.series.flatMap((series) => series.values).filter((value) => value !== null);
    const scale = ticks(Math.min(0, ...known), Math.max(0, ...known));
    return {
      ...base(model, paper),
      grid: { left: figureGutter(paper, tickTexts(scale, model.axis)), right: 8, top: 16, bottom: 30 },
      xAxis: monthAxis(paper, model.categories),
      yAxis: valueAxis(paper, scale, model.axis),
      series: model.series.map((series) => ({
        type: 'bar', name: series.name, barMaxWidth: 28, barGap: '10%', itemStyle: { color: paper.colours.tone[series.tone], borderRadius: [3, 3, 0, 0] },
        data: series.values.map((value) => value ?? '-'),
      })),
    };
  },
};
