/** The grid's elements: rows drawn where they are seen, recycled, and written only where they changed. */
import type { Point, Range, Source, Tag } from './types';
import { Flag } from './types';
import { inside } from './selection';

const OVERSCAN = 6;

interface CellView {
  readonly el: HTMLElement;
  readonly text: Text;
  css: string;
  tag: HTMLElement | null;
}
interface RowView {
  readonly el: HTMLElement;
  readonly cells: CellView[];
  r: number;
  css: string;
}

export interface Look {
  readonly range: Range;
  readonly active: Point;
  readonly fill: Range | null;
  readonly editing: boolean;
}

export class View {
  readonly scroller: HTMLElement;
  readonly handle: HTMLElement;
  rowHeight = 30;
  /** Draws every row, for paper. */
  whole = false;
  readonly headHeight = 34;
  private readonly source: Source;
  private readonly head: HTMLElement;
  private readonly body: HTMLElement;
  private readonly rows = new Map<number, RowView>();
  private readonly free: RowView[] = [];
  private columns = '';

  constructor(host: HTMLElement, source: Source, name: string) {
    this.source = source;
    this.scroller = element('div', 'grid');
    this.scroller.setAttribute('role', 'treegrid');
    this.scroller.setAttribute('aria-label', name);
    this.scroller.setAttribute('aria-multiselectable', 'true');
    this.head = element('div', 'grid-head');
    this.head.setAttribute('role', 'rowgroup');
    this.body = element('div', 'grid-body');
    this.body.setAttribute('role', 'rowgroup');
    this.handle = element('div', 'grid-handle');
    this.handle.setAttribute('aria-hidden', 'true');
    this.scroller.append(this.head, this.body);
    host.append(this.scroller);
  }

  /** Draws what is to be seen. `all` writes every cell anew; a scroll only needs new rows. */
  render(look: Look, all: boolean): void {
    this.layout();
    const total = this.source.rows();
    const top = this.scroller.scrollTop;
    const height = this.scroller.clientHeight || 600;
    const first = this.whole ? 0 : Math.max(0, Math.floor(top / this.rowHeight) - OVERSCAN);
    const last = this.whole ? total - 1 : Math.min(total - 1, Math.ceil((top + height) / this.rowHeight) + OVERSCAN);
    for (const [r, row] of this.rows) {
      // The active row holds the focused input and is never given away.
      if ((r >= first && r <= last) || (r === look.active.r && r < total)) continue;
      this.rows.delete(r);
      row.r = -1;
      this.free.push(row);
    }
    for (let r = first; r <= last; r += 1) this.place(r, look, all);
    if (look.active.r < total) this.place(look.active.r, look, all);
    for (const row of this.free) if (row.el.parentNode) row.el.style.display = 'none';
  }

  /** The element of a cell, if its row is drawn. */
  cell(r: number, c: number): HTMLElement | undefined {
    return this.rows.get(r)?.cells[c]?.el;
  }

