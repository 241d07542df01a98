import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Grid } from '../src/grid/core';
import { chord, helpRows, GRID_KEYS } from '../src/grid/keys';
import type { CellEdit, EditKind, Outcome, Source, Texts } from '../src/grid/types';
import { Flag } from '../src/grid/types';

/** Two columns of names and totals, three of numbers; a group row and a line that cannot be edited. */
class Fake implements Source {
  readonly table = [
    ['Group', '', '', '', ''],
    ['Calls', '6', '1', '2', '3'],
    ['Seconds', '60', '10', '20', '30'],
    ['Result', '600', '100', '200', '300'],
  ];
  readonly log: string[] = [];
  open = true;
  rows = (): number => (this.open ? 4 : 1);
  cols = (): number => 5;
  row = (r: number) => ({ id: String(r), kind: r === 0 ? 'group' as const : 'line' as const, level: r === 0 ? 1 : 2, open: r === 0 ? this.open : null });
  col = (c: number) => ({ id: String(c), title: `col ${c}`, width: 90, kind: c === 0 ? 'name' as const : c === 1 ? 'total' as const : 'value' as const, frozen: c === 0 });
  text = (r: number, c: number): string => this.table[r]?.[c] ?? '';
  raw = (r: number, c: number): string => this.text(r, c);
  flags = (r: number, c: number): number => (r === 0 || r === 3 || c < 2 ? Flag.readOnly : 0);
  error = (): string => '';
  label = (r: number, c: number): string => `${this.text(r, 0)}, ${this.text(r, c)}`;
  apply = (edits: readonly CellEdit[], kind: EditKind): Outcome => {
    const good = edits.filter((edit) => this.flags(edit.r, edit.c) === 0 && !/[a-z]/.test(edit.raw));
    for (const { r, c, raw } of good) (this.table[r] ?? [])[c] = raw;
    this.log.push(`${kind} ${good.map(({ r, c, raw }) => `${r}:${c}=${raw}`).join(' ')}`);
    return { applied: good.length, refused: edits.length - good.length, reason: 'no number' };
  };
  tag: NonNullable<Source['tag']> = () => null;
  toggle = (_r: number, open: boolean): void => { this.open = open; };
  undo = (): void => { this.log.push('undo'); };
  redo = (): void => { this.log.push('redo'); };
}

const TEXTS: Texts = {
  grid: 'Budget', leave: 'leave', readOnly: 'read only',
  copied: (count) => `copied ${count}`,
  pasted: (outcome) => `pasted ${outcome.applied}, skipped ${outcome.refused}${outcome.beyond === undefined ? '' : `, ${outcome.beyond} beyond`}`,
  tooLarge: (rows, cols) => `too large: ${rows} by ${cols}`,
  cleared: (outcome) => `cleared ${outcome.applied}`,
  filled: (outcome) => `filled ${outcome.applied}`,
  refused: (reason) => reason,
};

let host: HTMLElement;
let source: Fake;
let grid: Grid;
const formulas: string[] = [];
const asked: string[] = [];

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  source = new Fake();
  formulas.length = 0;
  asked.length = 0;
  grid = new Grid(host, { source, texts: () => TEXTS, onFormula: (at, text) => formulas.push(`${at.r}:${text}`), onCommand: (command, at, where) => asked.push(`${command} ${at.r}:${at.c} ${where.x},${where.y}`) });
});
afterEach(() => {
  grid.destroy();
  host.remove();
});

