/** What crosses the network about people, their rights and their keys. */

export const ROLES = ['director', 'finance', 'lead', 'viewer', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** One role of a person, in a center or, with `*`, in all. */
export interface Grant {
  readonly center: string;
  readonly role: Role;
  /** Of a lead: the position of the plan that is theirs. */
  readonly position?: string;
  /** Of a lead: the codes of the members whose cells are theirs. */
  readonly members?: readonly string[];
}
/** Who stands in from one day to another, both included. */
export interface Deputy {
  readonly person: string;
  readonly from: string;
  readonly until: string;
}
export interface Name {
  readonly id: string;
  readonly name: string;
}
export interface DemoPerson extends Name {
  readonly role: Role;
}
export interface Person extends Name {
  readonly grants: readonly Grant[];
  readonly administrator: boolean;
  readonly may_create: boolean;
  readonly must_change: boolean;
  readonly deputy: Deputy | null;
  readonly stands_for: readonly Name[];
}
export type Mode = 'setup' | 'demo' | 'accounts';
export interface SessionState {
  readonly mode: Mode;
  readonly person: Person | null;
  readonly demo: readonly DemoPerson[];
}
export interface Account extends Name {
  readonly grants: readonly Grant[];
  readonly disabled: boolean;
  readonly must_change: boolean;
  readonly created_at: string;
  readonly deputy: Deputy | null;
}
export interface Temporary {
  readonly account: Account;
  readonly temporary: string;
}
export interface LogEntry {
  readonly when: string;
  readonly who: string;
  readonly key: string;
  readonly args: Readonly<Record<string, string>>;
}
export type Scope = 'read' | 'edit';
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly created_at: string;
  readonly until: string;
  readonly last_used: string | null;
}
export interface NewToken {
  readonly token: Token;
  readonly secret: string;
}
export type Right = 'edit' | 'own' | 'read' | 'none';
export type Rule = Readonly<Record<Role, Right>> & {
  readonly pattern: string;
  /** The key of the sentence that says what the pattern stands for. */
  readonly title: string;
};
