/** Goals and milestones as the screens show them: one tree, filtered, counted, and what belongs to a position. */
import type { GoalProgress, ObjectiveProgress, Reading } from '../api/goals';
import { answersFor, checkInsWithin, latestCheckIn, milestonePointer, resultPointer } from './checkins';
import type { CheckIn, Entry, GoalGroup, Initiative, KeyResult, Milestone, MilestoneStatus, Objective, PlanDocument, Table, Text } from './document';
import { GOAL_GROUPS, ranked } from './document';
import { isOverdue } from './method';
import type { Op } from './patch';
import { diff, pointer, putAll } from './patch';
import type { Span } from './timeline';
import { daysBetween, isDay, monthOf } from './timeline';

export const VIEWS = ['timeline', 'board', 'list'] as const;
export type View = (typeof VIEWS)[number];
export const viewNamed = (name: string | undefined): View => VIEWS.find((one) => one === name) ?? 'timeline';

/** What of the goals is shown; an empty member keeps nothing back. */
export interface GoalFilter {
  /** A position; `-` for what nobody answers for. */
  readonly owner: string;
  readonly group: string;
  readonly state: string;
  readonly overdue: boolean;
  readonly text: string;
}
export function filterOf(params: Readonly<Record<string, string>>): GoalFilter {
  return { owner: params['owner'] ?? '', group: params['group'] ?? '', state: params['state'] ?? '', overdue: params['overdue'] === '1', text: params['q'] ?? '' };
}
export const isFiltered = ({ owner, group, state, overdue, text }: GoalFilter): boolean => owner !== '' || group !== '' || state !== '' || overdue || text !== '';

/** An objective with what serves it. */
export interface GoalNode {
  /** Empty for the milestones that serve no objective. */
  readonly id: string;
  readonly item: Objective;
  readonly results: readonly Entry<KeyResult>[];
  readonly milestones: readonly Entry<Milestone>[];
}

const statusOf = (item: Milestone): MilestoneStatus => item.status ?? 'planned';
const byDue = (a: Entry<Milestone>, b: Entry<Milestone>): number => {
  const [one, other] = [a.item.due || '9999', b.item.due || '9999'];
  return one < other ? -1 : one > other ? 1 : 0;
};

/** The milestones that pass the filter, the earliest first. */
export function milestonesIn(document: PlanDocument, filter: GoalFilter, today: string): Entry<Milestone>[] {
  const groupOf = (item: Milestone): string => document.okr?.objectives?.[item.objective ?? '']?.group ?? '';
  return ranked(document.okr?.milestones)
    .filter(({ item }) => owned(filter.owner, item.owner, item.deputy))
    .filter(({ item }) => filter.group === '' || groupOf(item) === filter.group)
    .filter(({ item }) => filter.state === '' || statusOf(item) === filter.state)
    .filter(({ item }) => !filter.overdue || isOverdue(item, today))
    .filter(({ item }) => says(item.name, filter.text))
    .sort(byDue);
}
function owned(wanted: string, owner: string | undefined, deputy?: string): boolean {
  if (wanted === '') return true;
  return wanted === '-' ? (owner ?? '') === '' : owner === wanted || deputy === wanted;
}
function says(text: Text | undefined, wanted: string): boolean {
  const word = wanted.trim().toLocaleLowerCase();
  return word === '' || Object.values(text ?? {}).some((one: string) => one.toLocaleLowerCase().includes(word));
}

/**
 * The tree in the order of the four sides. An objective stays where it passes
 * the filter itself, or where a milestone under it does; a filter on states
 * asks only for milestones.
 */
export function treeOf(document: PlanDocument, filter: GoalFilter, today: string): GoalNode[] {
  const milestones = milestonesIn(document, filter, today);
  const objectives = ranked(document.okr?.objectives);
  const only = filter.state !== '' || filter.overdue;
  const nodes: GoalNode[] = [];
  for (const group of GOAL_GROUPS) {
    for (const { id, item } of objectives.filter((one) => (one.item.group ?? 'customer') === group)) {
      const under = milestones.filter((one) => one.item.objective === id);
      const results = ranked(item.key_results);
      const own = !only && owned(filter.owner, item.owner) && (filter.group === '' || group === filter.group) && (says(item.name, filter.text) || results.some((one) => says(one.item.name, filter.text)));
      if (own || under.length > 0) nodes.push({ id, item, results: own ? results : [], milestones: under });
    }
  }
  const loose = milestones.filter(({ item }) => document.okr?.objectives?.[item.objective ?? ''] === undefined);
  return loose.length === 0 ? nodes : [...nodes, { id: '', item: {}, results: [], milestones: loose }];
}

