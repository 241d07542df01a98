/** What the budget opens and fetches by itself: the menu of the selection, the dialogs of its commands, and what stands beside the grid. */
import type { Component } from 'svelte';

import { later, soon } from '../../i18n/index.svelte';
import { fetched, type Fetched } from '../../lib/fetched';
import type { Site } from './commands';

type Dialog = Component<{ site: Site; onclose: () => void }>;

/** The dialogs that commands open. */
export const DIALOGS = {
  fill: fetched<Dialog>(() => later(import('./FillDialog.svelte'))),
  spread: fetched<Dialog>(() => later(import('./SpreadDialog.svelte'))),
  line: fetched<Dialog>(() => later(import('./LineForm.svelte'))),
  lineDelete: fetched<Dialog>(() => later(import('./LineDelete.svelte'))),
  group: fetched<Dialog>(() => later(import('./GroupForm.svelte'))),
} satisfies Readonly<Record<string, Fetched<Dialog>>>;
export type DialogName = keyof typeof DIALOGS;

export const MENU = fetched(() => later(import('./CellMenu.svelte')));
export const COLUMNS = fetched(() => later(import('./Columns.svelte')));
export const CELL = fetched(() => soon(import('../CellPanel.svelte')));
export const COMMENTS = fetched(() => later(import('../comments/CommentPanel.svelte')));
export const FUNCTIONS = fetched(() => later(import('../FunctionPanel.svelte')));
export const DRAWER = fetched(() => later(import('./Drawer.svelte')));

/** What takes the keyboard when it opens, so that it is better there before. */
export const TAKES_KEYS: readonly Fetched<unknown>[] = [MENU, ...Object.values(DIALOGS), COLUMNS, COMMENTS];
