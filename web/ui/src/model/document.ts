/**
 * The plan document as the page reads it. It mirrors the JSON the server keeps;
 * everything is optional, because a plan may be a day old.
 */
import type { Lang } from '../i18n/types';
import { carried } from './patch';

/** A text in both languages; either may be missing. */
export interface Text {
  readonly en?: string;
  readonly zh?: string;
}

export type Party = 'company' | 'customer' | 'partner' | 'employee';
export type GoalGroup = 'customer' | 'finance' | 'operations' | 'people';
export type Decision = 'continue' | 'breakthrough' | 'stop';
export type Effect = 'gain' | 'loss';
export type MilestoneStatus = 'planned' | 'active' | 'done' | 'dropped';
export type Sense = 'good' | 'bad' | 'neither';

export const PARTIES: readonly Party[] = ['company', 'customer', 'partner', 'employee'];
export const GOAL_GROUPS: readonly GoalGroup[] = ['customer', 'finance', 'operations', 'people'];
export const DECISIONS: readonly Decision[] = ['continue', 'breakthrough', 'stop'];
export const STATUSES: readonly MilestoneStatus[] = ['planned', 'active', 'done', 'dropped'];

/** What every listed thing has. */
export interface Listed {
  readonly code?: string;
  readonly rank?: string;
}
export type Table<T> = Readonly<Record<string, T>>;

export interface Layer extends Listed {
  readonly name?: Text;
  readonly today?: number;
  readonly target?: number;
  readonly note?: Text;
  /** What moves effort to it. */
  readonly objective?: string;
}
export interface Finding extends Listed {
  readonly party?: Party;
  readonly statement?: Text;
  readonly evidence?: Text;
  readonly effect?: Effect;
  readonly decision?: Decision | '';
  readonly severity?: number;
  readonly objective?: string;
  readonly initiative?: string;
  readonly refused?: Text;
}
export interface Goal extends Listed {
  readonly group?: GoalGroup;
  readonly text?: Text;
}
export interface Role extends Listed {
  readonly name?: Text;
}
export interface KeyResult extends Listed {
  readonly name?: Text;
  readonly line?: string;
  readonly baseline?: number;
  readonly target?: number;
  readonly unit?: string;
}
export interface Objective extends Listed {
  readonly group?: GoalGroup;
  readonly name?: Text;
  readonly owner?: string;
  readonly weight?: number;
  readonly note?: Text;
  readonly key_results?: Table<KeyResult>;
}
export interface Milestone extends Listed {
  readonly name?: Text;
  readonly owner?: string;
  readonly deputy?: string;
  /** The day work begins; due is its last. */
  readonly start?: string;
  readonly due?: string;
  readonly objective?: string;
  readonly status?: MilestoneStatus;
  readonly acceptance?: Text;
  readonly note?: Text;
}
/** How a milestone or key result stood on a day. */
export interface CheckIn {
  /** The pointer of what it is about. */
  readonly of: string;
  readonly day: string;
  readonly value?: number;
  /** From 1 to 5. */
  readonly confidence?: number;
  readonly note?: string;
  readonly blocker?: string;
}
/** Values of one line: by month, or by member code and then by month. */
export interface Values {
  readonly [key: string]: number | Values;
}
export interface Line extends Listed {
  readonly released?: boolean;
  readonly name?: Text;
  readonly group?: string;
  readonly unit?: string;
  readonly by?: readonly string[];
  readonly rollup?: unknown;
  readonly values?: Values;
  readonly formula?: string;
  readonly sense?: Sense;
  readonly account?: string;
  readonly owner?: string;
  readonly source?: unknown;
  readonly note?: Text;
}
export interface Group extends Listed {
  readonly name?: Text;
}
export interface Member extends Listed {
  readonly name?: Text;
}
export interface Dimension extends Listed {
  readonly name?: Text;
  readonly members?: Table<Member>;
}
export interface Change extends Listed {
  readonly line?: string;
  readonly member?: Readonly<Record<string, string>>;
  readonly from?: string;
  readonly to?: string;
  readonly set?: number;
  readonly scale?: number;
  readonly add?: number;
  readonly formula?: string;
  readonly note?: Text;
}
/** A part of the model that formulas name: a policy, a plan or a table. */
export interface Part extends Listed {
  readonly name?: Text;
  readonly [field: string]: unknown;
}
export interface Lever extends Listed {
  readonly name?: Text;
  readonly note?: Text;
  readonly changes?: Table<Change>;
  readonly requires?: readonly string[];
  readonly excludes?: readonly string[];
}
export interface Initiative extends Listed {
  readonly name?: Text;
  readonly note?: Text;
  readonly owner?: string;
  readonly objective?: string;
  readonly status?: string;
  readonly go_live?: string;
  readonly milestone?: string;
  readonly changes?: Table<Change>;
}
export interface Scenario extends Listed {
  readonly name?: Text;
  readonly parent?: string;
  readonly note?: Text;
  /** Ids of the levers it pulls, in order. */
  readonly levers?: readonly string[];
  readonly changes?: Table<Change>;
  readonly cells?: Readonly<Record<string, Values>>;
  /** Nothing in it changes until it is unlocked. */
  readonly locked?: boolean;
  /** It is put away: offered nowhere, and there all the same. */
  readonly archived?: boolean;
}
/** A part of the plan that is handed in and approved by itself. */
export interface Section extends Listed {
  readonly name?: Text;
  readonly covers?: readonly string[];
  readonly owner?: string;
  readonly deadline?: string;
  readonly state?: string;
}
/** A step of the approval. */
export interface ApprovalStep extends Listed {
  readonly name?: Text;
  readonly role?: string;
  readonly from?: number;
}
/** One thing that somebody said. Before the server has it nobody has signed it, and it has no day. */
export interface Message {
  readonly text?: string;
  readonly who?: string;
  readonly day?: string;
  readonly mentions?: readonly string[];
}
/** A thread: a comment on a place, the replies, and whether it is settled. */
export interface Comment extends Message {
  readonly on?: string;
  readonly scenario?: string;
  readonly replies?: Table<Message>;
  readonly resolved?: { readonly who?: string; readonly day?: string };
}
export interface PlanDocument {
  readonly centerplan?: number;
  readonly plan?: {
    readonly id?: string;
    readonly name?: Text;
    readonly center?: Text | string;
    readonly currency?: string;
    readonly source?: Text;
    readonly note?: Text;
  };
  readonly budget?: {
    readonly calendar?: { readonly start?: string; readonly months?: number; readonly fiscal_start?: string; readonly days?: string; readonly holidays?: readonly string[]; readonly workdays?: readonly string[] };
    readonly dimensions?: Table<Dimension>;
    readonly groups?: Table<Group>;
    readonly lines?: Table<Line>;
    readonly levers?: Table<Lever>;
    readonly staffing?: Table<Part>;
    readonly hiring?: Table<Part>;
    readonly prices?: Table<Part>;
    readonly contributions?: Table<Part>;
  };
  readonly scenarios?: Table<Scenario>;
  readonly method?: {
    readonly strategy?: { readonly values?: Text; readonly vision?: Text; readonly mission?: Text; readonly goals?: Table<Goal> };
    readonly positioning?: { readonly statement?: Text; readonly note?: Text; readonly layers?: Table<Layer> };
    readonly findings?: Table<Finding>;
  };
  readonly comments?: Table<Comment>;
  readonly workflow?: {
    readonly phase?: string;
    readonly why_above?: number;
    readonly amount?: string;
    readonly sections?: Table<Section>;
    readonly steps?: Table<ApprovalStep>;
  };
  readonly okr?: { readonly roles?: Table<Role>; readonly objectives?: Table<Objective>; readonly milestones?: Table<Milestone>; readonly initiatives?: Table<Initiative>; readonly checkins?: Readonly<Record<string, CheckIn>> };
}

