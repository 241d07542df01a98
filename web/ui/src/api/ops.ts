/**
 * The queue of edits on their way to the server: a pure reducer. One call is in
 * flight at a time; an edit leaves the queue when the server has answered it.
 */
import type { Json, Op, Patch } from '../model/patch';
import { at, parts, put1, same } from '../model/patch';
import type { Problem } from './types';

/** What an edit did, kept as facts so that its text follows the language. */
export interface EditLabel {
  readonly kind: 'cell' | 'paste' | 'fill' | 'clear' | 'formula' | 'text' | 'add' | 'remove' | 'change' | 'spread' | 'hold' | 'release' | 'move' | 'lock' | 'unlock' | 'archive' | 'take_out';
  readonly count?: number;
  /** The pointer of the thing that was edited. */
  readonly what?: string;
}
export interface Edit {
  readonly opId: string;
  readonly patch: Patch;
  readonly label: EditLabel;
  /** The reason given for it. */
  readonly why?: string;
  /** It was sent, so the server may have it: it is only ever sent again as it is. */
  readonly tried?: boolean;
}
/** A cell, or a thing, that changed elsewhere while we edited it. */
export interface Conflict {
  readonly edit: Edit;
  readonly path: string;
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
  /** What stood there when it was edited, where that is known. */
  readonly before?: Json | undefined;
}
/** Why the first edit does not get through: no server, one without room, or one that asks to wait. */
export type Trouble = 'away' | 'full' | 'busy';
export interface Queue {
  readonly edits: readonly Edit[];
  readonly sending: boolean;
  /** How often the first edit failed to reach the server. */
  readonly failures: number;
  readonly trouble: Trouble | null;
  readonly conflicts: readonly Conflict[];
  /** Why the server wants a reason for the first edit; nothing is sent until one is given or the edit is taken back. */
  readonly asks: Problem | null;
}
export const EMPTY_QUEUE: Queue = { edits: [], sending: false, failures: 0, trouble: null, conflicts: [], asks: null };

export type Action =
  | { readonly type: 'edit'; readonly edit: Edit }
  | { readonly type: 'send' }
  | { readonly type: 'accepted' }
  | { readonly type: 'unreachable'; readonly trouble: Trouble }
  /** The first edit met other values: what can still go is sent anew, the rest is to be chosen. */
  | { readonly type: 'conflict'; readonly conflicts: readonly Conflict[]; readonly rest: Edit | null }
  | { readonly type: 'refused' }
  /** The first edit goes as several, or under another name. */
  | { readonly type: 'instead'; readonly edits: readonly Edit[] }
  /** A revision could not be taken back: what stands there now is neither. */
  | { readonly type: 'clash'; readonly conflicts: readonly Conflict[] }
  | { readonly type: 'ask'; readonly problem: Problem }
  | { readonly type: 'because'; readonly why: string }
  | { readonly type: 'withdraw' }
  /** What another window left, or this one before it was loaded again. */
  | { readonly type: 'adopt'; readonly edits: readonly Edit[]; readonly conflicts: readonly Conflict[] }
  /** Another window has taken these over. */
  | { readonly type: 'gone'; readonly ids: readonly string[] }
  /** The newest edit is taken back before it was ever sent. */
  | { readonly type: 'unmake'; readonly opId: string }
  | { readonly type: 'resolved'; readonly conflicts: readonly Conflict[] };

/** The name of a conflict: one thing is never asked about twice. */
export const nameOf = (conflict: Conflict): string => conflict.path;