function press(...keys: string[]): KeyboardEvent[] {
  return keys.map((name) => {
    const parts = name.split('+');
    const event = new KeyboardEvent('keydown', {
      key: parts.at(-1) ?? '', ctrlKey: parts.includes('Ctrl'), shiftKey: parts.includes('Shift'), altKey: parts.includes('Alt'), bubbles: true, cancelable: true,
    });
    grid.input.dispatchEvent(event);
    return event;
  });
}
function type(text: string): void {
  grid.input.value += text;
  grid.input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
/** jsdom has no clipboard events; the grid only reads and writes `clipboardData`. */
function clip(kind: 'copy' | 'cut' | 'paste', text = ''): Map<string, string> {
  const data = new Map([['text/plain', text]]);
  const event = Object.assign(new Event(kind, { bubbles: true, cancelable: true }), {
    clipboardData: { getData: (format: string) => data.get(format) ?? '', setData: (format: string, value: string) => void data.set(format, value) },
  });
  grid.input.dispatchEvent(event);
  return data;
}
const at = (): string => `${grid.active.r}:${grid.active.c}`;
const said = (): string => host.querySelector('[aria-live]')?.textContent ?? '';

describe('moving', () => {
  it('follows the arrows and stops at the borders', () => {
    grid.select({ r: 1, c: 2 });
    press('ArrowRight', 'ArrowDown');
    expect(at()).toBe('2:3');
    press('ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp');
    expect(at()).toBe('0:3');
  });
  it('Ctrl and an arrow go to the edge of what is filled', () => {
    grid.select({ r: 1, c: 2 });
    press('Ctrl+ArrowDown');
    expect(at()).toBe('3:2');
    press('Ctrl+ArrowUp');
    expect(at()).toBe('1:2');
  });
  it('Home, End and their Ctrl forms', () => {
    grid.select({ r: 2, c: 3 });
    press('Home');
    expect(at()).toBe('2:0');
    press('End');
    expect(at()).toBe('2:4');
    press('Ctrl+Home');
    expect(at()).toBe('0:0');
    press('Ctrl+End');
    expect(at()).toBe('3:4');
  });
  it('Shift extends without moving the cursor', () => {
    grid.select({ r: 1, c: 2 });
    press('Shift+ArrowRight', 'Shift+ArrowDown');
    expect(at()).toBe('1:2');
    expect(grid.range).toEqual({ top: 1, left: 2, bottom: 2, right: 3 });
  });
  it('Ctrl+A selects everything, Shift+Space the row', () => {
    grid.select({ r: 1, c: 2 });
    press('Shift+ ');
    expect(grid.range).toEqual({ top: 1, left: 0, bottom: 1, right: 4 });
    press('Ctrl+a');
    expect(grid.range).toEqual({ top: 0, left: 0, bottom: 3, right: 4 });
  });
  it('Tab stays in the grid; after Escape it leaves', () => {
    grid.select({ r: 1, c: 2 });
    expect(press('Tab')[0]?.defaultPrevented).toBe(true);
    expect(press('Escape', 'Tab')[1]?.defaultPrevented).toBe(false);
    expect(said()).toBe('leave');
  });
});

describe('editing', () => {
  it('typing replaces, Enter keeps and goes down', () => {
    grid.select({ r: 1, c: 2 });
    type('7');
    press('Enter');
    expect(source.log).toEqual(['cell 1:2=7']);
    expect(at()).toBe('2:2');
  });
  it('Tab goes right, and Enter then returns below where it began', () => {
    grid.select({ r: 1, c: 2 });
    type('7');
    press('Tab');
    type('8');
    press('Enter');
    expect(source.log).toEqual(['cell 1:2=7', 'cell 1:3=8']);
    expect(at()).toBe('2:2');
  });
  it('draws once for what is kept and where the cursor goes', () => {
    grid.select({ r: 1, c: 2 });
    type('7');
    const drawn = vi.spyOn(grid.view, 'render');
    press('Enter');
    expect(drawn).toHaveBeenCalledTimes(1);
    expect([grid.view.cell(1, 2)?.textContent, at()]).toEqual(['7', '2:2']);
  });
  it('an arrow ends typing, but moves the caret while editing', () => {
    grid.select({ r: 1, c: 2 });
    type('7');
    press('ArrowRight');
    expect(source.log).toEqual(['cell 1:2=7']);
    press('F2');
    press('ArrowLeft');
    expect(grid.isEditing).toBe(true);
  });
  it('F2 begins with the value, Escape gives it back', () => {
    grid.select({ r: 1, c: 2 });
    press('F2');
    expect(grid.input.value).toBe('1');
    type('9');
    press('Escape');
    expect(source.log).toEqual([]);
    expect(grid.isEditing).toBe(false);
  });
  it('keys of an input method are not ours', () => {
    grid.select({ r: 1, c: 2 });
    grid.input.dispatchEvent(new CompositionEvent('compositionstart'));
    grid.input.value = '一';
    const enter = new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, cancelable: true });
    grid.input.dispatchEvent(enter);
    expect(enter.defaultPrevented).toBe(false);
    expect(grid.isEditing).toBe(true);
  });
  it('what is no number stays open and says why', () => {
    grid.select({ r: 1, c: 2 });
    grid.focus();
    type('abc');
    press('Enter');
    expect(grid.isEditing).toBe(true);
    expect(said()).toBe('no number');
  });
  it('a text with = is a formula of the line', () => {
    grid.select({ r: 1, c: 2 });
    type('=volume * 2');
    press('Enter');
    expect(formulas).toEqual(['1:volume * 2']);
    expect(source.log).toEqual([]);
  });
  it('a cell that cannot be edited says so', () => {
    grid.select({ r: 3, c: 2 });
    press('F2');
    expect(grid.isEditing).toBe(false);
    expect(said()).toBe('read only');
  });
  it('Ctrl+Enter fills the selection', () => {
    grid.select({ r: 1, c: 2 });
    press('Shift+ArrowDown', 'Shift+ArrowRight');
    type('5');
    press('Ctrl+Enter');
    expect(source.log).toEqual(['fill 1:2=5 1:3=5 2:2=5 2:3=5']);
  });
  it('Delete clears what can be edited', () => {
    grid.select({ r: 2, c: 4 });
    press('Shift+ArrowDown', 'Delete');
    expect(source.log).toEqual(['clear 2:4=']);
  });
  it('Ctrl+D and Ctrl+R copy the first row and column', () => {
    grid.select({ r: 1, c: 2 });
    press('Shift+ArrowDown', 'Ctrl+d');
    expect(source.log).toEqual(['fill 2:2=1']);
    grid.select({ r: 1, c: 2 });
    press('Shift+ArrowRight', 'Ctrl+r');
    expect(source.log.at(-1)).toBe('fill 1:3=1');
  });
  it('Ctrl+Z and Ctrl+Y ask the source', () => {
    grid.select({ r: 1, c: 2 });
    press('Ctrl+z', 'Ctrl+Shift+z', 'Ctrl+y');
    expect(source.log).toEqual(['undo', 'redo', 'redo']);
  });
});

