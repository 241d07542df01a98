/** Comments as the page shows them: threads of a place, whom they call on, and the patches by which one talks. */
import type { Position } from '../api/trustTypes';
import type { Lang } from '../i18n/types';
import { href, type Screen } from '../router.svelte';
import type { PlanDocument } from './document';
import { monthsOf, read } from './document';
import type { Json, Op } from './patch';
import { at, pointer, put1 } from './patch';
import type { PlaceKind, Said, Thread } from './threads';
import { messagesOf, PLACE_KINDS, placeOf } from './threads';

export * from './threads';

/** Whether what a thread is about is still in the plan. */
export function isGone(document: PlanDocument, { on, place }: Pick<Thread, 'on' | 'place'>): boolean {
  if (place === null) return true;
  if (place.kind === 'scenario' && place.id === 'base') return false;
  if (place.kind !== 'cell') return at(document, on) === undefined;
  const line = document.budget?.lines?.[place.id];
  return line === undefined || place.members.length !== (line.by?.length ?? 0) || !monthsOf(document).includes(place.month);
}

const SCREENS: Readonly<Record<PlaceKind, Screen>> = { cell: 'budget', line: 'budget', scenario: 'scenarios', milestone: 'goals', objective: 'business', finding: 'retrospective' };
/** Where a thread is shown beside what it is about. */
export function placeHref(plan: string, { on, scenario, id }: Pick<Thread, 'on' | 'scenario' | 'id'>): string {
  const place = placeOf(on);
  if (place === null) return href(plan, 'comments', { thread: id });
  const said = scenario === '' || scenario === 'base' ? undefined : scenario;
  if (place.kind === 'cell' || place.kind === 'line') return href(plan, 'budget', { scenario: said, cell: [place.id, ...place.members, place.month].filter((part) => part !== '').join('/'), panel: 'comments' });
  return href(plan, SCREENS[place.kind], place.kind === 'scenario' ? { scenario: place.id === 'base' ? undefined : said } : place.kind === 'milestone' || place.kind === 'objective' ? { item: on } : {});
}

/** Who asks: their id and what they may do. */
export interface Reader {
  readonly id: string;
  readonly roles: readonly string[];
  readonly positions: readonly string[];
  /** Whether they may comment at all, here and now. */
  readonly comments: boolean;
}

/** Whether the reader may change or withdraw a message: their own, until somebody answers. */
export function mayChange(thread: Thread, said: Said, reader: Reader): boolean {
  return reader.comments && said.who !== '' && said.who === reader.id && messagesOf(thread).at(-1)?.path === said.path;
}
/** Whether the reader may take a message away. */
export const mayRemove = (thread: Thread, said: Said, reader: Reader): boolean => mayChange(thread, said, reader) || (reader.comments && said.who !== '' && reader.roles.includes('director'));
/** Whether the reader may settle or reopen a thread. */
export function maySettle(document: PlanDocument, thread: Thread, reader: Reader): boolean {
  if (!reader.comments || thread.who === '') return false;
  if (reader.roles.includes('director') || reader.roles.includes('finance') || thread.who === reader.id) return true;
  const { place, on } = thread;
  const thing = place === null ? undefined : at(document, place.kind === 'cell' ? pointer('budget', 'lines', place.id) : on);
  const { owner = '', deputy = '' } = (thing ?? {}) as { readonly owner?: string; readonly deputy?: string };
  return place?.kind !== 'scenario' && place?.kind !== 'finding' && (reader.positions.includes(owner) || reader.positions.includes(deputy));
}

/** What the list of threads is asked for. */
export interface Filter {
  readonly state: 'open' | 'resolved' | 'all';
  readonly who: 'all' | 'mine' | 'me';
  readonly place: PlaceKind | 'all';
}
export const STATES: readonly Filter['state'][] = ['open', 'resolved', 'all'];
export const WHOSE: readonly Filter['who'][] = ['all', 'mine', 'me'];
export function filterOf(params: Readonly<Record<string, string>>): Filter {
  return {
    state: STATES.find((one) => one === params['state']) ?? 'open',
    who: WHOSE.find((one) => one === params['who']) ?? 'all',
    place: PLACE_KINDS.find((one) => one === params['place']) ?? 'all',
  };
}
const inState = (thread: Thread, state: Filter['state']): boolean => state === 'all' || (state === 'open') === (thread.resolved === null);
/** Threads that fit, those that were talked in last on top. */
export function filtered(threads: readonly Thread[], { state, who, place }: Filter, reader: Reader): Thread[] {
  const talks = (thread: Thread): boolean => messagesOf(thread).some((said) => said.who === reader.id || said.who === '');
  const calls = (thread: Thread): boolean => messagesOf(thread).some((said) => said.mentions.some((role) => reader.positions.includes(role)));
  const fits = threads.filter((thread) => inState(thread, state) && (who === 'all' || (who === 'mine' ? talks(thread) : calls(thread))) && (place === 'all' || thread.place?.kind === place));
  const last = (thread: Thread): string => messagesOf(thread).at(-1)?.day || '9999';
  return fits.map((thread, i) => ({ thread, i })).sort((a, b) => (last(a.thread) === last(b.thread) ? b.i - a.i : last(a.thread) < last(b.thread) ? 1 : -1)).map(({ thread }) => thread);
}
/** How many threads there are in each state, whatever else is asked for. */
export function counts(threads: readonly Thread[], filter: Filter, reader: Reader): Readonly<Record<Filter['state'], number>> {
  const of = (state: Filter['state']): number => filtered(threads, { ...filter, state }, reader).length;
  return { open: of('open'), resolved: of('resolved'), all: of('all') };
}

