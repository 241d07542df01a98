/** Which rows of the budget are shown: chosen in the address, so that a view is a link. */
import type { Entry, Line, Text } from './document';
import { codeOf } from './document';
import type { SheetRow } from './sheet';

export const MARKS = ['changed', 'errors', 'comments', 'mine'] as const;
export type Mark = (typeof MARKS)[number];

export interface Filter {
  readonly text: string;
  readonly marks: readonly Mark[];
}
export const ALL: Filter = { text: '', marks: [] };

/** Reads `filter=errors,mine,~pay`: what begins with ~ is the text looked for. */
export function readFilter(param: string | undefined): Filter {
  const at = (param ?? '').indexOf('~');
  const words = (at < 0 ? (param ?? '') : (param ?? '').slice(0, at)).split(',');
  return { text: at < 0 ? '' : (param ?? '').slice(at + 1), marks: MARKS.filter((mark) => words.includes(mark)) };
}
export function writeFilter({ text, marks }: Filter): string | undefined {
  return [...marks, ...(text === '' ? [] : [`~${text}`])].join(',') || undefined;
}

/** Whether a line's code or either of its names has the text. */
export function says(line: Entry<Line>, text: string): boolean {
  const wanted = folded(text);
  if (wanted === '') return true;
  const name: Text = line.item.name ?? {};
  return [codeOf(line), name.zh ?? '', name.en ?? ''].some((one) => folded(one).includes(wanted));
}
const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** The lines that carry a mark, each by its id. */
export type Marked = Readonly<Record<Mark, ReadonlySet<string>>>;

/** The rows that are left: lines that fit every choice, the groups above them, and the members below. */
export function filtered(rows: readonly SheetRow[], filter: Filter, marked: Marked): readonly SheetRow[] {
  if (filter.text.trim() === '' && filter.marks.length === 0) return rows;
  const fits = new Map<string, boolean>();
  const fit = (line: Entry<Line>): boolean => {
    let known = fits.get(line.id);
    if (known === undefined) {
      known = says(line, filter.text) && filter.marks.every((mark) => marked[mark].has(line.id));
      fits.set(line.id, known);
    }
    return known;
  };
  const left: SheetRow[] = [];
  let head: SheetRow | null = null;
  for (const row of rows) {
    if (!row.line) {
      head = row;
      continue;
    }
    if (row.level === 1) head = null;
    if (!fit(row.line)) continue;
    if (head) left.push(head);
    head = null;
    left.push(row);
  }
  return left;
}
