/** The threads of a plan as its document has them: what the first view needs to know of comments. */
import type { Comment, Message, PlanDocument, Table } from './document';
import { parts, pointer } from './patch';

export type PlaceKind = 'cell' | 'line' | 'scenario' | 'milestone' | 'objective' | 'finding';
export const PLACE_KINDS: readonly PlaceKind[] = ['cell', 'line', 'scenario', 'milestone', 'objective', 'finding'];

/** What a comment is about. */
export interface Place {
  readonly kind: PlaceKind;
  readonly id: string;
  readonly members: readonly string[];
  /** A cell's month, empty for everything else. */
  readonly month: string;
}

const MONTH = /^\d{4}-\d{2}$/;
const TABLES: readonly (readonly [kind: PlaceKind, table: string])[] = [['line', '/budget/lines'], ['scenario', '/scenarios'], ['milestone', '/okr/milestones'], ['objective', '/okr/objectives'], ['finding', '/method/findings']];

/** Reads the pointer of something one may comment on; null for any other. */
export function placeOf(on: string): Place | null {
  const names = parts(on);
  const id = names.at(-1) ?? '';
  for (const [kind, table] of TABLES) {
    if (id !== '' && on === table + pointer(id)) return { kind, id, members: [], month: '' };
  }
  if (names[0] !== 'budget' || names[1] !== 'lines' || names[3] !== 'values' || !MONTH.test(id)) return null;
  return { kind: 'cell', id: names[2] ?? '', members: names.slice(4, -1), month: id };
}

/** The pointer of a cell, the same in every scenario and for a line with a formula. */
export const cellOn = (line: string, member: readonly string[], month: string): string => pointer('budget', 'lines', line, 'values', ...member, month);

export interface Said {
  /** The pointer of the message. */
  readonly path: string;
  readonly text: string;
  /** Empty while it waits to be sent: it is the reader's own then. */
  readonly who: string;
  readonly day: string;
  readonly mentions: readonly string[];
}
export interface Thread extends Said {
  readonly id: string;
  readonly on: string;
  readonly place: Place | null;
  readonly scenario: string;
  readonly replies: readonly Said[];
  readonly resolved: { readonly who: string; readonly day: string } | null;
}

function saidOf(path: string, { text = '', who = '', day = '', mentions = [] }: Message): Said {
  return { path, text, who, day, mentions };
}
/** By day, those of one day by id; what waits to be sent comes last. */
function inOrder<T extends Message>(table: Table<T> | undefined): readonly (readonly [id: string, item: T])[] {
  const key = (id: string, item: Message): string => `${item.day ?? '9999'} ${id}`;
  return Object.entries(table ?? {}).sort(([a, one], [b, other]) => (key(a, one) < key(b, other) ? -1 : 1));
}

/** All threads, the oldest first. */
export function threadsOf(document: PlanDocument): Thread[] {
  return inOrder<Comment>(document.comments).map(([id, item]) => {
    const path = pointer('comments', id);
    const { on = '', scenario = '', replies, resolved } = item;
    return {
      ...saidOf(path, item), id, on, place: placeOf(on), scenario,
      replies: inOrder(replies).map(([rid, reply]) => saidOf(path + pointer('replies', rid), reply)),
      resolved: resolved === undefined ? null : { who: resolved.who ?? '', day: resolved.day ?? '' },
    };
  });
}

export const messagesOf = (thread: Thread): readonly Said[] => [thread, ...thread.replies];

/** The threads on a place; those on a line with those on its cells where asked. */
export function threadsOn(threads: readonly Thread[], on: string, cells = false): Thread[] {
  return threads.filter((thread) => thread.on === on || (cells && thread.on.startsWith(`${on}/values/`)));
}

/** The cells with open threads, as the grid names them: line/members/month. */
export function commentedCells(document: PlanDocument): ReadonlySet<string> {
  const cells = Object.values(document.comments ?? {}).flatMap(({ on = '', resolved }) => {
    const place = resolved === undefined ? placeOf(on) : null;
    return place?.kind === 'cell' ? [[place.id, ...place.members, place.month].join('/')] : [];
  });
  return new Set(cells);
}

/** Who is called on: a person, and the positions they hold. */
export interface Called {
  readonly id: string;
  readonly positions: readonly string[];
}
/** Whether an open thread calls on the reader, who has not answered since. */
export function callsOn(thread: Thread, { id, positions }: Called): boolean {
  if (thread.resolved !== null) return false;
  for (const said of [...messagesOf(thread)].reverse()) {
    if (said.who === id || said.who === '') return false;
    if (said.mentions.some((role) => positions.includes(role))) return true;
  }
  return false;
}
/** How many threads call on the reader, for the badge. */
export const callsCount = (document: PlanDocument, reader: Called): number => (document.comments === undefined ? 0 : threadsOf(document).filter((thread) => callsOn(thread, reader)).length);
