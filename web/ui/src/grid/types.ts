/** What the grid knows of the thing it shows: text, flags and edits, no plans. */

export const Flag = {
  formula: 1,
  error: 2,
  readOnly: 8,
  changed: 16,
  override: 32,
  negative: 64,
  unsaved: 256,
  /** Not shown to the reader: neither empty nor a fault. */
  withheld: 512,
  /** Somebody asks or says something here. */
  comment: 1024,
  /** Not moved by spreading a total. */
  held: 2048,
  /** What the active cell is reckoned from, and what is reckoned from it. */
  precedent: 4096,
  dependent: 8192,
  /** Read-only but for one number typed into it, which the source takes apart. */
  total: 16384,
  /** A difference for the better or the worse. */
  favourable: 32768,
  unfavourable: 65536,
} as const;

export interface RowInfo {
  readonly id: string;
  readonly kind: 'group' | 'line' | 'member';
  readonly level: number;
  /** Whether the rows below are shown; null when there are none. */
  readonly open: boolean | null;
  /** Whether its figures are still to come. */
  readonly waits?: boolean;
}
export interface ColInfo {
  readonly id: string;
  readonly title: string;
  readonly width: number;
  /** Extra columns show figures that are not edited here: other scenarios, quarters, last year. */
  readonly kind: 'name' | 'unit' | 'trend' | 'total' | 'value' | 'extra' | 'delta';
  readonly frozen: boolean;
  /** Begins a quarter. */
  readonly rule?: boolean;
  /** Stands above this column and its neighbours of the same band. */
  readonly band?: string;
  /** The name of the head for a screen reader, where the title alone does not say it. */
  readonly label?: string;
}
/** Another person's cursor. */
export interface Tag {
  readonly name: string;
  /** One of eight, 0 to 7. */
  readonly colour: number;
}
export interface CellEdit {
  readonly r: number;
  readonly c: number;
  /** The text as typed; empty clears the cell. */
  readonly raw: string;
}
export type EditKind = 'cell' | 'paste' | 'fill' | 'clear';
/** What became of edits: how many cells were set, and why some were not. */
export interface Outcome {
  readonly applied: number;
  readonly refused: number;
  readonly reason?: string;
  /** The first of the cells that were refused. */
  readonly skipped?: readonly Skipped[];
  /** Why nothing at all was set, where that has one reason. */
  readonly none?: string;
  /** How many rows of a pasted block lie below the last row. */
  readonly beyond?: number;
}
/** A cell that was not set, and why. */
export interface Skipped {
  readonly r: number;
  readonly c: number;
  readonly raw: string;
  readonly reason: string;
}
export interface Source {
  rows(): number;
  cols(): number;
  row(r: number): RowInfo;
  col(c: number): ColInfo;
  text(r: number, c: number): string;
  /** The text to edit or copy, with every digit. */
  raw(r: number, c: number): string;
  flags(r: number, c: number): number;
  /** What is wrong with the cell, as a sentence; empty when nothing is. */
  error(r: number, c: number): string;
  /** The name of the cell for a screen reader. */
  label(r: number, c: number): string;
  /** Who else is in the cell; null when nobody is. */
  tag?(r: number, c: number): Tag | null;
  /** The figures of a row as the points of a line, 100 wide and 20 high. */
  line?(r: number, c: number): string | null;
  apply(edits: readonly CellEdit[], kind: EditKind): Outcome;
  toggle(r: number, open: boolean): void;
  undo(): void;
  redo(): void;
}
/** The sentences the grid says. */
export interface Texts {
  readonly grid: string;
  copied(cells: number): string;
  pasted(outcome: Outcome): string;
  /** A block that was not pasted at all, because it is larger than the grid or than one paste may be. */
  tooLarge(rows: number, cols: number): string;
  cleared(outcome: Outcome): string;
  filled(outcome: Outcome): string;
  refused(reason: string): string;
  readonly leave: string;
  readonly readOnly: string;
}
export interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}
export interface Point {
  readonly r: number;
  readonly c: number;
}

export type GridCommand = 'menu' | 'comment' | 'hold' | 'filter' | 'drawer';
/** A place of the window, in pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}
export interface GridOptions {
  readonly source: Source;
  readonly texts: () => Texts;
  /** Called when the cursor or the selection moved. */
  readonly onSelect?: (active: Point, range: Range) => void;
  /** Takes over a formula that is begun in a cell; false leaves it there. */
  readonly onEquals?: (text: string) => boolean;
  /** A text that begins with `=`: it belongs to the line, not to the cell. */
  readonly onFormula?: (at: Point, text: string) => void;
  /** The menu of the selection or a comment was asked for; where is a place of the window, below the cell or at the pointer. */
  readonly onCommand?: (command: GridCommand, at: Point, where: Place) => void;
}
