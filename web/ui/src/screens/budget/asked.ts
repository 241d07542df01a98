/** What a dialog of lines was opened for, where the active cell does not say it: it is set before the dialog opens. */
export interface Asked {
  /** A total typed into a row, of all months or of one. */
  total?: { readonly row: string; readonly month: string | null; readonly value: number } | undefined;
  /** The line a form is about; null for a new one. */
  line?: string | null | undefined;
  group?: string | null | undefined;
}
export const asked: Asked = {};
