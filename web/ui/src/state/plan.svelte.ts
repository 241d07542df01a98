/**
 * The open plan: the document and results as the server has them, the edits on
 * their way to it, and what the page shows, which is both together.
 */
import { api } from '../api/client';
import { listen } from '../api/live';
import type { Action, Conflict, Edit, EditLabel } from '../api/ops';
import { conflictIn, delay, echoes, EMPTY_QUEUE, keepMine, reasonWanted, reduce, takeTheirs, touchedCells } from '../api/ops';
import type { Answer } from '../api/client';
import { trust } from '../api/trust';
import type { Access, ActBody, Deed, Workflow } from '../api/trustTypes';
import type { Applied, ChangeEvent, HelloEvent, HistoryEntry, LineResult, LinkState, PlanBody, Problem, ResultSet, UndoInfo } from '../api/types';
import type { Lock } from '../model/access';
import { closedAt, lockOf, may, PAST, WHOLE, within } from '../model/access';
import { downstream } from '../model/cells';
import type { Completeness } from '../model/completeness';
import { completeness } from '../model/completeness';
import type { PlanDocument } from '../model/document';
import { linesByCode } from '../model/document';
import type { Patch } from '../model/patch';
import { apply } from '../model/patch';
import { rights } from './rights.svelte';

export type Lines = Readonly<Record<string, LineResult>>;
export type Status = 'loading' | 'ready' | 'missing' | 'failed';
/** Something to undo or redo: as facts if this window did it, and in the words of whoever did. */
export interface Step {
  readonly label: EditLabel | null;
  readonly text: string;
}
/** What happened, for a message: the screen makes the text. */
export type Notice =
  | { readonly kind: 'refused'; readonly label: EditLabel; readonly problems: readonly Problem[] }
  | { readonly kind: 'locked'; readonly label: EditLabel; readonly lock: Lock }
  | { readonly kind: 'undone' | 'redone'; readonly step: Step }
  | { readonly kind: 'nothing'; readonly problems: readonly Problem[] };

const REMOTE_MS = 2500;
const BUSY = new Set([0, 429, 500, 502, 503, 504]);

export type PlanState = ReturnType<typeof openPlan>;

/** What came of a call that is no edit: null, or why it was refused. */
export type Refusal = readonly Problem[] | null;

/**
 * @param say puts an edit in words for the history.
 * @param past the revision to read the plan at; nothing is edited then, and nothing is heard.
 */
