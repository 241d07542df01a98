/**
 * Where edits wait that are not on the server yet, so that no reload, crash or
 * outage loses one: in the browser's IndexedDB, by person and plan, each window
 * in a box of its own. A window takes over what was left by one that is gone.
 */
import type { Conflict, Edit } from './ops';
import { nameOf } from './ops';

/** What one window keeps of one plan. */
export interface Box {
  /** When the window last said that it is there, in milliseconds. */
  readonly beat: number;
  readonly edits: readonly Edit[];
  readonly conflicts: readonly Conflict[];
  /** What another window has taken over from here. */
  readonly taken?: readonly string[];
}
export type Boxes = ReadonlyMap<string, Box>;
/** What a step comes to: boxes to put, null to take one away. */
export interface Step<T> {
  readonly put: ReadonlyMap<string, Box | null>;
  readonly value: T;
}
export interface Shelf {
  /** Whether what is put here outlives the window. */
  readonly lasting: boolean;
  /** Carries out a step on all boxes of an owner; nobody else's comes between reading and putting. */
  step<T>(owner: string, work: (boxes: Boxes) => Step<T>): Promise<T>;
  /** All boxes, whoever's. */
  all(): Promise<readonly Box[]>;
}

/** A window that has been silent for so long is gone; if it is not, an edit sent twice does no harm, for it has a name. */
export const GONE_MS = 20_000;
export const BEAT_MS = 5000;
/** For so long a window that comes back finds out what was taken over. */
const NOTED_MS = 600_000;

const ids = (box: Box): string[] => [...box.edits.map((one) => one.opId), ...box.conflicts.map(nameOf)];

/** What a window finds when it opens a plan or looks around: what it has itself, and what others left. */
export function claim(boxes: Boxes, tab: string, now: number): Step<Pick<Box, 'edits' | 'conflicts'>> {
  const own = boxes.get(tab);
  const put = new Map<string, Box | null>();
  const left = [...boxes].filter(([name, box]) => name !== tab && now - box.beat > GONE_MS).sort(([, a], [, b]) => a.beat - b.beat);
  const edits: Edit[] = [];
  const conflicts: Conflict[] = [];
  for (const [name, box] of left) {
    if (box.edits.length + box.conflicts.length > 0) {
      edits.push(...box.edits);
      conflicts.push(...box.conflicts);
      put.set(name, { beat: now - GONE_MS, edits: [], conflicts: [], taken: ids(box) });
    } else if (now - box.beat > NOTED_MS) put.set(name, null);
  }
  const value = { edits: unique([...edits, ...(own?.edits ?? [])]), conflicts: [...conflicts, ...(own?.conflicts ?? [])] };
  if (edits.length + conflicts.length > 0) put.set(tab, { ...value, beat: now });
  return { put, value };
}

function unique(edits: readonly Edit[]): Edit[] {
  return [...new Map(edits.map((one) => [one.opId, one])).values()];
}

/** A window keeps what it has now, and learns what of it another one took over. */
export function keep(boxes: Boxes, tab: string, now: number, held: Pick<Box, 'edits' | 'conflicts'>): Step<readonly string[]> {
  const gone = new Set(boxes.get(tab)?.taken ?? []);
  const edits = held.edits.filter((one) => !gone.has(one.opId));
  const conflicts = held.conflicts.filter((one) => !gone.has(nameOf(one)));
  const box = edits.length + conflicts.length === 0 ? null : { beat: now, edits, conflicts };
  return { put: new Map([[tab, box]]), value: [...gone] };
}

/** A shelf that lasts as long as the window. */
export function inMemory(): Shelf {
  const owners = new Map<string, Map<string, Box>>();
  return {
    lasting: false,
    step: (owner, work) => {
      const boxes = owners.get(owner) ?? new Map<string, Box>();
      const { put, value } = work(boxes);
      for (const [tab, box] of put) {
        if (box) boxes.set(tab, box);
        else boxes.delete(tab);
      }
      owners.set(owner, boxes);
      return Promise.resolve(value);
    },
    all: () => Promise.resolve([...owners.values()].flatMap((boxes) => [...boxes.values()])),
  };
}

