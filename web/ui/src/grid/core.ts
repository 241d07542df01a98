/**
 * The budget grid: keyboard, clipboard, editing and selection over a View.
 * A real input lives inside the active cell and holds the focus, so that input
 * methods, the clipboard and screen readers meet an ordinary text field.
 */
import { parseTsv, tiled, toHtml, toTsv } from './clipboard';
import { continued } from './fill';
import type { EditAction, GridAction } from './keys';
import { EDIT_KEYS, GRID_KEYS, match } from './keys';
import { inside, moved, rangeOf, sizeOf } from './selection';
import type { CellEdit, EditKind, Outcome, Point, Range, Source, Texts } from './types';
import { Flag } from './types';
import { element, View } from './view';

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

/** More cells than this are better imported than pasted. */
export const MOST_PASTED = 20_000;

export class Grid {
  readonly view: View;
  readonly input: HTMLInputElement;
  private readonly source: Source;
  private readonly options: GridOptions;
  private readonly live: HTMLElement;
  private readonly resized: ResizeObserver | undefined;
  private anchor: Point = { r: 0, c: 0 };
  private head: Point = { r: 0, c: 0 };
  private editing: 'off' | 'typing' | 'editing' = 'off';
  private moving = false;
  private leaving = false;
  private heads = false;
  private tabColumn: number | null = null;
  private drag: 'select' | 'fill' | null = null;
  private fillTo: Range | null = null;

  constructor(host: HTMLElement, options: GridOptions) {
    this.options = options;
    this.source = options.source;
    this.view = new View(host, options.source, options.texts().grid);
    this.live = element('div', 'sr-only');
    this.live.setAttribute('aria-live', 'polite');
    host.append(this.live);
    this.input = document.createElement('input');
    this.input.className = 'grid-input';
    this.input.autocomplete = 'off';
    this.input.spellcheck = false;
    this.listen();
    if (typeof ResizeObserver !== 'undefined') {
      this.resized = new ResizeObserver(() => this.render(false));
      this.resized.observe(this.view.scroller);
    }
    this.refresh();
  }

  get active(): Point {
    return this.anchor;
  }
  get range(): Range {
    return rangeOf(this.anchor, this.head);
  }
  get isEditing(): boolean {
    return this.editing !== 'off';
  }

  /** Draws everything anew, after the source changed. */
  refresh(): void {
    const bottom = Math.max(0, this.source.rows() - 1);
    const right = Math.max(0, this.source.cols() - 1);
    const clamp = (p: Point): Point => ({ r: Math.min(p.r, bottom), c: Math.min(p.c, right) });
    this.anchor = clamp(this.anchor);
    this.head = clamp(this.head);
    this.view.scroller.setAttribute('aria-label', this.options.texts().grid);
    this.render(true);
  }

  /** Puts the cursor on a cell. */
  select(to: Point, extend = false, focus = true): void {
    if (this.isEditing) this.commit();
    this.head = to;
    if (!extend) this.anchor = to;
    this.view.reveal(to);
    this.render(true);
    if (focus) this.focus();
    this.options.onSelect?.(this.anchor, this.range);
  }

  focus(): void {
    this.input.focus({ preventScroll: true });
  }

  /** Does what a key of the grid does. */
  perform(action: GridAction): void {
    this.act(action, false);
  }

  /** Puts the selection on the clipboard, as Ctrl+C and Ctrl+X do, or with the heads of its rows and columns. */
  copyTo(how: 'copy' | 'cut' | 'heads'): void {
    this.focus();
    this.heads = how === 'heads';
    // The only way that also works on plain HTTP; it fires the event that the key fires.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
    document.execCommand(how === 'cut' ? 'cut' : 'copy');
    this.heads = false;
  }

  /** How high a row is, in pixels. */
  set density(height: number) {
    if (height === this.view.rowHeight) return;
    const first = this.view.scroller.scrollTop / this.view.rowHeight;
    this.view.rowHeight = height;
    this.render(true);
    this.view.scroller.scrollTop = first * height;
  }

  destroy(): void {
    this.resized?.disconnect();
    this.view.scroller.remove();
    this.live.remove();
  }

