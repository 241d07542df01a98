/** A trace as a tree: which steps are open, and what each row of it is. */
import type { TraceStep } from '../api/types';
import { namesIn, scenarioOf } from './cells';
import type { Entry, Line, PlanDocument, Table } from './document';
import { codeOf, foundIn, keepsCode, linesByCode, ranked } from './document';
import { chain, standing } from './formulas';

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

/** Fields of a part that are words of their own, never the code of a line. */
const NO_LINE: ReadonlySet<string> = new Set(['code', 'name', 'rank', 'note', 'model', 'basis', 'open', 'from', 'unit']);

/** The texts of a part that may be the code of a line. */
function textsIn(value: unknown, field = ''): string[] {
  if (NO_LINE.has(field)) return [];
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, Array.isArray(value) ? field : name));
}

/** The codes of parts by what they are called in formulas, with the texts of each. */
function partTexts(document: PlanDocument): Map<string, readonly string[]> {
  const { staffing, hiring, prices, contributions } = document.budget ?? {};
  return new Map([staffing, hiring, prices, contributions].flatMap((table) => ranked(table).map((part): [string, readonly string[]] => [codeOf(part), textsIn(part.item)])));
}

/** The line whose values weigh a line's total. */
function weightOf(line: Line): string[] {
  const weighted = typeof line.rollup === 'string' ? /^weighted\((.*)\)$/.exec(line.rollup)?.[1]?.trim() : undefined;
  return weighted === undefined ? [] : [weighted];
}

/** What the lines are reckoned from, by code, in display order. */
type Reads = ReadonlyMap<string, ReadonlySet<string>>;
/** Found once for everything besides the lines that it hangs on, and for the lines as far as they are others. */
let made: { readonly on: readonly unknown[]; readonly of: (lines: Table<Line>) => Reads } | null = null;

function reads(document: PlanDocument, scenario: string): Reads {
  const lines = document.budget?.lines;
  if (!lines) return new Map();
  const on = besidesLines(document, scenario);
  if (made?.on.length !== on.length || made.on.some((one, i) => one !== on[i])) made = { on, of: readsBeside(document, scenario) };
  return made.of(lines);
}

/** What of a document decides, besides its lines, what they are reckoned from. */
function besidesLines(document: PlanDocument, scenario: string): unknown[] {
  const { staffing, hiring, prices, contributions, levers } = document.budget ?? {};
  const descent = chain(document, scenarioOf(document, scenario));
  return [scenario, staffing, hiring, prices, contributions, levers, ...descent.flatMap(({ id, item }) => [id, item.code, item.levers, item.changes])];
}

function readsBeside(first: PlanDocument, scenario: string): (lines: Table<Line>) => Reads {
  const parts = partTexts(first);
  const here = scenarioOf(first, scenario);
  const read = (lines: ReadonlyMap<string, Entry<Line>>, line: Entry<Line>): ReadonlySet<string> => {
    const text = standing(first, here, line).text;
    const strings = [...text.matchAll(/"([^"]*)"|'([^']*)'/gu)].map(([, double, single]) => double ?? single ?? '');
    const all = [...namesIn(text.replace(/'[^']*'/gu, '')), ...strings.flatMap((part) => parts.get(part) ?? []), ...weightOf(line.item)];
    return new Set(all.filter((name) => lines.has(name)));
  };
  return foundIn<Line, Reads>(
    (table) => {
      const lines = linesByCode({ budget: { lines: table } });
      return new Map([...lines].map(([code, line]) => [code, read(lines, line)]));
    },
    (found, others) => (others.every((other) => keepsCode(other) && other.before.formula === other.after.formula && other.before.rollup === other.after.rollup) ? found : undefined),
  );
}

/** The lines that read each line directly, in display order. */
const turned = new WeakMap<Reads, ReadonlyMap<string, readonly string[]>>();
function readersIn(found: Reads): ReadonlyMap<string, readonly string[]> {
  const known = turned.get(found);
  if (known) return known;
  const readers = new Map<string, string[]>();
  for (const [code, names] of found) {
    for (const name of names) {
      if (name === code) continue;
      const list = readers.get(name);
      if (list) list.push(code);
      else readers.set(name, [code]);
    }
  }
  turned.set(found, readers);
  return readers;
}

/**
 * The codes of the lines that a line is reckoned from directly: those its
 * formula names, those that are numbers of the parts it names, and the one that
 * weighs its total.
 */
export function precedents(document: PlanDocument, code: string, scenario = 'base'): Set<string> {
  return new Set([...(reads(document, scenario).get(code) ?? [])].filter((one) => one !== code));
}

/** The codes of the lines that are reckoned from a line directly, in display order. */
export function dependents(document: PlanDocument, code: string, scenario = 'base'): Set<string> {
  return new Set(readersIn(reads(document, scenario)).get(code));
}

/** The lines of some codes, in display order. */
export function linesOf(document: PlanDocument, codes: ReadonlySet<string>): Entry<Line>[] {
  const found: Entry<Line>[] = [];
  for (const [code, line] of linesByCode(document)) if (codes.has(code)) found.push(line);
  return found;
}
