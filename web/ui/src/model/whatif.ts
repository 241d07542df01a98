/** Bridges and sensitivities as charts. */
import type { Bridge, BridgePart, Moved, Sensitivity } from '../api/whatif';
import { bridgeRange } from '../charts/geometry';
import type { BridgeModel, BridgeStep, LegendItem, Tone, TornadoModel } from '../charts/model';
import { i18n, t } from '../i18n/index.svelte';

/** What things are called and how figures read, in the reader's language. */
export interface Wording {
  line(code: string): string;
  scenario(code: string): string;
  lever(code: string): string;
  initiative(code: string): string;
  figure(value: number | null | undefined): string;
  /** A change with its sign. */
  change(value: number): string;
  percent(value: number): string;
}

/** Below this share of all movement a part goes into the others. */
const SMALL_PART = 0.02;

/** The name of what a part stands for. */
export function partName(part: Pick<BridgePart, 'kind' | 'code'> & { readonly merged?: BridgePart['merged'] }, words: Wording): string {
  switch (part.kind) {
    case 'initiative': return words.initiative(part.code);
    case 'lever': return words.lever(part.code);
    case 'line': return words.line(part.code);
    case 'actual': return t('bridge.kind.actual');
    case 'other': return part.merged && part.merged.length > 0 ? part.merged.map((one) => partName(one, words)).join(t('common.list_sign')) : t('bridge.kind.other');
  }
}

export interface Folded {
  readonly shown: readonly BridgePart[];
  /** The parts that are too small to be told apart, and what they come to together. */
  readonly rest: readonly BridgePart[];
  readonly value: number;
}

/** Puts the parts that hardly move anything together: those below 2 % of all movement, if they are several. */
export function fold(parts: readonly BridgePart[]): Folded {
  const all = parts.reduce((sum, part) => sum + Math.abs(part.value), 0);
  const small = parts.filter((part) => part.kind === 'other' || Math.abs(part.value) < SMALL_PART * all);
  const rest = small.length > 1 || small[0]?.kind === 'other' ? small : [];
  return { shown: parts.filter((part) => !rest.includes(part)), rest, value: rest.reduce((sum, part) => sum + part.value, 0) };
}

/** What stands between two sentences. */
const gap = (): string => (i18n.lang === 'zh' ? '' : ' ');
const arrow = (value: number): string => (value > 0 ? '▲ ' : value < 0 ? '▼ ' : '');

/** Whether what the others come to is for the better, by how the difference of one sign was judged. */
function toneOfRest(bridge: Bridge, value: number): Tone {
  if (value === 0) return 'same';
  if (bridge.sense === 'neither') return 'neutral';
  return (value > 0) === (bridge.sense === 'good') ? 'favourable' : 'unfavourable';
}

/** A bridge that has its totals, as a chart. */
export function bridgeModel(bridge: Bridge, words: Wording): BridgeModel {
  const start = bridge.start ?? 0;
  const end = bridge.end ?? 0;
  const { shown, rest, value } = fold(bridge.parts);
  let at = start;
  const step = (name: string, by: number, tone: Tone): BridgeStep => {
    const from = at;
    at += by;
    return { name, value: by, label: `${arrow(by)}${words.change(by)}`, tone, from, to: at };
  };
  const steps: BridgeStep[] = [{ name: words.scenario(bridge.from), value: start, label: words.figure(start), tone: 'base', from: null, to: start }];
  for (const part of shown) steps.push(step(partName(part, words), part.value, part.verdict));
  if (rest.length > 0) steps.push(step(t('bridge.kind.other'), value, toneOfRest(bridge, value)));
  steps.push({ name: words.scenario(bridge.to), value: end, label: words.figure(end), tone: 'base', from: null, to: end });
  return {
    kind: 'bridge', title: t('bridge.title', { line: words.line(bridge.line) }), sentence: bridgeSentence(bridge, words), steps,
    legend: bridgeLegend(bridge),
    note: [bridgeRange({ steps }).cut ? t('bridge.cut') : '', rest.length > 0 ? t('bridge.rest', { names: rest.map((part) => partName(part, words)).join(t('common.list_sign')) }) : ''].filter(Boolean).join(gap()),
    table: {
      head: [t('bridge.part'), t('bridge.effect'), t('bridge.verdict')],
      rows: [
        [words.scenario(bridge.from), words.figure(start), ''],
        ...shown.map((part) => [partName(part, words), words.change(part.value), verdictText(part.verdict)]),
        ...(rest.length > 0 ? [[t('bridge.kind.other'), words.change(value), verdictText(toneOfRest(bridge, value))]] : []),
        [words.scenario(bridge.to), words.figure(end), ''],
      ],
    },
  };
}