/** One thing of a table with its id. */
export interface Entry<T> {
  readonly id: string;
  readonly item: T;
}

/** Something of a table that was put in the place of another, which stood where it stands. */
export interface Other<T> {
  readonly id: string;
  readonly before: T;
  readonly after: T;
}

/**
 * What is found of a table, found once: trees are never written. After an edit
 * `keep` makes it from what was found before; it is asked only where no thing
 * came, went or moved.
 */
export function foundIn<T extends Listed, F>(make: (table: Table<T>) => F, keep: (found: F, others: readonly Other<T>[], table: Table<T>) => F | undefined): (table: Table<T>) => F {
  return carried<Table<T>, F>(make, (found, names, before, table) => {
    const others = replaced(before, table, names);
    return others === null ? undefined : others.length === 0 ? found : keep(found, others, table);
  });
}

function replaced<T extends Listed>(from: Table<T>, to: Table<T>, names: ReadonlySet<string>): Other<T>[] | null {
  const others: Other<T>[] = [];
  for (const id of names) {
    const [before, after] = [from[id], to[id]];
    if (before === after && Object.hasOwn(from, id) === Object.hasOwn(to, id)) continue;
    if (before === undefined || after === undefined || before.rank !== after.rank) return null;
    others.push({ id, before, after });
  }
  return others;
}

const entries = new WeakMap<object, Entry<unknown>>();

/** A thing with its id, the same one each time. */
export function entryOf<T extends Listed>(id: string, item: T): Entry<T> {
  const known = entries.get(item);
  if (known?.id === id) return known as Entry<T>;
  const made = { id, item };
  entries.set(item, made);
  return made;
}