describe('the clipboard', () => {
  it('copies TSV and HTML', () => {
    grid.select({ r: 1, c: 2 });
    press('Shift+ArrowRight', 'Shift+ArrowDown');
    const data = clip('copy');
    expect(data.get('text/plain')).toBe('1\t2\r\n10\t20');
    expect(data.get('text/html')).toContain('<td>20</td>');
    expect(said()).toBe('copied 4');
  });
  it('pastes from the active cell and says what it left out', () => {
    grid.select({ r: 2, c: 3 });
    clip('paste', '7\t8\r\n9\t9\r\n');
    expect(source.log).toEqual(['paste 2:3=7 2:4=8']);
    expect(said()).toBe('pasted 2, skipped 2');
  });
  it('cut copies and clears', () => {
    grid.select({ r: 1, c: 2 });
    expect(clip('cut').get('text/plain')).toBe('1');
    expect(source.log).toEqual(['clear 1:2=']);
  });
});

describe('the pointer', () => {
  const cell = (r: number, c: number): Element => host.querySelector(`[data-r="${r}"] [data-c="${c}"]`) ?? host;
  let under: Element | null = null;
  /** jsdom lays nothing out: what lies under the pointer is told. */
  function point(kind: string, target: Element, to: EventTarget = target): void {
    under = target;
    to.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true, button: 0 }));
  }
  beforeEach(() => { document.elementFromPoint = () => under; });

  it('chooses cells from where it is pressed to where it is lifted', () => {
    point('pointerdown', cell(1, 2));
    point('pointermove', cell(2, 3), window);
    point('pointerup', cell(2, 3), window);
    point('pointermove', cell(3, 4), window);
    expect([at(), grid.range]).toEqual(['1:2', { top: 1, left: 2, bottom: 2, right: 3 }]);
  });

  it('draws a series by the corner, and nothing where it comes back', () => {
    point('pointerdown', cell(1, 2));
    point('pointermove', cell(1, 3), window);
    point('pointerup', cell(1, 3), window);
    point('pointerdown', grid.view.handle);
    point('pointermove', cell(1, 4), window);
    expect(cell(1, 4).classList.contains('filling')).toBe(true);
    point('pointermove', cell(1, 3), window);
    expect(cell(1, 4).classList.contains('filling')).toBe(false);
    point('pointerup', cell(1, 3), window);
    expect(source.log).toEqual([]);
    point('pointerdown', grid.view.handle);
    point('pointermove', cell(2, 3), window);
    point('pointerup', cell(2, 3), window);
    expect([source.log, said()]).toEqual([['fill 2:2=1 2:3=2'], 'filled 2']);
    expect(grid.range).toEqual({ top: 1, left: 2, bottom: 2, right: 3 });
  });

  it('taken away for a scroll chooses no more', () => {
    point('pointerdown', cell(1, 2));
    point('pointercancel', cell(1, 2), window);
    point('pointermove', cell(2, 4), window);
    expect(grid.range).toEqual({ top: 1, left: 2, bottom: 1, right: 2 });
  });

  it('shuts and opens a group by its name', () => {
    point('pointerdown', cell(0, 0));
    expect(source.open).toBe(false);
    point('pointerdown', cell(0, 0));
    expect([source.open, at()]).toEqual([true, '0:0']);
  });
});

