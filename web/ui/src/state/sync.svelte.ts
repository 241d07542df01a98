/**
 * The edits of one window on their way to the server: kept before they are
 * sent, sent one at a time, tried again until the server has answered, and put
 * to their author where somebody else was there first.
 */
import type { Answer } from '../api/client';
import { api } from '../api/client';
import type { Action, Conflict, Edit, EditLabel, Queue, Trouble } from '../api/ops';
import { conflictIn, delay, EMPTY_QUEUE, halves, isCell, keepMine, nameOf, reasonWanted, reduce, sort, takeTheirs } from '../api/ops';
import { BEAT_MS, openKeeper } from '../api/queueStore';
import type { Applied, Problem } from '../api/types';
import type { PlanDocument } from '../model/document';
import type { Json, Op, Patch } from '../model/patch';
import { at, putAll, same } from '../model/patch';
import { randomId, tab } from './tab';

/** What the queue needs to know and do of the plan it belongs to. */
export interface Around {
  readonly id: string;
  /** Whose edits these are. */
  readonly person: string;
  /** An earlier revision is not edited. */
  readonly past: boolean;
  rev(): number;
  served(): PlanDocument;
  ready(): boolean;
  /** Reads the plan anew; false where the server was not reached. */
  load(): Promise<boolean>;
  /** Takes in what an accepted edit came to. */
  accepted(value: Applied, edit: Edit): void;
  refused(edit: Edit, problems: readonly Problem[]): void;
  say(label: EditLabel): string;
}

/** At which of its signs of life a window looks whether another one left something. */
const LOOK_BEATS = 3;
/** How often an edit is sorted anew before it is one question as a whole. */
const MOST_SORTS = 3;
const TROUBLE: Readonly<Record<number, Trouble>> = { 0: 'away', 401: 'away', 408: 'away', 429: 'busy', 500: 'away', 502: 'away', 503: 'away', 504: 'away', 507: 'full' };
/** A proxy in front of the server has pages of its own for these; then it was not the server that refused. */
const FOREIGN = 'ui.server';

export type SyncState = ReturnType<typeof openSync>;

