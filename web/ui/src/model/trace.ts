/** A trace as a tree: which steps are open, and what each row of it is. */
import type { TraceStep } from '../api/types';

export interface TraceRow {
  /** The way to the step: the places of the operands, from the top. */
  readonly id: string;
  readonly step: TraceStep;
  readonly level: number;
  /** Null where there is nothing below. */
  readonly open: boolean | null;
  readonly position: number;
  readonly size: number;
  /** The error of the cells above began here. */
  readonly began: boolean;
}

/** Whether a step's error began in its own cell. */
export function beganHere(step: TraceStep): boolean {
  return step.error !== null && step.error.cause === step.line && step.error.cause_month === step.month;
}

/** The rows to show, those below a shut step left out. */
export function traceRows(steps: readonly TraceStep[], open: ReadonlySet<string>, above = '', level = 1): TraceRow[] {
  return steps.flatMap((step, i) => {
    const id = above === '' ? String(i) : `${above}/${i}`;
    const shut = step.operands.length > 0 ? open.has(id) : null;
    const row: TraceRow = { id, step, level, open: shut, position: i + 1, size: steps.length, began: beganHere(step) };
    return shut === true ? [row, ...traceRows(step.operands, open, id, level + 1)] : [row];
  });
}

/** The steps that lead down to where an error began; none where all is well. */
export function wayToError(steps: readonly TraceStep[], above = ''): string[] {
  for (const [i, step] of steps.entries()) {
    if (step.error === null) continue;
    const id = above === '' ? String(i) : `${above}/${i}`;
    return beganHere(step) ? [id] : [id, ...wayToError(step.operands, id)];
  }
  return [];
}

/** Every step that has something below it. */
export function allOpen(steps: readonly TraceStep[], above = ''): string[] {
  return steps.flatMap((step, i) => {
    const id = above === '' ? String(i) : `${above}/${i}`;
    return step.operands.length === 0 ? [] : [id, ...allOpen(step.operands, id)];
  });
}

/** The steps open when a whole trace is first seen: all of a small one, the two highest levels of a large one. */
export function openAtFirst(steps: readonly TraceStep[], most = 60): string[] {
  const all = allOpen(steps);
  const few = all.length <= most ? all : all.filter((id) => id.split('/').length <= 2);
  return [...new Set([...few, ...wayToError(steps)])];
}

/** What a key does in the tree: where the focus goes, and what opens or shuts. */
export interface Move {
  readonly focus: string;
  readonly open?: ReadonlySet<string>;
}

/** The move of a key, as trees have it everywhere; null for a key that is none. */
export function moveOf(key: string, rows: readonly TraceRow[], here: string, open: ReadonlySet<string>): Move | null {
  const at = rows.findIndex((row) => row.id === here);
  const row = rows[at];
  if (!row) return null;
  const to = (index: number): Move => ({ focus: rows[Math.min(Math.max(index, 0), rows.length - 1)]?.id ?? here });
  switch (key) {
    case 'ArrowDown': return to(at + 1);
    case 'ArrowUp': return to(at - 1);
    case 'Home': return to(0);
    case 'End': return to(rows.length - 1);
    case 'ArrowRight':
      return row.open === null ? { focus: here } : row.open ? to(at + 1) : { focus: here, open: new Set([...open, here]) };
    case 'ArrowLeft':
      if (row.open === true) return { focus: here, open: without(open, here) };
      return { focus: here.includes('/') ? here.slice(0, here.lastIndexOf('/')) : here };
    case ' ':
      return row.open === null ? { focus: here } : { focus: here, open: toggled(open, here) };
    default: return null;
  }
}

export const toggled = (open: ReadonlySet<string>, id: string): ReadonlySet<string> => (open.has(id) ? without(open, id) : new Set([...open, id]));

function without(open: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...open].filter((one) => one !== id));
}
