/** The one table of keys: handlers look actions up in it, and the help page prints it. */

export type GridAction =
  | 'up' | 'down' | 'left' | 'right' | 'edgeUp' | 'edgeDown' | 'edgeLeft' | 'edgeRight'
  | 'home' | 'end' | 'first' | 'last' | 'pageUp' | 'pageDown'
  | 'next' | 'previous' | 'edit' | 'clear' | 'selectAll' | 'selectRow'
  | 'fillDown' | 'fillRight' | 'collapse' | 'expand' | 'leave' | 'undo' | 'redo' | 'menu' | 'comment' | 'hold' | 'filter' | 'drawer';
export type EditAction = 'commitDown' | 'commitUp' | 'commitRight' | 'commitLeft' | 'commitFill' | 'cancel';
export type PageAction = 'help' | 'undo' | 'redo' | 'screen1' | 'screen2' | 'screen3' | 'screen4' | 'screen5' | 'screenScenarios' | 'screenCapacity' | 'screenGoals' | 'screenMy' | 'screenComments' | 'screenSettings' | 'screenDocuments' | 'screenParts' | 'screenHistory' | 'screenApproval' | 'screenSeal' | 'open' | 'functions' | 'previousScenario' | 'nextScenario' | 'palette' | 'filter' | 'drawer' | 'region';

export interface Binding<A extends string> {
  readonly keys: readonly string[];
  readonly action: A;
  /** Shift extends the selection. */
  readonly extends?: boolean;
  /** The message that explains it on the help page; bindings with the same one share a row. */
  readonly help: `keys.${string}`;
}

export const GRID_KEYS: readonly Binding<GridAction>[] = [
  { keys: ['ArrowUp'], action: 'up', extends: true, help: 'keys.move' },
  { keys: ['ArrowDown'], action: 'down', extends: true, help: 'keys.move' },
  { keys: ['ArrowLeft'], action: 'left', extends: true, help: 'keys.move' },
  { keys: ['ArrowRight'], action: 'right', extends: true, help: 'keys.move' },
  { keys: ['Ctrl+ArrowUp'], action: 'edgeUp', extends: true, help: 'keys.edge' },
  { keys: ['Ctrl+ArrowDown'], action: 'edgeDown', extends: true, help: 'keys.edge' },
  { keys: ['Ctrl+ArrowLeft'], action: 'edgeLeft', extends: true, help: 'keys.edge' },
  { keys: ['Ctrl+ArrowRight'], action: 'edgeRight', extends: true, help: 'keys.edge' },
  { keys: ['Home'], action: 'home', extends: true, help: 'keys.home' },
  { keys: ['End'], action: 'end', extends: true, help: 'keys.home' },
  { keys: ['Ctrl+Home'], action: 'first', extends: true, help: 'keys.first' },
  { keys: ['Ctrl+End'], action: 'last', extends: true, help: 'keys.first' },
  { keys: ['PageUp'], action: 'pageUp', extends: true, help: 'keys.page' },
  { keys: ['PageDown'], action: 'pageDown', extends: true, help: 'keys.page' },
  { keys: ['Tab'], action: 'next', help: 'keys.tab' },
  { keys: ['Shift+Tab'], action: 'previous', help: 'keys.tab' },
  { keys: ['Enter', 'F2'], action: 'edit', help: 'keys.edit' },
  { keys: ['Delete', 'Backspace'], action: 'clear', help: 'keys.clear' },
  { keys: ['Ctrl+a'], action: 'selectAll', help: 'keys.select' },
  { keys: ['Shift+ '], action: 'selectRow', help: 'keys.select' },
  { keys: ['Ctrl+d'], action: 'fillDown', help: 'keys.fill' },
  { keys: ['Ctrl+r'], action: 'fillRight', help: 'keys.fill' },
  { keys: ['Alt+ArrowLeft'], action: 'collapse', help: 'keys.collapse' },
  { keys: ['Alt+ArrowRight'], action: 'expand', help: 'keys.collapse' },
  { keys: ['Shift+F10', 'ContextMenu'], action: 'menu', help: 'keys.menu' },
  { keys: ['Ctrl+Alt+m'], action: 'comment', help: 'keys.comment' },
  { keys: ['Ctrl+Alt+h'], action: 'hold', help: 'keys.hold' },
  { keys: ['/'], action: 'filter', help: 'keys.filter' },
  { keys: ['Ctrl+j'], action: 'drawer', help: 'keys.drawer' },
  { keys: ['Escape'], action: 'leave', help: 'keys.leave' },
  { keys: ['Ctrl+z'], action: 'undo', help: 'keys.undo' },
  { keys: ['Ctrl+y', 'Ctrl+Shift+z'], action: 'redo', help: 'keys.redo' },
];

