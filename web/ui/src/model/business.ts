/** The business plan's initiatives: what each is linked to, and what it does to a line, as the server reckons it. */
import type { Effect, Effects } from '../api/whatif';
import type { BubblesModel, Tone } from '../charts/model';
import { i18n, t } from '../i18n/index.svelte';
import { isWithheld } from './access';
import { latestCheckIn, milestonePointer } from './checkins';
import type { CheckIn, Entry, Finding, Initiative, KeyResult, Line, Milestone, Objective, PlanDocument } from './document';
import { ranked } from './document';
import { liveMonth } from './goals';
import { at, pointer } from './patch';
import type { Wording } from './whatif';

/** The pointer of what an address asks to be shown: a pointer, or the id of an objective or an initiative; empty where it is not in the plan. */
export function shownItem(document: PlanDocument, item = ''): string {
  const found = item.startsWith('/okr/') ? [item] : [pointer('okr', 'objectives', item), pointer('okr', 'initiatives', item)];
  return item === '' ? '' : (found.find((path) => at(document, path) !== undefined) ?? '');
}

export interface InitiativeRow {
  readonly entry: Entry<Initiative>;
  readonly objective: Entry<Objective> | null;
  /** The key results of its objective. */
  readonly results: readonly Entry<KeyResult>[];
  /** The lines it changes, each once. */
  readonly lines: readonly Entry<Line>[];
  /** The findings it answers. */
  readonly findings: readonly Entry<Finding>[];
  /** The one it goes live with. */
  readonly milestone: Entry<Milestone> | null;
  /** When it goes live; empty while that is open. */
  readonly month: string;
  /** How sure its milestone was told to be, last. */
  readonly told: Entry<CheckIn> | null;
}

/** The initiatives in display order, each with what it is linked to. */
export function initiativeRows(document: PlanDocument): InitiativeRow[] {
  const findings = ranked(document.method?.findings);
  const entryIn = <T>(table: Readonly<Record<string, T>> | undefined, id: string | undefined): Entry<T> | null => {
    const item = id === undefined ? undefined : table?.[id];
    return item === undefined || id === undefined ? null : { id, item };
  };
  return ranked(document.okr?.initiatives).map((entry): InitiativeRow => {
    const objective = entryIn(document.okr?.objectives, entry.item.objective);
    const milestone = entryIn(document.okr?.milestones, entry.item.milestone);
    return {
      entry, objective, milestone,
      results: ranked(objective?.item.key_results),
      lines: [...new Set(ranked(entry.item.changes).map(({ item }) => item.line))].flatMap((id) => entryIn(document.budget?.lines, id) ?? []),
      findings: findings.filter(({ item }) => item.initiative === entry.id),
      month: liveMonth(document, entry.item),
      told: milestone === null ? null : (latestCheckIn(document, milestonePointer(milestone.id)) ?? null),
    };
  });
}

/** Whether an effect can be told, or why not. */
export type Standing = 'told' | 'waiting' | 'no_changes' | 'no_month' | 'withheld' | 'failed';
/** @param effect undefined where the server does not know the initiative yet. */
export function standingOf({ lines }: Pick<InitiativeRow, 'lines'>, effect: Effect | undefined): Standing {
  if (lines.length === 0) return 'no_changes';
  if (effect === undefined) return 'waiting';
  if (effect.month === '') return 'no_month';
  if (effect.error !== null) return isWithheld(effect.error) ? 'withheld' : 'failed';
  return effect.difference === null ? 'waiting' : 'told';
}

export const effectOf = (effects: Effects | null, id: string): Effect | undefined => effects?.effects.find((one) => one.initiative === id);

/** What an initiative is called, and how sure its owner is, in words. */
export interface RowWording {
  name(row: InitiativeRow): string;
  confidence(row: InitiativeRow): string;
  money(value: number): string;
}

/** Fewer than two are no picture. */
const LEAST = 2;

/** Effect against own cost, where both are told of two initiatives at least. */
export function bubblesModel(rows: readonly InitiativeRow[], effects: Effects, words: Wording, say: RowWording): BubblesModel | null {
  const all = rows.map((row) => ({ row, effect: effectOf(effects, row.entry.id) }));
  const drawn = all.flatMap(({ row, effect }) => (effect?.cost == null || effect.difference === null || standingOf(row, effect) !== 'told' ? [] : [{ row, effect, x: effect.cost, y: effect.difference }]));
  if (drawn.length < LEAST) return null;
  const line = words.line(effects.line);
  const rest = all.filter(({ row }) => !drawn.some((one) => one.row === row));
  const tones = new Set<Tone>(drawn.map(({ effect }) => effect.verdict));
  const good = drawn.filter(({ effect }) => effects.sense === 'neither' || effect.verdict === 'favourable');
  const best = good.reduce<(typeof drawn)[number] | undefined>((most, one) => (most === undefined || Math.abs(one.y) > Math.abs(most.y) ? one : most), undefined);
  const legend = (['favourable', 'unfavourable'] as const).filter((tone) => tones.has(tone)).map((tone) => ({ tone, text: t(`verdict.${tone}`) }));
  return {
    kind: 'bubbles', title: t('business.bubbles', { line }),
    sentence: best === undefined ? t('business.bubbles_none', { line }) : t(effects.sense === 'neither' ? 'business.bubbles_most' : 'business.bubbles_best', { line, name: say.name(best.row), effect: words.change(best.y), cost: say.money(best.x) }),
    x: t('business.cost'), y: t('business.effect_on', { line }),
    points: drawn.map(({ row, effect, x, y }) => ({ name: say.name(row), x, y, size: row.told?.item.confidence ?? null, tone: effect.verdict })),
    // Better is higher up.
    inverse: effects.sense === 'bad',
    axisX: (value) => say.money(value), axisY: (value) => words.change(value),
    ...(legend.length > 0 ? { legend } : {}),
    note: [t('business.bubbles_size'), rest.length > 0 ? t('business.bubbles_rest', { names: rest.map(({ row }) => say.name(row)).join(t('common.list_sign')) }) : ''].filter(Boolean).join(i18n.lang === 'zh' ? '' : ' '),
    table: {
      head: [t('action.initiative'), t('business.cost'), t('business.effect_on', { line }), t('business.confidence')],
      rows: [...drawn, ...rest].map(({ row, effect }) => [say.name(row), effect?.cost == null ? '–' : say.money(effect.cost), effect?.difference == null ? '–' : words.change(effect.difference), say.confidence(row)]),
    },
  };
}