function verdictText(tone: Tone): string {
  return tone === 'favourable' || tone === 'unfavourable' || tone === 'same' ? t(`verdict.${tone}`) : '';
}

function bridgeLegend(bridge: Bridge): LegendItem[] {
  const total: LegendItem = { tone: 'base', text: t('bridge.legend_total') };
  if (bridge.sense === 'neither') return [total, { tone: 'neutral', text: t('bridge.legend_part') }];
  return [total, { tone: 'favourable', text: t('verdict.favourable') }, { tone: 'unfavourable', text: t('verdict.unfavourable') }];
}

function bridgeSentence(bridge: Bridge, words: Wording): string {
  const { difference } = bridge;
  const names = { from: words.scenario(bridge.from), to: words.scenario(bridge.to), line: words.line(bridge.line) };
  const first = bridge.parts.find((part) => part.kind !== 'other');
  const largest = first && first.value !== 0 ? `${gap()}${t('bridge.largest', { name: partName(first, words), value: words.change(first.value) })}` : '';
  if (difference === null || bridge.verdict === 'same') return `${t('bridge.sentence_same', names)}${bridge.parts.length > 1 ? largest : ''}`.trim();
  const amount = words.figure(Math.abs(difference));
  const by = bridge.ratio === null ? amount : t('bridge.by', { amount, percent: words.percent(Math.abs(bridge.ratio)) });
  const verdict = bridge.verdict === 'favourable' || bridge.verdict === 'unfavourable' ? t(`bridge.is_${bridge.verdict}`) : '';
  return `${t(difference > 0 ? 'bridge.sentence_up' : 'bridge.sentence_down', { ...names, by, verdict })}${bridge.parts.length > 1 ? largest : ''}`;
}

/** A sensitivity that has its total, as a chart. */
export function tornadoModel(found: Sensitivity, words: Wording): TornadoModel {
  const range = words.percent(found.range);
  const side = (moved: Moved) => ({
    value: moved.difference ?? null, tone: (moved.verdict === 'same' ? 'same' : moved.verdict) as Tone,
    label: moved.difference === null ? t('tornado.fails') : words.change(moved.difference),
  });
  const drivers = found.drivers.map((swing) => ({ name: words.line(swing.line), low: side(swing.low), high: side(swing.high) }));
  return {
    kind: 'tornado', title: t('tornado.title', { line: words.line(found.line) }), sentence: tornadoSentence(found, words), drivers,
    low: `−${range}`, high: `+${range}`,
    legend: found.sense === 'neither'
      ? [{ tone: 'neutral', text: t('tornado.legend') }]
      : [{ tone: 'favourable', text: t('verdict.favourable') }, { tone: 'unfavourable', text: t('verdict.unfavourable') }],
    note: [t('tornado.hollow'), t('tornado.relative', { range }), found.left > 0 ? t('tornado.left', { n: found.left }) : ''].filter(Boolean).join(gap()),
    table: {
      head: [t('tornado.driver'), t('tornado.at', { range: `−${range}` }), t('tornado.at', { range: `+${range}` })],
      rows: drivers.map((driver) => [driver.name, driver.low.label, driver.high.label]),
    },
  };
}

function tornadoSentence(found: Sensitivity, words: Wording): string {
  const first = found.drivers[0];
  if (!first) return t('tornado.nothing', { line: words.line(found.line) });
  const moved = (side: Moved): string => (side.difference === null ? t('tornado.fails') : words.change(side.difference));
  return t('tornado.sentence', { range: words.percent(found.range), line: words.line(found.line), total: words.figure(found.total), name: words.line(first.line), low: moved(first.low), high: moved(first.high) });
}
