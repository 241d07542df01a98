/** What is typed, pasted and filled into the budget, as patches. */
import type { CellEdit, EditKind, Outcome, Skipped } from '../grid/types';
import type { Lock } from './access';
import type { Deeds, Sheet, Words } from './budgetSheet';
import { numberFor, refOf, shiftOf, unitOf } from './budgetSheet';
import { cellPatch, cellPath } from './cells';
import { codeOf } from './document';
import type { Patch } from './patch';
import { apply, at } from './patch';

/** So many refused cells are listed by place; more would not be read. */
const MOST_SKIPPED = 200;
/** What the server takes in one call: operations, and with its 4 MB in mind. */
const MOST_CHANGES = 8_000;

/** A patch in parts that the server takes, each with the tests that belong to it. */
export function portions(patch: readonly Patch[number][]): Patch[] {
  const parts: Patch[number][][] = [];
  let part: Patch[number][] = [];
  let changes = 0;
  for (const op of patch) {
    if (changes >= MOST_CHANGES && part.at(-1)?.op !== 'test') {
      parts.push(part);
      part = [];
      changes = 0;
    }
    part.push(op);
    if (op.op !== 'test') changes += 1;
  }
  return part.length > 0 ? [...parts, part] : parts;
}

/**
 * Puts texts into cells of a sheet, as one edit or as few as the server takes.
 * A number typed into what is no cell is offered to `takeTotal`.
 */
export function put(sheet: Sheet, w: Words, deeds: Deeds, edits: readonly CellEdit[], kind: EditKind, takeTotal: (edit: CellEdit) => boolean): Outcome {
  const patch: Patch[number][] = [];
  const skipped: Skipped[] = [];
  const locks = new Map<string, Lock | null>();
  let document = sheet.document;
  let applied = 0;
  let refused = 0;
  let reason = '';
  let first: string | undefined;
  const skip = (edit: CellEdit, why: string): void => {
    refused += 1;
    reason = why;
    if (skipped.length < MOST_SKIPPED) skipped.push({ ...edit, reason: why });
  };
  // A table that is copied for each cell would cost a paste of thousands dearly: they are put in by chunks of lines.
  const queued: Patch[number][] = [];
  const seen = new Set<string>();
  const settle = (): void => {
    if (queued.length === 0) return;
    document = apply(document, queued);
    queued.length = 0;
    seen.clear();
  };
  for (const edit of edits) {
    const ref = refOf(sheet, edit.r, edit.c);
    if (!ref && kind === 'cell' && takeTotal(edit)) return { applied: 1, refused: 0 };
    if (!ref) {
      skip(edit, w.readOnly);
      continue;
    }
    const path = cellPath(document, sheet.scenario, ref);
    const rowPath = path.slice(0, path.lastIndexOf('/'));
    const lockPath = sheet.monthLocks === true ? path : rowPath;
    let lock = locks.get(lockPath);
    if (lock === undefined) {
      lock = sheet.lock(path);
      locks.set(lockPath, lock);
    }
    if (lock) {
      skip(edit, w.locked(lock, path));
      continue;
    }
    const unit = unitOf(ref.line.item, sheet.results?.[codeOf(ref.line)]);
    const value = edit.raw.trim() === '' ? undefined : numberFor(edit.raw, unit, shiftOf(sheet, unit));
    if (value === null) {
      skip(edit, w.notNumber);
      continue;
    }
    applied += 1;
    // The same row again, or a table that is not there yet: it must see what was queued before.
    const parent = at(document, rowPath);
    if (seen.has(path) || parent === undefined) settle();
    const ops = cellPatch(document, sheet.scenario, ref, value);
    if (ops.length === 0) continue;
    patch.push(...ops);
    queued.push(...ops);
    seen.add(path);
    if (parent === undefined) settle();
    first ??= path;
  }
  for (const [i, part] of portions(patch).entries()) {
    const count = i === 0 && patch.length <= MOST_CHANGES ? applied : part.filter((op) => op.op !== 'test').length;
    deeds.edit(part, { kind: applied === 1 && kind !== 'clear' ? 'cell' : kind, count, ...(first === undefined ? {} : { what: first }) });
  }
  return { applied, refused, reason, ...(skipped.length > 0 ? { skipped } : {}) };
}