export function reduce(queue: Queue, action: Action): Queue {
  const [first, ...rest] = queue.edits;
  switch (action.type) {
    case 'edit':
      return added(queue, action.edit);
    case 'send':
      return first === undefined || queue.sending || queue.asks !== null ? queue : { ...queue, edits: [{ ...first, tried: true }, ...rest], sending: true };
    case 'unreachable':
      return { ...queue, sending: false, failures: queue.failures + 1, trouble: action.trouble };
    case 'accepted':
    case 'refused':
      return { ...queue, edits: rest, sending: false, failures: 0, trouble: null };
    case 'instead':
      return { ...queue, edits: [...action.edits, ...rest], sending: false, failures: 0, trouble: null };
    case 'conflict':
      return met(queue, rest, action.conflicts, action.rest);
    case 'clash':
      return { ...queue, conflicts: asked(queue.conflicts, action.conflicts) };
    case 'ask':
      return { ...queue, sending: false, failures: 0, trouble: null, asks: action.problem };
    case 'because':
      return first === undefined ? { ...queue, asks: null } : { ...queue, edits: [{ ...first, why: action.why }, ...rest], asks: null };
    case 'withdraw':
      return { ...queue, edits: rest, asks: null };
    case 'adopt': {
      const known = new Set(queue.edits.map((one) => one.opId));
      const older = action.edits.filter((one) => !known.has(one.opId));
      const edits = queue.sending && first ? [first, ...older, ...rest] : [...older, ...queue.edits];
      return { ...queue, edits, conflicts: asked(action.conflicts, queue.conflicts) };
    }
    case 'gone': {
      const left = queue.edits.filter((one, i) => (i === 0 && queue.sending) || !action.ids.includes(one.opId));
      return { ...queue, edits: left, conflicts: queue.conflicts.filter((one) => !action.ids.includes(nameOf(one))) };
    }
    case 'unmake':
      return { ...queue, edits: queue.edits.filter((one) => one.opId !== action.opId || one.tried === true) };
    case 'resolved': {
      const names = action.conflicts.map(nameOf);
      return { ...queue, conflicts: queue.conflicts.filter((one) => !names.includes(nameOf(one))) };
    }
  }
}

/** A new edit joins the one before it where both are of the same thing and that one was never sent. */
function added(queue: Queue, edit: Edit): Queue {
  const touched = new Set(edit.patch.filter((op) => op.op !== 'test').map((op) => op.path));
  // Who writes over what is asked about has chosen.
  const conflicts = queue.conflicts.filter((one) => !touched.has(one.path));
  const last = queue.edits.at(-1);
  const before = queue.edits.slice(0, -1);
  const joined = last ? joinedWith(last, edit) : null;
  if (joined === null) return { ...queue, edits: [...queue.edits, edit], conflicts };
  return { ...queue, edits: joined.patch.length === 0 ? before : [...before, joined], conflicts };
}

const JOINS: readonly EditLabel['kind'][] = ['cell', 'text', 'formula', 'clear'];

/** Both edits as one under the newer one's name, or null where that is more than one step to its author. */
function joinedWith(last: Edit, edit: Edit): Edit | null {
  const one = last.label.what !== undefined && last.label.what === edit.label.what && last.why === edit.why;
  const plain = [last, edit].every(({ label }) => JOINS.includes(label.kind) && (label.count ?? 1) === 1);
  const patch = one && plain && last.tried !== true ? squash(last.patch, edit.patch) : null;
  return patch && { ...edit, patch };
}

/** What a patch does to each place by itself; null where that cannot be told of each alone. */
function places(patch: Patch): Map<string, { readonly before: Json | undefined; readonly after: Json | undefined }> | null {
  const found = new Map<string, { readonly before: Json | undefined; readonly after: Json | undefined }>();
  const tested = new Map<string, Json>();
  for (const op of patch) {
    if (op.op === 'test') {
      if (!found.has(op.path)) tested.set(op.path, op.value ?? null);
      continue;
    }
    const known = found.get(op.path);
    const before = known ? known.before : op.op === 'add' ? undefined : tested.get(op.path);
    if (before === undefined && op.op !== 'add' && !known) return null;
    found.set(op.path, { before, after: op.op === 'remove' ? undefined : (op.value ?? null) });
  }
  const paths = [...found.keys()];
  return paths.some((path) => paths.some((other) => other.startsWith(`${path}/`))) ? null : found;
}

function squash(earlier: Patch, later: Patch): Op[] | null {
  const [a, b] = [places(earlier), places(later)];
  if (!a || !b || a.size !== b.size || ![...a.keys()].every((path) => b.has(path))) return null;
  return [...a].flatMap(([path, { before }]): Op[] => {
    const after = b.get(path)?.after;
    if (same(before, after)) return [];
    if (before === undefined) return [{ op: 'add', path, value: after ?? null }];
    const test: Op = { op: 'test', path, value: before };
    return [test, after === undefined ? { op: 'remove', path } : { op: 'replace', path, value: after }];
  });
}

/** What is asked about, each place once: what is newer of mine counts. */
function asked(older: readonly Conflict[], newer: readonly Conflict[]): Conflict[] {
  const names = new Set(newer.map(nameOf));
  return [...older.filter((one) => !names.has(nameOf(one))), ...newer];
}

