/**
 * The open plan: the document and results as the server has them, the edits on
 * their way to it, and what the page shows, which is both together.
 */
import { api } from '../api/client';
import { listen } from '../api/live';
import type { Conflict, Edit, EditLabel } from '../api/ops';
import { echoes, samePatch, touchedLines } from '../api/ops';
import type { Answer } from '../api/client';
import { lines as lineCalls } from '../api/lines';
import { trust } from '../api/trust';
import type { Access, ActBody, Deed, Workflow } from '../api/trustTypes';
import type { Applied, ChangeEvent, HelloEvent, HistoryEntry, LineResult, LinkState, PlanBody, PresenceEvent, Problem, ResultSet, Steps } from '../api/types';
import type { Lock } from '../model/access';
import { closedAt, lockOf, may, PAST, WHOLE, within } from '../model/access';
import { downstream } from '../model/cells';
import type { Completeness } from '../model/completeness';
import { completeness } from '../model/completeness';
import type { PlanDocument } from '../model/document';
import { codeOf } from '../model/document';
import type { Patch } from '../model/patch';
import { applied, over } from '../model/patch';
import { openPresence } from './presence.svelte';
import { rights } from './rights.svelte';
import { session } from './session.svelte';
import { openSync } from './sync.svelte';
import { openUndo, type Notice, type Question, type Refusal } from './undo.svelte';

export type Lines = Readonly<Record<string, LineResult>>;
export type Status = 'loading' | 'ready' | 'missing' | 'failed';
/** How long what was missed may take to come as changes. */
const MISSED_MS = 400;

export type PlanState = ReturnType<typeof openPlan>;

/**
 * @param say puts an edit in words for the history.
 * @param past the revision to read the plan at; nothing is edited then, and nothing is heard.
 */
