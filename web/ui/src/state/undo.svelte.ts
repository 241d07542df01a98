/**
 * Taking back and making again: as facts where this window has them, and with
 * a question where a reason is wanted or somebody else's change is in the way.
 */
import { api, type Answer } from '../api/client';
import type { EditLabel } from '../api/ops';
import { conflictIn, reasonWanted, sort, touchedCells } from '../api/ops';
import { trust } from '../api/trust';
import type { Applied, HistoryEntry, Problem, ResultSet, Steps } from '../api/types';
import type { Lock } from '../model/access';
import type { PlanDocument } from '../model/document';
import type { Json, Patch } from '../model/patch';
import type { SyncState } from './sync.svelte';

/** Something to undo or redo: as facts if this window did it, and in the words of whoever did. */
export interface Step {
  readonly label: EditLabel | null;
  readonly text: string;
}
/** Something the server does only with a reason: an edit, or taking one back. */
export interface Question {
  readonly problem: Problem;
  readonly patch: Patch;
  readonly label: EditLabel;
  /** The reason given so far. */
  readonly why: string;
  /** An edit is lost without one; what is to be taken back or made again just stays as it is. */
  readonly of: 'edit' | 'undo' | 'redo';
}
/** What happened, for a message: the screen makes the text. */
export type Notice =
  | { readonly kind: 'refused'; readonly label: EditLabel; readonly problems: readonly Problem[] }
  | { readonly kind: 'locked'; readonly label: EditLabel; readonly lock: Lock; readonly at: string }
  /** `cells` and `lines` say how much of the budget it touched. */
  | { readonly kind: 'undone' | 'redone'; readonly step: Step; readonly cells: number; readonly lines: number }
  | { readonly kind: 'nothing'; readonly problems: readonly Problem[] };

/** What came of a call that is no edit: null, or why it was refused. */
export type Refusal = readonly Problem[] | null;

interface Around {
  readonly id: string;
  readonly sync: SyncState;
  readonly closed: () => boolean;
  readonly served: () => PlanDocument;
  /** Reads the plan anew. */
  readonly load: () => Promise<boolean>;
  /** Takes a revision's patch into the document. */
  readonly advance: (to: number, patch: Patch, change: { readonly problems: readonly Problem[] | null; readonly results: readonly ResultSet[] | null }) => void;
  /** Takes in what else an answer says of the plan. */
  readonly allow: (answer: Applied) => void;
  /** Takes in what a call came to that is no edit of the queue. */
  readonly settle: (answer: Answer<Applied>) => Promise<Refusal>;
  readonly notify: (notice: Notice) => void;
}

