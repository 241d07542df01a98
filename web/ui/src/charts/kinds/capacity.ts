import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { use } from 'echarts/core';

import type { CapacityModel } from '../model';
import type { Kind, Paper } from '../paper';
import { base, figureGutter, ink, monthAxis, SMALL, ticks, tickTexts, valueAxis, widest } from '../paper';

use([BarChart, LineChart, GridComponent, MarkLineComponent]);

const TOP = 30;
const PLOT = 250;
const MONTHS = 28;

/** Whether the figures of the gaps stand upright because a month is too narrow for them. */
export function upright(model: CapacityModel, paper: Paper): boolean {
  const room = (paper.width - 110) / Math.max(1, model.categories.length);
  return widest(paper, (model.gaps ?? []).map((gap) => gap.label), SMALL) + 4 > room;
}

/** An arrow on its side points nowhere: what stands upright has a sign. */
export const signed = (label: string): string => label.replace('▲', '+').replace('▼', '−');

function gapRow(model: CapacityModel, paper: Paper): number {
  if (model.gaps === null) return 0;
  return upright(model, paper) ? widest(paper, model.gaps.map((gap) => gap.label), SMALL) + 14 : 24;
}

/** The scale of the share at the right: from a round share below all of them up to all. */
export function shares(model: CapacityModel): { readonly min: number; readonly max: number; readonly interval: number } {
  const known = [...(model.service ?? []), model.target].filter((value) => value !== null);
  const least = Math.min(1, ...known);
  return least >= 0.75 ? { min: 0.5, max: 1, interval: 0.1 } : { min: 0, max: 1, interval: 0.2 };
}

export const kind: Kind<CapacityModel> = {
  height: (model, paper) => TOP + PLOT + MONTHS + gapRow(model, paper),
  option(model, paper) {
    const known = [...model.required, ...(model.available ?? [])].filter((value) => value !== null);
    const scale = ticks(0, Math.max(1, ...known));
    const share = shares(model);
    const served = model.service !== null;
    const gaps = model.gaps;
    const turned = upright(model, paper);
    const head = { color: paper.colours.faint, fontSize: SMALL };
    const bars = (name: string, values: readonly (number | null)[], fill: object): object => ({ type: 'bar', name, barMaxWidth: 26, barGap: '8%', data: values.map((value) => value ?? '-'), itemStyle: { borderRadius: [2, 2, 0, 0], ...fill } });
    return {
      ...base(model, paper),
      grid: { left: figureGutter(paper, tickTexts(scale, model.axis)), right: served ? figureGutter(paper, tickTexts(share, model.share)) : 8, top: TOP, height: PLOT },
      xAxis: [
        monthAxis(paper, model.categories),
        ...(gaps === null ? [] : [{
          type: 'category', position: 'bottom', offset: MONTHS - 4, data: model.categories, axisTick: { show: false }, axisLine: { show: false },
          axisLabel: { interval: 0, fontSize: SMALL, rotate: turned ? 90 : 0, color: (_: unknown, i: number) => ink(paper, gaps[i]?.tone), formatter: (_: unknown, i: number) => (turned ? signed : String)(gaps[i]?.label ?? '') },
        }]),
      ],
      yAxis: [
        valueAxis(paper, scale, model.axis, { name: model.names.people, nameGap: 12, nameTextStyle: { ...head, align: 'left', padding: [0, 0, 0, -figureGutter(paper, tickTexts(scale, model.axis)) + 4] } }),
        ...(served ? [valueAxis(paper, share, model.share, { position: 'right', splitLine: { show: false }, name: model.names.service, nameGap: 12, nameTextStyle: { ...head, align: 'right', padding: [0, -figureGutter(paper, tickTexts(share, model.share)) + 4, 0, 0] } })] : []),
      ],
      series: [
        bars(model.names.required, model.required, { color: paper.colours.tone.base }),
        ...(model.available === null ? [] : [bars(model.names.available, model.available, { color: paper.colours.tone.neutral })]),
        ...(model.service === null ? [] : [{
          type: 'line', name: model.names.service, yAxisIndex: 1, symbol: 'circle', symbolSize: 7, data: model.service.map((value) => value ?? '-'), z: 5,
          lineStyle: { color: paper.colours.tone.second, width: 2 }, itemStyle: { color: paper.colours.tone.second, borderColor: paper.colours.ground, borderWidth: 1 },
          ...(model.target === null ? {} : { markLine: { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: paper.colours.tone.second, type: 'dashed', width: 1.5 }, data: [{ yAxis: model.target }] } }),
        }]),
      ],
    };
  },
};
