/** One sample of every kind of chart, for the page of components and for tests. The figures are invented. */
import type { Lang } from '../i18n/types';
import type { BubblesModel, ChartModel, ColumnsModel, FanModel, FrontierModel, RadarModel, TimelineModel } from './model';

type Say = (zh: string, en: string) => string;

const months = (say: Say): string[] => Array.from({ length: 12 }, (_, i) => say(`${i + 1}月`, ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][i] ?? ''));
const million = (say: Say) => (value: number): string => value === 0 ? '0' : say(value >= 100 ? `${(value / 100).toFixed(2)}亿` : `${Math.round(value * 100)}万`, `${Number(value.toFixed(1))}M`);

function columns(say: Say): ColumnsModel {
  const low = [12.1, 11.4, 12.8, 13, 13.6, 15.2, 16.4, 16.1, 14, 13.2, 12.9, 12.4];
  const high = low.map((value, i) => Number((value * (1.02 + i / 200)).toFixed(1)));
  return {
    kind: 'columns', title: say('月度成本', 'Cost by month'), sentence: say('七月成本最高。', 'July costs most.'), categories: months(say), axis: million(say),
    series: [{ name: say('预算', 'Budget'), tone: 'base', values: low }, { name: say('预测', 'Forecast'), tone: 'neutral', values: high }],
    legend: [{ tone: 'base', text: say('预算', 'Budget') }, { tone: 'neutral', text: say('预测', 'Forecast') }],
    table: { head: [say('月份', 'Month'), say('预算', 'Budget'), say('预测', 'Forecast')], rows: months(say).map((month, i) => [month, million(say)(low[i] ?? 0), million(say)(high[i] ?? 0)]) },
  };
}

function fan(say: Say): FanModel {
  const middle = Array.from({ length: 12 }, (_, i) => 14 * (i + 1) + Math.sin(i) * 2);
  const low = middle.map((value, i) => value - 1.6 * (i + 1));
  const high = middle.map((value, i) => value + 2.2 * (i + 1));
  const budget = middle.map((value) => value * 0.99);
  const actual = middle.map((value, i) => (i < 4 ? value + (i % 2 === 0 ? 0.8 : -0.5) : null));
  const text = million(say);
  return {
    kind: 'fan', title: say('全年成本区间', 'Range of the cost to date'), sentence: say(`十次模拟中有九次，全年成本在${text(low.at(-1) ?? 0)}与${text(high.at(-1) ?? 0)}之间。`, `In nine of ten trials the year costs between ${text(low.at(-1) ?? 0)} and ${text(high.at(-1) ?? 0)}.`),
    categories: months(say), low, middle, high, budget, actual, ends: [`P5 ${text(low.at(-1) ?? 0)}`, `P50 ${text(middle.at(-1) ?? 0)}`, `P95 ${text(high.at(-1) ?? 0)}`], axis: text,
    legend: [{ tone: 'neutral', text: 'P5–P95', shape: 'area' }, { tone: 'neutral', text: 'P50', shape: 'line' }, { tone: 'base', text: say('预算', 'Budget'), shape: 'dash' }, { tone: 'second', text: say('实际', 'Actual'), shape: 'line' }],
    table: { head: [say('月份', 'Month'), 'P5', 'P50', 'P95', say('预算', 'Budget'), say('实际', 'Actual')], rows: months(say).map((month, i) => [month, ...[low, middle, high, budget].map((values) => text(values[i] ?? 0)), actual[i] === null || actual[i] === undefined ? '–' : text(actual[i])]) },
  };
}

