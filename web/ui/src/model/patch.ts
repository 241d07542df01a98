/** JSON Patch on an immutable tree, and the patches the page makes. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Op {
  readonly op: 'test' | 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: Json;
}
export type Patch = readonly Op[];

const SPECIAL = /[~/]/;

/** Joins parts to a JSON pointer. */
export function pointer(...parts: readonly string[]): string {
  let text = '';
  for (const part of parts) text += `/${SPECIAL.test(part) ? part.replaceAll('~', '~0').replaceAll('/', '~1') : part}`;
  return text;
}

/** What the server takes as one edit: operations other than tests, and the room of a call. */
const MOST_CHANGES = 20_000;
const MOST_BYTES = 6_000_000;
/** A patch of fewer operations has room, whatever its paths. */
const SHORT = 8_000;

/** Null where the server takes the patch as one edit; else how many changes of its kind it would take. */
export function mostOf(patch: Patch): number | null {
  if (patch.length <= SHORT) return null;
  const changes = patch.reduce((count, op) => count + (op.op === 'test' ? 0 : 1), 0);
  const bytes = new TextEncoder().encode(JSON.stringify(patch)).length;
  const most = Math.min(MOST_CHANGES, Math.floor((MOST_BYTES / bytes) * changes / 1000) * 1000);
  return changes <= MOST_CHANGES && bytes <= MOST_BYTES ? null : most;
}

/** Splits a JSON pointer into its parts. */
export function parts(path: string): string[] {
  if (path === '') return [];
  const found = path.slice(1).split('/');
  return path.includes('~') ? found.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')) : found;
}

function isObject(node: unknown): node is Readonly<Record<string, Json>> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

/** The value at a pointer, undefined when there is none. Walks objects only. */
export function at(node: unknown, path: string): Json | undefined {
  let here: unknown = node;
  for (const part of parts(path)) {
    if (!isObject(here) || !Object.hasOwn(here, part)) return undefined;
    here = here[part];
  }
  return here as Json | undefined;
}

/** Whether two trees hold the same. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item: Json, i) => same(item, b[i] as Json));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

/**
 * The tree after the patch. Tests are not checked: the server did, or will.
 * The tree given stays as it is; what is copied once is written in place after
 * that, so that thousands of cells of one table cost one copy of it. Where the
 * patch changes nothing the tree is the same one.
 */
export function apply<T>(tree: T, patch: Patch): T {
  const ours = new Set<object>();
  return patch.reduce<unknown>((node, op) => (op.op === 'test' ? node : put(node, parts(op.path), op, ours)), tree) as T;
}

function put(node: unknown, path: readonly string[], op: Op, ours: Set<object>, depth = 0): unknown {
  const head = path[depth];
  if (head === undefined) return op.op === 'remove' ? undefined : op.value;
  const gone = depth === path.length - 1 && op.op === 'remove';
  const there = isObject(node);
  const before = there ? (node as Record<string, unknown>) : {};
  const after = gone ? undefined : put(before[head], path, op, ours, depth + 1);
  if (there && (gone ? !Object.hasOwn(before, head) : after === before[head])) return node;
  const object = ours.has(before) ? before : copied(before);
  ours.add(object);
  origins.get(object)?.names.add(head);
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a copy of ours, by a name of the document
  if (gone) delete object[head];
  else object[head] = after;
  return object;
}

/** What an object was copied from, and the names under which it may hold something else. The earlier one may be forgotten. */
interface Origin {
  readonly from: WeakRef<object>;
  readonly names: Set<string>;
}
const origins = new WeakMap<object, Origin>();

/** Name by name: of ten thousand names a spread takes three times as long. No name means anything to an object without a prototype. */
function copied<T extends object>(object: T): T {
  const copy = Object.create(null) as T;
  for (const name of Object.keys(object) as (keyof T)[]) copy[name] = object[name];
  origins.set(copy, { from: new WeakRef(object), names: new Set() });
  return copy;
}

/** A table with other things put over it. */
export function over<T>(table: Readonly<Record<string, T>>, others: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  const copy = copied(table as Record<string, T>);
  const names = origins.get(copy)?.names;
  for (const [name, value] of Object.entries(others)) {
    copy[name] = value;
    names?.add(name);
  }
  return copy;
}

/** How many copies back something may have been found. */
const MOST_BACK = 16;

/**
 * What is found of a whole table, found once for each. Of a table that was
 * copied from a known one, `keep` makes it from what was found there, given the
 * names that may be others; undefined where it must be made anew.
 */
export function carried<T extends object, F>(make: (table: T) => F, keep: (found: F, names: ReadonlySet<string>, before: T, table: T) => F | undefined): (table: T) => F {
  const known = new WeakMap<T, { readonly found: F }>();
  const earlier = (table: T): F | undefined => {
    const names = new Set<string>();
    let origin = origins.get(table);
    for (let back = 0; origin && back < MOST_BACK; back += 1) {
      const before = origin.from.deref() as T | undefined;
      for (const name of origin.names) names.add(name);
      if (before === undefined) return undefined;
      const has = known.get(before);
      if (has) return keep(has.found, names, before, table);
      origin = origins.get(before);
    }
    return undefined;
  };
  return (table) => {
    const has = known.get(table);
    if (has) return has.found;
    const found = earlier(table) ?? make(table);
    known.set(table, { found });
    return found;
  };
}

const outcomes = new WeakMap<object, WeakMap<Patch, unknown>>();

/** The tree after the patch, the same one each time: what was found of it needs not be found again. */
export function applied<T extends object>(tree: T, patch: Patch): T {
  let made = outcomes.get(tree);
  if (!made) outcomes.set(tree, (made = new WeakMap()));
  let after = made.get(patch) as T | undefined;
  if (after === undefined) made.set(patch, (after = apply(tree, patch)));
  return after;
}

/**
 * The patch that puts a value at a path (undefined: takes it away), with tests
 * of what stood there and the parents that are missing.
 */
export function put1(tree: unknown, path: string, value: Json | undefined): Op[] {
  const before = at(tree, path);
  if (same(before, value)) return [];
  if (value === undefined) return [{ op: 'test', path, value: before ?? null }, { op: 'remove', path }];
  if (before !== undefined) return [{ op: 'test', path, value: before }, { op: 'replace', path, value }];
  const names = parts(path);
  let depth = 1;
  while (depth < names.length && at(tree, pointer(...names.slice(0, depth))) !== undefined) depth += 1;
  const nested = names.slice(depth).reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
  return [{ op: 'add', path: pointer(...names.slice(0, depth)), value: nested }];
}

/** Several values put one after the other, each seeing what the earlier made. */
export function putAll(tree: unknown, values: readonly (readonly [path: string, value: Json | undefined])[]): Op[] {
  const ops: Op[] = [];
  let now = tree;
  for (const [path, value] of values) {
    const next = put1(now, path, value);
    ops.push(...next);
    now = apply(now, next);
  }
  return ops;
}

/** The patch that turns one object into another below a path, member by member. */
export function diff(tree: unknown, path: string, after: Json): Op[] {
  const before = at(tree, path);
  if (!isObject(before) || !isObject(after)) return put1(tree, path, after);
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key) => {
    const below = path + pointer(key);
    const value = after[key];
    if (value === undefined) return put1(tree, below, undefined);
    return diff(tree, below, value);
  });
}
