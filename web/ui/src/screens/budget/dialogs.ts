/** The dialogs that commands of the budget open, each fetched when it is first asked for. */
import type { Component } from 'svelte';

import type { Site } from './commands';

type Loaded = () => Promise<{ readonly default: Component<{ site: Site; onclose: () => void }> }>;

export const DIALOGS: Readonly<Record<string, Loaded>> = {};
export type DialogName = keyof typeof DIALOGS;