  private render(all: boolean): void {
    const look = { range: this.range, active: this.anchor, fill: this.fillTo, editing: this.isEditing };
    // Cells that make room take the input with them; the focus is remembered before.
    const focused = document.activeElement === this.input;
    this.moving = true;
    this.view.render(look, all);
    this.hold(focused, all);
    this.moving = false;
  }

  /** Keeps the input in the active cell, and the focus in it. A scroll that leaves it there leaves it alone. */
  private hold(focused: boolean, all: boolean): void {
    const cell = this.view.cell(this.anchor.r, this.anchor.c) ?? this.view.stand(this.anchor);
    if (!cell || (!all && this.input.parentNode === cell)) return;
    if (this.input.parentNode !== cell) cell.append(this.input);
    if (focused && document.activeElement !== this.input) this.focus();
    if (this.isEditing) return;
    if (this.input.value !== '') this.input.value = '';
    this.input.readOnly = this.shut(this.anchor);
    this.input.setAttribute('aria-label', this.source.label(this.anchor.r, this.anchor.c));
  }

  private has({ r, c }: Point, flag: number): boolean {
    return r < this.source.rows() && (this.source.flags(r, c) & flag) !== 0;
  }

  /** Whether nothing can be typed into a cell. */
  private shut(at: Point): boolean {
    return this.has(at, Flag.readOnly) && !this.has(at, Flag.total);
  }

  private say(text: string): void {
    this.live.textContent = text;
  }

  private listen(): void {
    const { input, view } = this;
    view.scroller.addEventListener('scroll', () => this.render(false));
    view.scroller.addEventListener('pointerdown', (event) => this.pressed(event));
    view.scroller.addEventListener('contextmenu', (event) => this.asked(event));
    view.scroller.addEventListener('dblclick', (event) => {
      if (this.view.pointOf(event.target) && event.target !== input) this.begin('editing');
    });
    input.addEventListener('dblclick', () => this.begin('editing'));
    input.addEventListener('keydown', (event) => this.key(event));
    input.addEventListener('input', (event) => {
      if (!this.isEditing) this.begin('typing');
      if (!(event instanceof InputEvent && event.isComposing)) this.handOver();
    });
    input.addEventListener('compositionend', () => this.handOver());
    input.addEventListener('compositionstart', () => {
      if (!this.isEditing) this.begin('typing');
    });
    input.addEventListener('blur', () => {
      if (!this.moving && this.isEditing) this.commit();
    });
    input.addEventListener('copy', (event) => this.copy(event, false));
    input.addEventListener('cut', (event) => this.copy(event, true));
    input.addEventListener('paste', (event) => this.paste(event));
  }

