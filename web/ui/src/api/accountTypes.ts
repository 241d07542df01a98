/** What crosses the network about people, their rights and their keys. */
import type { components } from './schema';

type Schemas = components['schemas'];
type Fixed<T> = { readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? readonly U[] : T[K] };

/** One role of a person, in a center or, with `*`, in all. */
export type Grant = Fixed<Schemas['GrantInfo']>;
export type Role = Grant['role'];
export const ROLES = ['director', 'finance', 'lead', 'viewer', 'administrator'] as const satisfies readonly Role[];

/** Who stands in from one day to another, both included. */
export type Deputy = Readonly<Schemas['DeputyInfo']>;
export type Name = Readonly<Pick<Schemas['NameInfo'], 'id' | 'name'>>;
export type DemoPerson = Name & { readonly role: Role };
export type Person = Omit<Fixed<Schemas['PersonInfo']>, 'grants'> & { readonly grants: readonly Grant[] };
export type Mode = Schemas['SessionState']['mode'];
export interface SessionState {
  readonly mode: Mode;
  readonly person: Person | null;
  readonly demo: readonly DemoPerson[];
}
export type Account = Omit<Fixed<Schemas['AccountInfo']>, 'grants'> & { readonly grants: readonly Grant[] };
export interface Temporary {
  readonly account: Account;
  readonly temporary: string;
}
export type LogEntry = Readonly<Schemas['AccountLogEntry']>;
export type Token = Readonly<Schemas['TokenInfo']>;
export type Scope = Token['scope'];
export type NewToken = Readonly<Schemas['NewToken']>;
export type Rule = Readonly<Schemas['RuleInfo']>;
export type Right = Rule[Role];
