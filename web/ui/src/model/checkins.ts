/** Check-ins: which is the latest, whose they are, and the patch of a new one. */
import type { CheckIn, Entry, PlanDocument } from './document';
import { ranked } from './document';
import type { Op } from './patch';
import { parts, pointer, put1 } from './patch';

export const resultPointer = (objective: string, result: string): string => pointer('okr', 'objectives', objective, 'key_results', result);
export const milestonePointer = (id: string): string => pointer('okr', 'milestones', id);
export const LEAST_CONFIDENCE = 1;
export const CONFIDENCES = [1, 2, 3, 4, 5] as const;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The check-ins on something, or all, the newest first: by day, of the same day by id. */
export function checkInsOn(document: PlanDocument, of?: string): Entry<CheckIn>[] {
  return Object.entries(document.okr?.checkins ?? {})
    .map(([id, item]) => ({ id, item }))
    .filter(({ item }) => of === undefined || item.of === of)
    .sort((a, b) => compare(b.item.day, a.item.day) || compare(b.id, a.id));
}
export const latestCheckIn = (document: PlanDocument, of: string): Entry<CheckIn> | undefined => checkInsOn(document, of)[0];

/** Whether one of the positions answers for a milestone or key result. */
export function answersFor(document: PlanDocument, positions: readonly string[], of: string): boolean {
  const [area, kind, id = ''] = parts(of);
  if (area !== 'okr') return false;
  const milestone = kind === 'milestones' ? document.okr?.milestones?.[id] : undefined;
  const owners = milestone ? [milestone.owner, milestone.deputy] : kind === 'objectives' ? [document.okr?.objectives?.[id]?.owner] : [];
  return owners.some((owner) => owner !== undefined && owner !== '' && positions.includes(owner));
}

/** An id for a check-in; ids of the same day are in order of time. */
export function checkInId(now: number, random: () => number = Math.random): string {
  return `c${now.toString(36).padStart(9, '0')}${Math.floor(random() * 1296).toString(36).padStart(2, '0')}`;
}

/** What someone tells of a thing. */
export type Told = Omit<CheckIn, 'of' | 'day'>;

/**
 * The patch that tells how something stands today. Who has told today already
 * corrects that, so that a day has one check-in by the same hand.
 */
export function checkInPatch(document: PlanDocument, of: string, told: Told, { today, id }: { readonly today: string; readonly id: string }): { readonly path: string; readonly patch: Op[] } {
  const last = latestCheckIn(document, of);
  const key = last?.item.day === today ? last.id : id;
  const kept = Object.entries(told).filter(([, value]) => value !== '');
  const path = pointer('okr', 'checkins', key);
  return { path, patch: put1(document, path, { of, day: today, ...Object.fromEntries(kept) }) };
}

/** The places of the check-ins on something and what lies below it, to go with it. */
export function checkInsWithin(document: PlanDocument, path: string): string[] {
  return checkInsOn(document).filter(({ item }) => item.of === path || item.of.startsWith(`${path}/`)).map(({ id }) => pointer('okr', 'checkins', id));
}

/** The pointers of the key results of an objective, in order. */
export const resultPointers = (document: PlanDocument, objective: string): string[] => ranked(document.okr?.objectives?.[objective]?.key_results).map(({ id }) => resultPointer(objective, id));
