/**
 * The queue of edits on their way to the server: a pure reducer. One call is in
 * flight at a time; an edit leaves the queue when the server has answered it.
 */
import type { Json, Op, Patch } from '../model/patch';
import { parts } from '../model/patch';
import type { Problem } from './types';

/** What an edit did, kept as facts so that its text follows the language. */
export interface EditLabel {
  readonly kind: 'cell' | 'paste' | 'fill' | 'clear' | 'formula' | 'text' | 'add' | 'remove' | 'change' | 'spread' | 'hold' | 'release' | 'move';
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
}
/** A cell that changed elsewhere while we edited it. */
export interface Conflict {
  readonly edit: Edit;
  readonly path: string;
  readonly mine: Json | undefined;
  readonly theirs: Json | undefined;
}
export interface Queue {
  readonly edits: readonly Edit[];
  readonly sending: boolean;
  /** How often the first edit failed to reach the server. */
  readonly failures: number;
  readonly conflicts: readonly Conflict[];
  /** Why the server wants a reason for the first edit; nothing is sent until one is given or the edit is taken back. */
  readonly asks: Problem | null;
}
export const EMPTY_QUEUE: Queue = { edits: [], sending: false, failures: 0, conflicts: [], asks: null };

export type Action =
  | { readonly type: 'edit'; readonly edit: Edit }
  | { readonly type: 'send' }
  | { readonly type: 'accepted' }
  | { readonly type: 'unreachable' }
  | { readonly type: 'conflict'; readonly path: string; readonly theirs: Json | undefined }
  | { readonly type: 'refused' }
  /** A revision could not be taken back: what stands there now is neither. */
  | { readonly type: 'clash'; readonly conflict: Conflict }
  | { readonly type: 'ask'; readonly problem: Problem }
  | { readonly type: 'because'; readonly why: string }
  | { readonly type: 'withdraw' }
  | { readonly type: 'resolved'; readonly conflict: Conflict };

export function reduce(queue: Queue, action: Action): Queue {
  const [first, ...rest] = queue.edits;
  switch (action.type) {
    case 'edit':
      return { ...queue, edits: [...queue.edits, action.edit] };
    case 'send':
      return first === undefined || queue.sending || queue.asks !== null ? queue : { ...queue, sending: true };
    case 'unreachable':
      return { ...queue, sending: false, failures: queue.failures + 1 };
    case 'accepted':
    case 'refused':
      return { ...queue, edits: rest, sending: false, failures: 0 };
    case 'conflict': {
      if (first === undefined) return queue;
      const conflict = { edit: first, path: action.path, mine: wanted(first.patch, action.path), theirs: action.theirs };
      return { ...queue, edits: rest, sending: false, failures: 0, conflicts: [...queue.conflicts, conflict] };
    }
    case 'clash':
      return { ...queue, conflicts: [...queue.conflicts, action.conflict] };
    case 'ask':
      return { ...queue, sending: false, failures: 0, asks: action.problem };
    case 'because':
      return first === undefined ? { ...queue, asks: null } : { ...queue, edits: [{ ...first, why: action.why }, ...rest], asks: null };
    case 'withdraw':
      return { ...queue, edits: rest, asks: null };
    case 'resolved':
      return { ...queue, conflicts: queue.conflicts.filter((one) => one !== action.conflict) };
  }
}

/** The problem by which the server asks for a reason, if it does. */
export const reasonWanted = (problems: readonly Problem[]): Problem | undefined => problems.find((one) => one.key === 'workflow.why_needed');

/** The value a patch wanted to put at a path. */
function wanted(patch: Patch, path: string): Json | undefined {
  return patch.find((op) => op.path === path && op.op !== 'test')?.value;
}

/** The conflict a refusal names, or null if it was refused for another reason. */
export function conflictIn(problems: readonly Problem[], patch: Patch): { readonly path: string; readonly theirs: Json | undefined } | null {
  const problem = problems.find((one) => one.key === 'patch.test_failed' || one.key === 'patch.exists' || one.key === 'patch.missing');
  if (problem === undefined) return null;
  const path = problem.args?.['path'] ?? problem.pointer ?? patch.find((op) => op.op !== 'test')?.path ?? '';
  return { path, theirs: met(problem.args?.['met']) };
}

function met(text: string | undefined): Json | undefined {
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
  if (theirs === undefined) return mine.op === 'remove' ? others : [...others, { op: 'add', path, value: mine.value ?? null }];
  const test: Op = { op: 'test', path, value: theirs };
  return [...others, test, mine.op === 'remove' ? mine : { op: 'replace', path, value: mine.value ?? null }];
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

/** How long to wait before the next try, in milliseconds. */
export function delay(failures: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(failures, 6));
}

/** The cells a patch touches, as `line/member…/month` keys. */
export function touchedCells(patch: Patch): string[] {
  return patch.flatMap((op) => {
    if (op.op === 'test') return [];
    const names = parts(op.path);
    if (names[0] === 'budget' && names[1] === 'lines' && names[3] === 'values') return [[names[2], ...names.slice(4)].join('/')];
    if (names[0] === 'scenarios' && names[2] === 'cells') return [names.slice(3).join('/')];
    return [];
  });
}