const NAME = 'centerplan';
const STORE = 'boxes';
/** A browser that does not answer for so long has no storage for us until it does. */
const OPEN_MS = 3000;

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the storage is refused'));
    request.onblocked = () => reject(new Error('the storage is held'));
  });
}

/** The window a box belongs to, by its key. */
function tabIn(key: IDBValidKey): string {
  const [, tab] = Array.isArray(key) ? key : [];
  return typeof tab === 'string' ? tab : '';
}

function inDatabase(db: IDBDatabase): Shelf {
  return {
    lasting: true,
    step: <T>(owner: string, work: (boxes: Boxes) => Step<T>) =>
      new Promise<T>((resolve, reject) => {
        const transaction = db.transaction(STORE, 'readwrite');
        const store = transaction.objectStore(STORE);
        const range = IDBKeyRange.bound([owner, ''], [owner, '\uffff']);
        const keys = store.getAllKeys(range);
        const all = store.getAll(range);
        let result: { readonly value: T } | undefined;
        all.onsuccess = () => {
          const tabs = keys.result.map((key) => (tabIn(key)));
          const boxes = new Map(tabs.map((tab, i) => [tab, (all.result as readonly Box[])[i]] as const).filter((pair): pair is readonly [string, Box] => pair[1] !== undefined));
          const { put, value } = work(boxes);
          for (const [tab, box] of put) {
            if (box) store.put(box, [owner, tab]);
            else store.delete([owner, tab]);
          }
          result = { value };
        };
        transaction.oncomplete = () => {
          if (result) resolve(result.value);
        };
        transaction.onabort = () => reject(transaction.error ?? new Error('the storage gave up'));
      }),
    all: () =>
      new Promise((resolve, reject) => {
        const request = db.transaction(STORE).objectStore(STORE).getAll();
        request.onsuccess = () => resolve(request.result as readonly Box[]);
        request.onerror = () => reject(request.error ?? new Error('the storage gave up'));
      }),
  };
}

const memory = inMemory();
let shelf: Promise<Shelf> | undefined;

/** The browser's shelf, or one in memory where it has none, refuses it, or has not answered yet. */
export function theShelf(): Promise<Shelf> {
  shelf ??= typeof indexedDB === 'undefined' ? Promise.resolve(memory) : reached();
  return shelf;
}

/** What waits is kept again at every sign of life, so that a storage which answers late has it all by then. */
function reached(): Promise<Shelf> {
  const found = opened().then(inDatabase, () => memory);
  void found.then((there) => { shelf = Promise.resolve(there); });
  return Promise.race([found, new Promise<Shelf>((resolve) => setTimeout(() => resolve(memory), OPEN_MS))]);
}

/** How many edits wait in this browser, whoever made them and of whichever plan. */
export async function waiting(getShelf: () => Promise<Shelf> = theShelf): Promise<number> {
  const boxes = await (await getShelf()).all();
  return new Set(boxes.flatMap((box) => box.edits.map((one) => one.opId))).size;
}

/** What a window keeps of one person's edits of one plan. */
export interface Keeper {
  /** Gives what waits: this window's own, and what others left behind. */
  claim(): Promise<Pick<Box, 'edits' | 'conflicts'>>;
  /** Keeps what there is now; the answer is what another window took over. */
  keep(held: Pick<Box, 'edits' | 'conflicts'>): Promise<readonly string[]>;
  /** Whether what is kept outlives the window. */
  lasting(): boolean;
}

export function openKeeper(person: string, plan: string, tab: string, getShelf: () => Promise<Shelf> = theShelf, clock: () => number = Date.now): Keeper {
  const owner = `${person} ${plan}`;
  let lasting = true;
  /** A step; where the browser's storage fails (it is full, or was taken away), memory takes over. */
  async function step<T>(work: (boxes: Boxes) => Step<T>): Promise<T> {
    try {
      const at = await getShelf();
      const value = await at.step(owner, work);
      lasting = at.lasting;
      return value;
    } catch {
      lasting = false;
      return memory.step(owner, work);
    }
  }
  return {
    claim: () => step((boxes) => claim(boxes, tab, clock())),
    keep: (held) => step((boxes) => keep(boxes, tab, clock(), held)),
    lasting: () => lasting,
  };
}