function radar(say: Say): RadarModel {
  const names = [say('规划与设计', 'Design and planning'), say('运营与管理', 'Operations and management'), say('数据与绩效', 'Data and performance'), say('客户体验', 'Customer experience'), say('创新与提升', 'Innovation and improvement')];
  const today = [3, 3.5, 2.5, 3.5, 2];
  const wanted = [4, 4, 4, 4.5, 3];
  return {
    kind: 'radar', title: say('成熟度', 'Maturity'), sentence: say('数据与绩效的差距最大。', 'Data and performance is farthest from its target.'), axes: names.map((name) => ({ name, max: 5 })),
    series: [{ name: say('现状', 'Today'), tone: 'neutral', values: today }, { name: say('目标', 'Target'), tone: 'second', values: wanted }],
    legend: [{ tone: 'neutral', text: say('现状', 'Today'), shape: 'line' }, { tone: 'second', text: say('目标', 'Target'), shape: 'dash' }],
    table: { head: [say('维度', 'Dimension'), say('现状', 'Today'), say('目标', 'Target')], rows: names.map((name, i) => [name, String(today[i]), String(wanted[i])]) },
  };
}

function frontier(say: Say): FrontierModel {
  const points = [[167, 0.71, true], [169, 0.76, true], [172, 0.8, true], [174, 0.79, false], [176, 0.84, true], [178, 0.82, false], [182, 0.87, true]].map(([x, y, best], i) => ({ name: say(`组合${i + 1}`, `Choice ${i + 1}`), x: Number(x), y: Number(y), best: best === true, tone: best === true ? 'neutral' : 'base' } as const));
  const percent = (value: number): string => `${Math.round(value * 100)}%`;
  return {
    kind: 'frontier', title: say('成本与服务水平', 'Cost against service'), sentence: say('七种组合中有五种无法再省钱而不降低服务。', 'Five of seven choices cannot be made cheaper without worse service.'),
    x: say('成本（百万）', 'Cost (million)'), y: say('服务水平', 'Service level'), points, axisX: (value) => String(value), axisY: percent,
    legend: [{ tone: 'neutral', text: say('有效前沿', 'Frontier'), shape: 'line' }, { tone: 'base', text: say('其他组合', 'Other choices'), shape: 'ring' }],
    table: { head: [say('组合', 'Choice'), say('成本（百万）', 'Cost (million)'), say('服务水平', 'Service level')], rows: points.map((point) => [point.name, String(point.x), percent(point.y)]) },
  };
}

function bubbles(say: Say): BubblesModel {
  const text = (value: number): string => say(`${value}万`, `${value}K`);
  const points = [
    { name: say('一个知识库，人机共用', 'One knowledge base for people and bot'), x: 24, y: -71, size: 4, tone: 'favourable' },
    { name: say('十大原因专项辅导', 'Coaching on the ten commonest causes'), x: 25, y: 12, size: null, tone: 'unfavourable' },
    { name: say('视频报修指导', 'Repair guidance by video'), x: 4, y: -19, size: 2, tone: 'favourable' },
  ] as const;
  const change = (value: number): string => (value > 0 ? `+${text(value)}` : text(value));
  return {
    kind: 'bubbles', title: say('效果与投入', 'Effect and cost'), sentence: say('知识库效果最大。', 'The knowledge base does most.'), x: say('自身投入', 'Own cost'), y: say('对总成本的影响', 'Effect on total cost'), points, inverse: true, axisX: text, axisY: change,
    legend: [{ tone: 'favourable', text: say('有利', 'favourable') }, { tone: 'unfavourable', text: say('不利', 'unfavourable') }],
    table: { head: [say('举措', 'Initiative'), say('自身投入', 'Own cost'), say('影响', 'Effect'), say('信心', 'Confidence')], rows: points.map((point) => [point.name, text(point.x), change(point.y), String(point.size ?? '–')]) },
  };
}

