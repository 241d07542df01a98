/** One cell of the grid: its text and look, who else is in it, and the line of a row's figures. */
import type { ColInfo, Tag } from './types';
import { Flag } from './types';

const SVG = 'http://www.w3.org/2000/svg';

export interface CellView {
  readonly el: HTMLElement;
  readonly text: Text;
  c: number;
  shown: string;
  /** Everything the look of the cell hangs on, as one number. */
  look: number;
  tag: HTMLElement | null;
  line: SVGPolylineElement | null;
}

/** A column with what is reckoned of it once. */
export interface ColView {
  readonly info: ColInfo;
  readonly left: number;
  readonly css: string;
  /** Class names by look. */
  readonly classes: Map<number, string>;
}

/** What a cell looks like beside the flags of its source. */
export const SELECTED = 1 << 20;
export const ACTIVE = 1 << 21;
export const EDITING = 1 << 22;
export const FILLING = 1 << 23;
export const TAGGED = 1 << 24;

const FLAG_CSS: readonly (readonly [number, string])[] = [
  [Flag.formula, 'f-formula'], [Flag.error, 'f-error'], [Flag.readOnly, 'f-ro'], [Flag.changed, 'f-changed'],
  [Flag.override, 'f-override'], [Flag.negative, 'f-neg'], [Flag.unsaved, 'f-unsaved'], [Flag.withheld, 'f-withheld'],
  [Flag.comment, 'f-comment'], [Flag.held, 'f-held'], [Flag.precedent, 'f-precedent'], [Flag.dependent, 'f-dependent'],
  [Flag.favourable, 'f-fav'], [Flag.unfavourable, 'f-unf'],
  [SELECTED, 'sel'], [ACTIVE, 'active'], [EDITING, 'editing'], [FILLING, 'filling'], [TAGGED, 'tagged'],
];

export function classOf(css: string, look: number): string {
  let text = css;
  for (const [flag, name] of FLAG_CSS) if (look & flag) text += ` ${name}`;
  return text;
}

/** Says a state of a cell to screen readers. */
export function state(el: HTMLElement, name: string, on: boolean): void {
  if (on) el.setAttribute(name, 'true');
  else el.removeAttribute(name);
}

/** The name of who else is in a cell hangs over its corner. */
export function writeTag(cell: CellView, tag: Tag | null): void {
  if (!tag) {
    cell.tag?.remove();
    cell.tag = null;
    return;
  }
  if (!cell.tag) {
    cell.tag = element('span', 'grid-tag');
    cell.tag.setAttribute('aria-hidden', 'true');
    cell.el.append(cell.tag);
  }
  cell.tag.dataset['name'] = tag.name;
  cell.tag.style.setProperty('--who', `var(--who${tag.colour})`);
}

/** A line of a row's figures, as high as the row. */
export function writeLine(cell: CellView, points: string | null, width: number): void {
  if (points === null) {
    cell.line?.parentElement?.remove();
    cell.line = null;
    return;
  }
  if (!cell.line) {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('class', 'grid-line');
    svg.setAttribute('viewBox', '0 0 100 20');
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('width', String(width - 16));
    svg.setAttribute('height', '18');
    svg.setAttribute('aria-hidden', 'true');
    cell.line = document.createElementNS(SVG, 'polyline');
    svg.append(cell.line);
    cell.el.append(svg);
  }
  if (cell.line.getAttribute('points') !== points) cell.line.setAttribute('points', points);
}

export function element(tag: string, css: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = css;
  return made;
}
