/** The workflow in words and numbers: what sections are called, what is next, what an amendment still lacks. */
import type { Act, ActKind, AmendmentKind, Mark, ReconciledLine, Workflow, WorkflowSection, WorkflowStep } from '../api/trustTypes';
import { i18n, maybe, t } from '../i18n/index.svelte';
import type { Key } from '../i18n/types';
import type { PlanDocument } from './document';
import { read } from './document';
import { compact } from './method';
import type { Json, Op } from './patch';
import { pointer, putAll } from './patch';

/** What a section is called: its own name, or the link's. */
export function sectionName(section: Pick<WorkflowSection, 'id' | 'name'>): string {
  return read(section.name, i18n.lang).text || maybe(`nav.${section.id}`, section.id);
}
/** What an act of the workflow did, for lists of what happened. */
export function actText(act: Act): string {
  const name = act.section === undefined ? `${act.amendment ?? ''}` : maybe(`nav.${act.section}`, act.section);
  return t(`act.${act.kind}`, { name });
}
/** What a step is called: its own name, or the role that does it. */
export function stepName(step: Pick<WorkflowStep, 'id' | 'name' | 'role'> | undefined, id = ''): string {
  if (!step) return id;
  return read(step.name, i18n.lang).text || t('approval.step_of', { role: roleName(step.role) });
}
export const roleName = (role: string): string => maybe(`role.${role}`, maybe(`approval.role.${role}`, role));

export const stepOf = (workflow: Pick<Workflow, 'steps'> | null, id: string): WorkflowStep | undefined => workflow?.steps.find((step) => step.id === id);

/** A position by name, as the plan has it. */
export function positionName(document: PlanDocument, id: string): string {
  return read(document.okr?.roles?.[id]?.name, i18n.lang).text || id;
}

/** Whether a mark says that someone did something. */
export const isMark = (mark: Mark | null | undefined): mark is Mark => mark !== null && mark !== undefined && mark.who !== '';

/** What a section waits for, and from whom, in one sentence. */
export function nextText(document: PlanDocument, workflow: Workflow, section: WorkflowSection): string {
  if (section.state === 'approved') return t('approval.next_none');
  if (section.state === 'handed_in') {
    const step = stepOf(workflow, section.next);
    if (!step) return t('approval.next_none');
    const own = read(step.name, i18n.lang).text;
    return t('approval.next_step', { step: own === '' ? roleName(step.role) : t('approval.step_named', { step: own, role: roleName(step.role) }) });
  }
  const key: Key = section.owner === '' ? 'approval.next_hand_in_any' : 'approval.next_hand_in';
  return t(key, { owner: positionName(document, section.owner) });
}

/** Acts that need a word of reason. */
export const NEEDS_NOTE: readonly ActKind[] = ['return', 'reopen', 'reject'];

/** One row of an amendment as it is typed. */
export interface EntryDraft {
  readonly line: string;
  readonly member: readonly string[];
  readonly month: string;
  /** The amount, null while what is typed is none. */
  readonly amount: number | null;
}
/** What amendments' amounts are short of nothing, in hundredths of the currency. */
const CENT = 100;
const cents = (amount: number): number => Math.round(amount * CENT);

/** The sum of what is typed, without the noise of binary fractions. */
export function sumOf(entries: readonly EntryDraft[]): number {
  return entries.reduce((sum, entry) => sum + cents(entry.amount ?? 0), 0) / CENT;
}

/** What keeps an amendment from being proposed; null when it can be. */
export function lacking(kind: AmendmentKind, entries: readonly EntryDraft[]): Key | null {
  const written = entries.filter((entry) => entry.amount !== null && entry.amount !== 0);
  if (written.length === 0) return 'seal.page.lacks_entries';
  if (entries.some((entry) => entry.line === '' || entry.month === '' || entry.member.includes('') || entry.amount === null)) return 'seal.page.lacks_fields';
  const sum = sumOf(entries);
  if (kind === 'supplement') return sum === 0 ? 'seal.page.lacks_supplement' : null;
  if (sum !== 0) return 'seal.page.lacks_balance';
  const sources = new Set(written.filter((entry) => (entry.amount ?? 0) < 0).map((entry) => entry.line));
  return kind === 'reserve' && sources.size !== 1 ? 'seal.page.lacks_source' : null;
}

