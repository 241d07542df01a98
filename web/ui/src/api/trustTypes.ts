/** What rights, history, workflow and seal say over the network: the generated types by shorter names. */
import type { Json } from '../model/patch';
import type { components } from './schema';

type Schemas = components['schemas'];

export type Access = Schemas['AccessInfo'];
/** A plan's seal, as every screen knows of it. */
export type SealMark = Schemas['SealInfo'];
export type PersonName = Schemas['NameInfo'];
/** A position of the plan and who holds it. */
export type Position = Schemas['PositionInfo'];
/** One row of the table of rights. */
export type Rule = Schemas['RuleInfo'];
/** What a person may do to a plan at all. */
export type Deed = 'edit' | 'comment' | 'hand_in' | 'approve' | 'propose' | 'seal' | 'workflow' | 'header' | 'see_pay' | 'download';

export interface HistoryQuery {
  readonly who?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly text?: string | undefined;
  readonly pointer?: string | undefined;
  readonly before?: number | undefined;
  readonly limit?: number | undefined;
}
export type RevisionChange = Omit<Schemas['DocumentChange'], 'before' | 'after'> & { readonly before?: Json; readonly after?: Json };
export type RevisionRow = Schemas['RevisionRow'];
/** What two revisions of a plan differ in. */
export type Revisions = Omit<Schemas['RevisionDifference'], 'changes'> & { readonly changes: readonly RevisionChange[] };

/** That someone did something on a day, perhaps for someone else. */
export type Mark = Schemas['DoneInfo'];
export type Workflow = Schemas['WorkflowState'];
export type WorkflowSection = Schemas['SectionState'];
export type WorkflowStep = Schemas['StepInfo'];
export type SectionState = WorkflowSection['state'];
export type ActBody = Omit<Schemas['ActInputBody'], 'op_id'>;
export type ActKind = ActBody['kind'];
/** An act as the history tells it. */
export type Act = Schemas['ActInfo'];
export type Proposal = Schemas['Proposal'];
export type AmendmentEntry = Schemas['AmendmentLine'];

export type SealAnswer = Schemas['SealState'];
export type SealVerdict = Schemas['SealVerdict'];
export type Sealing = Schemas['Sealing'];
export type Amendment = Schemas['AmendmentState'];
export type AmendmentKind = Amendment['kind'];
export type Amendments = Schemas['AmendmentsState'];
export type ReconciledLine = Schemas['ReconciledLine'];

/** Something that waits for the reader, or that concerns the reader. */
export type OpenItem = Schemas['OpenItem'];
export type OpenKind = OpenItem['kind'];
