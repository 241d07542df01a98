/** Patches of the method's screens: what to write when one thing refers to another. */
import { checkInsWithin } from './checkins';
import type { KeyResult, Listed, Milestone, PlanDocument, Table, Text } from './document';
import { newId, rankAtEnd, ranked } from './document';
import type { Json, Op } from './patch';
import { diff, pointer, putAll } from './patch';

/** The patch that removes an objective with its check-ins and every reference to it. */
export function removeObjective(document: PlanDocument, id: string): Op[] {
  const findings = ranked(document.method?.findings).filter(({ item }) => item.objective === id);
  const milestones = ranked(document.okr?.milestones).filter(({ item }) => item.objective === id);
  const initiatives = ranked(document.okr?.initiatives).filter(({ item }) => item.objective === id);
  return putAll(document, [
    ...checkInsWithin(document, pointer('okr', 'objectives', id)).map((place) => [place, undefined] as const),
    ...initiatives.map((entry) => [pointer('okr', 'initiatives', entry.id, 'objective'), undefined] as const),
    ...findings.map((entry) => [pointer('method', 'findings', entry.id, 'objective'), undefined] as const),
    ...milestones.map((entry) => [pointer('okr', 'milestones', entry.id, 'objective'), undefined] as const),
    [pointer('okr', 'objectives', id), undefined],
  ]);
}

/** Whether an objective or a milestone needs a role. */
export function roleInUse(document: PlanDocument, id: string): boolean {
  const { objectives, milestones, initiatives } = document.okr ?? {};
  const lines = ranked(document.budget?.lines);
  return ranked(objectives).some(({ item }) => item.owner === id) || ranked(milestones).some(({ item }) => item.owner === id || item.deputy === id) || ranked(initiatives).some(({ item }) => item.owner === id) || ranked(document.workflow?.sections).some(({ item }) => item.owner === id) || lines.some(({ item }) => item.owner === id);
}

/** A text with one language set; an emptied language leaves the text. */
export function withText(text: Text | undefined, lang: 'en' | 'zh', value: string): Text {
  const { [lang]: _, ...rest } = text ?? {};
  return value === '' ? rest : { ...rest, [lang]: value };
}

/** An object without members that say nothing, ready for a patch. */
export function compact(item: Readonly<Record<string, unknown>>): Json {
  const kept = Object.entries(item).filter(([, value]) => {
    if (value === undefined || value === '') return false;
    return !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  });
  return Object.fromEntries(kept) as Json;
}

/** Where the things of a form live in the document. */
export interface Place {
  readonly at: readonly string[];
  readonly table: Table<Listed> | undefined;
  /** What new ids begin with. */
  readonly prefix: string;
}

/** What saving a form comes to: one patch that writes the thing, which gets a code and the last place if it is new. */
export function saving(document: PlanDocument, { at, table, prefix }: Place, id: string | null, before: Partial<Listed>, fields: Readonly<Record<string, unknown>>) {
  const key = id ?? newId(prefix);
  const path = pointer(...at, key);
  const after = compact({ ...before, code: before.code ?? key, rank: before.rank ?? rankAtEnd(table), ...fields });
  return { key, patch: diff(document, path, after), label: { kind: id === null ? 'add' : 'change', what: path } as const };
}

/** Whether a milestone's day is past and its work is not done. */
export function isOverdue(milestone: Milestone, today: string): boolean {
  const open = milestone.status === undefined || milestone.status === 'planned' || milestone.status === 'active';
  return open && milestone.due !== undefined && milestone.due !== '' && milestone.due < today;
}

/** Today in the reader's own time zone. */
export function todayOf(now: Date): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}

/** Whether a key result wants its figure to fall. */
export const falls = (result: KeyResult): boolean => result.baseline !== undefined && result.target !== undefined && result.target < result.baseline;
