/** The dialogs that commands of the budget open, each fetched when it is first asked for. */
import type { Component } from 'svelte';

import { later } from '../../i18n/index.svelte';
import type { Site } from './commands';

type Dialog = Component<{ site: Site; onclose: () => void }>;
type Loaded = () => Promise<{ readonly default: Dialog }>;

/** A component with its words, as a module gives it. */
const asModule = async (loaded: Promise<Dialog>): Promise<{ readonly default: Dialog }> => ({ default: await loaded });

export const DIALOGS: Readonly<Record<string, Loaded>> = {
  fill: () => asModule(later(import('./FillDialog.svelte'))),
  spread: () => asModule(later(import('./SpreadDialog.svelte'))),
  line: () => asModule(later(import('./LineForm.svelte'))),
  lineDelete: () => asModule(later(import('./LineDelete.svelte'))),
  group: () => asModule(later(import('./GroupForm.svelte'))),
};
export type DialogName = keyof typeof DIALOGS;