export function openPlan(id: string, notify: (notice: Notice) => void, say: (label: EditLabel) => string, past: number | null = null) {
  let status = $state<Status>('loading');
  let reasons = $state.raw<readonly Problem[]>([]);
  let rev = $state(0);
  let served = $state.raw<PlanDocument>({});
  let problems = $state.raw<readonly Problem[]>([]);
  let results = $state.raw<ReadonlyMap<string, Lines>>(new Map());
  let resultsFailed = $state.raw<readonly Problem[]>([]);
  let queue = $state.raw(restored());
  let remote = $state.raw<ReadonlySet<string>>(new Set());
  let notes = $state.raw<readonly Problem[]>([]);
  let links = $state.raw<Completeness>(completeness([]));
  let undoable = $state.raw<Step | null>(null);
  let redoable = $state.raw<Step | null>(null);
  let newBuild = $state(false);
  let connected = $state(true);
  let access = $state.raw<Access>(past === null ? WHOLE : PAST);
  let workflow = $state.raw<Workflow | null>(null);
  /** A reason that stands for all edits that need one, until it is taken away. */
  let standing = $state('');

  const shown = $derived(queue.edits.reduce((document, edit) => apply(document, edit.patch), served));
  const pending = $derived(waitingOn(queue.edits, shown));
  const labels = new Map<number, EditLabel>();
  const ours = new Set<string>();
  const undone: EditLabel[] = [];
  let build: string | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stopLive: () => void = () => undefined;
  let closed = false;
  let wanted = new Set<string>();

  const rules = () => ({ access, workflow, document: shown, table: rights.table });

  function storeKey(): string {
    return `centerplan.queue.${id}`;
  }
  function restored() {
    if (past !== null) return EMPTY_QUEUE;
    try {
      const text = sessionStorage.getItem(storeKey());
      return text === null ? EMPTY_QUEUE : { ...EMPTY_QUEUE, edits: JSON.parse(text) as Edit[] };
    } catch {
      return EMPTY_QUEUE;
    }
  }
  /** Every change of the queue is kept, so that a reload loses no edit. */
  function act(action: Action): void {
    queue = reduce(queue, action);
    try {
      if (queue.edits.length === 0) sessionStorage.removeItem(storeKey());
      else sessionStorage.setItem(storeKey(), JSON.stringify(queue.edits));
    } catch {
      // Without storage the edits live in memory, and the chip says that they are not saved.
    }
  }

  function take(body: PlanBody): void {
    rev = body.rev;
    served = body.document;
    problems = body.problems;
    allow(body);
  }

  /** The notes, how far the links are, and what can be undone and redone now, by our own facts where we have them. */
  function allow(body: { readonly access?: Access | null; readonly notes: readonly Problem[] | null; readonly links: readonly LinkState[] | null; readonly can_undo: UndoInfo | null; readonly can_redo: UndoInfo | null }): void {
    if (body.notes) notes = body.notes;
    if (body.access) access = body.access;
    if (body.links) links = completeness(body.links);
    undoable = body.can_undo ? { label: labels.get(body.can_undo.rev) ?? null, text: body.can_undo.label } : null;
    redoable = body.can_redo ? { label: undone.at(-1) ?? null, text: body.can_redo.label } : null;
  }

  async function load(): Promise<void> {
    const answer = past === null ? await api.open(id) : await trust.past(id, past);
    if (closed) return;
    if (!answer.ok) {
      if (status === 'ready') return;
      status = answer.status === 404 ? 'missing' : 'failed';
      reasons = answer.problems;
      return;
    }
    take(answer.value);
    status = 'ready';
    void loadWorkflow();
    if (wanted.size > 0) await fetchResults([...wanted]);
  }

  /** Where the sections stand; a plan whose workflow cannot be had is shown without. */
  async function loadWorkflow(): Promise<void> {
    if (past !== null) return;
    const answer = await trust.workflow(id);
    if (!closed && answer.ok) workflow = answer.value;
  }

  async function fetchResults(scenarios: readonly string[]): Promise<void> {
    const answer = past === null ? await api.results(id, scenarios) : await trust.pastResults(id, scenarios, past);
    if (closed) return;
    resultsFailed = answer.ok ? [] : answer.problems;
    if (!answer.ok) {
      // Asked for again with the next revision: the scenario may be on its way.
      wanted = new Set([...wanted].filter((one) => results.has(one) || !scenarios.includes(one)));
      return;
    }
    const next = new Map(results);
    for (const set of answer.value.results) next.set(set.scenario, set.lines);
    results = next;
  }

  /** Puts changed lines over those at hand. Scenarios not asked for yet are left out. */
  function merge(sets: readonly ResultSet[] | null | undefined): void {
    const next = new Map(results);
    for (const set of sets ?? []) {
      const known = next.get(set.scenario);
      if (known) next.set(set.scenario, { ...known, ...set.lines });
    }
    results = next;
  }

  /** Takes a revision's patch into the served document; a gap means reading the plan anew. */
  function advance(to: number, patch: Patch, change: { readonly problems: readonly Problem[] | null; readonly results: readonly ResultSet[] | null }): void {
    if (to <= rev) return;
    if (to > rev + 1) {
      void load();
      return;
    }
    served = apply(served, patch);
    rev = to;
    if (patch.some((op) => within(op.path, '/workflow'))) void loadWorkflow();
    if (change.problems) problems = change.problems;
    merge(change.results);
  }

  async function pump(): Promise<void> {
    const edit = queue.edits[0];
    if (edit === undefined || queue.sending || queue.asks !== null || status !== 'ready' || closed) return;
    clearTimeout(retry);
    act({ type: 'send' });
    const why = edit.why ?? standing;
    const answer = await api.edit(id, { base: rev, op_id: edit.opId, label: say(edit.label).slice(0, 200), ...(why === '' ? {} : { why }), patch: edit.patch });
    if (closed) return;
    if (answer.ok) {
      labels.set(answer.value.rev, edit.label);
      // What somebody said comes back signed and dated.
      advance(answer.value.rev, answer.value.patch ?? edit.patch, answer.value);
      act({ type: 'accepted' });
      undone.length = 0;
      allow(answer.value);
      connected = true;
    } else if (BUSY.has(answer.status)) {
      act({ type: 'unreachable' });
      retry = setTimeout(() => void pump(), delay(queue.failures));
      return;
    } else if (reasonWanted(answer.problems)) {
      standing = '';
      act({ type: 'ask', problem: reasonWanted(answer.problems) ?? { key: '' } });
      return;
    } else {
      const conflict = answer.status === 409 ? conflictIn(answer.problems, edit.patch) : null;
      if (conflict) act({ type: 'conflict', ...conflict });
      else {
        act({ type: 'refused' });
        notify({ kind: 'refused', label: edit.label, problems: answer.problems });
      }
      await load();
    }
    void pump();
  }

  /** Takes in what a call came to that is no edit of the queue. */
  async function settle(answer: Answer<Applied>): Promise<Refusal> {
    if (closed) return null;
    if (!answer.ok) return answer.problems;
    if (answer.value.patch) advance(answer.value.rev, answer.value.patch, answer.value);
    else await load();
    undone.length = 0;
    allow(answer.value);
    void loadWorkflow();
    return null;
  }

  /** Takes an entry of the history back. Where something else stands by now, one chooses. */
  async function takeBack(entry: HistoryEntry): Promise<Refusal> {
    const answer = await trust.takeBack(id, opId(ours), entry.rev);
    const met = answer.ok || answer.status !== 409 ? null : conflictIn(answer.problems, entry.inverse);
    if (met === null) return settle(answer);
    const mine = entry.inverse.find((op) => op.path === met.path && op.op !== 'test')?.value;
    const edit: Edit = { opId: '', patch: entry.inverse, label: { kind: 'change', what: met.path } };
    act({ type: 'clash', conflict: { edit, path: met.path, mine, theirs: met.theirs } });
    return null;
  }

  async function step(which: 'undo' | 'redo'): Promise<void> {
    if (queue.edits.length > 0) return;
    const taken = which === 'undo' ? undoable : redoable;
    if (!taken) return;
    const answer = which === 'undo' ? await api.undo(id, opId(ours)) : await api.redo(id, opId(ours));
    if (closed) return;
    if (!answer.ok) {
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
    notify({ kind: which === 'undo' ? 'undone' : 'redone', step: taken });
  }

  function heard(event: ChangeEvent): void {
    if (event.rev <= rev) return;
    const flying = queue.sending ? queue.edits[0] : undefined;
    const own = ours.has(event.op_id) || (flying !== undefined && echoes(flying, event));
    advance(event.rev, event.patch, event);
    if (event.rev === rev && event.results) allow(event);
    if (own) return;
    const cells = touchedCells(event.patch);
    if (cells.length === 0) return;
    remote = new Set([...remote, ...cells]);
    setTimeout(() => {
      remote = new Set([...remote].filter((cell) => !cells.includes(cell)));
    }, REMOTE_MS);
  }

  function greeted(hello: HelloEvent): void {
    connected = true;
    if (build !== undefined && hello.build !== undefined && hello.build !== build) newBuild = true;
    build ??= hello.build;
    // What was missed comes as changes; if it does not, the plan is read anew.
    if (hello.rev > rev) setTimeout(() => { if (hello.rev > rev) void load(); }, 400);
    void pump();
  }

  function live(): void {
    stopLive = listen(id, rev, (kind, data) => {
      if (kind === 'lost') connected = false;
      else connected = true;
      if (kind === 'hello' && data !== null) greeted(data as HelloEvent);
      if (kind === 'change') heard(data as ChangeEvent);
    });
  }

  return {
    id,
    get status() { return status; },
    get reasons() { return reasons; },
    get rev() { return rev; },
    /** The document with the edits that are on their way. */
    get document() { return shown; },
    get served() { return served; },
    get problems() { return problems; },
    /** What is lawful but worth knowing of the formulas. */
    get notes() { return notes; },
    get links() { return links; },
    get results() { return results; },
    get resultsFailed() { return resultsFailed; },
    get queue() { return queue; },
    get remote() { return remote; },
    /** Codes of lines whose figures wait for the server. */
    get pending() { return pending; },
    get undoable() { return undoable; },
    get redoable() { return redoable; },
    get newBuild() { return newBuild; },
    get connected() { return connected; },
    /** What the reader may see and change. */
    get access() { return access; },
    get workflow() { return workflow; },
    /** The revision the plan is read at; null for the newest. */
    past,
    get standing() { return standing; },
    set standing(why: string) { standing = why; },
    may: (deed: Deed): boolean => may(access, deed),
    /** Why a place cannot be changed here and now; null where it can. */
    lock: (path: string): Lock | null => lockOf(path, rules()),
    /** The closed section that covers a place. */
    closedAt: (path: string) => closedAt(path, { access, workflow }),

    async start(): Promise<void> {
      void rights.load();
      await load();
      if (closed || status !== 'ready' || past !== null) return;
      live();
      void pump();
    },
    async retry(): Promise<void> {
      status = status === 'ready' ? status : 'loading';
      await load();
      if (status === 'ready' && !closed && past === null) {
        stopLive();
        live();
      }
      void pump();
    },
    /** Asks for the results of scenarios that are not at hand. */
    need(scenarios: readonly string[]): void {
      const missing = scenarios.filter((one) => !wanted.has(one));
      if (missing.length === 0) return;
      wanted = new Set([...wanted, ...missing]);
      void fetchResults(missing);
    },
    refetch(): void {
      void fetchResults([...wanted]);
    },
    edit(patch: Patch, label: EditLabel): void {
      if (patch.every((op) => op.op === 'test')) return;
      const lock = patch.map((op) => lockOf(op.path, rules())).find((one) => one !== null);
      if (lock) {
        notify({ kind: 'locked', label, lock });
        return;
      }
      act({ type: 'edit', edit: { opId: opId(ours), patch, label } });
      void pump();
    },
    resolve(conflict: Conflict, choice: 'mine' | 'theirs'): void {
      act({ type: 'resolved', conflict });
      const patch = choice === 'mine' ? keepMine(conflict) : takeTheirs(conflict);
      const { label, why } = conflict.edit;
      if (patch.length > 0) act({ type: 'edit', edit: { opId: opId(ours), patch, label, ...(why === undefined ? {} : { why }) } });
      void pump();
    },
    /** Gives the reason the server asked for, and sends the edit again; `stands` keeps it for the edits that follow. */
    because(why: string, stands = false): void {
      if (stands) standing = why;
      act({ type: 'because', why });
      void pump();
    },
    /** Takes the edit back for which the server asks a reason. */
    withdraw(): void {
      act({ type: 'withdraw' });
      void pump();
    },
    takeBack,
    /** Puts a place back to what it held at a revision. */
    restore: async (path: string, at: number, why: string): Promise<Refusal> => settle(await trust.restore(id, { op_id: opId(ours), pointer: path, rev: at, ...(why === '' ? {} : { why }), label: say({ kind: 'change', what: path }).slice(0, 200) })),
    /** One step of the workflow: hand in, approve, return, propose and so on. */
    act: async (body: ActBody): Promise<Refusal> => settle(await trust.act(id, opId(ours), body)),
    async seal(why: string, scenarios: string[]): Promise<Refusal> {
      const answer = await trust.seal(id, { op_id: opId(ours), why, scenarios });
      if (!answer.ok) return answer.problems;
      await load();
      return null;
    },
    refreshWorkflow: () => void loadWorkflow(),
    undo: () => step('undo'),
    redo: () => step('redo'),
    sendNow: () => void pump(),
    close(): void {
      closed = true;
      clearTimeout(retry);
      stopLive();
    },
  };
}

/** A name for a call, so that a repeated one does no harm. */
function opId(made: Set<string>): string {
  const id = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  made.add(id);
  return id;
}

/** The lines whose figures the server is still reckoning. */
function waitingOn(edits: readonly Edit[], document: PlanDocument): ReadonlySet<string> {
  if (edits.length === 0) return new Set();
  const ids = new Set(edits.flatMap((edit) => touchedCells(edit.patch)).map((cell) => cell.split('/')[0] ?? ''));
  const touched = [...linesByCode(document)].filter(([, entry]) => ids.has(entry.id)).map(([code]) => code);
  return downstream(document, touched);
}