  private key(event: KeyboardEvent): void {
    // Some input methods take a key without composing; the old code says so.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing newer tells it
    if (event.isComposing || event.keyCode === 229) return;
    if (this.isEditing) {
      this.editKey(event);
      return;
    }
    const found = match(GRID_KEYS, event);
    if (!found) {
      this.leaving = false;
      return;
    }
    // After Escape the Tab key belongs to the page again.
    if (this.leaving && (found.action === 'next' || found.action === 'previous')) {
      this.leaving = false;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.leaving = false;
    this.act(found.action, found.extend);
  }

  private act(action: GridAction, extend: boolean): void {
    const from = extend ? this.head : this.anchor;
    const to = moved(action, from, {
      rows: this.source.rows(),
      cols: this.source.cols(),
      page: this.view.page,
      filled: (r, c) => this.source.text(r, c) !== '',
    });
    if (to) {
      if (action !== 'next' && action !== 'previous') this.tabColumn = null;
      this.select(to, extend);
      return;
    }
    switch (action) {
      case 'edit': { this.open(); return; }
      case 'clear': { this.clear(); return; }
      case 'selectAll': { this.stretch({ r: 0, c: 0 }, { r: this.source.rows() - 1, c: this.source.cols() - 1 }); return; }
      case 'selectRow': { this.stretch({ r: this.anchor.r, c: 0 }, { r: this.head.r, c: this.source.cols() - 1 }); return; }
      case 'fillDown': { this.fillSelection('down'); return; }
      case 'fillRight': { this.fillSelection('right'); return; }
      case 'collapse': { this.toggle(false); return; }
      case 'expand': { this.toggle(true); return; }
      case 'undo': { this.source.undo(); return; }
      case 'redo': { this.source.redo(); return; }
      case 'menu':
      case 'hold':
      case 'comment':
      case 'filter':
      case 'drawer': { this.ask(action); return; }
      case 'leave': {
        this.leaving = true;
        this.say(this.options.texts().leave);
        if (sizeOf(this.range) > 1) this.select(this.anchor);
      }
    }
  }

  /** Asks the page for what it offers at the active cell. */
  private ask(command: GridCommand): void {
    const box = this.view.cell(this.anchor.r, this.anchor.c)?.getBoundingClientRect();
    this.options.onCommand?.(command, this.anchor, { x: box?.left ?? 0, y: box?.bottom ?? 0 });
  }

  /** The secondary button asks for the menu of the selection, or of the cell beside it. A field being edited keeps its own. */
  private asked(event: MouseEvent): void {
    if (!this.options.onCommand || (event.target === this.input && this.isEditing)) return;
    event.preventDefault();
    // A key asks for the menu as well, and was answered already.
    if (event.button !== 2) return;
    const at = this.view.pointOf(event.target);
    if (!at) return;
    if (inside(this.range, at.r, at.c)) this.focus();
    else this.select(at);
    this.options.onCommand('menu', this.anchor, { x: event.clientX, y: event.clientY });
  }

  private stretch(from: Point, to: Point): void {
    this.anchor = from;
    this.head = to;
    this.render(true);
    this.options.onSelect?.(this.anchor, this.range);
  }

  /** Enter on a row that opens and shuts does that; elsewhere it edits. */
  private open(): void {
    const row = this.source.row(this.anchor.r);
    if (row.open !== null && this.source.col(this.anchor.c).kind === 'name') this.toggle(!row.open);
    else this.begin('editing');
  }

  private toggle(open: boolean): void {
    const row = this.source.row(this.anchor.r);
    if (row.open === null || row.open === open) return;
    this.source.toggle(this.anchor.r, open);
    this.refresh();
  }

  private begin(how: 'typing' | 'editing'): void {
    if (this.isEditing) {
      this.editing = how;
      return;
    }
    if (this.shut(this.anchor)) {
      this.say(this.options.texts().readOnly);
      return;
    }
    this.editing = how;
    if (how === 'editing') this.input.value = this.source.raw(this.anchor.r, this.anchor.c);
    this.render(true);
    this.focus();
    if (how === 'editing') this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }

  /** A formula begun in a cell goes on where formulas are written. */
  private handOver(): void {
    const typed = this.input.value;
    if (this.editing === 'typing' && /^\s*[=＝]/.test(typed) && this.options.onEquals?.(typed) === true) this.finish('cancel');
  }

  private editKey(event: KeyboardEvent): void {
    const found = match<EditAction>(EDIT_KEYS, event);
    if (found) {
      event.preventDefault();
      event.stopPropagation();
      this.finish(found.action);
      return;
    }
    // Typing over a cell leaves it by an arrow key; editing within it moves the caret.
    const arrow = match<GridAction>(GRID_KEYS.slice(0, 4), event);
    if (arrow && this.editing === 'typing' && !arrow.extend) {
      event.preventDefault();
      if (this.commit(true)) this.act(arrow.action, false);
    }
  }

  private finish(action: EditAction): void {
    if (action === 'cancel') {
      this.editing = 'off';
      this.input.value = '';
      this.render(true);
      return;
    }
    if (action === 'commitFill') {
      const raw = this.input.value;
      const edits = this.editable().map((at) => ({ ...at, raw }));
      this.editing = 'off';
      this.put(edits, 'fill');
      return;
    }
    const side = action === 'commitRight' || action === 'commitLeft';
    const from = this.anchor;
    if (!this.commit(true)) return;
    if (side) {
      const start = this.tabColumn ?? from.c;
      this.act(action === 'commitRight' ? 'next' : 'previous', false);
      this.tabColumn = start;
      return;
    }
    const back = this.tabColumn;
    this.act(action === 'commitDown' ? 'down' : 'up', false);
    if (back !== null) this.select({ r: this.anchor.r, c: back });
    this.tabColumn = null;
  }

  /** Ends editing with the text as it stands; false when it was refused and stays open. Who moves on draws what it says. */
  private commit(movesOn = false): boolean {
    const raw = this.input.value;
    const { r, c } = this.anchor;
    const formula = /^\s*[=＝]/.test(raw);
    if (!formula && raw.trim() !== '' && raw !== this.source.raw(r, c)) {
      const outcome = this.source.apply([{ r, c, raw }], 'cell');
      if (outcome.refused > 0) {
        this.say(this.options.texts().refused(outcome.reason ?? ''));
        this.input.classList.add('bad');
        setTimeout(() => this.input.classList.remove('bad'), 600);
        if (document.activeElement === this.input) return false;
      }
    }
    const emptied = raw.trim() === '' && this.editing === 'editing' && this.source.raw(r, c) !== '';
    this.editing = 'off';
    this.input.value = '';
    if (emptied) this.put([{ r, c, raw: '' }], 'clear');
    if (formula) this.options.onFormula?.({ r, c }, raw.trim().replace(/^[=＝]/, ''));
    if (!movesOn) this.render(true);
    return true;
  }

  private editable(): Point[] {
    const { top, left, bottom, right } = this.range;
    const points: Point[] = [];
    for (let r = top; r <= bottom; r += 1) for (let c = left; c <= right; c += 1) if (!this.has({ r, c }, Flag.readOnly)) points.push({ r, c });
    return points;
  }

  private put(edits: readonly CellEdit[], kind: EditKind): Outcome {
    const outcome = this.source.apply(edits, kind);
    this.refresh();
    this.options.onSelect?.(this.anchor, this.range);
    return outcome;
  }

  private clear(): void {
    const outcome = this.put(this.editable().map((at) => ({ ...at, raw: '' })), 'clear');
    this.say(this.options.texts().cleared(outcome));
  }

  private texts(range: Range): string[][] {
    return Array.from({ length: range.bottom - range.top + 1 }, (_, i) =>
      Array.from({ length: range.right - range.left + 1 }, (__, j) => this.source.raw(range.top + i, range.left + j)));
  }

  /** The selection with the names of its rows and the heads of its columns. */
  private headed(): string[][] {
    const { top, left, right } = this.range;
    const from = Math.max(left, 1);
    const cols = Array.from({ length: right - from + 1 }, (_, j) => from + j);
    const body = this.texts({ ...this.range, left: from });
    return [
      [this.source.col(0).title, ...cols.map((c) => this.source.col(c).title)],
      ...body.map((row, i) => [this.source.raw(top + i, 0), ...row]),
    ];
  }

  private copy(event: ClipboardEvent, cut: boolean): void {
    if (this.isEditing || !event.clipboardData) return;
    const cells = this.heads ? this.headed() : this.texts(this.range);
    event.clipboardData.setData('text/plain', toTsv(cells));
    event.clipboardData.setData('text/html', toHtml(cells));
    event.preventDefault();
    if (cut) this.clear();
    this.say(this.options.texts().copied(sizeOf(this.range)));
  }

  private paste(event: ClipboardEvent): void {
    if (this.isEditing) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    event.preventDefault();
    const range = this.range;
    const block = parseTsv(text);
    const wide = Math.max(0, ...block.map((row) => row.length));
    if (block.length > this.source.rows() || wide > this.source.cols() || block.length * wide > MOST_PASTED) {
      this.say(this.options.texts().tooLarge(block.length, wide));
      return;
    }
    const cells = tiled(block, range.bottom - range.top + 1, range.right - range.left + 1);
    const edits = cells.flatMap((row, i) => row.map((raw, j) => ({ r: range.top + i, c: range.left + j, raw })))
      .filter((edit) => edit.r < this.source.rows() && edit.c < this.source.cols() && edit.raw.trim() !== '');
    const below = Math.max(0, range.top + cells.length - this.source.rows());
    if (edits.length === 0 && below === 0) return;
    const width = Math.max(...cells.map((row) => row.length));
    this.head = { r: Math.min(range.top + cells.length - 1, this.source.rows() - 1), c: Math.min(range.left + width - 1, this.source.cols() - 1) };
    this.anchor = { r: range.top, c: range.left };
    this.say(this.options.texts().pasted({ ...this.put(edits, 'paste'), ...(below > 0 ? { beyond: below } : {}) }));
  }

  /** Ctrl+D and Ctrl+R: the first row or column of the selection goes to the rest of it. */
  private fillSelection(way: 'down' | 'right'): void {
    const { top, left, bottom, right } = this.range;
    const single = way === 'down' ? top === bottom : left === right;
    const from = way === 'down' ? { r: single ? top - 1 : top, c: left } : { r: top, c: single ? left - 1 : left };
    if (from.r < 0 || from.c < 0) return;
    const edits = this.editable()
      .filter((at) => (way === 'down' ? at.r !== from.r : at.c !== from.c))
      .map((at) => ({ ...at, raw: this.source.raw(way === 'down' ? from.r : at.r, way === 'down' ? at.c : from.c) }));
    this.say(this.options.texts().filled(this.put(edits, 'fill')));
  }

  private pressed(event: PointerEvent): void {
    if (event.button !== 0) return;
    if (event.target === this.view.handle) this.drag = 'fill';
    else {
      if (event.target === this.input && this.isEditing) return;
      const at = this.view.pointOf(event.target);
      if (!at) return;
      const row = this.source.row(at.r);
      if (row.open !== null && this.source.col(at.c).kind === 'name' && !event.shiftKey) {
        this.select(at);
        this.toggle(!row.open);
        event.preventDefault();
        return;
      }
      this.drag = 'select';
      this.select(at, event.shiftKey);
    }
    event.preventDefault();
    const move = (to: PointerEvent): void => this.dragged(to);
    const up = (): void => {
      removeEventListener('pointermove', move);
      this.dropped();
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up, { once: true });
  }

  private dragged(event: PointerEvent): void {
    const at = this.view.pointOf(document.elementFromPoint(event.clientX, event.clientY));
    if (!at) return;
    if (this.drag === 'select') {
      this.select(at, true);
      return;
    }
    const range = this.range;
    if (inside(range, at.r, at.c)) this.fillTo = null;
    else {
      const down = Math.max(at.r - range.bottom, range.top - at.r);
      const across = Math.max(at.c - range.right, range.left - at.c);
      this.fillTo = down >= across
        ? { ...range, top: Math.min(range.top, at.r), bottom: Math.max(range.bottom, at.r) }
        : { ...range, left: Math.min(range.left, at.c), right: Math.max(range.right, at.c) };
    }
    this.render(true);
  }

  private dropped(): void {
    const target = this.fillTo;
    this.drag = null;
    this.fillTo = null;
    if (!target) return;
    const edits = this.extended(this.range, target);
    this.anchor = { r: target.top, c: target.left };
    this.head = { r: target.bottom, c: target.right };
    this.say(this.options.texts().filled(this.put(edits, 'fill')));
    this.focus();
  }

  /** The edits that continue a range into a larger one. */
  private extended(from: Range, to: Range): CellEdit[] {
    const edits: CellEdit[] = [];
    const vertical = to.top !== from.top || to.bottom !== from.bottom;
    const lanes = vertical ? from.right - from.left + 1 : from.bottom - from.top + 1;
    const cells = this.texts(from);
    for (let lane = 0; lane < lanes; lane += 1) {
      const texts = vertical ? cells.map((row) => row[lane] ?? '') : (cells[lane] ?? []);
      const back = vertical ? from.top - to.top : from.left - to.left;
      const count = back > 0 ? back : vertical ? to.bottom - from.bottom : to.right - from.right;
      continued(texts, count, back > 0).forEach((raw, i) => {
        const along = back > 0 ? (vertical ? from.top : from.left) - 1 - i : (vertical ? from.bottom : from.right) + 1 + i;
        const at = vertical ? { r: along, c: from.left + lane } : { r: from.top + lane, c: along };
        if (!this.has(at, Flag.readOnly)) edits.push({ ...at, raw });
      });
    }
    return edits;
  }
}