/** A new id, of which later ones sort behind. */
export function messageId(prefix: string, now: number, random: () => number): string {
  const tail = Math.floor(random() * 36 ** 4).toString(36).padStart(4, '0');
  return `${prefix}${now.toString(36)}${tail}`;
}

/** What somebody says: the text, with positions by id, and whom it calls on. */
export interface Words {
  readonly text: string;
  readonly mentions: readonly string[];
}
const worded = ({ text, mentions }: Words): Record<string, Json> => ({ text, ...(mentions.length > 0 ? { mentions } : {}) });

export function commentPatch(id: string, on: string, scenario: string, words: Words): Op[] {
  return [{ op: 'add', path: pointer('comments', id), value: { on, ...(scenario === '' || scenario === 'base' ? {} : { scenario }), ...worded(words) } }];
}
export function replyPatch(thread: Thread, id: string, words: Words): Op[] {
  return [{ op: 'add', path: thread.path + pointer('replies', id), value: worded(words) }];
}
export function changePatch(document: PlanDocument, said: Said, { text, mentions }: Words): Op[] {
  return [...put1(document, `${said.path}/text`, text), ...put1(document, `${said.path}/mentions`, mentions.length > 0 ? mentions : undefined)];
}
export const removePatch = (document: PlanDocument, path: string): Op[] => put1(document, path, undefined);
export const settlePatch = (thread: Thread): Op[] => [{ op: 'add', path: `${thread.path}/resolved`, value: {} }];
export const reopenPatch = (document: PlanDocument, thread: Thread): Op[] => put1(document, `${thread.path}/resolved`, undefined);

/** A piece of a text: words, or a position it calls on. */
export interface Piece {
  readonly text: string;
  /** The id of the position; empty for words. */
  readonly role: string;
}
const byLength = (a: string, b: string): number => b.length - a.length;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Breaks a text up at the positions it calls on, which it names by id. */
export function pieces({ text, mentions }: Pick<Said, 'text' | 'mentions'>): Piece[] {
  if (mentions.length === 0) return [{ text, role: '' }];
  const token = new RegExp(`@(${[...mentions].sort(byLength).map(escaped).join('|')})`, 'u');
  return text.split(token).map((piece, i) => (i % 2 === 1 ? { text: `@${piece}`, role: piece } : { text: piece, role: '' })).filter((piece) => piece.text !== '');
}

/** The names of a position, those that people type first. */
const namesOf = (position: Position): string[] => [position.name.zh ?? '', position.name.en ?? '', position.id].filter((name) => name !== '');
export const positionName = (positions: readonly Position[], id: string, lang: Lang): string => read(positions.find((one) => one.id === id)?.name, lang).text || id;

/** What was typed, as it is stored: every position that is called by a name of its own is named by id. */
export function stored(typed: string, positions: readonly Position[]): Words {
  const names = positions.flatMap((position) => namesOf(position).map((name) => [name, position.id] as const)).sort(([a], [b]) => byLength(a, b));
  if (names.length === 0) return { text: typed.trim(), mentions: [] };
  const ids = new Map(names.map(([name, id]) => [name.toLowerCase(), id]));
  const found = new Set<string>();
  const token = new RegExp(`(?<![A-Za-z0-9._-])@(${names.map(([name]) => escaped(name)).join('|')})(?![a-z0-9_])`, 'giu');
  const put = (_: string, name: string): string => {
    const id = ids.get(name.toLowerCase()) ?? name;
    found.add(id);
    return `@${id}`;
  };
  const text = typed.trim().replace(token, put);
  return { text, mentions: [...found] };
}
/** What is stored, as one types it. */
export const typed = (said: Pick<Said, 'text' | 'mentions'>, positions: readonly Position[], lang: Lang): string => pieces(said).map((piece) => (piece.role === '' ? piece.text : `@${positionName(positions, piece.role, lang)}`)).join('');

/** The position that is being called at the caret: where its @ stands and what was typed of it. */
export interface Calling {
  readonly from: number;
  readonly query: string;
}
export function callingAt(text: string, caret: number): Calling | null {
  const found = /(?:^|[^A-Za-z0-9._-])@([^\s@]{0,30})$/u.exec(text.slice(0, caret));
  return found === null ? null : { from: caret - (found[1] ?? '').length - 1, query: found[1] ?? '' };
}
/** The positions that fit what was typed: by a name of theirs, their id, or somebody who holds them. */
export function candidates(positions: readonly Position[], query: string, most = 8): Position[] {
  const wanted = query.toLowerCase();
  const rank = (position: Position): number => {
    const names = [...namesOf(position), ...position.people.map((person) => person.name)].map((name) => name.toLowerCase());
    return names.some((name) => name.startsWith(wanted)) ? 0 : names.some((name) => name.includes(wanted)) ? 1 : 2;
  };
  return positions.map((position) => ({ position, rank: rank(position) })).filter((one) => one.rank < 2).sort((a, b) => a.rank - b.rank).slice(0, most).map((one) => one.position);
}
/** The text with a position put where it is being called, and where the caret then stands. */
export function called(text: string, { from, query }: Calling, name: string): { readonly text: string; readonly caret: number } {
  const before = `${text.slice(0, from)}@${name} `;
  return { text: before + text.slice(from + 1 + query.length).replace(/^ /, ''), caret: before.length };
}

/** How long ago a day was, in words, up to a week; null for one that is better told as a date. */
export function daysAgo(day: string, today: string, locale: string): string | null {
  const [then, now] = [Date.parse(`${day}T00:00:00Z`), Date.parse(`${today}T00:00:00Z`)];
  const days = Math.max(0, Math.round((now - then) / 86_400_000));
  return Number.isNaN(days) || days > 7 ? null : new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day');
}