export function openPlan(id: string, notify: (notice: Notice) => void, say: (label: EditLabel) => string, past: number | null = null) {
  let looked = $state(false);
  let status = $state<Status>('loading');
  let reasons = $state.raw<readonly Problem[]>([]);
  let rev = $state(0);
  let served = $state.raw<PlanDocument>({});
  let problems = $state.raw<readonly Problem[]>([]);
  let results = $state.raw<ReadonlyMap<string, Lines>>(new Map());
  let resultsFailed = $state.raw<readonly Problem[]>([]);
  let notes = $state.raw<readonly Problem[]>([]);
  let links = $state.raw<Completeness>(completeness([]));
  let newBuild = $state(false);
  let connected = $state(true);
  let access = $state.raw<Access>(past === null ? WHOLE : PAST);
  let workflow = $state.raw<Workflow | null>(null);

  const me = session.person?.id ?? '';
  const presence = openPresence(id, me);
  const sync = openSync({
    id,
    person: me,
    past: past !== null,
    rev: () => rev,
    served: () => served,
    ready: () => status === 'ready',
    load,
    accepted: (value, edit) => {
      undo.took(value.rev, edit.label);
      // What somebody said comes back signed and dated.
      advance(value.rev, value.patch ?? edit.patch, value);
      allow(value);
      connected = true;
      undo.follow();
    },
    refused: (edit, why) => notify({ kind: 'refused', label: edit.label, problems: why }),
    say,
  });
  const undo = openUndo({ id, sync, closed: () => closed, served: () => served, load, advance, allow, settle, notify });
  const shown = $derived(sync.queue.edits.reduce((document, edit) => applied(document, edit.patch), served));
  const waited: { on: ReadonlySet<string> } = { on: new Set() };
  const pending = $derived.by(() => {
    waited.on = waitingOn(sync.queue.edits, shown, waited.on);
    return waited.on;
  });
  let build: string | undefined;
  let stopLive: () => void = () => undefined;
  let closed = false;
  let wanted = new Set<string>();

  const rules = () => ({ access, workflow, document: shown, table: rights.table });

  function take(body: PlanBody): void {
    rev = body.rev;
    served = body.document;
    problems = body.problems;
    allow(body);
  }

  /** The notes, how far the links are, and what can be undone and redone now, by our own facts where we have them. */
  function allow(body: { readonly access?: Access | null; readonly notes: readonly Problem[] | null; readonly links: readonly LinkState[] | null } & Steps): void {
    if (body.notes) notes = body.notes;
    if (body.access) access = body.access;
    if (body.links) links = completeness(body.links);
    undo.know(body);
  }
  /** Reads the plan; false where that failed. */
  async function load(): Promise<boolean> {
    const answer = past === null ? await api.open(id) : await trust.past(id, past);
    if (closed) return false;
    if (!answer.ok) {
      if (status === 'ready') return false;
      status = answer.status === 404 ? 'missing' : 'failed';
      reasons = answer.problems;
      return false;
    }
    take(answer.value);
    status = 'ready';
    void loadWorkflow();
    if (wanted.size > 0) await fetchResults([...wanted]);
    return true;
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
      if (known) next.set(set.scenario, over(known, set.lines));
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
    served = applied(served, patch);
    rev = to;
    if (patch.some((op) => within(op.path, '/workflow'))) void loadWorkflow();
    if (change.problems) problems = change.problems;
    merge(change.results);
  }

  /** Takes in what a call came to that is no edit of the queue. */
  async function settle(answer: Answer<Applied>): Promise<Refusal> {
    if (closed) return null;
    if (!answer.ok) return answer.problems;
    if (answer.value.patch) advance(answer.value.rev, answer.value.patch, answer.value);
    else await load();
    undo.forget();
    allow(answer.value);
    void loadWorkflow();
    return null;
  }

  function heard(event: ChangeEvent): void {
    if (event.rev <= rev) return;
    const flying = sync.queue.sending ? sync.queue.edits[0] : undefined;
    const own = sync.isOurs(event.op_id) || (flying !== undefined && echoes(flying, event));
    // What comes back as it went leads to the document that is shown already.
    advance(event.rev, flying && own && samePatch(flying.patch, event.patch) ? flying.patch : event.patch, event);
    if (event.rev === rev && event.results) allow(event);
    if (!own) presence.changed(event);
  }

  function greeted(hello: HelloEvent): void {
    connected = true;
    presence.greeted();
    if (build !== undefined && hello.build !== undefined && hello.build !== build) newBuild = true;
    build ??= hello.build;
    // What was missed comes as changes; if it does not, or the server stands at an earlier revision, the plan is read anew.
    if (hello.rev !== rev) setTimeout(() => { if (hello.rev > rev || (hello.rev < rev && sync.queue.edits.length === 0)) void load(); }, MISSED_MS);
    sync.pump();
  }

  function live(): void {
    stopLive = listen(id, () => rev, (kind, data) => {
      connected = kind !== 'lost';
      if (kind === 'lost') presence.lost();
      else if (kind === 'hello' && data !== null) greeted(data as HelloEvent);
      else if (kind === 'change') heard(data as ChangeEvent);
      else if (kind === 'presence') presence.hear(data as PresenceEvent);
    });
    presence.start();
  }

  return {
    id,
    get status() { return status; },
    /** Whether it is known which edits of an earlier visit still wait. */
    get looked() { return looked; },
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
    get queue() { return sync.queue; },
    /** What others changed while it was edited here, as it stands now. */
    get conflicts() { return sync.conflicts; },
    /** Whether edits that wait are kept where a reload finds them. */
    get lasting() { return sync.lasting; },
    /** What the server refused since it last took something. */
    get refusals() { return sync.refusals; },
    forgetRefusals: () => sync.forgetRefusals(),
    /** Where others are, and what they have just changed: whose mark a cell bears. */
    get present() { return presence.marks; },
    get guests() { return presence.guests; },
    get news() { return presence.news; },
    /** Tells others where this window is now. */
    moved: () => { if (past === null && status === 'ready') presence.move(); },
    /** Codes of lines whose figures wait for the server. */
    get pending() { return pending; },
    get undoable() { return sync.unsent ? { label: sync.unsent.label, text: '' } : undo.undoable; },
    get redoable() {
      const last = sync.remade.at(-1);
      return last ? { label: last.label, text: '' } : undo.redoable;
    },
    get newBuild() { return newBuild; },
    get connected() { return connected; },
    /** What the reader may see and change. */
    get access() { return access; },
    get workflow() { return workflow; },
    /** The revision the plan is read at; null for the newest. */
    past,
    get standing() { return sync.standing; },
    set standing(why: string) { sync.standing = why; },
    may: (deed: Deed): boolean => may(access, deed),
    /** Why a place cannot be changed here and now; null where it can. */
    lock: (path: string): Lock | null => lockOf(path, rules()),
    /** The closed section that covers a place. */
    closedAt: (path: string) => closedAt(path, { access, workflow }),

    async start(): Promise<void> {
      void rights.load();
      await Promise.all([load(), sync.start()]);
      looked = true;
      if (closed || status !== 'ready' || past !== null) return;
      live();
      sync.pump();
    },
    async retry(): Promise<void> {
      status = status === 'ready' ? status : 'loading';
      await load();
      if (status === 'ready' && !closed && past === null) {
        stopLive();
        live();
      }
      sync.pump();
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
      const now = rules();
      for (const { op, path } of patch) {
        const lock = op === 'test' ? null : lockOf(path, now);
        if (lock) {
          notify({ kind: 'locked', label, lock, at: path });
          return;
        }
      }
      sync.push(patch, label);
    },
    /** Chooses for one question or for several. */
    resolve: (conflicts: Conflict | readonly Conflict[], choice: 'mine' | 'theirs'): void => sync.resolve(Array.isArray(conflicts) ? (conflicts as readonly Conflict[]) : [conflicts as Conflict], choice),
    /** What waits for a reason. */
    get asks(): Question | null {
      const [first] = sync.queue.edits;
      return sync.queue.asks && first ? { problem: sync.queue.asks, patch: first.patch, label: first.label, why: first.why ?? '', of: 'edit' } : undo.asks;
    },
    because(why: string, stands = false): void {
      if (sync.queue.asks) {
        sync.because(why, stands);
        return;
      }
      if (stands) sync.standing = why;
      undo.because(why);
    },
    withdraw(): void {
      if (sync.queue.asks) {
        sync.withdraw();
        return;
      }
      undo.withdraw();
    },
    takeBack: (entry: HistoryEntry) => undo.takeBack(entry),
    /** Gives a line another code, wherever it stands. */
    rename: async (line: string, code: string): Promise<Refusal> => settle(await lineCalls.rename(id, { op_id: sync.opId(), line, code, label: say({ kind: 'change', what: `/budget/lines/${line}` }).slice(0, 200) })),
    /** Puts a place back to what it held at a revision. */
    restore: async (path: string, at: number, why: string): Promise<Refusal> => settle(await trust.restore(id, { op_id: sync.opId(), pointer: path, rev: at, ...(why === '' ? {} : { why }), label: say({ kind: 'change', what: path }).slice(0, 200) })),
    /** One step of the workflow: hand in, approve, return, propose and so on. */
    act: async (body: ActBody): Promise<Refusal> => settle(await trust.act(id, sync.opId(), body)),
    async seal(why: string, scenarios: string[]): Promise<Refusal> {
      const answer = await trust.seal(id, { op_id: sync.opId(), why, scenarios });
      if (!answer.ok) return answer.problems;
      await load();
      return null;
    },
    refreshWorkflow: () => void loadWorkflow(),
    undo: () => undo.step('undo'),
    redo: () => undo.step('redo'),
    sendNow: () => sync.pump(),
    close(): void {
      closed = true;
      sync.close();
      presence.close();
      stopLive();
    },
  };
}

/** The lines whose figures the server is still reckoning; those of before where they are the same. */
function waitingOn(edits: readonly Edit[], document: PlanDocument, before: ReadonlySet<string>): ReadonlySet<string> {
  const ids = new Set(edits.flatMap((edit) => [...touchedLines(edit.patch)]));
  const lines = document.budget?.lines ?? {};
  const codes = [...ids].flatMap((id) => (lines[id] === undefined ? [] : [codeOf({ id, item: lines[id] })]));
  const found = codes.length === 0 ? new Set<string>() : downstream(document, codes);
  return found.size === before.size && [...found].every((code) => before.has(code)) ? before : found;
}