/** Edits that wait behind one that met other values: what they do at those places belongs to the question. */
function met(queue: Queue, waiting: readonly Edit[], conflicts: readonly Conflict[], rest: Edit | null): Queue {
  const latest = new Map(conflicts.map((one) => [one.path, one]));
  const edits: Edit[] = [];
  for (const edit of waiting) {
    const own = isOfCells(edit.patch) ? edit.patch.filter((op) => latest.has(op.path)) : [];
    for (const op of own) {
      const conflict = latest.get(op.path);
      if (op.op !== 'test' && conflict) latest.set(op.path, { ...conflict, mine: op.op === 'remove' ? undefined : op.value, edit: { ...conflict.edit, opId: edit.opId, label: edit.label } });
    }
    const patch = own.length === 0 ? edit.patch : edit.patch.filter((op) => !latest.has(op.path));
    if (patch.some((op) => op.op !== 'test')) edits.push(own.length === 0 ? edit : { ...edit, patch });
  }
  return { ...queue, edits: rest ? [rest, ...edits] : edits, sending: false, failures: 0, trouble: null, conflicts: asked(queue.conflicts, [...latest.values()]) };
}

const CELL = /^\/(?:budget\/lines\/[^/]+\/values|scenarios\/[^/]+\/cells\/[^/]+)(?:\/[^/]+)*\/\d{4}-\d{2}$/;
export const isCell = (path: string): boolean => CELL.test(path);

/** What a patch does to single figures: each by its own path, also where missing parents came with it. Null for a patch of other things. */
function figures(patch: Patch): Map<string, { readonly before: Json | undefined; readonly after: Json | undefined }> | null {
  const flat = patch.flatMap((op): Op[] => (op.op === 'add' ? leaves(op.path, op.value).map(([path, value]) => ({ op: 'add', path, value })) : [op]));
  const found = places(flat);
  return found && [...found.keys()].every(isCell) ? found : null;
}

