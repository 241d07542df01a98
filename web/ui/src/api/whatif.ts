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

const PLAN = '/api/v1/plans/{id}';

export const whatif = {
  bridge: (id: string, from: string, to: string, line: string) => answer<Bridge>(client.GET(`${PLAN}/bridge`, { params: { path: { id }, query: { from, to, line } } })),
  sensitivity: (id: string, scenario: string, line: string, range: number) => answer<Sensitivity>(client.GET(`${PLAN}/sensitivity`, { params: { path: { id }, query: { scenario, line, range } } })),
};
