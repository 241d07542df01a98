/**
 * The budget grid: keyboard, clipboard, editing and selection over a View.
 * A real input lives inside the active cell and holds the focus, so that input
 * methods, the clipboard and screen readers meet an ordinary text field.
 */
import { corners, editable, extended, filledFrom, headed, pasted, textsIn, widthOf } from './blocks';
import { parseTsv, toHtml, toTsv } from './clipboard';
import type { EditAction, GridAction } from './keys';
import { EDIT_KEYS, GRID_KEYS, match } from './keys';
import { follow } from './pointer';
import { inside, moved, rangeOf, sizeOf } from './selection';
import type { CellEdit, EditKind, GridCommand, GridOptions, Outcome, Point, Range, Source } from './types';
import { Flag } from './types';
import { element } from './cell';
import { View } from './view';

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
  /** What a fill that is being drawn covers. */
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
    follow({
      source: this.source,
      view,
      range: () => this.range,
      edits: (target) => target === input && this.isEditing,
      select: (to, extend) => this.select(to, extend),
      toggle: (open) => this.toggle(open),
      preview: (range) => {
        this.fillTo = range;
        this.render(true);
      },
      fill: (to) => this.fillInto(to),
    });
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
      const edits = editable(this.source, this.range).map((at) => ({ ...at, raw }));
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

  private put(edits: readonly CellEdit[], kind: EditKind): Outcome {
    const outcome = this.source.apply(edits, kind);
    this.refresh();
    this.options.onSelect?.(this.anchor, this.range);
    return outcome;
  }

  private clear(): void {
    const outcome = this.put(editable(this.source, this.range).map((at) => ({ ...at, raw: '' })), 'clear');
    this.say(this.options.texts().cleared(outcome));
  }

  private copy(event: ClipboardEvent, cut: boolean): void {
    if (this.isEditing || !event.clipboardData) return;
    const cells = this.heads ? headed(this.source, this.range) : textsIn(this.source, this.range);
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
    const block = parseTsv(text);
    const found = pasted(this.source, block, this.range);
    if (!found) {
      this.say(this.options.texts().tooLarge(block.length, widthOf(block)));
      return;
    }
    const { edits, below, covers } = found;
    if (edits.length === 0 && below === 0) return;
    [this.anchor, this.head] = corners(covers);
    this.say(this.options.texts().pasted({ ...this.put(edits, 'paste'), ...(below > 0 ? { beyond: below } : {}) }));
  }

  /** Ctrl+D and Ctrl+R. */
  private fillSelection(way: 'down' | 'right'): void {
    this.say(this.options.texts().filled(this.put(filledFrom(this.source, this.range, way), 'fill')));
  }

  /** What was drawn by the corner of the selection. */
  private fillInto(to: Range): void {
    const edits = extended(this.source, this.range, to);
    [this.anchor, this.head] = corners(to);
    this.say(this.options.texts().filled(this.put(edits, 'fill')));
    this.focus();
  }
}