export function openSync(around: Around) {
  let queue = $state.raw<Queue>(EMPTY_QUEUE);
  /** Whether what waits outlives the window; not known before something waited. */
  let lasting = $state(true);
  /** What was refused since something was last accepted. */
  let refusals = $state.raw<readonly { readonly edit: Edit; readonly problems: readonly Problem[] }[]>([]);
  /** A reason that stands for all edits that need one, until it is taken away. */
  let standing = $state('');
  const keeper = openKeeper(around.person, around.id, tab);
  const made = new Set<string>();
  let remade: readonly Edit[] = $state.raw([]);
  let sorts = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let beat: ReturnType<typeof setInterval> | undefined;
  let closed = false;
  let line: Promise<unknown> = Promise.resolve();
  let written: Queue = EMPTY_QUEUE;

  /** What was there before, in the browser's storage, one step after the other. */
  function inLine<T>(step: () => Promise<T>): Promise<T> {
    const done = line.then(step, step);
    line = done;
    return done;
  }
  function opId(): string {
    const id = randomId();
    made.add(id);
    return id;
  }

  /** Every change of the queue is kept, so that a reload loses no edit and no question. */
  function act(action: Action): void {
    queue = reduce(queue, action);
    void kept();
  }
  async function kept(again = false): Promise<void> {
    if (around.past) return;
    const gone = await inLine(() => {
      if (queue === written && !again) return Promise.resolve([]);
      written = queue;
      return keeper.keep({ edits: queue.edits, conflicts: queue.conflicts });
    });
    lasting = keeper.lasting();
    if (gone.length > 0) queue = reduce(queue, { type: 'gone', ids: gone });
  }
  /** Takes over what waits from before, and from windows that are gone. */
  async function adopt(): Promise<void> {
    const found = await inLine(() => keeper.claim());
    lasting = keeper.lasting();
    const edits = found.edits.filter((one) => !queue.edits.some((other) => other.opId === one.opId));
    const conflicts = found.conflicts.filter((one) => !queue.conflicts.some((other) => nameOf(other) === nameOf(one)));
    if (closed || edits.length + conflicts.length === 0) return;
    for (const edit of edits) made.add(edit.opId);
    act({ type: 'adopt', edits, conflicts });
    void pump();
  }

  async function pump(): Promise<void> {
    if (queue.edits.length === 0 || queue.sending || queue.asks !== null || !around.ready() || closed) return;
    clearTimeout(retry);
    act({ type: 'send' });
    const edit = queue.edits[0];
    await line; // it is written down before it is sent
    if (closed || edit === undefined) return;
    const why = edit.why ?? standing;
    const answer = await api.edit(around.id, { base: around.rev(), op_id: edit.opId, label: around.say(edit.label).slice(0, 200), ...(why === '' ? {} : { why }), patch: edit.patch });
    if (closed) return;
    if (answer.ok) {
      around.accepted(answer.value, edit);
      act({ type: 'accepted' });
      sorts = 0;
      refusals = [];
    } else if (!(await met(edit, answer))) return;
    void pump();
  }

  /** Sees to an edit that was not accepted; false where it waits. */
  async function met(edit: Edit, answer: Extract<Answer<Applied>, { ok: false }>): Promise<boolean> {
    const { status, problems } = answer;
    const trouble = TROUBLE[status] ?? (status >= 500 || (problems[0]?.key === FOREIGN && status !== 413) ? 'away' : undefined);
    if (trouble) return waits(trouble, answer.after);
    if (reasonWanted(problems)) {
      standing = '';
      act({ type: 'ask', problem: reasonWanted(problems) ?? { key: '' } });
      return false;
    }
    const keys = problems.map((one) => one.key);
    // The server stands at an earlier revision than this page, or knows the name for something else.
    if (keys.includes('live.future_base')) return (await around.load()) ? (act({ type: 'instead', edits: [edit] }), true) : waits('away');
    if (keys.includes('live.op_id_used')) return act({ type: 'instead', edits: [{ ...edit, opId: opId() }] }), true;
    if (status === 413 || keys.includes('patch.too_long')) {
      const parts = halves(edit, [opId(), opId()]);
      if (parts) return act({ type: 'instead', edits: parts }), true;
    }
    const named = status === 409 ? conflictIn(problems, edit.patch) : null;
    if (!(await around.load()) && named) return waits('away');
    if (closed) return false;
    if (named) {
      sorts += 1;
      const sorted = sort(edit, around.served(), named, opId());
      // What can go on for ever is better asked about.
      if (sorts > MOST_SORTS && sorted.conflicts.length === 0) act({ type: 'conflict', conflicts: [{ edit, path: named.path, mine: edit.patch.find((op) => op.path === named.path && op.op !== 'test')?.value, theirs: named.theirs }], rest: null });
      else act({ type: 'conflict', ...sorted });
      if (sorted.conflicts.length > 0) sorts = 0;
      return true;
    }
    act({ type: 'refused' });
    refusals = [...refusals, { edit, problems }];
    around.refused(edit, problems);
    return true;
  }

  function waits(trouble: Trouble, after = 0): false {
    act({ type: 'unreachable', trouble });
    clearTimeout(retry);
    retry = setTimeout(() => void pump(), delay(queue.failures, after * 1000));
    return false;
  }

  /** A patch without a component's own state in it, which no storage takes. Figures need no copy, and a paste has thousands. */
  const plain = (patch: Patch): Patch => patch.map(({ op, path, value }): Op => (value === undefined ? { op, path } : { op, path, value: typeof value === 'object' ? ($state.snapshot<unknown>(value) as Json) : value }));

  function push(patch: Patch, label: EditLabel, more: Pick<Edit, 'why'> = {}): void {
    remade = [];
    act({ type: 'edit', edit: { opId: opId(), patch: plain(patch), label, ...more } });
    void pump();
  }

  /** The questions as they stand now: what the other has saved since counts, and one that answered itself is none. */
  const conflicts = $derived.by(() => {
    const served = around.served();
    return queue.conflicts.map((one) => (isCell(one.path) ? { ...one, theirs: at(served, one.path) } : one)).filter((one) => !isCell(one.path) || !same(one.mine, one.theirs));
  });

  function resolve(chosen: readonly Conflict[], choice: 'mine' | 'theirs'): void {
    act({ type: 'resolved', conflicts: chosen });
    for (const conflict of chosen) {
      const { label, why } = conflict.edit;
      let patch: readonly Op[];
      if (isCell(conflict.path)) patch = choice === 'mine' ? putAll(around.served(), [[conflict.path, conflict.mine]]) : [];
      else patch = choice === 'mine' ? keepMine(conflict) : takeTheirs(conflict);
      if (patch.length > 0) push(patch, label, why === undefined ? {} : { why });
    }
    void pump();
  }

  const now = (): void => void pump();
  const unload = (event: BeforeUnloadEvent): void => {
    if (!lasting && queue.edits.length > 0) event.preventDefault();
  };

  return {
    get queue() { return queue; },
    get conflicts() { return conflicts; },
    get lasting() { return lasting; },
    get refusals() { return refusals; },
    get standing() { return standing; },
    set standing(why: string) { standing = why; },
    /** The newest edit that was never sent: taking it back needs no server. */
    get unsent(): Edit | null {
      const last = queue.edits.at(-1);
      return last && last.tried !== true ? last : null;
    },
    /** Edits taken back before they were sent, the newest last. */
    get remade() { return remade; },
    /** Whether an operation of this name was ours. */
    isOurs: (name: string): boolean => made.has(name),
    opId,
    push,
    pump: now,
    resolve,
    clash(found: readonly Conflict[]): void {
      act({ type: 'clash', conflicts: found });
    },
    /** Takes the newest edit back that was never sent. */
    unmake(): Edit | null {
      const last = queue.edits.at(-1);
      if (!last || last.tried === true) return null;
      act({ type: 'unmake', opId: last.opId });
      remade = [...remade, last];
      return last;
    },
    /** Makes again what was taken back so. */
    remake(): Edit | null {
      const last = remade.at(-1);
      if (!last) return null;
      const left = remade.slice(0, -1);
      push(last.patch, last.label, last.why === undefined ? {} : { why: last.why });
      remade = left;
      return last;
    },
    forgetRefusals(): void {
      refusals = [];
    },
    /** Gives the reason the server asked for, and sends the edit again; `stands` keeps it for the edits that follow. */
    because(why: string, stands = false): void {
      if (stands) standing = why;
      act({ type: 'because', why });
      now();
    },
    /** Takes the edit back for which the server asks a reason. */
    withdraw(): void {
      act({ type: 'withdraw' });
      now();
    },
    async start(): Promise<void> {
      if (around.past) return;
      addEventListener('online', now);
      addEventListener('beforeunload', unload);
      let beats = 0;
      beat = setInterval(() => {
        beats += 1;
        if (queue.edits.length + queue.conflicts.length > 0) void kept(true);
        if (beats % LOOK_BEATS === 0) void adopt();
      }, BEAT_MS);
      await adopt();
    },
    close(): void {
      closed = true;
      clearTimeout(retry);
      clearInterval(beat);
      removeEventListener('online', now);
      removeEventListener('beforeunload', unload);
    },
  };
}
