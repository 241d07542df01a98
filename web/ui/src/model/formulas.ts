/** Which formula of a line stands in a scenario, and the patch that gives it another. */
import { lineage } from './cells';
import type { Entry, Line, PlanDocument, Scenario } from './document';
import { codeOf, newId, ranked } from './document';
import type { Op } from './patch';
import { pointer, put1, putAll } from './patch';

/** The formula of a line that is in force in a scenario. */
export interface Standing {
  readonly text: string;
  /** Where it is kept. */
  readonly path: string;
  /** Whose it is: the line's own, a scenario's or a lever's. */
  readonly by: 'line' | 'scenario' | 'lever';
  /** The scenario or the lever. */
  readonly of: { readonly id: string; readonly item: Scenario | NonNullable<NonNullable<PlanDocument['budget']>['levers']>[string] } | null;
  /** Whether the scenario asked for gives it itself, so that it can be changed and taken away there. */
  readonly own: boolean;
}

/** The formula in force; its text is empty where the line holds values. */
export function standing(document: PlanDocument, scenario: Entry<Scenario>, line: Entry<Line>): Standing {
  let found: Standing = { text: line.item.formula ?? '', path: pointer('budget', 'lines', line.id, 'formula'), by: 'line', of: null, own: codeOf(scenario) === 'base' };
  const descent = chain(document, scenario).reverse();
  const pulled = new Set<string>();
  for (const one of descent) {
    for (const id of one.item.levers ?? []) {
      const lever = document.budget?.levers?.[id];
      if (!lever || pulled.has(id)) continue;
      pulled.add(id);
      for (const change of ranked(lever.changes)) {
        if (change.item.line === line.id && has(change.item.formula)) found = { text: change.item.formula, path: pointer('budget', 'levers', id, 'changes', change.id, 'formula'), by: 'lever', of: { id, item: lever }, own: false };
      }
    }
    for (const change of ranked(one.item.changes)) {
      if (change.item.line === line.id && has(change.item.formula)) found = { text: change.item.formula, path: pointer('scenarios', one.id, 'changes', change.id, 'formula'), by: 'scenario', of: one, own: one.id === scenario.id };
    }
  }
  return found;
}

const has = (text: string | undefined): text is string => text !== undefined && text !== '';

/** The scenario and those below it down to base, nearest first. */
export function chain(document: PlanDocument, scenario: Entry<Scenario>): Entry<Scenario>[] {
  const all = lineage(document, scenario);
  const base = Object.entries(document.scenarios ?? {}).find(([id]) => id === 'base');
  return base && !all.some((one) => one.id === 'base') ? [...all, { id: base[0], item: base[1] }] : all;
}

/** The place an edit of the formula goes to in a scenario. */
export function formulaPath(document: PlanDocument, scenario: Entry<Scenario>, line: Entry<Line>): string {
  const now = standing(document, scenario, line);
  if (now.own && now.by !== 'lever') return now.path;
  return pointer('scenarios', scenario.id, 'changes');
}

/** The patch that gives a line a formula: its own in base, one of the scenario's elsewhere. */
export function formulaPatch(document: PlanDocument, scenario: Entry<Scenario>, line: Entry<Line>, text: string): Op[] {
  const now = standing(document, scenario, line);
  if (now.by === 'scenario' && now.own) return put1(document, now.path, text);
  if (codeOf(scenario) !== 'base') return put1(document, pointer('scenarios', scenario.id, 'changes', newId('f')), { line: line.id, rank: lastRank(scenario), formula: text });
  const own = pointer('budget', 'lines', line.id, 'formula');
  return line.item.values === undefined ? put1(document, own, text) : putAll(document, [[pointer('budget', 'lines', line.id, 'values'), undefined], [own, text]]);
}

/** A rank behind all changes of the scenario. */
const lastRank = (scenario: Entry<Scenario>): string => `${ranked(scenario.item.changes).at(-1)?.item.rank ?? ''}z`;

/** The patch that takes the scenario's own formula away, so that the one below it stands again. */
export function withoutOwn(document: PlanDocument, scenario: Entry<Scenario>, line: Entry<Line>): Op[] {
  const now = standing(document, scenario, line);
  return now.by === 'scenario' && now.own ? put1(document, now.path.replace(/\/formula$/, ''), undefined) : [];
}

/** The formula that stands when the scenario's own is taken away. */
export function below(document: PlanDocument, scenario: Entry<Scenario>, line: Entry<Line>): Standing {
  const changes = Object.fromEntries(Object.entries(scenario.item.changes ?? {}).filter(([, change]) => change.line !== line.id || !has(change.formula)));
  const without = { id: scenario.id, item: { ...scenario.item, changes } };
  return standing({ ...document, scenarios: { ...document.scenarios, [scenario.id]: without.item } }, without, line);
}