export const EDIT_KEYS: readonly Binding<EditAction>[] = [
  { keys: ['Enter'], action: 'commitDown', help: 'keys.commit' },
  { keys: ['Shift+Enter'], action: 'commitUp', help: 'keys.commit' },
  { keys: ['Tab'], action: 'commitRight', help: 'keys.commitSide' },
  { keys: ['Shift+Tab'], action: 'commitLeft', help: 'keys.commitSide' },
  { keys: ['Ctrl+Enter'], action: 'commitFill', help: 'keys.commitFill' },
  { keys: ['Escape'], action: 'cancel', help: 'keys.cancel' },
];

export const PAGE_KEYS: readonly Binding<PageAction>[] = [
  { keys: ['?', 'Ctrl+/'], action: 'help', help: 'keys.help' },
  { keys: ['Ctrl+z'], action: 'undo', help: 'keys.undo' },
  { keys: ['Ctrl+y', 'Ctrl+Shift+z'], action: 'redo', help: 'keys.redo' },
  { keys: ['g 1'], action: 'screen1', help: 'keys.go' },
  { keys: ['g 2'], action: 'screen2', help: 'keys.go' },
  { keys: ['g 3'], action: 'screen3', help: 'keys.go' },
  { keys: ['g 4'], action: 'screen4', help: 'keys.go' },
  { keys: ['g 5'], action: 'screen5', help: 'keys.go' },
  { keys: ['g s'], action: 'screenScenarios', help: 'keys.goScenarios' },
  { keys: ['g c'], action: 'screenCapacity', help: 'keys.goCapacity' },
  { keys: ['g m'], action: 'screenGoals', help: 'keys.goGoals' },
  { keys: ['g y'], action: 'screenMy', help: 'keys.goMy' },
  { keys: ['g t'], action: 'screenComments', help: 'keys.goComments' },
  { keys: ['g p'], action: 'screenParts', help: 'keys.goParts' },
  { keys: ['g ,'], action: 'screenSettings', help: 'keys.goSettings' },
  { keys: ['g d'], action: 'screenDocuments', help: 'keys.goDocuments' },
  { keys: ['g h'], action: 'screenHistory', help: 'keys.goHistory' },
  { keys: ['g a'], action: 'screenApproval', help: 'keys.goApproval' },
  { keys: ['g e'], action: 'screenSeal', help: 'keys.goSeal' },
  { keys: ['g o'], action: 'open', help: 'keys.goOpen' },
  { keys: ['F1', 'g f'], action: 'functions', help: 'keys.functions' },
  { keys: ['Ctrl+k'], action: 'palette', help: 'keys.palette' },
  { keys: ['/'], action: 'filter', help: 'keys.filter' },
  { keys: ['Ctrl+j'], action: 'drawer', help: 'keys.drawer' },
  { keys: ['F6'], action: 'region', help: 'keys.region' },
  { keys: ['['], action: 'previousScenario', help: 'keys.scenario' },
  { keys: [']'], action: 'nextScenario', help: 'keys.scenario' },
];

/** What of a keyboard event names a key. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** A key press as text: `Ctrl+Shift+z`. */
export function chord(press: KeyPress): string {
  const letter = press.key.length === 1;
  const key = letter && press.shiftKey ? press.key.toLowerCase() : press.key;
  const symbol = letter && press.key !== ' ' && press.key.toLowerCase() === press.key.toUpperCase();
  return [press.ctrlKey || press.metaKey ? 'Ctrl+' : '', press.altKey ? 'Alt+' : '', press.shiftKey && !symbol ? 'Shift+' : '', key].join('');
}

/** The binding of a key press, and whether Shift asks to extend. */
export function match<A extends string>(table: readonly Binding<A>[], press: KeyPress, prefix = ''): { readonly action: A; readonly extend: boolean } | null {
  const typed = prefix + chord(press);
  const exact = table.find((binding) => binding.keys.includes(typed));
  if (exact) return { action: exact.action, extend: false };
  if (!press.shiftKey) return null;
  const plain = typed.replace('Shift+', '');
  const moved = table.find((binding) => binding.extends === true && binding.keys.includes(plain));
  return moved ? { action: moved.action, extend: true } : null;
}

/** The rows of the help page: keys that share an explanation stand together. */
export function helpRows(table: readonly Binding<string>[]): { readonly help: string; readonly keys: readonly string[]; readonly extends: boolean }[] {
  const rows = new Map<string, { keys: string[]; extends: boolean }>();
  for (const binding of table) {
    const row = rows.get(binding.help) ?? { keys: [], extends: false };
    row.keys.push(...binding.keys);
    row.extends ||= binding.extends === true;
    rows.set(binding.help, row);
  }
  return [...rows].map(([help, row]) => ({ help, ...row }));
}
