/** Patches of the method's screens: what to write when one thing refers to another. */
import { checkInsWithin } from './checkins';
import type { Entry, Finding, Initiative, KeyResult, Listed, Milestone, PlanDocument, Table, Text } from './document';
import { newId, rankAtEnd, ranked } from './document';
import type { Json, Op } from './patch';
import { diff, pointer, putAll } from './patch';

/** The patch that removes an objective with its check-ins and every reference to it. */
export function removeObjective(document: PlanDocument, id: string): Op[] {
  const findings = ranked(document.method?.findings).filter(({ item }) => item.objective === id);
  const layers = ranked(document.method?.positioning?.layers).filter(({ item }) => item.objective === id);
  const milestones = ranked(document.okr?.milestones).filter(({ item }) => item.objective === id);
  const initiatives = ranked(document.okr?.initiatives).filter(({ item }) => item.objective === id);
  return putAll(document, [
    ...checkInsWithin(document, pointer('okr', 'objectives', id)).map((place) => [place, undefined] as const),
    ...initiatives.map((entry) => [pointer('okr', 'initiatives', entry.id, 'objective'), undefined] as const),
    ...findings.map((entry) => [pointer('method', 'findings', entry.id, 'objective'), undefined] as const),
    ...layers.map((entry) => [pointer('method', 'positioning', 'layers', entry.id, 'objective'), undefined] as const),
    ...milestones.map((entry) => [pointer('okr', 'milestones', entry.id, 'objective'), undefined] as const),
    [pointer('okr', 'objectives', id), undefined],
  ]);
}

/** The patch that removes an initiative: scenarios that switch it and findings that led to it go on without. */
export function removeInitiative(document: PlanDocument, id: string): Op[] {
  const switched = Object.entries(document.scenarios ?? {}).filter(([, one]) => (one as { readonly initiatives?: Readonly<Record<string, string>> }).initiatives?.[id] !== undefined);
  const findings = ranked(document.method?.findings).filter(({ item }) => item.initiative === id);
  return putAll(document, [
    ...switched.map(([scenario]) => [pointer('scenarios', scenario, 'initiatives', id), undefined] as const),
    ...findings.map((entry) => [pointer('method', 'findings', entry.id, 'initiative'), undefined] as const),
    [pointer('okr', 'initiatives', id), undefined],
  ]);
}

/** The first sentence of a text, for a name. */
function firstSentence(text: string): string {
  const [sentence = text] = /^.+?(?:[。！？；]|[.!?;](?=\s|$))/u.exec(text.trim()) ?? [];
  return sentence.replace(/[。；.;]$/u, '');
}
const named = (text: Text | undefined): Text => Object.fromEntries(Object.entries(text ?? {}).map(([lang, words]) => [lang, firstSentence(String(words))]));

/** The initiative that a finding led to, where the plan has it. */
export function initiativeOf(document: PlanDocument, item: Finding): Entry<Initiative> | null {
  const id = item.initiative ?? '';
  const initiative = document.okr?.initiatives?.[id];
  return initiative ? { id, item: initiative } : null;
}

/**
 * What makes an initiative of a finding: one patch with the new thing, named by
 * the finding's first sentence, and the finding's link to it in the place of a
 * reason why nothing follows. Null where the finding has one, or is not there.
 */
export function made(document: PlanDocument, finding: string): { readonly key: string; readonly path: string; readonly patch: Op[] } | null {
  const item = document.method?.findings?.[finding];
  if (!item || initiativeOf(document, item) !== null) return null;
  const key = newId('initiative');
  const path = pointer('okr', 'initiatives', key);
  const thing = compact({ code: key, rank: rankAtEnd(document.okr?.initiatives), name: named(item.statement), note: item.evidence, status: 'idea', objective: item.objective });
  const at = pointer('method', 'findings', finding);
  return { key, path, patch: putAll(document, [[path, thing], [`${at}/initiative`, key], [`${at}/refused`, undefined]]) };
}

/** Whether something follows from a finding. */
export const hasLed = (item: Finding): boolean => (item.objective ?? '') !== '' || (item.initiative ?? '') !== '';

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