export interface Counts {
  readonly planned: number;
  readonly active: number;
  readonly done: number;
  readonly dropped: number;
  readonly overdue: number;
}
export function countsOf(milestones: readonly Entry<Milestone>[], today: string): Counts {
  const of = (status: MilestoneStatus): number => milestones.filter(({ item }) => statusOf(item) === status).length;
  return { planned: of('planned'), active: of('active'), done: of('done'), dropped: of('dropped'), overdue: milestones.filter(({ item }) => isOverdue(item, today)).length };
}

/** The initiatives that go live with a milestone: a slip of it moves the forecast. */
export function carriedBy(document: PlanDocument, milestone: string): Entry<Initiative>[] {
  return ranked(document.okr?.initiatives).filter(({ item }) => item.milestone === milestone && (item.status === 'approved' || item.status === 'live'));
}

/** The month an initiative goes live: its milestone's where it has one, else its own; empty while that is open or the milestone dropped. */
export function liveMonth(document: PlanDocument, item: Initiative): string {
  if ((item.milestone ?? '') === '') return item.go_live ?? '';
  const milestone = document.okr?.milestones?.[item.milestone ?? ''];
  return milestone === undefined || milestone.status === 'dropped' || !isDay(milestone.due) ? '' : monthOf(milestone.due);
}

/** The patch that moves a milestone, all of it or nothing. */
export function moveMilestone(document: PlanDocument, id: string, to: Span): Op[] {
  const path = milestonePointer(id);
  const before = document.okr?.milestones?.[id] ?? {};
  return diff(document, path, { ...before, due: to.due, ...(isDay(to.start) ? { start: to.start } : {}) } as never);
}

/** When a milestone is to be worked on, as far as its day is known. */
export const spanOf = ({ start, due }: Milestone): Span | null => (isDay(due) ? { due, ...(isDay(start) ? { start } : {}) } : null);

/** What the milestones of a document were to be, by id. A milestone without a day is among them as null. */
export type Baseline = ReadonlyMap<string, Span | null>;
export function baselineOf(document: PlanDocument): Baseline {
  return new Map(Object.entries(document.okr?.milestones ?? {}).map(([id, item]) => [id, spanOf(item)]));
}

/** Where a milestone was to be, if that is not where it is. */
export function ghostOf(baseline: Baseline | null, id: string, now: Span | null): Span | null {
  const was = baseline?.get(id) ?? null;
  return was !== null && (was.due !== now?.due || was.start !== now.start) ? was : null;
}

/** Whether moving a milestone moves the month in which an initiative goes live. */
export const movesBudget = (document: PlanDocument, id: string, from: string, to: string): boolean => monthOf(from) !== monthOf(to) && carriedBy(document, id).length > 0;

/** The patch that removes a milestone with its check-ins; initiatives that go live with it lose it. */
export function removeMilestone(document: PlanDocument, id: string): Op[] {
  const path = milestonePointer(id);
  const initiatives = ranked(document.okr?.initiatives).filter(({ item }) => item.milestone === id);
  return putAll(document, [
    ...checkInsWithin(document, path).map((place) => [place, undefined] as const),
    ...initiatives.map((entry) => [pointer('okr', 'initiatives', entry.id, 'milestone'), undefined] as const),
    [path, undefined],
  ]);
}

/** How one key result stands, as the server reckons it. */
export function standingOf(progress: GoalProgress | null, objective: string, result: string): { readonly planned: Reading | null; readonly measured: Reading | null } {
  const found = objectiveStanding(progress, objective)?.key_results.find((one) => one.id === result);
  return { planned: found?.planned ?? null, measured: found?.measured ?? null };
}
export const objectiveStanding = (progress: GoalProgress | null, objective: string): ObjectiveProgress | undefined => progress?.objectives.find((one) => one.id === objective);

