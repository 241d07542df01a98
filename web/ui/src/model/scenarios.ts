/** Facts the scenarios screen shows: which lines to compare and what a scenario changes. */
import { lineage } from './cells';
import type { Change, Entry, PlanDocument, Scenario, Values } from './document';
import { linesByCode, ranked } from './document';

const WANTED = [/^total_cost$/, /^fte$/, /^volume$/, /^cost_per/, /^fcr$/, /^service_level$|^achieved_service$/, /^npv$|^return/];

/** The lines a comparison begins with: the ones every plan has, or the first few. */
export function firstLines(document: PlanDocument): string[] {
  const codes = [...linesByCode(document).keys()];
  const found = WANTED.flatMap((pattern) => codes.filter((code) => pattern.test(code)));
  return found.length > 0 ? found : codes.slice(-6);
}

/** The line of money and the line of people a chart shows. */
export function chartLines(document: PlanDocument): { readonly cost: string | undefined; readonly people: string | undefined } {
  const lines = linesByCode(document);
  const currency = document.plan?.currency ?? 'CNY';
  const last = [...lines].reverse();
  const pick = (code: string, unit: string): string | undefined => (lines.has(code) ? code : last.find(([, entry]) => entry.item.unit === unit)?.[0]);
  return { cost: pick('total_cost', currency), people: pick('fte', 'person') };
}

export type Effect =
  | { readonly kind: 'change'; readonly from: Entry<Scenario>; readonly inherited: boolean; readonly change: Change }
  | { readonly kind: 'cells'; readonly from: Entry<Scenario>; readonly inherited: boolean; readonly line: string; readonly count: number };

/** What makes a scenario differ from the plan as it stands, its parents' part first. */
export function effects(document: PlanDocument, scenario: Entry<Scenario>): Effect[] {
  return lineage(document, scenario).reverse().flatMap((from): Effect[] => {
    const inherited = from.id !== scenario.id;
    const changes = ranked(from.item.changes).map(({ item }): Effect => ({ kind: 'change', from, inherited, change: item }));
    const cells = Object.entries(from.item.cells ?? {}).map(([line, values]): Effect => ({ kind: 'cells', from, inherited, line, count: leaves(values) }));
    return [...changes, ...cells.filter((effect) => effect.kind === 'cells' && effect.count > 0)];
  });
}

function leaves(values: Values): number {
  return Object.values(values).reduce<number>((count, value) => count + (typeof value === 'number' ? 1 : leaves(value)), 0);
}
