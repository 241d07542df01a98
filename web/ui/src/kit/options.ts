/** What a list under a field offers, and how the keyboard walks it. */
import type { IconName } from './Icon.svelte';

export interface Option {
  readonly id: string;
  readonly name: string;
  readonly hint?: string;
  readonly icon?: IconName;
  /** The keys that do the same. */
  readonly keys?: string;
  /** What else it is found by. */
  readonly words?: string;
}
export interface OptionGroup {
  readonly name: string;
  readonly options: readonly Option[];
}

/** Where a key goes among options, by their ids. */
export function walked(all: readonly string[], here: string, key: string): string | undefined {
  const at = all.indexOf(here);
  const to = { ArrowDown: at + 1 >= all.length ? 0 : at + 1, ArrowUp: at <= 0 ? all.length - 1 : at - 1, PageDown: Math.min(all.length - 1, at + 8), PageUp: Math.max(0, at - 8) }[key];
  return to === undefined ? undefined : all[to];
}
