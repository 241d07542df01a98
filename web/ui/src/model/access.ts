/** What the reader may change, and why not: derived from what the server said, so that nothing is offered that it refuses. */
import type { Access, Deed, Rule, Workflow } from '../api/trustTypes';
import { answersFor, latestCheckIn } from './checkins';
import type { PlanDocument } from './document';
import { codeOf, linesByCode } from './document';
import { parts } from './patch';

/** The key of the error of a cell that is not shown to the reader. */
export const WITHHELD = 'rights.withheld';
export const isWithheld = (error: { readonly key: string } | null | undefined): boolean => error?.key === WITHHELD;

/** Why a place cannot be changed. A closed section, a locked scenario and a seal have a way out, which the screens name. */
export type Lock = 'past' | 'sealed' | 'closed' | 'locked' | 'rights';

const EVERYTHING: readonly Deed[] = ['edit', 'comment', 'hand_in', 'propose', 'seal', 'workflow', 'header', 'see_pay', 'download'];
/** The access of someone from whom nothing is kept. */
export const WHOLE: Access = { roles: ['director'], hidden: [], withheld: [], hidden_problems: 0, may: [...EVERYTHING], positions: [], lines: [], members: [], sealed: null, past: false, closed: [] };
/** Nobody edits an earlier revision. */
export const PAST: Access = { ...WHOLE, may: ['download'], past: true };

export const may = (access: Access, deed: Deed): boolean => access.may.includes(deed);

/** Whether a line is meant for everyone: it is kept only from who can move what lies below it, since a before and after would tell the pay. */
export const isReleased = (document: PlanDocument, code: string): boolean => linesByCode(document).get(code)?.item.released === true;

/** Whether one pointer is the other or a part of it. */
export const within = (pointer: string, area: string): boolean => pointer === area || pointer.startsWith(`${area}/`);

const SEALED_AREAS = ['/plan', '/method', '/budget', '/history', '/workflow/seal'];

export interface Rules {
  readonly access: Access;
  readonly workflow: Workflow | null;
  readonly document: PlanDocument;
  /** The table of rights; empty before it was asked for, which keeps nothing back: the server does. */
  readonly table: readonly Rule[];
}

/** The closed section that covers a place: handed in or approved, and not returned since. */
export function closedAt(pointer: string, { access, workflow }: Pick<Rules, 'access' | 'workflow'>): Workflow['sections'][number] | undefined {
  return workflow?.sections.find((section) => access.closed.includes(section.id) && section.covers.some((area) => within(pointer, area)));
}

function sealed(pointer: string, { access, document }: Rules): boolean {
  if (access.sealed === null) return false;
  if (SEALED_AREAS.some((area) => within(pointer, area))) return true;
  const [area, id = ''] = parts(pointer);
  if (area !== 'scenarios') return false;
  const code = document.scenarios?.[id]?.code ?? id;
  return access.sealed.scenarios.includes(code) || access.sealed.scenarios.includes(id);
}

/** Why a place of the plan cannot be changed; null where it can, as far as the page knows. */
export function lockOf(pointer: string, rules: Rules): Lock | null {
  const { access } = rules;
  if (access.past) return 'past';
  if (!within(pointer, '/workflow') && !may(access, within(pointer, '/comments') ? 'comment' : 'edit')) return 'rights';
  if (!allowed(pointer, rules)) return 'rights';
  if (sealed(pointer, rules)) return 'sealed';
  if (closedAt(pointer, rules)) return 'closed';
  return lockedAt(pointer, rules.document) ? 'locked' : null;
}

/** What becomes of a scenario that is locked: it can be unlocked, and put away. */
const MARKS: readonly string[] = ['locked', 'archived'];
/** The id of the locked scenario that a place is in, its marks apart. */
export function lockedAt(pointer: string, document: PlanDocument): string | undefined {
  const [area, id = '', field = ''] = parts(pointer);
  return area === 'scenarios' && !MARKS.includes(field) && document.scenarios?.[id]?.locked === true ? id : undefined;
}

type Level = Rule['director'];
const patterns = new Map<string, { readonly open: boolean; readonly fixed: readonly string[] }>();

