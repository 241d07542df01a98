/** Closing a gap of people: what is asked of the server, and what applying an answer is as a patch. */
import type { GapAsk, GapChange, GapOption, Shortfall } from '../api/whatif';
import type { View } from './capacity';
import type { Entry, PlanDocument, Scenario, Text } from './document';
import { codeOf, linesByCode, newId, rankAtEnd } from './document';
import { partsOf } from './parts';
import type { Json, Op } from './patch';
import { pointer, put1, putAll } from './patch';

/** Whose people are looked at: those of the view's hiring plan, or those its line needs beyond another scenario. */
export function askOf(document: PlanDocument, view: View, against: string): GapAsk | null {
  if (view.kind === 'hiring') return { hiring: codeOf(view.part) };
  const { required } = view.rows;
  if (required === undefined || typeof required === 'number') return null;
  const line = codeOf(required.line);
  const plan = partsOf(document, 'hiring').find((part) => part.item['required'] === line);
  return plan ? { hiring: codeOf(plan) } : { line, against };
}

/** How many are missing in each month, all members together. */
export function byMonth(short: readonly Shortfall[]): { readonly month: string; readonly lacking: number }[] {
  const sums = new Map<string, number>();
  for (const one of short) sums.set(one.month, (sums.get(one.month) ?? 0) + one.lacking);
  return [...sums].map(([month, lacking]) => ({ month, lacking }));
}

/** The changes as the document holds them, behind those that are there. */
function held(changes: readonly GapChange[], last: string): readonly (readonly [id: string, change: Json])[] {
  let rank = last;
  return changes.map((change) => {
    rank = rankAtEnd({ last: { rank } });
    return [newId('change'), {
      rank, line: change.line, from: change.from,
      ...(Object.keys(change.member).length > 0 ? { member: { ...change.member } } : {}),
      ...(change.to === null ? {} : { to: change.to }), ...(change.scale === null ? {} : { scale: change.scale }), ...(change.add === null ? {} : { add: change.add }),
    }] as const;
  });
}

/** The patch that has a scenario make an option's changes too. */
export function applied(document: PlanDocument, scenario: Entry<Scenario>, option: Pick<GapOption, 'changes'>): Op[] {
  const place = pointer('scenarios', scenario.id, 'changes');
  const made = held(option.changes, rankAtEnd(scenario.item.changes));
  if (scenario.item.changes === undefined) return put1(document, place, Object.fromEntries(made));
  return putAll(document, made.map(([id, change]) => [`${place}${pointer(id)}`, change] as const));
}

/** The patch that makes a new scenario of an option, on the one that has the gap. */
export function asScenario(document: PlanDocument, parent: string, option: Pick<GapOption, 'changes'>, name: Text): { readonly id: string; readonly path: string; readonly patch: Op[] } {
  const id = newId('scenario');
  const path = pointer('scenarios', id);
  const made = { code: id, name, parent, rank: rankAtEnd(document.scenarios), changes: Object.fromEntries(held(option.changes, '')) };
  return { id, path, patch: put1(document, path, made as unknown as Json) };
}

/** The code of the line a change is of. */
export function lineOf(document: PlanDocument, change: GapChange): string {
  return [...linesByCode(document)].find(([, entry]) => entry.id === change.line)?.[0] ?? change.line;
}
