/** How a line is rolled up over months and members. */
import type { Line } from './document';

export type Rollup = 'sum' | 'average' | 'weighted' | 'last' | 'first' | 'min' | 'max' | 'formula';
export const ROLLUPS: readonly Rollup[] = ['sum', 'average', 'weighted', 'last', 'first', 'min', 'max', 'formula'];

/** What is added up where nothing else is said: money, contacts, issues and time. */
const ADDED = new Set(['contact', 'issue', 'second', 'minute', 'hour', 'day']);
const MONEY = /^[A-Z]{3}$/;

/** The roll-up a unit has where a line states none. */
export function rollupOfUnit(unit: string, currency: string): Rollup {
  const word = unit.trim();
  return word === currency || MONEY.test(word) || ADDED.has(word) || ADDED.has(word.replace(/s$/, '')) ? 'sum' : 'average';
}

/** The line that a roll-up weighs by; null for others. */
export function weighedBy(rollup: string): string | null {
  const found = /^weighted\(\s*(.+?)\s*\)$/.exec(rollup);
  return found?.[1] ?? null;
}

/** The roll-up of a line: as it states, or by its unit. */
export function rollupOf(line: Line, unit: string, currency: string): Rollup {
  const stated = typeof line.rollup === 'string' ? line.rollup : '';
  if (weighedBy(stated) !== null) return 'weighted';
  return ROLLUPS.find((one) => one === stated) ?? rollupOfUnit(unit, currency);
}
