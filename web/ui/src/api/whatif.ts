/** Bridges between scenarios, and how far a total swings with its drivers. */
import { answer, client } from './client';
import type { components } from './schema';
import type { CellError, Verdict } from './types';

type Schemas = components['schemas'];
type But<T, U> = Omit<T, keyof U> & U;

export type BridgePart = But<Schemas['Part'], { readonly verdict: Verdict; readonly lines: readonly string[]; readonly merged: readonly Schemas['Driver'][] }>;
export type Bridge = But<Schemas['Bridge'], { readonly verdict: Verdict; readonly parts: readonly BridgePart[]; readonly error: CellError | null }>;
export type Moved = But<Schemas['Moved'], { readonly verdict: Verdict; readonly error: CellError | null }>;
export type Swing = But<Schemas['Swing'], { readonly low: Moved; readonly high: Moved }>;
export type Sensitivity = But<Schemas['Sensitivity'], { readonly drivers: readonly Swing[]; readonly error: CellError | null }>;
export type Shortfall = But<Schemas['Shortfall'], { readonly members: readonly string[] }>;
export type GapChange = But<Schemas['GapChange'], { readonly member: Readonly<Record<string, string>>; readonly to: string | null; readonly scale: number | null; readonly add: number | null }>;
export type GapOption = But<Schemas['GapOption'], { readonly kind: 'hire' | 'less'; readonly changes: readonly GapChange[]; readonly why: { readonly key: string; readonly args?: Readonly<Record<string, string>> } | null; readonly closed: readonly string[]; readonly left: readonly Shortfall[]; readonly price: Moved | null }>;
export type Gap = But<Schemas['Gap'], { readonly short: readonly Shortfall[]; readonly options: readonly GapOption[] }>;
/** Whose people are missing: those of a hiring plan, or what a line needs beyond another scenario. */
export type GapAsk = { readonly hiring: string } | { readonly line: string; readonly against: string };

export type Effect = But<Schemas['Effect'], { readonly verdict: Verdict; readonly error: CellError | null; readonly cost_error: CellError | null; readonly lines: readonly string[] }>;
export type Effects = But<Schemas['Effects'], { readonly effects: readonly Effect[] }>;

const PLAN = '/api/v1/plans/{id}';

export const whatif = {
  bridge: (id: string, from: string, to: string, line: string) => answer<Bridge>(client.GET(`${PLAN}/bridge`, { params: { path: { id }, query: { from, to, line } } })),
  effects: (id: string, scenario: string, line: string) => answer<Effects>(client.GET(`${PLAN}/effects`, { params: { path: { id }, query: { scenario, line } } })),
  sensitivity: (id: string, scenario: string, line: string, range: number) => answer<Sensitivity>(client.GET(`${PLAN}/sensitivity`, { params: { path: { id }, query: { scenario, line, range } } })),
  gap: (id: string, scenario: string, ask: GapAsk, cost: string | undefined) => answer<Gap>(client.GET(`${PLAN}/capacity/gap`, { params: { path: { id }, query: { scenario, ...ask, ...(cost === undefined ? {} : { cost }) } } })),
};
