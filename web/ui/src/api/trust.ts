/** The endpoints of history, workflow, seal and open items; one function each. */
import { answer, because, client } from './client';
import type { ActBody, Amendments, HistoryQuery, OpenItem, PersonName, Position, Revisions, Rule, SealAnswer, Sealing, Workflow } from './trustTypes';
import type { Applied, HistoryEntry, PlanBody, Results } from './types';

const PLAN = '/api/v1/plans/{id}';
const at = (id: string) => ({ path: { id } });
/** The members of a query that say something. */
function said<T extends object>(query: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== '')) as { [K in keyof T]: Exclude<T[K], undefined> };
}

export const trust = {
  names: () => answer<readonly PersonName[]>(client.GET('/api/v1/names')),
  rights: () => answer<{ readonly rules: readonly Rule[] }>(client.GET('/api/v1/rights')),
  open: () => answer<readonly OpenItem[]>(client.GET('/api/v1/open')),
  seen: (plan: string, rev: number) => answer<undefined>(client.POST('/api/v1/open/seen', { body: { plan, rev } })),
  /** A plan as it was at a revision. */
  past: (id: string, rev: number) => answer<PlanBody>(client.GET(PLAN, { params: { ...at(id), query: { rev } } })),
  pastResults: (id: string, scenarios: readonly string[], rev: number) =>
    answer<Results>(client.GET(`${PLAN}/results`, { params: { ...at(id), query: { scenario: [...scenarios], rev } } })),
  history: (id: string, query: HistoryQuery) => answer<readonly HistoryEntry[]>(client.GET(`${PLAN}/history`, { params: { ...at(id), query: said(query) } })),
  revisions: (id: string, from: number, to: number, scenario: string) => answer<Revisions>(client.GET(`${PLAN}/revisions`, { params: { ...at(id), query: { from, to, scenario } } })),
  restore: (id: string, body: { readonly op_id: string; readonly pointer: string; readonly rev: number; readonly why?: string; readonly label?: string }) =>
    answer<Applied>(client.POST(`${PLAN}/restore`, { params: at(id), body })),
  takeBack: (id: string, op_id: string, rev: number, why: string) => answer<Applied>(client.POST(`${PLAN}/undo`, { params: at(id), body: { op_id, rev, ...because(why) } })),
  positions: (id: string) => answer<readonly Position[]>(client.GET(`${PLAN}/positions`, { params: at(id) })),
  workflow: (id: string) => answer<Workflow>(client.GET(`${PLAN}/workflow`, { params: at(id) })),
  act: (id: string, op_id: string, body: ActBody) => answer<Applied>(client.POST(`${PLAN}/workflow`, { params: at(id), body: { op_id, ...body } })),
  sealState: (id: string) => answer<SealAnswer>(client.GET(`${PLAN}/seal`, { params: at(id) })),
  seal: (id: string, body: { readonly op_id: string; readonly why: string; readonly scenarios: string[] }) => answer<Sealing>(client.POST(`${PLAN}/seal`, { params: at(id), body })),
  amendments: (id: string) => answer<Amendments>(client.GET(`${PLAN}/amendments`, { params: at(id) })),
};
