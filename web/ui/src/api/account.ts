/** People, sessions, keys and rights: one function per endpoint. */
import type { Account, Deputy, Grant, LogEntry, Name, NewToken, Rule, Scope, SessionState, Temporary, Token } from './accountTypes';
import { type Answer, answer, client } from './client';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Untyped = (method: string, path: string, init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

function call<T>(method: Method, path: string, body?: object): Promise<Answer<T>> {
  const request = client.request as unknown as Untyped;
  return answer<T>(request(method.toLowerCase(), `/api/v1${path}`, body === undefined ? {} : { body }));
}
const at = (kind: string, id: string, tail = ''): string => `/${kind}/${encodeURIComponent(id)}${tail}`;

export const account = {
  session: () => call<SessionState>('GET', '/session'),
  signIn: (id: string, password: string) => call<SessionState>('POST', '/session', password === '' ? { id } : { id, password }),
  signOut: () => call<unknown>('DELETE', '/session'),
  signOutEverywhere: () => call<unknown>('DELETE', '/sessions'),
  setup: (body: { readonly token: string; readonly id: string; readonly name: string; readonly password: string }) => call<SessionState>('POST', '/setup', body),
  changePassword: (old: string, next: string) => call<unknown>('POST', '/password', { old, next }),
  setDeputy: (deputy: Deputy) => call<unknown>('PUT', '/deputy', deputy),
  endDeputy: () => call<unknown>('DELETE', '/deputy'),

  people: () => call<readonly Account[]>('GET', '/people'),
  add: (body: { readonly id: string; readonly name: string; readonly grants: readonly Grant[] }) => call<Temporary>('POST', '/people', body),
  change: (id: string, body: { readonly name?: string; readonly grants?: readonly Grant[]; readonly disabled?: boolean }) => call<Account>('PATCH', at('people', id), body),
  reset: (id: string) => call<Temporary>('POST', at('people', id, '/reset')),
  log: () => call<readonly LogEntry[]>('GET', '/people-log'),
  names: () => call<readonly Name[]>('GET', '/names'),

  tokens: () => call<readonly Token[]>('GET', '/tokens'),
  addToken: (body: { readonly name: string; readonly scope: Scope; readonly until: string }) => call<NewToken>('POST', '/tokens', body),
  removeToken: (id: string) => call<unknown>('DELETE', at('tokens', id)),

  rights: () => call<{ readonly rules: readonly Rule[] }>('GET', '/rights'),
};
