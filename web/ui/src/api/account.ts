/** People, sessions, keys and rights: one function per endpoint. */
import type { Account, Deputy, Grant, LogEntry, Name, NewToken, Rule, Scope, SessionState, Temporary, Token } from './accountTypes';
import { answer, client } from './client';

/** Grants as the generated types have them, which know no readonly. */
const sent = (grants: readonly Grant[]) => grants.map(({ members, ...grant }) => ({ ...grant, ...(members === undefined ? {} : { members: [...members] }) }));
const of = (person: string) => ({ params: { path: { person } } });

export const account = {
  session: () => answer<SessionState>(client.GET('/api/v1/session')),
  signIn: (id: string, password: string) => answer<SessionState>(client.POST('/api/v1/session', { body: password === '' ? { id } : { id, password } })),
  signOut: () => answer<SessionState>(client.DELETE('/api/v1/session')),
  signOutEverywhere: () => answer<SessionState>(client.DELETE('/api/v1/sessions')),
  setup: (body: { readonly token: string; readonly id: string; readonly name: string; readonly password: string }) => answer<SessionState>(client.POST('/api/v1/setup', { body })),
  changePassword: (old: string, next: string) => answer<unknown>(client.POST('/api/v1/password', { body: { old, next } })),
  setDeputy: (body: Deputy) => answer<unknown>(client.PUT('/api/v1/deputy', { body })),
  endDeputy: () => answer<unknown>(client.DELETE('/api/v1/deputy')),

  people: () => answer<readonly Account[]>(client.GET('/api/v1/people')),
  add: (body: { readonly id: string; readonly name: string; readonly grants: readonly Grant[] }) => answer<Temporary>(client.POST('/api/v1/people', { body: { ...body, grants: sent(body.grants) } })),
  change: (id: string, { grants, ...body }: { readonly name?: string; readonly grants?: readonly Grant[]; readonly disabled?: boolean }) =>
    answer<Account>(client.PATCH('/api/v1/people/{person}', { ...of(id), body: { ...body, ...(grants === undefined ? {} : { grants: sent(grants) }) } })),
  reset: (id: string) => answer<Pick<Temporary, 'temporary'>>(client.POST('/api/v1/people/{person}/reset', of(id))),
  log: () => answer<readonly LogEntry[]>(client.GET('/api/v1/people-log')),
  names: () => answer<readonly Name[]>(client.GET('/api/v1/names')),

  tokens: () => answer<readonly Token[]>(client.GET('/api/v1/tokens')),
  addToken: (body: { readonly name: string; readonly scope: Scope; readonly until: string }) => answer<NewToken>(client.POST('/api/v1/tokens', { body })),
  removeToken: (token: string) => answer<unknown>(client.DELETE('/api/v1/tokens/{token}', { params: { path: { token } } })),

  rights: () => answer<{ readonly rules: readonly Rule[] }>(client.GET('/api/v1/rights')),
};