/** A progress within what a bar can show. */
export const barred = (progress: number | null | undefined): number => Math.min(1, Math.max(0, progress ?? 0));

/** The days since a check-in, null where there is none or it is dated ahead. */
export function ageOf(entry: Entry<CheckIn> | undefined, today: string): number | null {
  if (!entry || !isDay(entry.item.day)) return null;
  const days = daysBetween(entry.item.day, today);
  return days < 0 ? null : days;
}

/** Something one answers for. */
export type Mine =
  | { readonly kind: 'milestone'; readonly of: string; readonly id: string; readonly item: Milestone; readonly deputy: boolean }
  | { readonly kind: 'result'; readonly of: string; readonly id: string; readonly objective: string; readonly item: KeyResult; readonly deputy: false };

/** How many days ahead something counts as due soon. */
export const SOON = 30;
/** How many days a check-in holds. */
export const FRESH = 7;

export interface MyGoals {
  /** Open and due within SOON days, or past: the most urgent first. */
  readonly due: readonly Mine[];
  readonly later: readonly Mine[];
  readonly results: readonly Mine[];
  readonly closed: readonly Mine[];
}

/** What belongs to some positions, by when it is due. */
export function mineOf(document: PlanDocument, positions: readonly string[], today: string): MyGoals {
  const milestones = ranked(document.okr?.milestones)
    .filter(({ id }) => answersFor(document, positions, milestonePointer(id)))
    .sort(byDue)
    .map(({ id, item }): Mine => ({ kind: 'milestone', of: milestonePointer(id), id, item, deputy: !positions.includes(item.owner ?? '') }));
  const results = ranked(document.okr?.objectives)
    .filter(({ item }) => positions.includes(item.owner ?? ''))
    .flatMap(({ id, item }) => ranked(item.key_results).map((result): Mine => ({ kind: 'result', of: resultPointer(id, result.id), id: result.id, objective: id, item: result.item, deputy: false })));
  const isOpen = (one: Mine): boolean => one.kind === 'milestone' && ['planned', 'active'].includes(statusOf(one.item));
  const isDue = (one: Mine): boolean => one.kind === 'milestone' && isDay(one.item.due) && daysBetween(today, one.item.due) <= SOON;
  return { due: milestones.filter((one) => isOpen(one) && isDue(one)), later: milestones.filter((one) => isOpen(one) && !isDue(one)), results, closed: milestones.filter((one) => !isOpen(one)) };
}

/** What wants a check-in: key results, milestones under way or due soon, whose last one is older than FRESH days; the longest silent first. */
export function silent(document: PlanDocument, mine: MyGoals, today: string): Mine[] {
  const wanted = [...mine.due, ...mine.later.filter((one) => one.kind === 'milestone' && one.item.status === 'active'), ...mine.results];
  const day = (one: Mine): string => latestCheckIn(document, one.of)?.item.day ?? '';
  return wanted.filter((one) => !isDay(day(one)) || daysBetween(day(one), today) >= FRESH).sort((a, b) => (day(a) < day(b) ? -1 : day(a) > day(b) ? 1 : 0));
}

/** What a position answers for. */
export interface Owned {
  readonly role: string;
  readonly objectives: number;
  readonly milestones: number;
  readonly initiatives: number;
  readonly lines: number;
}
/** What each position answers for, and last what nobody does. */
export function ownership(document: PlanDocument): { readonly roles: readonly Owned[]; readonly nobody: Owned } {
  const of = (role: string): Owned => {
    const count = (table: Table<{ readonly owner?: string }> | undefined): number => Object.values(table ?? {}).filter((one) => (one.owner ?? '') === role).length;
    const milestones = Object.values(document.okr?.milestones ?? {}).filter((one) => (one.owner ?? '') === role && statusOf(one) !== 'dropped').length;
    // A line with a formula is nobody's to fill in.
    const lines = Object.values(document.budget?.lines ?? {}).filter((one) => (one.owner ?? '') === role && one.formula === undefined).length;
    return { role, objectives: count(document.okr?.objectives), milestones, initiatives: count(document.okr?.initiatives), lines };
  };
  return { roles: ranked(document.okr?.roles).map(({ id }) => of(id)), nobody: of('') };
}

/** The side an objective is on. */
export const groupOf = (item: Objective): GoalGroup => item.group ?? 'customer';
