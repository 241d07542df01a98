/** Where a figure of the budget is kept, and the patch that changes it. */
import type { CellError, LineResult, SeriesValues } from '../api/types';
import { WITHHELD } from './access';
import type { Change, Entry, Line, PlanDocument, Scenario } from './document';
import { codeOf, foundIn, keepsCode, membersOf, ranked, scenariosOf } from './document';
import type { Json, Op } from './patch';
import { at, pointer, put1 } from './patch';

/** One figure: a line, a member combination, a month. */
export interface CellRef {
  readonly line: Entry<Line>;
  readonly member: readonly string[];
  readonly month: string;
}

export const isFormula = (line: Line): boolean => line.formula !== undefined && line.formula !== '';

/** The scenario with a code; the base scenario need not be listed. */
export function scenarioOf(document: PlanDocument, code: string): Entry<Scenario> {
  return scenariosOf(document).find((entry) => codeOf(entry) === code) ?? { id: code, item: { code } };
}

/** The place of a scenario's own setting of a cell. */
export function overridePath(scenario: Entry<Scenario>, cell: CellRef): string {
  return pointer('scenarios', scenario.id, 'cells', cell.line.id, ...cell.member, cell.month);
}

function valuePath(cell: CellRef): string {
  return pointer('budget', 'lines', cell.line.id, 'values', ...cell.member, cell.month);
}

/**
 * Where an edit of the cell goes: an input's own value in the base scenario, a
 * setting of the scenario everywhere else and on formula lines.
 */
export function cellPath(document: PlanDocument, scenario: Entry<Scenario>, cell: CellRef): string {
  const override = overridePath(scenario, cell);
  const own = codeOf(scenario) === 'base' && !isFormula(cell.line.item) && at(document, override) === undefined;
  return own ? valuePath(cell) : override;
}

/** The patch that gives a cell a value, or takes its value or override away. */
export function cellPatch(document: PlanDocument, scenario: Entry<Scenario>, cell: CellRef, value: number | undefined): Op[] {
  const path = cellPath(document, scenario, cell);
  if (!path.startsWith('/scenarios/')) return put1(document, path, value);
  const unlisted = value !== undefined && document.scenarios?.[scenario.id] === undefined;
  if (!unlisted) return put1(document, path, value);
  const cells = [...cell.member, cell.month].reduceRight<Json>((inner, name) => ({ [name]: inner }), value);
  return put1(document, pointer('scenarios', scenario.id), {
    code: codeOf(scenario),
    name: { en: 'Base', zh: '基准' },
    rank: '0',
    cells: { [cell.line.id]: cells },
  });
}

/** The members of a line, one list per lane, in the order of its dimensions. */
export function lanesOf(document: PlanDocument, line: Line): string[][] {
  return (line.by ?? []).reduce<string[][]>(
    (lanes, dimension) => {
      const codes = membersOf(document, dimension).map(codeOf);
      return lanes.flatMap((lane) => codes.map((code) => [...lane, code]));
    },
    [[]],
  );
}

/** The figure of a member and period in a line's result. */
export function figureOf(values: SeriesValues | undefined, member: readonly string[], period: number): number | null | undefined {
  let here = values;
  for (const code of member) {
    if (here === undefined || isList(here)) return undefined;
    here = here[code];
  }
  return here !== undefined && isList(here) ? here[period] : undefined;
}

function isList(values: SeriesValues): values is readonly (number | null)[] {
  return Array.isArray(values);
}

/** The error of a cell in a line's result. */
export function errorOf(result: LineResult | undefined, member: readonly string[], month: string): CellError | undefined {
  return result?.errors.find((error) => error.month === month && error.member.join('/') === member.join('/'));
}

/** The short code an error shows in its cell. */
export function errorCode(key: string): string {
  if (key === WITHHELD) return '';
  if (/zero|divi/.test(key)) return '#DIV/0!';
  if (/cycle/.test(key)) return '#CYCLE!';
  if (/unknown|name/.test(key)) return '#NAME?';
  if (/missing|before|past|range/.test(key)) return '#N/A';
  if (/unit/.test(key)) return '#UNIT!';
  if (/syntax|parse|unexpected|bracket|character|text_open|too_long|too_deep|comment|formula\.empty$/.test(key)) return '#SYNTAX!';
  if (/finite|negative|positive/.test(key)) return '#NUM!';
  return '#ERR!';
}

/** Whether a change of a scenario reaches a cell. */
export function reaches(change: Change, cell: CellRef): boolean {
  if (change.line !== cell.line.id) return false;
  if (change.from !== undefined && change.from !== '' && cell.month < change.from) return false;
  if (change.to !== undefined && change.to !== '' && cell.month > change.to) return false;
  return Object.values(change.member ?? {}).every((code) => cell.member.includes(code));
}

/** The scenario and those it builds on, nearest first, without the base. */
export function lineage(document: PlanDocument, scenario: Entry<Scenario>): Entry<Scenario>[] {
  const chain: Entry<Scenario>[] = [];
  let here: Entry<Scenario> | undefined = scenario;
  while (here !== undefined && !chain.includes(here)) {
    chain.push(here);
    const parent: string | undefined = here.item.parent;
    here = parent === undefined || parent === '' ? undefined : scenariosOf(document).find((entry) => codeOf(entry) === parent || entry.id === parent);
  }
  return chain;
}

/** Whether the scenario itself changes the cell, by a change or a setting. */
export function changedHere(document: PlanDocument, scenario: Entry<Scenario>, cell: CellRef): boolean {
  if (at(document, overridePath(scenario, cell)) !== undefined) return true;
  return ranked(scenario.item.changes).some((change) => reaches(change.item, cell));
}

const mentioned = new Map<string, ReadonlySet<string>>();
const MOST_MENTIONED = 20_000;

/** The names a formula mentions: what it depends on, and functions. Formulas are read again and again, each is taken apart once. */
export function namesIn(formula: string): ReadonlySet<string> {
  const known = mentioned.get(formula);
  if (known) return known;
  const bare = formula.replace(/"[^"]*"/g, '');
  const names = new Set(bare.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  if (mentioned.size >= MOST_MENTIONED) mentioned.clear();
  mentioned.set(formula, names);
  return names;
}

/** Which lines mention a name, by name; found once for a table of lines. */
const readersIn = foundIn<Line, ReadonlyMap<string, readonly string[]>>(
  (lines) => {
    const made = new Map<string, string[]>();
    for (const entry of ranked(lines)) {
      if (entry.item.formula === undefined) continue;
      for (const name of namesIn(entry.item.formula)) {
        const found = made.get(name);
        if (found) found.push(codeOf(entry));
        else made.set(name, [codeOf(entry)]);
      }
    }
    return made;
  },
  (found, others) => (others.every((other) => keepsCode(other) && other.before.formula === other.after.formula) ? found : undefined),
);

/** The codes of the lines downstream of some lines. */
export function downstream(document: PlanDocument, codes: Iterable<string>): Set<string> {
  const lines = document.budget?.lines;
  const mentions: ReadonlyMap<string, readonly string[]> = lines ? readersIn(lines) : new Map();
  const reached = new Set<string>();
  const front = [...codes];
  for (let code = front.pop(); code !== undefined; code = front.pop()) {
    for (const reader of mentions.get(code) ?? []) {
      if (reached.has(reader)) continue;
      reached.add(reader);
      front.push(reader);
    }
  }
  return reached;
}
