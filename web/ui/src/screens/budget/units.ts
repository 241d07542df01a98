/** How dialogs read the selection and write its figures: as the grid shows them. */
import { i18n, t } from '../../i18n/index.svelte';
import type { Sheet } from '../../model/budgetSheet';
import { monthAt, shiftOf } from '../../model/budgetSheet';
import { mostOf, type Patch } from '../../model/patch';
import { unitText } from '../../model/say';
import { toasts } from '../../state/toasts.svelte';

/** The name of a unit: money in the size the grid shows it in. */
export function unitName(sheet: Sheet, unit: string): string {
  if (unit !== sheet.currency) return unitText(unit);
  const size = t(`unit.money.${sheet.money.key}`);
  if (i18n.lang === 'en') return sheet.money.key === 'one' ? unit : `${unit} ${size}`;
  return unit === 'CNY' ? size : `${unit} ${size}`;
}

export const figureText = (sheet: Sheet, value: number | null | undefined, unit: string): string => sheet.formats.figure(value, unit, shiftOf(sheet, unit));
export const exactText = (sheet: Sheet, value: number | null | undefined, unit: string): string => sheet.formats.exact(value, unit, shiftOf(sheet, unit));

/** Why so many cells are not changed at all. */
export const tooMany = (cells: number, most: number): string => t('grid.too_many', { count: i18n.formats.full(cells), most: i18n.formats.full(most) });
/** Whether a patch of so many cells goes as one edit; where it does not, one is told why. */
export function goes(patch: Patch, cells: number): boolean {
  const most = mostOf(patch);
  if (most !== null) toasts.show(tooMany(cells, most), { tone: 'bad' });
  return most === null;
}

/** `2027-Q1` and `2027` as the language writes them. */
export function bucketName(label: string): string {
  const found = /^(\d{4})-?Q(\d)$/.exec(label);
  return found ? t('grid.quarter', { year: found[1] ?? '', quarter: found[2] ?? '' }) : label;
}

/** The months in a run of columns; none of names, units and totals. */
export function monthsIn(sheet: Sheet, left: number, right: number): string[] {
  return Array.from({ length: right - left + 1 }, (_, i) => monthAt(sheet, left + i)).filter((month) => month !== undefined);
}