export function openUndo({ id, sync, closed, served, load, advance, allow, settle, notify }: Around) {
  let undoable = $state.raw<Step | null>(null);
  let redoable = $state.raw<Step | null>(null);
  let undoRev: number | null = null;
  let redoRev: number | null = null;
  /** What is taken back or made again once a reason is given. */
  let paused = $state.raw<(Question & { again(why: string): void; drop(): void }) | null>(null);
  /** An undo that waits for the edit it takes back to be on the server. */
  let waiting = false;
  const labels = new Map<number, EditLabel>();
  const undone: EditLabel[] = [];

  /** What can be undone and redone now, by our own facts where we have them. */
  function know(body: Steps): void {
    undoRev = body.can_undo?.rev ?? null;
    undoable = body.can_undo ? { label: labels.get(body.can_undo.rev) ?? null, text: body.can_undo.label } : null;
    redoRev = body.can_redo?.rev ?? null;
    redoable = body.can_redo ? { label: undone.at(-1) ?? null, text: body.can_redo.label } : null;
  }

  /** Takes an entry of the history back. Where something else stands by now, one chooses. */
  async function takeBack(entry: HistoryEntry, why = sync.standing): Promise<Refusal> {
    const answer = await trust.takeBack(id, sync.opId(), entry.rev, why);
    const problem = answer.ok ? undefined : reasonWanted(answer.problems);
    if (problem && !closed()) {
      return new Promise((resolve) => {
        paused = { problem, patch: entry.inverse, label: { kind: 'change', what: problem.pointer ?? '' }, why, of: 'undo', again: (next) => resolve(takeBack(entry, next)), drop: () => resolve([problem]) };
      });
    }
    const met = answer.ok || answer.status !== 409 ? null : conflictIn(answer.problems, entry.inverse);
    if (met === null) return settle(answer);
    await takeBackByHand(entry, met, { kind: 'change', what: met.path });
    return null;
  }

  /** What can still be taken back goes as an edit; about the rest one is asked, and not again when one undoes once more. */
  async function takeBackByHand(entry: HistoryEntry, named: { readonly path: string; readonly theirs: Json | undefined }, label: EditLabel): Promise<void> {
    await load();
    const left = await api.leave(id, entry.rev);
    if (closed()) return;
    if (left.ok) know(left.value);
    const { conflicts, rest } = sort({ opId: sync.opId(), patch: entry.inverse, label }, served(), named, sync.opId());
    sync.clash(conflicts);
    if (rest) sync.push(rest.patch, rest.label);
  }

  async function step(which: 'undo' | 'redo', why = which === 'undo' ? sync.standing : ''): Promise<void> {
    const local = which === 'undo' ? sync.unmake() : sync.remake();
    if (local) {
      notify({ kind: which === 'undo' ? 'undone' : 'redone', step: { label: local.label, text: '' }, ...extent(local.patch) });
      return;
    }
    if (sync.queue.edits.length > 0) {
      // It is on its way, and can be taken back once it is there.
      waiting = which === 'undo' && sync.queue.failures === 0;
      return;
    }
    const taken = which === 'undo' ? undoable : redoable;
    const rev0 = which === 'undo' ? undoRev : redoRev;
    if (!taken) return;
    const answer = which === 'undo' ? await api.undo(id, sync.opId(), why) : await api.redo(id, sync.opId(), why);
    if (closed()) return;
    if (!answer.ok) {
      const entry = rev0 === null ? undefined : await entryAt(rev0);
      const problem = reasonWanted(answer.problems);
      if (entry && problem) {
        paused = { problem, patch: entry.inverse, label: taken.label ?? { kind: 'change', what: problem.pointer ?? '' }, why, of: which, again: (next) => void step(which, next), drop: () => undefined };
        return;
      }
      if (entry && which === 'undo' && answer.status === 409 && (await meets(entry, answer.problems, taken))) return;
      notify({ kind: 'nothing', problems: answer.problems });
      return;
    }
    if (which === 'undo' && taken.label) undone.push(taken.label);
    else if (taken.label) {
      undone.pop();
      labels.set(answer.value.rev, taken.label);
    }
    if (answer.value.patch) advance(answer.value.rev, answer.value.patch, answer.value);
    allow(answer.value);
    notify({ kind: which === 'undo' ? 'undone' : 'redone', step: taken, ...extent(answer.value.patch ?? []) });
  }

  /** An undo that met what somebody else wrote becomes a question; false where it was something else. */
  async function meets(entry: HistoryEntry, why: readonly Problem[], taken: Step): Promise<boolean> {
    const named = conflictIn(why, entry.inverse);
    if (closed() || !named) return false;
    await takeBackByHand(entry, named, taken.label ?? { kind: 'change', what: named.path });
    return true;
  }

  async function entryAt(at: number): Promise<HistoryEntry | undefined> {
    const answer = await trust.history(id, { before: at + 1, limit: 1 });
    return answer.ok ? answer.value.find((one) => one.rev === at) : undefined;
  }

  return {
    get undoable() { return undoable; },
    get redoable() { return redoable; },
    /** What waits for a reason. */
    get asks(): Question | null { return paused; },
    know,
    step,
    takeBack: (entry: HistoryEntry) => takeBack(entry),
    /** An edit of this window became a revision. */
    took(rev: number, label: EditLabel): void {
      labels.set(rev, label);
      undone.length = 0;
    },
    /** Takes back what was on its way when one asked for that. */
    follow(): void {
      if (waiting && sync.queue.edits.length <= 1) setTimeout(() => void step('undo'));
      waiting = false;
    },
    /** Something else was done: nothing is left to be made again. */
    forget(): void {
      undone.length = 0;
    },
    because(why: string): void {
      paused?.again(why);
      paused = null;
    },
    withdraw(): void {
      paused?.drop();
      paused = null;
    },
  };
}

/** How many cells of the budget a patch touches, and in how many lines. */
function extent(patch: Patch): { readonly cells: number; readonly lines: number } {
  const cells = new Set(touchedCells(patch));
  return { cells: cells.size, lines: new Set([...cells].map((cell) => cell.split('/')[0])).size };
}