/** How far the sums of a reconciliation are from footing: sealed + amendments − current, over the lines amended. */
export function foots(rows: readonly ReconciledLine[]): boolean {
  return rows.filter((row) => row.amended).every((row) => row.difference === null || Math.abs(row.difference) < 0.005);
}

/** The sums of a column over the lines amended themselves, in one unit. */
export interface Totals {
  readonly original: number | null;
  readonly transfers: number;
  readonly supplements: number;
  readonly reserve: number;
  readonly current: number | null;
  readonly difference: number | null;
}
export function totalsOf(rows: readonly ReconciledLine[]): Totals {
  const sum = (pick: (row: ReconciledLine) => number | null): number | null => rows.reduce<number | null>((all, row) => {
    const value = pick(row);
    return all === null || value === null ? null : all + value;
  }, 0);
  return {
    original: sum((row) => row.original), transfers: sum((row) => row.transfers) ?? 0, supplements: sum((row) => row.supplements) ?? 0,
    reserve: sum((row) => row.reserve) ?? 0, current: sum((row) => row.current), difference: sum((row) => row.difference),
  };
}

/** What the set-up form holds. */
export interface SetUp {
  readonly phase: Workflow['phase'];
  /** Id of the line that is the amount; empty for none. */
  readonly amount: string;
  readonly whyAbove: number;
  readonly sections: readonly { readonly id: string; readonly owner: string; readonly deadline: string }[];
  readonly steps: readonly { readonly id: string; readonly role: WorkflowStep['role']; readonly from: number }[];
}

/** The patch that sets a workflow up as the form says. Sections and steps that were none of the document's own are written whole; the five links cover what they do. */
export function setUp(document: PlanDocument, now: Workflow, wanted: SetUp): Op[] {
  const settings: (readonly [string, Json | undefined])[] = [
    ['/workflow/phase', wanted.phase === 'draft' ? undefined : wanted.phase],
    ['/workflow/why_above', wanted.whyAbove === 0 ? undefined : wanted.whyAbove],
    ['/workflow/amount', wanted.amount === '' ? undefined : wanted.amount],
  ];
  return putAll(document, [...settings, ...sectionChanges(document, now, wanted), ...stepChanges(document, now, wanted)]);
}

type Change = readonly [path: string, value: Json | undefined];
const RANKS = '123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const rankAt = (i: number): string => RANKS.charAt(Math.min(i, RANKS.length - 1));
const given = (value: string): string | undefined => (value === '' ? undefined : value);

function sectionChanges(document: PlanDocument, now: Workflow, { sections }: SetUp): Change[] {
  const changed = sections.some((section) => {
    const before = now.sections.find((one) => one.id === section.id);
    return before?.owner !== section.owner || before.deadline !== section.deadline;
  });
  if (!changed) return [];
  const known = document.workflow?.sections ?? {};
  return sections.flatMap(({ id, owner, deadline }, i): Change[] => {
    const path = pointer('workflow', 'sections', id);
    if (known[id] !== undefined) return [[`${path}/owner`, given(owner)], [`${path}/deadline`, given(deadline)]];
    return [[path, compact({ rank: rankAt(i), owner, deadline })]];
  });
}

function stepChanges(document: PlanDocument, now: Workflow, { steps }: SetUp): Change[] {
  const same = steps.length === now.steps.length && steps.every((step, i) => step.id === now.steps[i]?.id && step.role === now.steps[i].role && step.from === now.steps[i].from);
  if (same) return [];
  const known = document.workflow?.steps ?? {};
  const gone = Object.keys(known).filter((id) => !steps.some((step) => step.id === id));
  return [
    ...gone.map((id): Change => [pointer('workflow', 'steps', id), undefined]),
    ...steps.flatMap(({ id, role, from }, i): Change[] => {
      const path = pointer('workflow', 'steps', id);
      if (known[id] === undefined) return [[path, compact({ rank: rankAt(i), role, from: from === 0 ? undefined : from })]];
      return [[`${path}/role`, role], [`${path}/from`, from === 0 ? undefined : from]];
    }),
  ];
}