  /** The cell under an event's target or a point of the page. */
  pointOf(target: EventTarget | null): Point | null {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-c]') : null;
    const r = Number(cell?.parentElement?.dataset['r'] ?? NaN);
    const c = Number(cell?.dataset['c'] ?? NaN);
    return Number.isNaN(r) || Number.isNaN(c) ? null : { r, c };
  }

  /**
   * Scrolls so that a cell is clear of the head and the frozen columns. The
   * first column beside those is then whole: a figure cut on its left would
   * read as another one.
   */
  reveal({ r, c }: Point): void {
    const { scroller } = this;
    const top = r * this.rowHeight;
    const seen = scroller.clientHeight - this.headHeight;
    const far = top < scroller.scrollTop - seen || top > scroller.scrollTop + seen + this.rowHeight * 2;
    if (far) scroller.scrollTop = top - seen / 2;
    else if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + this.rowHeight > scroller.scrollTop + seen) scroller.scrollTop = top + this.rowHeight - seen;
    if (this.source.col(c).frozen) return;
    let left = 0;
    let frozen = 0;
    const edges: number[] = [];
    for (let i = 0; i < c; i += 1) {
      const col = this.source.col(i);
      left += col.width;
      if (col.frozen) frozen += col.width;
      else edges.push(left - frozen);
    }
    if (left - frozen < scroller.scrollLeft) scroller.scrollLeft = left - frozen;
    const right = left + this.source.col(c).width;
    const least = right - scroller.clientWidth;
    if (least > scroller.scrollLeft) scroller.scrollLeft = edges.find((edge) => edge >= least) ?? least;
  }

  get page(): number {
    return Math.max(1, Math.floor((this.scroller.clientHeight - this.headHeight) / this.rowHeight) - 1);
  }

  /** Head, sizes and counts; rebuilt only when the columns are others. */
  private layout(): void {
    const cols = Array.from({ length: this.source.cols() }, (_, c) => this.source.col(c));
    const columns = JSON.stringify(cols);
    const rows = this.source.rows();
    this.scroller.setAttribute('aria-rowcount', String(rows + 1));
    this.body.style.height = `${rows * this.rowHeight}px`;
    if (columns === this.columns) return;
    this.columns = columns;
    const width = `${cols.reduce((sum, col) => sum + col.width, 0)}px`;
    this.scroller.setAttribute('aria-colcount', String(cols.length));
    this.body.style.width = width;
    const row = element('div', 'grid-row grid-headrow');
    row.setAttribute('role', 'row');
    row.setAttribute('aria-rowindex', '1');
    row.style.width = width;
    cols.forEach((col, c) => {
      const cell = element('div', `grid-cell k-${col.kind}`);
      cell.setAttribute('role', 'columnheader');
      cell.textContent = col.title;
      this.size(cell, c);
      row.append(cell);
    });
    this.head.replaceChildren(row);
    for (const one of [...this.rows.values(), ...this.free]) one.el.remove();
    this.rows.clear();
    this.free.length = 0;
  }

  private size(cell: HTMLElement, c: number): void {
    const col = this.source.col(c);
    cell.setAttribute('aria-colindex', String(c + 1));
    cell.style.width = `${col.width}px`;
    if (col.rule === true) cell.classList.add('rule');
    if (!col.frozen) return;
    let left = 0;
    for (let i = 0; i < c; i += 1) left += this.source.col(i).width;
    cell.classList.add('frozen');
    cell.style.left = `${left}px`;
  }

  private place(r: number, look: Look, all: boolean): void {
    const known = this.rows.get(r);
    const row = known ?? this.free.pop() ?? this.create();
    if (!known) {
      this.rows.set(r, row);
      row.r = r;
      row.el.dataset['r'] = String(r);
      row.el.style.transform = `translateY(${r * this.rowHeight}px)`;
      row.el.style.height = `${this.rowHeight}px`;
      row.el.style.display = '';
      row.el.setAttribute('aria-rowindex', String(r + 2));
      if (!row.el.parentNode) this.body.append(row.el);
    }
    if (!known || all) this.write(row, look);
  }

  private create(): RowView {
    const el = element('div', 'grid-row');
    el.setAttribute('role', 'row');
    el.style.width = this.body.style.width;
    const cells = Array.from({ length: this.source.cols() }, (_, c) => {
      const kind = this.source.col(c).kind;
      const cell = element('div', '');
      cell.dataset['c'] = String(c);
      cell.setAttribute('role', kind === 'name' ? 'rowheader' : 'gridcell');
      this.size(cell, c);
      const text = document.createTextNode('');
      const span = element('span', 'grid-text');
      span.append(text);
      cell.append(span);
      el.append(cell);
      return { el: cell, text, css: '', tag: null };
    });
    return { el, cells, r: -1, css: '' };
  }

  private write(row: RowView, look: Look): void {
    const info = this.source.row(row.r);
    const css = `grid-row r-${info.kind}${info.open === false ? ' shut' : ''}${info.open === null ? '' : ' tree'}`;
    if (css !== row.css) {
      row.css = css;
      row.el.className = css;
      row.el.setAttribute('aria-level', String(info.level));
      if (info.open === null) row.el.removeAttribute('aria-expanded');
      else row.el.setAttribute('aria-expanded', String(info.open));
    }
    row.cells.forEach((cell, c) => this.writeCell(cell, row.r, c, look));
  }

  private writeCell(cell: CellView, r: number, c: number, look: Look): void {
    const text = this.source.text(r, c);
    if (cell.text.data !== text) {
      cell.text.data = text;
      if (c === 0) cell.el.title = text;
    }
    const flags = this.source.flags(r, c);
    const selected = inside(look.range, r, c);
    const active = look.active.r === r && look.active.c === c;
    const filling = look.fill !== null && inside(look.fill, r, c);
    const col = this.source.col(c);
    const css = [
      'grid-cell', `k-${col.kind}`, col.frozen ? 'frozen' : '', col.rule === true ? 'rule' : '',
      selected ? 'sel' : '', active ? 'active' : '', active && look.editing ? 'editing' : '', filling ? 'filling' : '',
      ...FLAG_CSS.map(([flag, name]) => (flags & flag ? name : '')),
    ].filter(Boolean).join(' ');
    if (css !== cell.css) {
      cell.css = css;
      cell.el.className = css;
      state(cell.el, 'aria-selected', selected);
      state(cell.el, 'aria-readonly', (flags & (Flag.readOnly | Flag.total)) === Flag.readOnly && col.kind !== 'name');
      state(cell.el, 'aria-invalid', (flags & Flag.error) !== 0);
    }
    this.writeTag(cell, this.source.tag?.(r, c) ?? null);
    const corner = selected && r === look.range.bottom && c === look.range.right && !look.editing;
    if (corner && this.handle.parentNode !== cell.el) cell.el.append(this.handle);
  }

  /** The name of who else is in a cell hangs over its corner. */
  private writeTag(cell: CellView, tag: Tag | null): void {
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
}

const FLAG_CSS: readonly (readonly [number, string])[] = [
  [Flag.formula, 'f-formula'], [Flag.error, 'f-error'], [Flag.pending, 'f-pending'], [Flag.readOnly, 'f-ro'], [Flag.changed, 'f-changed'],
  [Flag.override, 'f-override'], [Flag.negative, 'f-neg'], [Flag.remote, 'f-remote'], [Flag.unsaved, 'f-unsaved'], [Flag.withheld, 'f-withheld'],
  [Flag.comment, 'f-comment'], [Flag.held, 'f-held'], [Flag.precedent, 'f-precedent'], [Flag.dependent, 'f-dependent'],
];

function state(el: HTMLElement, name: string, on: boolean): void {
  if (on) el.setAttribute(name, 'true');
  else el.removeAttribute(name);
}

export function element(tag: string, css: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = css;
  return made;
}