/** A pattern taken apart, once: it is asked of every cell of a paste. */
function patternOf(pattern: string): { readonly open: boolean; readonly fixed: readonly string[] } {
  let known = patterns.get(pattern);
  if (!known) {
    const wanted = parts(pattern);
    const open = wanted.at(-1) === '**';
    patterns.set(pattern, (known = { open, fixed: open ? wanted.slice(0, -1) : wanted }));
  }
  return known;
}

/** Whether a place matches a pattern in which * stands for one part and a last ** for any number. */
export function matches(pattern: string, names: readonly string[]): boolean {
  const { open, fixed } = patternOf(pattern);
  if (open ? names.length < fixed.length : names.length !== fixed.length) return false;
  return fixed.every((part, i) => part === '*' || part === names[i]);
}

/** What the table of rights lets roles do with a place: the first rule that matches holds, and the role that may most. */
export function levelOf(table: readonly Rule[], roles: readonly string[], names: readonly string[]): Level {
  const rule = table.find((one) => matches(one.pattern, names));
  if (!rule) return 'edit';
  const levels = ROLES.filter((role) => roles.includes(role)).map((role) => rule[role]);
  return LEVELS.find((level) => levels.includes(level)) ?? 'none';
}
const ROLES = ['director', 'finance', 'lead', 'viewer', 'administrator'] as const;
const LEVELS: readonly Level[] = ['edit', 'own', 'read', 'none'];

/** Whether the reader's roles reach a place: by right, or because it is the reader's own. */
function allowed(pointer: string, { access, document, table }: Rules): boolean {
  const names = parts(pointer);
  const level = levelOf(table, access.roles, names);
  if (level !== 'own') return level === 'edit';
  const [area, kind, id = ''] = names;
  if (area === 'budget' && kind === 'lines') {
    const line = document.budget?.lines?.[id];
    return (line !== undefined && access.lines.includes(codeOf({ id, item: line }))) || names.slice(4).some((name) => access.members.includes(name));
  }
  if (area === 'okr' && kind === 'milestones') {
    const { owner = '', deputy = '' } = document.okr?.milestones?.[id] ?? {};
    return access.positions.includes(owner) || access.positions.includes(deputy);
  }
  if (area === 'okr' && kind === 'checkins') return checkIn(id, { access, document, table });
  if (area === 'okr' && kind === 'objectives') return access.positions.includes(document.okr?.objectives?.[id]?.owner ?? '');
  return true;
}

/** Whether a check-in is the reader's: the latest on something of theirs. Of one that is not there yet the server decides, by what it is on. */
function checkIn(id: string, { access, document }: Pick<Rules, 'access' | 'document' | 'table'>): boolean {
  const there = document.okr?.checkins?.[id];
  if (!there) return true;
  return answersFor(document, access.positions, there.of) && latestCheckIn(document, there.of)?.id === id;
}

/** The places a screen edits. */
const SCREEN_AREAS: Readonly<Partial<Record<string, readonly string[]>>> = {
  positioning: ['/method/positioning', '/method/strategy'],
  retrospective: ['/method/findings'],
  business: ['/method/strategy/goals', '/okr/objectives'],
  budget: ['/budget'],
  parts: ['/budget'],
  action: ['/okr/initiatives', '/okr/milestones'],
  goals: ['/okr/milestones', '/okr/objectives'],
  scenarios: ['/scenarios'],
};

/** The closed section that a screen edits, or a part of it. */
export function closedIn(screen: string, access: Access, workflow: Workflow | null): Workflow['sections'][number] | undefined {
  const areas = SCREEN_AREAS[screen] ?? [];
  return workflow?.sections.find((section) => access.closed.includes(section.id) && section.covers.some((cover) => areas.some((area) => within(cover, area) || within(area, cover))));
}

/** Whether what a screen edits is sealed. */
export function sealedIn(screen: string, access: Access): boolean {
  return access.sealed !== null && (SCREEN_AREAS[screen] ?? []).some((area) => area === '/scenarios' || SEALED_AREAS.some((one) => within(area, one)));
}
