/**
 * The grid's elements: rows drawn where they are seen, recycled, and written
 * only where they changed. Where there are many columns, only those near the
 * window are drawn as well.
 */
import { ACTIVE, classOf, EDITING, element, FILLING, SELECTED, state, TAGGED, writeLine, writeTag, type CellView, type ColView } from './cell';
import { headRows } from './head';
import { inside } from './selection';
import type { Point, Range, Source } from './types';
import { Flag } from './types';

const OVERSCAN = 6;
/** So many columns beside the frozen ones are drawn however wide the window is. */
const ALL_COLUMNS = 18;
/** The window of columns moves by so many at a time. */
const COLUMN_STEP = 4;
const HEAD = 34;
const BAND = 22;

interface RowView {
  readonly el: HTMLElement;
  readonly cells: CellView[];
  /** Holds the cells that stay: one that sticks costs a scroll less than three. */
  readonly pane: HTMLElement;
  /** Stands for the columns left of the window. */
  readonly gap: HTMLElement;
  /** Says that figures are still to come. */
  mark: HTMLElement | null;
  r: number;
  css: string;
  height: number;
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
  rowHeight = 28;
  headHeight = HEAD;
  private readonly source: Source;
  private readonly head: HTMLElement;
  private readonly body: HTMLElement;
  private readonly rows = new Map<number, RowView>();
  private readonly free: RowView[] = [];
  /** Holds the input while its own column is out of the window. */
  private readonly ghost: HTMLElement;
  private cols: ColView[] = [];
  private signature = '';
  private frozen = 0;
  private frozenWidth = 0;
  /** The window of columns beside the frozen ones, from and up to but not including. */
  private from = 0;
  private to = 0;
  private total = -1;
  private bodyHeight = -1;
  private height = 0;

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
    this.ghost = element('div', 'grid-cell grid-ghost active');
    this.ghost.setAttribute('role', 'gridcell');
    this.scroller.append(this.head, this.body);
    host.append(this.scroller);
  }

  /** Draws what is to be seen. `all` writes every cell anew; a scroll only needs new rows and columns. */
  render(look: Look, all: boolean): void {
    if (all) this.layout();
    const { scrollTop: top, scrollLeft: left, clientHeight, clientWidth } = this.scroller;
    const anew = this.slide(left, clientWidth || 1200) || all;
    const total = this.total;
    this.height = clientHeight;
    const height = clientHeight || 600;
    const first = Math.max(0, Math.floor(top / this.rowHeight) - OVERSCAN);
    const last = Math.min(total - 1, Math.ceil((top + height - this.headHeight) / this.rowHeight) + OVERSCAN);
    for (const [r, row] of this.rows) {
      // The active row holds the focused input and is never given away.
      if ((r >= first && r <= last) || (r === look.active.r && r < total)) continue;
      this.rows.delete(r);
      row.r = -1;
      this.free.push(row);
    }
    for (let r = first; r <= last; r += 1) this.place(r, look, anew);
    if (look.active.r < total && (look.active.r < first || look.active.r > last)) this.place(look.active.r, look, anew);
    for (const row of this.free) if (row.el.style.display !== 'none') row.el.style.display = 'none';
  }

  /** The element of a cell, if its row is drawn. */
  cell(r: number, c: number): HTMLElement | undefined {
    return this.rows.get(r)?.cells[this.placeOf(c)]?.el;
  }

  /** A place for the input in the row of a cell whose column is out of the window. */
  stand({ r, c }: Point): HTMLElement | undefined {
    const row = this.rows.get(r);
    const col = this.cols[c];
    if (!row || !col) return undefined;
    this.ghost.style.left = `${col.left}px`;
    this.ghost.style.width = `${col.info.width}px`;
    this.ghost.setAttribute('aria-colindex', String(c + 1));
    if (this.ghost.parentNode !== row.el) row.el.append(this.ghost);
    return this.ghost;
  }

  /** The cell under an event's target or a point of the page. */
  pointOf(target: EventTarget | null): Point | null {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-c]') : null;
    const r = Number(cell?.closest<HTMLElement>('[data-r]')?.dataset['r'] ?? NaN);
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
    const col = this.cols[c];
    if (!col || col.info.frozen) return;
    const left = col.left - this.frozenWidth;
    if (left < scroller.scrollLeft) scroller.scrollLeft = left;
    const least = col.left + col.info.width - scroller.clientWidth;
    if (least <= scroller.scrollLeft) return;
    const edge = this.cols.find((one) => !one.info.frozen && one.left - this.frozenWidth >= least);
    scroller.scrollLeft = edge ? edge.left - this.frozenWidth : least;
  }

  /** How many rows a page has, as it was last drawn: each key asks, and measuring anew would lay the page out. */
  get page(): number {
    return Math.max(1, Math.floor((this.height - this.headHeight) / this.rowHeight) - 1);
  }

  /** Head, sizes and counts; rebuilt only when the columns are others. */
  private layout(): void {
    const rows = this.source.rows();
    if (rows !== this.total) {
      this.total = rows;
      this.scroller.setAttribute('aria-rowcount', String(rows + 1));
    }
    const height = rows * this.rowHeight;
    if (height !== this.bodyHeight) {
      this.bodyHeight = height;
      this.body.style.height = `${height}px`;
    }
    const infos = Array.from({ length: this.source.cols() }, (_, c) => this.source.col(c));
    const signature = infos.map((col) => `${col.id}|${col.title}|${col.width}|${col.kind}|${col.frozen ? 1 : 0}|${col.rule === true ? 1 : 0}|${col.band ?? ''}|${col.label ?? ''}`).join('\n');
    if (signature === this.signature) return;
    this.signature = signature;
    let left = 0;
    this.cols = infos.map((info) => {
      const col = { info, left, css: `grid-cell k-${info.kind}${info.frozen ? ' frozen' : ''}${info.rule === true ? ' rule' : ''}`, classes: new Map<number, string>() };
      left += info.width;
      return col;
    });
    this.frozen = infos.findIndex((info) => !info.frozen);
    if (this.frozen < 0) this.frozen = infos.length;
    this.frozenWidth = this.cols[this.frozen]?.left ?? left;
    this.from = 0;
    this.to = 0;
    this.headHeight = infos.some((info) => info.band !== undefined) ? HEAD + BAND : HEAD;
    this.scroller.setAttribute('aria-colcount', String(infos.length));
    this.head.style.width = `${left}px`;
    this.body.style.width = `${left}px`;
    for (const one of [...this.rows.values(), ...this.free]) one.el.remove();
    this.rows.clear();
    this.free.length = 0;
    this.slide(this.scroller.scrollLeft, this.scroller.clientWidth || 1200, true);
  }

  /** Moves the window of columns to what is seen; says whether it moved. */
  private slide(left: number, width: number, always = false): boolean {
    const { cols, frozen } = this;
    let from = frozen;
    let to = cols.length;
    if (cols.length - frozen > ALL_COLUMNS) {
      const start = left + this.frozenWidth;
      const end = left + width;
      while (from < to - 1 && (cols[from]?.left ?? 0) + (cols[from]?.info.width ?? 0) < start) from += 1;
      let edge = from;
      while (edge < to && (cols[edge]?.left ?? 0) < end) edge += 1;
      from = Math.max(frozen, frozen + Math.floor((from - frozen) / COLUMN_STEP) * COLUMN_STEP - COLUMN_STEP);
      to = Math.min(to, frozen + Math.ceil((edge - frozen) / COLUMN_STEP) * COLUMN_STEP + COLUMN_STEP);
    }
    if (from === this.from && to === this.to && !always) return false;
    const count = to - from;
    const others = count !== this.to - this.from;
    this.from = from;
    this.to = to;
    this.drawHead();
    if (others) for (const row of [...this.rows.values(), ...this.free]) this.fit(row);
    for (const row of [...this.rows.values(), ...this.free]) this.shift(row);
    return true;
  }

  private placeOf(c: number): number {
    if (c < this.frozen) return c;
    return c >= this.from && c < this.to ? this.frozen + c - this.from : -1;
  }

  /** The columns that are drawn, in order. */
  private drawn(): number[] {
    const { frozen, from, to } = this;
    return Array.from({ length: frozen + to - from }, (_, i) => (i < frozen ? i : from + i - frozen));
  }

  private drawHead(): void {
    const { cols, from, frozen, frozenWidth } = this;
    const [bands, row] = headRows(cols, this.drawn(), from > frozen ? { before: from, width: (cols[from]?.left ?? 0) - frozenWidth } : null);
    this.head.replaceChildren(...(this.headHeight > HEAD ? [bands, row] : [row]));
  }

  private place(r: number, look: Look, all: boolean): void {
    const known = this.rows.get(r);
    const row = known ?? this.free.pop() ?? this.create();
    if (!known) {
      this.rows.set(r, row);
      row.r = r;
      row.el.dataset['r'] = String(r);
      if (row.el.style.display !== '') row.el.style.display = '';
      row.el.setAttribute('aria-rowindex', String(r + 2));
      row.height = -1;
      if (!row.el.parentNode) this.body.append(row.el);
    }
    if (row.height !== this.rowHeight) {
      row.height = this.rowHeight;
      row.el.style.transform = `translateY(${r * this.rowHeight}px)`;
      row.el.style.height = `${this.rowHeight}px`;
      row.el.style.lineHeight = `${this.rowHeight - 1}px`;
    }
    if (!known || all) this.write(row, look);
  }

  private create(): RowView {
    const el = element('div', 'grid-row');
    el.setAttribute('role', 'row');
    const row: RowView = { el, cells: [], pane: element('div', 'grid-pane'), gap: element('div', 'grid-gap'), mark: null, r: -1, css: '', height: -1 };
    row.pane.setAttribute('role', 'presentation');
    el.append(row.pane, row.gap);
    this.fit(row);
    this.shift(row);
    return row;
  }

  /** Gives a row as many cells as columns are drawn. */
  private fit(row: RowView): void {
    const count = this.frozen + this.to - this.from;
    while (row.cells.length > count) row.cells.pop()?.el.remove();
    while (row.cells.length < count) {
      const el = element('div', '');
      const span = element('span', 'grid-text');
      const text = document.createTextNode('');
      span.append(text);
      el.append(span);
      if (row.cells.length < this.frozen) row.pane.append(el);
      else row.el.append(el);
      row.cells.push({ el, text, c: -1, shown: '', look: -1, tag: null, line: null });
    }
  }

  /** Makes the cells of a row stand for the columns of the window. */
  private shift(row: RowView): void {
    const skipped = `${(this.cols[this.from]?.left ?? 0) - this.frozenWidth}px`;
    if (row.gap.style.width !== skipped) row.gap.style.width = skipped;
    this.drawn().forEach((c, i) => {
      const cell = row.cells[i];
      const col = this.cols[c];
      if (!cell || !col || cell.c === c) return;
      cell.c = c;
      cell.look = -1;
      cell.el.dataset['c'] = String(c);
      cell.el.setAttribute('role', col.info.kind === 'name' ? 'rowheader' : 'gridcell');
      cell.el.setAttribute('aria-colindex', String(c + 1));
      cell.line?.parentElement?.remove();
      cell.line = null;
      cell.el.style.width = `${col.info.width}px`;
    });
  }

  private write(row: RowView, look: Look): void {
    const { r } = row;
    const info = this.source.row(r);
    const css = `grid-row r-${info.kind} l-${info.level}${info.open === false ? ' shut' : ''}${info.open === null ? '' : ' tree'}`;
    if (css !== row.css) {
      row.css = css;
      row.el.className = css;
      row.el.setAttribute('aria-level', String(info.level));
      if (info.open === null) row.el.removeAttribute('aria-expanded');
      else row.el.setAttribute('aria-expanded', String(info.open));
    }
    const waits = info.waits === true;
    if (waits !== (row.mark !== null)) this.writeMark(row, waits);
    const within = r >= look.range.top && r <= look.range.bottom;
    const filled = look.fill !== null && r >= look.fill.top && r <= look.fill.bottom;
    for (const cell of row.cells) this.writeCell(cell, r, look, within, filled);
  }

  /** Figures still to come have a mark of their own: a class on the row would have the style of all its cells reckoned. */
  private writeMark(row: RowView, waits: boolean): void {
    row.mark?.remove();
    row.mark = waits ? element('div', 'grid-waits') : null;
    if (row.mark) row.el.append(row.mark);
  }

  private writeCell(cell: CellView, r: number, look: Look, within: boolean, filled: boolean): void {
    const { source } = this;
    const { c } = cell;
    const text = source.text(r, c);
    if (cell.shown !== text) {
      cell.shown = text;
      cell.text.data = text;
      if (c === 0) cell.el.title = text;
    }
    const selected = within && c >= look.range.left && c <= look.range.right;
    const active = look.active.r === r && look.active.c === c;
    const filling = filled && look.fill !== null && inside(look.fill, r, c);
    const tag = source.tag?.(r, c) ?? null;
    const next = source.flags(r, c) | (tag ? TAGGED : 0) | (selected ? SELECTED : 0) | (active ? ACTIVE : 0) | (active && look.editing ? EDITING : 0) | (filling ? FILLING : 0);
    const col = this.cols[c];
    if (next !== cell.look && col) {
      const before = cell.look;
      cell.look = next;
      let css = col.classes.get(next);
      if (css === undefined) {
        css = classOf(col.css, next);
        col.classes.set(next, css);
      }
      cell.el.className = css;
      const differs = (bits: number): boolean => before < 0 || ((before ^ next) & bits) !== 0;
      if (differs(SELECTED)) state(cell.el, 'aria-selected', selected);
      if (differs(Flag.readOnly | Flag.total)) state(cell.el, 'aria-readonly', (next & (Flag.readOnly | Flag.total)) === Flag.readOnly && col.info.kind !== 'name');
      if (differs(Flag.error)) state(cell.el, 'aria-invalid', (next & Flag.error) !== 0);
    }
    if (col?.info.kind === 'trend') writeLine(cell, source.line?.(r, c) ?? null, col.info.width);
    if (tag || cell.tag) writeTag(cell, tag);
    if (selected && r === look.range.bottom && c === look.range.right && !look.editing && this.handle.parentNode !== cell.el) cell.el.append(this.handle);
  }
}