function leaves(path: string, value: Json | undefined): [string, Json][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value ?? null]];
  return Object.entries(value as Readonly<Record<string, Json>>).flatMap(([name, below]) => leaves(`${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, below));
}

/** Whether a patch sets figures and nothing else, so that each can go its own way. */
export const isOfCells = (patch: Patch): boolean => figures(patch) !== null;

/** What becomes of an edit that met other values: its figures that may still go, and those to choose between. */
export interface Sorted {
  readonly conflicts: readonly Conflict[];
  readonly rest: Edit | null;
}

/**
 * Sorts an edit by the document as the server has it now. Figures are looked at
 * one by one; anything else is one question as a whole, at the place the server
 * named.
 */
export function sort(edit: Edit, document: unknown, named: { readonly path: string; readonly theirs: Json | undefined }, opId: string): Sorted {
  const found = figures(edit.patch);
  if (!found) return { conflicts: [{ edit, path: named.path, mine: wanted(edit.patch, named.path), theirs: named.theirs, before: tested(edit.patch, named.path) }], rest: null };
  const conflicts: Conflict[] = [];
  const patch: Op[] = [];
  let now = document;
  for (const [path, { before, after }] of found) {
    const theirs = at(document, path);
    if (same(theirs, after)) continue;
    if (!same(theirs, before)) {
      const test: Op[] = before === undefined ? [] : [{ op: 'test', path, value: before }];
      const own: Edit = { ...edit, patch: [...test, after === undefined ? { op: 'remove', path } : { op: before === undefined ? 'add' : 'replace', path, value: after }], label: { kind: 'cell', what: path } };
      conflicts.push({ edit: own, path, mine: after, theirs, before });
      continue;
    }
    const ops = put1(now, path, after);
    now = ops.reduce((tree: unknown, op) => (op.op === 'test' ? tree : applied(tree, op)), now);
    patch.push(...ops);
  }
  const count = found.size - conflicts.length;
  const { tried: _, ...fresh } = edit;
  return { conflicts, rest: patch.length === 0 ? null : { ...fresh, opId, patch, label: edit.label.count === undefined ? edit.label : { ...edit.label, count } } };
}

/** The tree with parents that an operation adds, for those after it. */
function applied(tree: unknown, op: Op): unknown {
  const names = parts(op.path);
  const set = (node: unknown, depth: number): unknown => {
    const name = names[depth];
    if (name === undefined) return op.op === 'remove' ? undefined : op.value;
    const object = typeof node === 'object' && node !== null ? (node as Readonly<Record<string, unknown>>) : {};
    return { ...object, [name]: set(object[name], depth + 1) };
  };
  return set(tree, 0);
}

/** An edit too long for one call, as two; null where it cannot be parted. */
export function halves(edit: Edit, ids: readonly [string, string]): readonly Edit[] | null {
  const found = isOfCells(edit.patch) ? places(edit.patch) : null;
  if (!found || found.size < 2) return null;
  const first = new Set([...found.keys()].slice(0, Math.ceil(found.size / 2)));
  const { tried: _, ...fresh } = edit;
  return [true, false].map((of, i) => {
    const patch = edit.patch.filter((op) => first.has(op.path) === of);
    return { ...fresh, opId: ids[i] ?? '', patch, label: { ...edit.label, count: patch.filter((op) => op.op !== 'test').length } };
  });
}

/** The problem by which the server asks for a reason, if it does. */
export const reasonWanted = (problems: readonly Problem[]): Problem | undefined => problems.find((one) => one.key === 'workflow.why_needed');

/** The value a patch wanted to put at a path. */
function wanted(patch: Patch, path: string): Json | undefined {
  return patch.find((op) => op.path === path && op.op !== 'test')?.value;
}
function tested(patch: Patch, path: string): Json | undefined {
  return patch.find((op) => op.path === path && op.op === 'test')?.value;
}

/** The conflict a refusal names, or null if it was refused for another reason. */
export function conflictIn(problems: readonly Problem[], patch: Patch): { readonly path: string; readonly theirs: Json | undefined } | null {
  const problem = problems.find((one) => one.key === 'patch.test_failed' || one.key === 'patch.exists' || one.key === 'patch.missing');
  if (problem === undefined) return null;
  const path = problem.args?.['path'] ?? problem.pointer ?? patch.find((op) => op.op !== 'test')?.path ?? '';
  return { path, theirs: parsed(problem.args?.['met']) };
}

function parsed(text: string | undefined): Json | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** The patch that puts my value over theirs. */
export function keepMine(conflict: Conflict): Op[] {
  const { path, theirs } = conflict;
  const others = conflict.edit.patch.filter((op) => op.path !== path);
  const mine = conflict.edit.patch.find((op) => op.path === path && op.op !== 'test');
  if (mine === undefined) return [...others];
  const value = conflict.mine ?? mine.value ?? null;
  if (theirs === undefined) return mine.op === 'remove' ? others : [...others, { op: 'add', path, value }];
  const test: Op = { op: 'test', path, value: theirs };
  return [...others, test, mine.op === 'remove' && conflict.mine === undefined ? { op: 'remove', path } : { op: 'replace', path, value }];
}

/** What is left of the edit when their value stays: the other cells. */
export function takeTheirs(conflict: Conflict): Op[] {
  const rest = conflict.edit.patch.filter((op) => op.path !== conflict.path);
  return rest.some((op) => op.op !== 'test') ? rest : [];
}

/** Whether an event from the stream is the echo of this edit. */
export function echoes(edit: Edit, event: { readonly op_id: string }): boolean {
  return event.op_id === edit.opId;
}

/** How long to wait before the next try, in milliseconds; never less than the server asks for. */
export function delay(failures: number, asked = 0): number {
  return Math.max(asked, Math.min(15_000, 500 * 2 ** Math.min(failures, 6)));
}

/** The cells a patch touches, as `line/member…/month` keys. */
export function touchedCells(patch: Patch): string[] {
  return patch.flatMap((op) => (op.op === 'test' ? [] : leaves(op.path, op.op === 'add' ? op.value : null).flatMap(([path]) => cellAt(path) ?? [])));
}

const lineIds = new WeakMap<Patch, ReadonlySet<string>>();

/** The ids of the lines in which a patch touches cells; a patch is never written, so they are found once. */
export function touchedLines(patch: Patch): ReadonlySet<string> {
  let known = lineIds.get(patch);
  if (!known) lineIds.set(patch, (known = new Set(touchedCells(patch).map((cell) => cell.split('/')[0] ?? ''))));
  return known;
}

/** Whether two patches do the same, step by step. */
export const samePatch = (a: Patch, b: Patch): boolean => a === b || (a.length === b.length && a.every((op, i) => op.op === b[i]?.op && op.path === b[i].path && same(op.value, b[i].value)));

/** The key of the cell at a path; null where it is none. */
export function cellAt(path: string): string | null {
  const names = parts(path);
  if (names[0] === 'budget' && names[1] === 'lines' && names[3] === 'values') return [names[2], ...names.slice(4)].join('/');
  return names[0] === 'scenarios' && names[2] === 'cells' ? names.slice(3).join('/') : null;
}
