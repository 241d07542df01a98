/**
 * What crosses the network: the generated types, with what OpenAPI cannot say
 * of ours put in its place (the document, nested values, members that may be
 * null).
 */
import type { PlanDocument } from '../model/document';
import type { Patch } from '../model/patch';
import type { components } from './schema';

type Schemas = components['schemas'];
/** A schema with some members as they really are. */
type But<T, U> = Omit<T, keyof U> & U;

export type Problem = Pick<Schemas['ProblemInfo'], 'key'> & Partial<Schemas['ProblemInfo']>;
export type PlanInfo = Schemas['PlanListing'];
export type Beginning = Schemas['Beginning'];
type Ref = Schemas['Ref'];
export type LinkState = Schemas['LinkState'];
/** What one can undo and redo next. */
export interface Steps {
  readonly can_undo: Ref | null;
  readonly can_redo: Ref | null;
}
export type PlanBody = But<Schemas['PlanState'], Steps & { readonly document: PlanDocument }>;

/** One figure per month, nested by member where the line has dimensions. */
export type SeriesValues = readonly (number | null)[] | { readonly [member: string]: SeriesValues };
export type CellError = Schemas['CellError'];
export type LineResult = But<Schemas['Column'], { readonly values: SeriesValues }>;
export type ResultSet = But<Schemas['Sheet'], { readonly lines: Readonly<Record<string, LineResult>> }>;
export type Results = But<Schemas['ResultsAnswer'], { readonly results: readonly ResultSet[] }>;

export type Applied = But<Schemas['EditResult'], Steps & { readonly patch?: Patch; readonly results: readonly ResultSet[] }>;
export type EditBody = But<Schemas['PatchInputBody'], { readonly patch: Patch }>;
export type HistoryEntry = But<Schemas['HistoryEntry'], { readonly patch: Patch; readonly inverse: Patch }>;

export type Verdict = 'same' | 'favourable' | 'unfavourable' | 'neutral';
export type CompareCell = But<Schemas['Cell'], { readonly verdict: Verdict; readonly error: CellError | null }>;
export type CompareRow = But<Schemas['Row'], { readonly cells: readonly CompareCell[] }>;
export type Comparison = But<Schemas['Comparison'], { readonly rows: readonly CompareRow[] }>;
export type SetBy = Schemas['SetBy'];
export type TraceChange = But<Schemas['TraceChange'], { readonly set_by: SetBy | null }>;
export type TraceStep = But<Schemas['TraceStep'], { readonly error: CellError | null; readonly set_by: SetBy | null; readonly changes: readonly TraceChange[]; readonly operands: readonly TraceStep[] }>;

/** What a formula on trial would come to. */
export type TryResult = But<Schemas['TryResult'], { readonly values: SeriesValues }>;

/** The formula language: the function table, signs and names. */
export type Reference = Schemas['Reference'];
export type FunctionInfo = Schemas['FunctionInfo'];
export type ParamInfo = Schemas['ParamInfo'];
export type ExampleInfo = Schemas['ExampleInfo'];

/** Where in a plan a window is, as it tells it. */
export type PresenceBody = Schemas['PresenceInputBody'];

/** What the event stream says. */
export type PresenceEvent = Schemas['PresenceEvent'];
export type PresentInfo = Schemas['PresentInfo'];
export type HelloEvent = Schemas['Hello'];
export type ChangeEvent = But<Schemas['ChangeEvent'], Steps & { readonly access?: Schemas['AccessInfo'] | null; readonly patch: Patch; readonly results: readonly ResultSet[] | null; readonly problems: readonly Problem[] | null; readonly links: readonly LinkState[] | null; readonly notes: readonly Problem[] | null }>;
