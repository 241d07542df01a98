/** The first five things to do with a plan. They tick when they happen, not when one says so. */
import type { Screen } from '../router.svelte';
import type { Patch } from './patch';
import { parts } from './patch';

export const ITEMS = ['edit', 'scenario', 'owner', 'compare', 'pdf'] as const;
export type Item = (typeof ITEMS)[number];

const ticked = new WeakMap<Patch, readonly Item[]>();

/** What an edit of the plan ticks. */
export function ticksOf(patch: Patch): readonly Item[] {
  let known = ticked.get(patch);
  if (!known) ticked.set(patch, (known = ticksIn(patch)));
  return known;
}

function ticksIn(patch: Patch): Item[] {
  const done = new Set<Item>();
  for (const op of patch) {
    if (op.op === 'test') continue;
    const [area = '', kind = '', ...rest] = parts(op.path);
    const value: unknown = 'value' in op ? op.value : undefined;
    if (area === 'scenarios' && rest.length === 0 && op.op === 'add') done.add('scenario');
    else done.add('edit');
    const whole = typeof value === 'object' && value !== null && 'owner' in value && value.owner !== '';
    if ((rest.at(-1) === 'owner' && op.op !== 'remove' && value !== '') || (whole && (area === 'okr' || kind === 'lines'))) done.add('owner');
  }
  return [...done];
}

/** What looking at a screen ticks: two scenarios side by side, as a table or a bridge. */
export function ticksAt(screen: Screen, params: Readonly<Record<string, string>>): Item[] {
  return screen === 'scenarios' || (screen === 'budget' && (params['with'] ?? '') !== '') ? ['compare'] : [];
}

/** What is stored of a person's list: what is ticked, and whether it was put away. */
export interface Progress {
  readonly done: readonly Item[];
  readonly away: boolean;
}
export const NONE: Progress = { done: [], away: false };

/** Reads what was stored, whatever it is. */
export function readProgress(text: string | null): Progress {
  try {
    const found: unknown = JSON.parse(text ?? 'null');
    if (typeof found !== 'object' || found === null) return NONE;
    const { done, away } = found as Partial<Record<keyof Progress, unknown>>;
    return { done: Array.isArray(done) ? ITEMS.filter((item) => done.includes(item)) : [], away: away === true };
  } catch {
    return NONE;
  }
}
