/** Where the positioning goes, and whether the plan follows it. What the server counts is taken from it; here stands what only this screen asks. */
import type { Key } from '../i18n/types';
import type { Completeness } from './completeness';
import { isWhole } from './completeness';
import type { Entry, GoalGroup, Initiative, Layer, Line, Objective, PlanDocument } from './document';
import { GOAL_GROUPS, linesByCode, ranked } from './document';
import { groupOf } from './goals';

/** A share that moves by less than this does not move. */
const STILL = 1e-9;

/** Where to go to put something right: a field of this screen, an objective, a line, or the business plan. */
export type Way = { readonly kind: 'field'; readonly field: string } | { readonly kind: 'objective' | 'line'; readonly id: string } | { readonly kind: 'business' };

export interface Check {
  readonly id: string;
  readonly done: boolean;
  readonly key: Key;
  /** The layer it is about, and the objective that serves it. */
  readonly layer?: Entry<Layer>;
  readonly objective?: Entry<Objective>;
  readonly way: Way;
}

/** The items the server counts that are answered on this screen, with their fields. */
const COUNTED: readonly (readonly [step: 'positioning' | 'business', item: string, field: string])[] = [
  ['positioning', 'statement', 'statement'], ['positioning', 'layers', 'layers'], ['positioning', 'shares_today', 'today'], ['positioning', 'shares_target', 'target'],
  ['business', 'values', 'values'], ['business', 'vision', 'vision'], ['business', 'mission', 'mission'],
];

/** What the server counts, as done or open; nothing before it has told. Without layers there are no shares to go to. */
export function counted(document: PlanDocument, links: Completeness): Check[] {
  const bare = ranked(document.method?.positioning?.layers).length === 0;
  return COUNTED.flatMap(([step, item, field]) => {
    const { answered, open } = links[step];
    const key = `method.item.${item}` as Key;
    const to = bare && (field === 'today' || field === 'target') ? 'layers' : field;
    return answered === 0 && open.length === 0 ? [] : [{ id: item, done: !open.includes(key), key, way: { kind: 'field', field: to } as const }];
  });
}

export const shiftOf = (layer: Layer): number => (layer.target ?? 0) - (layer.today ?? 0);

/** Whether effort moves to the higher layers: the later stand higher. */
function climbs(layers: readonly Entry<Layer>[]): boolean {
  return layers.reduce((sum, { item }, i) => sum + (i + 1) * shiftOf(item), 0) > STILL;
}

/** Lines of money of which more is better: income, or value that is reckoned in money. */
function earning(document: PlanDocument): Entry<Line>[] {
  const currency = document.plan?.currency ?? 'CNY';
  return ranked(document.budget?.lines).filter(({ item }) => item.sense === 'good' && item.unit === currency);
}

const underway = ({ status }: Initiative): boolean => status !== 'stopped';
/** What is set about for an objective: initiatives that are not stopped, and milestones that are not dropped. */
export function stepsFor(document: PlanDocument, objective: string): number {
  const initiatives = ranked(document.okr?.initiatives).filter(({ item }) => item.objective === objective && underway(item));
  const milestones = ranked(document.okr?.milestones).filter(({ item }) => item.objective === objective && item.status !== 'dropped');
  return initiatives.length + milestones.length;
}

/** Whether the plan does what the shares promise. Asked once both years' shares are whole. */
export function followed(document: PlanDocument): Check[] {
  const layers = ranked(document.method?.positioning?.layers);
  if (layers.length === 0 || !isWhole(layers.map(({ item }) => item.today ?? 0)) || !isWhole(layers.map(({ item }) => item.target ?? 0))) return [];
  const moving = layers.filter(({ item }) => Math.abs(shiftOf(item)) > STILL);
  if (moving.length === 0) return [{ id: 'still', done: false, key: 'positioning.check.still', way: { kind: 'field', field: 'target' } }];
  return [...moving.filter(({ item }) => shiftOf(item) > 0).map((layer) => served(document, layer)), ...(climbs(layers) ? [earns(document)] : [])];
}

/** A layer that grows has an objective, which is measured, and something is set about for it. */
function served(document: PlanDocument, layer: Entry<Layer>): Check {
  const id = layer.item.objective ?? '';
  const item = document.okr?.objectives?.[id];
  if (!item) return { id: `served:${layer.id}`, done: false, key: 'positioning.check.unserved', layer, way: { kind: 'field', field: `serves:${layer.id}` } };
  const key = ranked(item.key_results).length === 0 ? 'positioning.check.unmeasured' : stepsFor(document, id) === 0 ? 'positioning.check.no_steps' : 'positioning.check.served';
  return { id: `served:${layer.id}`, done: key === 'positioning.check.served', key, layer, objective: { id, item }, way: { kind: 'objective', id } };
}

/** A center that moves to the higher layers wants to be worth more: an objective of money, or a line that shows what is earned. */
function earns(document: PlanDocument): Check {
  const measured = ranked(document.okr?.objectives).find(({ item }) => groupOf(item) === 'finance' && ranked(item.key_results).length > 0);
  if (measured) return { id: 'value', done: true, key: 'positioning.check.value_objective', objective: measured, way: { kind: 'objective', id: measured.id } };
  const [line] = earning(document);
  if (line) return { id: 'value', done: true, key: 'positioning.check.value_line', way: { kind: 'line', id: line.id } };
  return { id: 'value', done: false, key: 'positioning.check.no_value', way: { kind: 'business' } };
}

export const checks = (document: PlanDocument, links: Completeness): Check[] => [...counted(document, links), ...followed(document)];

/** An objective that layers lead to. */
export interface Fed {
  readonly objective: Entry<Objective>;
  readonly layers: readonly Entry<Layer>[];
  /** The lines that its key results are bound to. */
  readonly lines: readonly Entry<Line>[];
  readonly steps: number;
}
/** What the positioning feeds, by the four sides, and how many objectives no layer leads to. */
export function feeds(document: PlanDocument): { readonly groups: readonly { readonly group: GoalGroup; readonly fed: readonly Fed[] }[]; readonly apart: number } {
  const layers = ranked(document.method?.positioning?.layers);
  const lines = linesByCode(document);
  const all = ranked(document.okr?.objectives).map((objective): Fed => ({
    objective,
    layers: layers.filter(({ item }) => item.objective === objective.id),
    lines: [...new Set(ranked(objective.item.key_results).map(({ item }) => item.line ?? ''))].flatMap((code) => lines.get(code) ?? []),
    steps: stepsFor(document, objective.id),
  }));
  const fed = all.filter((one) => one.layers.length > 0);
  return {
    groups: GOAL_GROUPS.map((group) => ({ group, fed: fed.filter(({ objective }) => groupOf(objective.item) === group) })).filter((one) => one.fed.length > 0),
    apart: all.length - fed.length,
  };
}
