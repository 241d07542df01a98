import { RadarChart } from 'echarts/charts';
import { RadarComponent } from 'echarts/components';
import { use } from 'echarts/core';

import type { RadarModel } from '../model';
import type { Kind, Paper } from '../paper';
import { base, SMALL, widest } from '../paper';

use([RadarChart, RadarComponent]);

const MOST = 340;
const GAP = 10;
const LINE = 15;
/** What a line may begin with: a word, or a Han sign. */
const PIECES = /[\u2e80-\uffff]|[^\u2e80-\uffff\s]+\s*/g;

/** How large the web gets so that every name beside it has its room: a name breaks where a third of the width is not enough. */
export function web(model: RadarModel, paper: Paper): { readonly radius: number; readonly name: number; readonly height: number } {
  const names = model.axes.map((axis) => axis.name);
  const words = widest(paper, names.flatMap((name) => name.match(PIECES) ?? []).map((word) => word.trimEnd()), SMALL);
  const name = Math.min(widest(paper, names, SMALL) + 2, Math.max(words + 2, Math.floor(paper.width * 0.22)));
  const above = Math.max(1, ...names.map((one) => broken(one, name, paper).split('\n').length)) * LINE + GAP;
  const radius = Math.max(30, Math.floor(Math.min(paper.width / 2 - name - GAP - 4, MOST / 2 - above)));
  return { radius, name, height: 2 * (radius + above) };
}

/** A name in lines that fit: between words, and between Han signs. */
export function broken(name: string, room: number, paper: Paper): string {
  const pieces = name.match(PIECES) ?? [name];
  return pieces.reduce<string[]>((lines, piece) => {
    const last = (lines.at(-1) ?? '') + piece;
    return lines.length > 0 && paper.measure(last.trimEnd(), SMALL) <= room ? [...lines.slice(0, -1), last] : [...lines, piece];
  }, []).map((line) => line.trimEnd()).join('\n');
}

export const kind: Kind<RadarModel> = {
  height: (model, paper) => web(model, paper).height,
  option(model, paper) {
    const { radius, name } = web(model, paper);
    return {
      // A tip on an area tells its series, which is a column of the table: the table is the way to read it.
      ...base(model, paper, () => -1),
      radar: {
        radius, center: ['50%', '50%'], splitNumber: 5, axisNameGap: GAP,
        indicator: model.axes.map((axis) => ({ name: broken(axis.name, name, paper), max: axis.max })),
        axisName: { color: paper.colours.text, fontSize: SMALL, lineHeight: LINE },
        axisLine: { lineStyle: { color: paper.colours.line } }, splitLine: { lineStyle: { color: paper.colours.line } }, splitArea: { show: false },
      },
      series: [{
        type: 'radar', symbolSize: 6,
        data: model.series.map((series, i) => ({
          name: series.name, value: series.values.map((value) => value ?? '-'),
          lineStyle: { color: paper.colours.tone[series.tone], width: 2, type: i === 0 ? 'solid' : 'dashed' }, itemStyle: { color: paper.colours.tone[series.tone] },
          areaStyle: { color: paper.colours.tone[series.tone], opacity: i === 0 ? 0.15 : 0 },
        })),
      }],
    };
  },
};