function timeline(say: Say): TimelineModel {
  const at = (month: number, day = 1): number => Date.UTC(2027, month - 1, day);
  const rows = [
    { name: say('知识库合并', 'One knowledge base'), from: at(1, 11), to: at(4, 30), label: say('完成', 'done'), tone: 'base' },
    { name: say('智能助手上线', 'Assistant goes live'), from: at(3), to: at(5, 31), label: say('进行中', 'under way'), tone: 'neutral' },
    { name: say('夏季储备招聘', 'Reserve for the summer'), from: at(4, 15), to: at(6, 15), label: say('逾期', 'overdue'), tone: 'unfavourable' },
    { name: say('年度评审', 'Yearly review'), from: at(11, 20), to: at(11, 20), label: say('计划', 'planned'), tone: 'second' },
  ] as const;
  const day = (time: number): string => new Date(time).toISOString().slice(5, 10);
  return {
    kind: 'timeline', title: say('里程碑', 'Milestones'), sentence: say('四个里程碑中有一个逾期。', 'One of four milestones is overdue.'), from: at(1), to: at(12, 31), today: at(5, 10), rows,
    axis: (value) => months(say)[new Date(value).getUTCMonth()] ?? '',
    table: { head: [say('里程碑', 'Milestone'), say('开始', 'From'), say('结束', 'To'), say('状态', 'Status')], rows: rows.map((row) => [row.name, day(row.from), day(row.to), row.label]) },
  };
}

/** One of each kind, in a language. */
export function samples(lang: Lang): ChartModel[] {
  const say: Say = (zh, en) => (lang === 'zh' ? zh : en);
  const text = million(say);
  const verdicts = [{ tone: 'favourable', text: say('有利', 'favourable') }, { tone: 'unfavourable', text: say('不利', 'unfavourable') }] as const;
  const bar = (name: string, value: number, tone: 'base' | 'favourable' | 'unfavourable') => ({ name, value, tone, label: text(value) });
  return [
    {
      kind: 'bars', title: say('各情景的成本与人力', 'Cost and people by scenario'), sentence: say('精简情景成本最低。', 'Lean costs least.'),
      panels: [
        { title: say('总成本', 'Total cost'), bars: [bar(say('规划', 'Plan'), 172.6, 'base'), bar(say('精简', 'Lean'), 167.1, 'favourable'), bar(say('高温旺销', 'Hot summer and strong sales'), 176.4, 'unfavourable')] },
        { title: say('人力', 'FTE'), bars: [{ name: '', value: 912, tone: 'base', label: '912' }, { name: '', value: 870, tone: 'favourable', label: '870' }, { name: '', value: 946, tone: 'unfavourable', label: '946' }] },
      ],
      legend: [{ tone: 'base', text: say('规划', 'Plan') }, ...verdicts],
      table: { head: [say('情景', 'Scenario'), say('总成本', 'Total cost'), say('人力', 'FTE')], rows: [[say('规划', 'Plan'), text(172.6), '912'], [say('精简', 'Lean'), text(167.1), '870'], [say('高温旺销', 'Hot summer and strong sales'), text(176.4), '946']] },
    },
    columns(say),
    {
      kind: 'bridge', title: say('总成本：规划到精简', 'Total cost: from plan to lean'), sentence: say('缩减招聘班贡献最大。', 'Smaller classes bring most.'),
      steps: [
        { name: say('规划', 'Plan'), value: 172.6, label: text(172.6), tone: 'base', from: null, to: 172.6 },
        { name: say('缩减夏季招聘班', 'Smaller summer classes'), value: -4.8, label: `▼ -${text(4.8)}`, tone: 'favourable', from: 172.6, to: 167.8 },
        { name: say('人机共用一个知识库', 'One knowledge base for people and bot'), value: 0.2, label: `▲ +${text(0.2)}`, tone: 'unfavourable', from: 167.8, to: 168 },
        { name: say('其他', 'Other'), value: -0.9, label: `▼ -${text(0.9)}`, tone: 'favourable', from: 168, to: 167.1 },
        { name: say('精简', 'Lean'), value: 167.1, label: text(167.1), tone: 'base', from: null, to: 167.1 },
      ],
      legend: [{ tone: 'base', text: say('情景合计', 'Total') }, ...verdicts],
      table: { head: [say('驱动因素', 'Driver'), say('影响', 'Effect')], rows: [[say('规划', 'Plan'), text(172.6)], [say('缩减夏季招聘班', 'Smaller summer classes'), `-${text(4.8)}`], [say('人机共用一个知识库', 'One knowledge base for people and bot'), `+${text(0.2)}`], [say('其他', 'Other'), `-${text(0.9)}`], [say('精简', 'Lean'), text(167.1)]] },
    },
    {
      kind: 'tornado', title: say('总成本：逐个变动驱动因素', 'Total cost: one driver at a time'), sentence: say('首次解决率影响最大。', 'First call resolution moves it most.'), low: '−10%', high: '+10%',
      drivers: [
        { name: say('首次解决率', 'First call resolution'), low: { value: 5.3, label: `+${text(5.3)}`, tone: 'unfavourable' }, high: { value: -4.3, label: `-${text(4.3)}`, tone: 'favourable' } },
        { name: say('平均处理时长', 'Average handle time'), low: { value: -4, label: `-${text(4)}`, tone: 'favourable' }, high: { value: 4.1, label: `+${text(4.1)}`, tone: 'unfavourable' } },
        { name: say('排班效率', 'Schedule efficiency'), low: { value: 2.2, label: `+${text(2.2)}`, tone: 'unfavourable' }, high: { value: null, label: say('无结果', 'no result'), tone: 'neutral' } },
      ],
      legend: verdicts,
      note: say('空心为−10%，实心为+10%。', 'Hollow is −10%, solid is +10%.'),
      table: { head: [say('驱动因素', 'Driver'), '−10%', '+10%'], rows: [[say('首次解决率', 'First call resolution'), `+${text(5.3)}`, `-${text(4.3)}`], [say('平均处理时长', 'Average handle time'), `-${text(4)}`, `+${text(4.1)}`], [say('排班效率', 'Schedule efficiency'), `+${text(2.2)}`, say('无结果', 'no result')]] },
    },
    fan(say),
    capacity(say),
    radar(say),
    frontier(say),
    bubbles(say),
    timeline(say),
  ];
}