describe('commands', () => {
  const menu = (r: number, c: number): MouseEvent => {
    const event = new MouseEvent('contextmenu', { button: 2, clientX: 7, clientY: 9, bubbles: true, cancelable: true });
    host.querySelector(`[data-r="${r}"] [data-c="${c}"]`)?.dispatchEvent(event);
    return event;
  };
  it('are asked for by Shift+F10, the menu key and Ctrl+Alt+M', () => {
    grid.select({ r: 1, c: 2 });
    const events = press('Shift+F10', 'ContextMenu', 'Ctrl+Alt+m');
    expect(asked).toEqual(['menu 1:2 0,0', 'menu 1:2 0,0', 'comment 1:2 0,0']);
    expect(events.every((event) => event.defaultPrevented)).toBe(true);
  });
  it('of the second button are about the cell under it, or the selection around it', () => {
    grid.select({ r: 1, c: 2 });
    expect(menu(2, 3).defaultPrevented).toBe(true);
    expect([at(), asked]).toEqual(['2:3', ['menu 2:3 7,9']]);
    press('Shift+ArrowRight');
    menu(2, 4);
    expect(grid.range).toEqual({ top: 2, left: 3, bottom: 2, right: 4 });
  });
  it('leave a cell that is being edited its own menu', () => {
    grid.select({ r: 1, c: 2 });
    press('F2');
    const event = new MouseEvent('contextmenu', { button: 2, bubbles: true, cancelable: true });
    grid.input.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
  });
});

describe('the elements', () => {
  it('name who else is in a cell, and forget them', () => {
    source.tag = (r, c) => (r === 1 && c === 3 ? { name: 'Lin', colour: 2 } : null);
    grid.refresh();
    expect([...host.querySelectorAll<HTMLElement>('.grid-tag')].map((one) => [one.dataset['name'], one.closest('[data-c]')?.getAttribute('data-c')])).toEqual([['Lin', '3']]);
    source.tag = () => null;
    grid.refresh();
    expect(host.querySelectorAll('.grid-tag')).toHaveLength(0);
  });
  it('are a tree grid with counts and places', () => {
    const tree = host.querySelector('[role=treegrid]');
    expect([tree?.getAttribute('aria-rowcount'), tree?.getAttribute('aria-colcount')]).toEqual(['5', '5']);
    expect(host.querySelectorAll('[role=row]')).toHaveLength(5);
    expect(host.querySelector('[role=row][aria-expanded]')?.getAttribute('aria-expanded')).toBe('true');
  });
  it('hold one input, in the active cell, named for screen readers', () => {
    grid.select({ r: 2, c: 3 });
    expect(host.querySelectorAll('input')).toHaveLength(1);
    expect(grid.input.closest('[data-c]')?.getAttribute('data-c')).toBe('3');
    expect(grid.input.getAttribute('aria-label')).toBe('Seconds, 20');
  });
  it('collapse by keyboard and keep the focus', () => {
    grid.select({ r: 0, c: 0 });
    press('Alt+ArrowLeft');
    expect(source.open).toBe(false);
    expect(document.activeElement).toBe(grid.input);
    press('Enter');
    expect(source.open).toBe(true);
  });
  it('stay few however many rows there are', () => {
    source.rows = () => 10_000;
    grid.refresh();
    expect(host.querySelectorAll('[role=row]').length).toBeLessThan(60);
  });
  it('keep the active row and its focus when it scrolls away', () => {
    source.rows = () => 10_000;
    grid.refresh();
    grid.select({ r: 2, c: 2 });
    grid.view.scroller.scrollTop = 100_000;
    grid.view.scroller.dispatchEvent(new Event('scroll'));
    expect(document.activeElement).toBe(grid.input);
    expect(grid.input.closest('[data-r]')?.getAttribute('data-r')).toBe('2');
  });
});

describe('the key table', () => {
  it('writes chords the same on every keyboard', () => {
    const of = (key: string, more: object = {}): string => chord({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
    expect([of('z', { metaKey: true }), of('Z', { ctrlKey: true, shiftKey: true }), of('?', { shiftKey: true })]).toEqual(['Ctrl+z', 'Ctrl+Shift+z', '?']);
  });
  it('puts keys with one meaning in one row of the help page', () => {
    expect(helpRows(GRID_KEYS).find((row) => row.help === 'keys.move')?.keys).toHaveLength(4);
  });
});

vi.setConfig({ testTimeout: 5000 });
