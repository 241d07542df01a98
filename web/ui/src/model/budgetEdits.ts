/** What is typed, pasted and filled into the budget, as patches. */
import type { CellEdit, EditKind, Outcome, Skipped } from '../grid/types';
import type { Lock } from './access';
import type { Deeds, Sheet, Words } from './budgetSheet';
import { numberFor, refOf, shiftOf, unitOf } from './budgetSheet';
import { cellPatch, cellPath } from './cells';
import { codeOf } from './document';
import type { Patch } from './patch';
import { apply, at, mostOf } from './patch';

/** So many refused cells are listed by place; more would not be read. */
const MOST_SKIPPED = 200;
/**
 * Puts texts into cells of a sheet, as one edit: all that may be set, or nothing
 * where that is more than the server takes as one. A number typed into what is no cell is offered to `takeTotal`.
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
  const most = mostOf(patch);
  if (most !== null) return { applied: 0, refused: edits.length, none: w.tooMany(applied, most) };
  if (patch.length > 0) deeds.edit(patch, { kind: applied === 1 && kind !== 'clear' ? 'cell' : kind, count: applied, ...(first === undefined ? {} : { what: first }) });
  return { applied, refused, reason, ...(skipped.length > 0 ? { skipped } : {}) };
}
