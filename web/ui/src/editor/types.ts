/** What the formula editor asks of the page, and what the page may ask of it; this file weighs nothing, the editor itself comes when it is used. */
import type { Reference } from '../api/types';
import type { Lang } from '../i18n/types';
import type { PlanDocument } from '../model/document';
import type { Place } from './spans';

/** Something wrong in the text, or worth knowing. */
export interface Mark extends Place {
  readonly text: string;
  /** What the place may be replaced by, and how that is offered. */
  readonly fix?: { readonly by: string; readonly say: string };
}
/** What is known while a formula is written. */
export interface Known {
  readonly document: PlanDocument;
  readonly reference: Reference | null;
  readonly lang: Lang;
  /** The code of the line whose formula it is. */
  readonly own: string;
}
export interface EditorTexts {
  readonly label: string;
  /** The parameter the caret is in, read out. */
  parameter(name: string, takes: string): string;
  takes(param: import('../api/types').ParamInfo): string;
  unit(unit: string): string;
  readonly optional: string;
  readonly suggestions: string;
}
export interface EditorOptions {
  readonly text: string;
  readonly selection: readonly [from: number, to: number];
  known(): Known;
  texts(): EditorTexts;
  /** Ids of what describes the field. */
  readonly describedBy: string;
  onChange(text: string): void;
  /** Enter was pressed; false keeps the field as it is. */
  onCommit(): void;
  onCancel(): void;
  onBlur(event: FocusEvent): void;
  /** The caret moved. */
  onCaret(text: string, at: number): void;
}
/** An editor that stands in the page. */
export interface Editor {
  readonly text: string;
  readonly focused: boolean;
  /** Whether an input method is at work. */
  readonly composing: boolean;
  set(text: string): void;
  mark(marks: readonly Mark[]): void;
  insert(text: string): void;
  replace(from: number, to: number, text: string): void;
  select(from: number, to?: number): void;
  focus(): void;
  /** Names and labels are shown in another language now. */
  retext(): void;
  destroy(): void;
}