/** Entries with others in their places. */
export function withOthers<T extends Listed>(list: readonly Entry<T>[], others: readonly Other<T>[]): readonly Entry<T>[] {
  const items = new Map(others.map(({ id, after }) => [id, after]));
  return list.map((entry) => {
    const item = items.get(entry.id);
    return item === undefined ? entry : entryOf(entry.id, item);
  });
}

const orderOf = foundIn<Listed, readonly Entry<Listed>[]>(
  (table) => Object.entries(table).map(([id, item]) => entryOf(id, item)).sort((a, b) => compare(a.item.rank ?? '', b.item.rank ?? '') || compare(a.id, b.id)),
  withOthers,
);

/** The things of a table in display order: by rank, equal ranks by id. The list is the caller's own. */
export function ranked<T extends Listed>(table: Table<T> | undefined): Entry<T>[] {
  return table ? [...(orderOf(table) as readonly Entry<T>[])] : [];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a text says in a language, and whether it was borrowed from the other. */
export interface Reading {
  readonly text: string;
  readonly borrowed: boolean;
}

/** Reads a text in the language, or in the other one, marked. */
export function read(text: Text | string | undefined, lang: Lang): Reading {
  if (text === undefined) return { text: '', borrowed: false };
  if (typeof text === 'string') return { text, borrowed: false };
  const own = text[lang] ?? '';
  if (own !== '') return { text: own, borrowed: false };
  const other = text[lang === 'zh' ? 'en' : 'zh'] ?? '';
  return { text: other, borrowed: other !== '' };
}

/** The scenarios in display order; the base scenario exists listed or not. */
export function scenariosOf(document: PlanDocument): Entry<Scenario>[] {
  const listed = ranked(document.scenarios);
  return listed.some((entry) => codeOf(entry) === 'base') ? listed : [{ id: 'base', item: { code: 'base' } }, ...listed];
}

/** The scenarios that are offered: those not put away, and what a link names all the same. */
export function openScenarios(document: PlanDocument, ...named: readonly (string | undefined)[]): Entry<Scenario>[] {
  return scenariosOf(document).filter((entry) => entry.item.archived !== true || named.includes(codeOf(entry)));
}

/** What a scenario is called: its name, or the word for the base, or its code. */
export function scenarioName(entry: Entry<Scenario>, lang: Lang, base: string): string {
  const code = codeOf(entry);
  return read(entry.item.name, lang).text || (code === 'base' ? base : code);
}

/** The code of a thing: its property, or the id it began with. */
export function codeOf(entry: Entry<Listed>): string {
  return entry.item.code ?? entry.id;
}

/** Whether a thing is called as it was. */
export const keepsCode = ({ before, after }: Other<Listed>): boolean => before.code === after.code;

const byCode = foundIn<Line, ReadonlyMap<string, Entry<Line>>>(
  (lines) => new Map(ranked(lines).map((entry) => [codeOf(entry), entry])),
  (found, others) => {
    const made = new Map(found);
    for (const other of others) {
      const entry = entryOf(other.id, other.after);
      // Two lines of one code are a fault, of which the last one counts.
      if (!keepsCode(other) || found.get(codeOf(entry))?.id !== other.id) return undefined;
      made.set(codeOf(entry), entry);
    }
    return made;
  },
);

/** The lines by code. */
export function linesByCode(document: PlanDocument): ReadonlyMap<string, Entry<Line>> {
  const lines = document.budget?.lines;
  return lines ? byCode(lines) : new Map();
}

/** The months of the plan, as the document writes them. */
export function monthsOf(document: PlanDocument): string[] {
  const { start = '2027-01', months = 12 } = document.budget?.calendar ?? {};
  const [year = 2027, month = 1] = start.split('-').map(Number);
  return Array.from({ length: months }, (_, i) => {
    const at = year * 12 + month - 1 + i;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

/** The members of a dimension code, in display order. */
export function membersOf(document: PlanDocument, dimension: string): Entry<Member>[] {
  const found = ranked(document.budget?.dimensions).find((entry) => codeOf(entry) === dimension);
  return ranked(found?.item.members);
}

/** A new immutable id, which is also the first code. */
export function newId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return `${prefix}_${Array.from(bytes, (byte) => byte.toString(36).padStart(2, '0')).join('')}`;
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A rank behind every thing of the table: the first digit that has room is raised. */
export function rankAtEnd(table: Table<Listed> | undefined): string {
  const last = ranked(table).at(-1)?.item.rank ?? '';
  for (let i = 0; i < last.length; i += 1) {
    const digit = DIGITS.indexOf(last.charAt(i));
    if (digit >= 0 && digit < DIGITS.length - 1) return last.slice(0, i) + DIGITS.charAt(digit + 1);
  }
  return last === '' ? 'V' : `${last}1`;
}
