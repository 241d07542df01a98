/** One function per endpoint. A refusal is an answer; a broken line is one too, so that edits can wait for it. */
import createClient from 'openapi-fetch';

import { explain } from '../i18n/index.svelte';
import type { paths } from './schema';
import type { Applied, Beginning, Comparison, EditBody, HistoryEntry, PlanBody, PlanInfo, PresenceBody, Problem, Reference, Results, Steps, TraceStep, TryResult } from './types';

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly status: number; readonly problems: readonly Problem[]; /** How many seconds the server asks to wait. */ readonly after?: number };

const ROOT = '/api/v1';
/** Calls by which one signs in or out: their refusals are answers of their own. */
const SIGNING = [`${ROOT}/session`, `${ROOT}/sessions`, `${ROOT}/setup`];
let signedOut: () => Promise<boolean> = () => Promise.resolve(false);

/**
 * Names what happens when the server no longer knows who asks. The call waits
 * for it, and is sent again where the same person has signed in again.
 */
export function onSignedOut(ask: () => Promise<boolean>): void {
  signedOut = ask;
}

async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetch(request);
  if (response.status !== 401 || SIGNING.includes(new URL(request.url).pathname)) return response;
  return (await signedOut()) ? send(again) : response;
}

export const client = createClient<paths>({ baseUrl: typeof location === 'undefined' ? '' : location.origin, fetch: send });
type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** A path below the API with its query, for links and streams. */
export function url(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value]) search.append(name, String(one));
  }
  const tail = search.toString();
  return `${ROOT}${path}${tail === '' ? '' : `?${tail}`}`;
}

interface Reply {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** Makes an answer of a call: what the server said, what it refused, or that it was not reached. */
export async function answer<T>(call: Promise<Reply>): Promise<Answer<T>> {
  let reply: Reply;
  try {
    reply = await call;
  } catch {
    return { ok: false, status: 0, problems: [{ key: 'ui.offline' }] };
  }
  const { data, error, response } = reply;
  if (response.ok) return { ok: true, value: data as T };
  await explain();
  const problems = (error as { readonly problems?: readonly Problem[] } | undefined)?.problems ?? [];
  const after = Number(response.headers.get('Retry-After') ?? 0);
  return { ok: false, status: response.status, ...(after > 0 ? { after } : {}), problems: problems.length > 0 ? problems : [{ key: 'ui.server', args: { status: String(response.status) } }] };
}

/** The bytes of what a link leads to, such as a report. */
export function bytes(path: string, signal: AbortSignal): Promise<Answer<Blob>> {
  const call = async (): Promise<Reply> => {
    const response = await send(new Request(new URL(path, location.origin), { signal }));
    return response.ok ? { data: await response.blob(), response } : { error: await response.json().catch(() => undefined), response };
  };
  return answer<Blob>(call());
}

const PLAN = '/api/v1/plans/{id}';
/** A reason, where there is one. */
export const because = (why: string): { readonly why?: string } => (why === '' ? {} : { why });

export const api = {
  plans: () => answer<readonly PlanInfo[]>(client.GET('/api/v1/plans')),
  create: (body: { readonly template: string; readonly begin?: Beginning } | { readonly file: string }) => answer<{ readonly id: string; readonly rev: number }>(client.POST('/api/v1/plans', { body })),
  open: (id: string) => answer<PlanBody>(client.GET(PLAN, { params: { path: { id } } })),
  edit: (id: string, body: EditBody) => answer<Applied>(client.PATCH(PLAN, { params: { path: { id } }, body: { ...body, patch: [...body.patch] } })),
  /** Tells where in a plan this window is; an empty screen that it is gone. It may outlive the page. */
  present: (id: string, body: PresenceBody) => answer<undefined>(client.POST(`${PLAN}/presence`, { params: { path: { id } }, body, keepalive: true })),
  undo: (id: string, op_id: string, why = '') => answer<Applied>(client.POST(`${PLAN}/undo`, { params: { path: { id } }, body: { op_id, ...because(why) } })),
  redo: (id: string, op_id: string, why = '') => answer<Applied>(client.POST(`${PLAN}/redo`, { params: { path: { id } }, body: { op_id, ...because(why) } })),
  /** Takes a revision out of what one can undo. */
  leave: (id: string, rev: number) => answer<Steps>(client.POST(`${PLAN}/leave`, { params: { path: { id } }, body: { rev } })),
  results: (id: string, scenarios: readonly string[]) => answer<Results>(client.GET(`${PLAN}/results`, { params: { path: { id }, query: { scenario: [...scenarios] } } })),
  compare: (id: string, base: string, others: readonly string[], lines: readonly string[]) =>
    answer<Comparison>(client.GET(`${PLAN}/compare`, { params: { path: { id }, query: { base, with: [...others], line: [...lines] } } })),
  trace: (id: string, query: { readonly scenario: string; readonly line: string; readonly month: string; readonly member: readonly string[] }) =>
    answer<TraceStep>(client.GET(`${PLAN}/trace`, { params: { path: { id }, query: { ...query, member: [...query.member] } } })),
  /** Tries a formula on the head; nothing is stored. */
  tryFormula: (id: string, body: { readonly base: number; readonly scenario: string; readonly line: string; readonly formula: string }) => answer<TryResult>(client.POST(`${PLAN}/try`, { params: { path: { id } }, body })),
  functions: () => answer<Reference>(client.GET('/api/v1/functions')),
  /** The newest changes of a place. */
  touched: (id: string, pointer: string) => answer<readonly HistoryEntry[]>(client.GET(`${PLAN}/history`, { params: { path: { id }, query: { pointer, limit: 1 } } })),
};
