/**
 * What the menu of the selection offers. Whoever builds a deed adds an entry
 * here, and a dialog to `dialogs.ts` where it asks something first.
 */
import type { GridAction } from '../../grid/keys';
import { GRID_KEYS } from '../../grid/keys';
import type { CellEdit, EditKind, Outcome, Point, Range } from '../../grid/types';
import type { MessageKey } from '../../i18n/index.svelte';
import type { IconName } from '../../kit/Icon.svelte';
import type { Lock } from '../../model/access';
import type { Sheet } from '../../model/budgetSheet';
import type { CellRef } from '../../model/cells';
import type { SheetRow } from '../../model/sheet';
import type { PlanState } from '../../state/plan.svelte';
import type { DialogName } from './dialogs';
import { LINE_COMMANDS } from './lineCommands';

/** The selection a command is about, and what it may do with it. */
export interface Site {
  readonly plan: PlanState;
  readonly sheet: Sheet;
  readonly scenario: string;
  readonly active: Point;
  readonly range: Range;
  readonly row: SheetRow | undefined;
  /** The active cell; null on names, units, totals and groups. */
  readonly ref: CellRef | null;
  /** Why the active cell cannot be changed; null where it can. */
  readonly locked: Lock | null;
  /** Sets cells as typing does. */
  apply(edits: readonly CellEdit[], kind: EditKind): Outcome;
  /** Does what a key of the grid does. */
  act(action: GridAction): void;
  /** Puts the selection on the clipboard, with the heads of its rows and columns or without. */
  copy(how: 'copy' | 'cut' | 'heads'): void;
  /** Opens a dialog of `dialogs.ts` about this site. */
  open(dialog: DialogName): void;
  /** Puts the cursor on a line, as soon as it is there. */
  go?(line: string): void;
  /** Shows one of the panels beside the grid. */
  show(panel: 'cell' | 'errors' | 'functions'): void;
  /** Shows what was said about the active cell, and a field to say more. */
  talk(): void;
  /** Prints the sheet as a table. */
  print(): void;
}

export interface Command {
  readonly id: string;
  readonly label: MessageKey;
  readonly icon?: IconName;
  /** The key that does the same: an action of the grid's table, or keys as one writes them. */
  readonly key?: GridAction | readonly string[];
  /** Commands of one group stand together. */
  readonly group: 'edit' | 'fill' | 'look' | 'line' | 'talk';
  /** Left out of the menu where it has no meaning. */
  offered?(site: Site): boolean;
  /** Shown but out of reach, because the cell cannot be changed. */
  enabled?(site: Site): boolean;
  /** Why it is out of reach, as a sentence; empty where it is not. */
  why?(site: Site): string;
  run(site: Site): void;
}

const GROUPS: readonly Command['group'][] = ['edit', 'fill', 'line', 'look', 'talk'];
const canEdit = (site: Site): boolean => site.ref !== null && site.locked === null;
const many = ({ range }: Site): boolean => range.top !== range.bottom || range.left !== range.right;

export const COMMANDS: Command[] = [
  { id: 'edit', group: 'edit', label: 'grid.menu.edit', icon: 'edit', key: 'edit', enabled: canEdit, run: (site) => site.act('edit') },
  { id: 'cut', group: 'edit', label: 'grid.menu.cut', key: ['Ctrl+x'], enabled: canEdit, run: (site) => site.copy('cut') },
  { id: 'copy', group: 'edit', label: 'grid.menu.copy', icon: 'copy', key: ['Ctrl+c'], run: (site) => site.copy('copy') },
  { id: 'copy-heads', group: 'edit', label: 'grid.menu.copy_heads', run: (site) => site.copy('heads') },
  { id: 'clear', group: 'edit', label: 'grid.menu.clear', key: 'clear', enabled: canEdit, run: (site) => site.act('clear') },
  { id: 'fill-down', group: 'fill', label: 'grid.menu.fill_down', key: 'fillDown', enabled: canEdit, run: (site) => site.act('fillDown') },
  { id: 'fill-right', group: 'fill', label: 'grid.menu.fill_right', key: 'fillRight', offered: many, enabled: canEdit, run: (site) => site.act('fillRight') },
  ...LINE_COMMANDS,
  { id: 'explain', group: 'look', label: 'grid.explain', icon: 'panel', offered: (site) => site.row?.line !== undefined, run: (site) => site.show('cell') },
  { id: 'comment', group: 'talk', label: 'comments.command', icon: 'comments', key: 'comment', offered: (site) => site.row?.line !== undefined, run: (site) => site.talk() },
  { id: 'print', group: 'look', label: 'grid.menu.print', icon: 'print', run: (site) => site.print() },
];

/** An entry of the menu. */
export interface Offer {
  readonly command: Command;
  readonly enabled: boolean;
  /** Why it is not; empty where nothing says it. */
  readonly why: string;
  readonly keys: string;
  /** Whether a line stands above it. */
  readonly apart: boolean;
}

/** What is offered at a site, group by group. */
export function offers(site: Site, commands: readonly Command[] = COMMANDS): Offer[] {
  const shown = commands.filter((one) => one.offered?.(site) ?? true);
  const sorted = GROUPS.flatMap((group) => shown.filter((one) => one.group === group));
  return sorted.map((command, i) => ({
    command,
    why: command.why?.(site) ?? '',
    enabled: (command.enabled?.(site) ?? true) && (command.why?.(site) ?? '') === '',
    keys: keysOf(command),
    apart: i > 0 && sorted[i - 1]?.group !== command.group,
  }));
}

/** The first key of a command, as the table of keys has it. */
function keysOf({ key }: Command): string {
  if (key === undefined) return '';
  return (typeof key === 'string' ? GRID_KEYS.find((binding) => binding.action === key)?.keys[0] : key[0]) ?? '';
}