function capacity(say: Say): ChartModel {
  const required = [880, 840, 870, 880, 930, 1010, 1090, 1070, 960, 900, 880, 870];
  const available = [895, 885, 890, 925, 975, 1020, 1040, 1030, 990, 955, 925, 900];
  const service = [0.86, 0.87, 0.86, 0.87, 0.87, 0.85, 0.74, 0.76, 0.86, 0.88, 0.87, 0.86];
  const gaps = required.map((value, i) => (available[i] ?? 0) - value).map((value) => ({ value, label: `${value < 0 ? '▼' : '▲'}${Math.abs(value)}`, tone: value < 0 ? 'unfavourable' : 'favourable' } as const));
  const names = { required: say('所需人力', 'FTE needed'), available: say('可用人力', 'FTE available'), service: say('服务水平', 'Service level'), target: say('目标', 'Target'), gap: say('余缺', 'Gap'), people: say('人力', 'FTE') };
  const share = (value: number): string => `${Math.round(value * 100)}%`;
  return {
    kind: 'capacity', title: say('人力供需', 'People needed and there'), sentence: say('七月与八月人力不足。', 'July and August lack people.'), categories: months(say), required, available, service, target: 0.8, gaps, names,
    axis: (value) => String(value), share,
    legend: [{ tone: 'base', text: names.required }, { tone: 'neutral', text: names.available }, { tone: 'second', text: names.service, shape: 'line' }, { tone: 'second', text: `${names.target} 80%`, shape: 'dash' }],
    table: { head: [say('月份', 'Month'), names.required, names.available, names.gap, names.service], rows: months(say).map((month, i) => [month, String(required[i]), String(available[i]), gaps[i]?.label ?? '', share(service[i] ?? 0)]) },
  };
}
