/** What the budget's grid says: the words of its cells, and what came of an edit of many. */
import { MOST_PASTED } from '../../grid/blocks';
import type { Outcome, Texts } from '../../grid/types';
import { i18n, t } from '../../i18n/index.svelte';
import type { Lock } from '../../model/access';
import type { Sheet, Words } from '../../model/budgetSheet';
import type { CellRef } from '../../model/cells';
import { cellPath } from '../../model/cells';
import { codeOf, read, scenariosOf } from '../../model/document';
import { problemText } from '../../model/say';
import type { SheetRow } from '../../model/sheet';
import { sectionName } from '../../model/workflow';
import type { PlanState } from '../../state/plan.svelte';
import { toasts } from '../../state/toasts.svelte';
import type { LeftOut } from './drawer';
import { bucketName, tooMany, unitName } from './units';

/** Where the grid stands when it says something. */
export interface Speaker {
  readonly plan: PlanState;
  readonly sheet: Sheet;
  readonly row: SheetRow | undefined;
  readonly ref: CellRef | null;
  readonly locked: Lock | null;
  /** The head of a column. */
  title(c: number): string;
  /** Keeps what a paste left out. */
  leave(places: readonly LeftOut[]): void;
  /** Shows what a paste left out. */
  show(): void;
}

export function scenarioName(plan: PlanState, code: string): string {
  return read(scenariosOf(plan.document).find((entry) => codeOf(entry) === code)?.item.name, i18n.lang).text || (code === 'base' ? t('scenario.base') : code);
}

/** Why a cell cannot be changed, with the section by name that closed it. */
function lockText(plan: PlanState, lock: Lock, path: string): string {
  const closed = lock === 'closed' ? plan.closedAt(path) : undefined;
  return closed ? t(closed.state === 'approved' ? 'approval.closed_approved' : 'approval.closed_handed_in', { section: sectionName(closed) }) : t(`withheld.cell_${lock}`);
}

export function sheetWords(at: Speaker): Words {
  return {
    get name() { return t('grid.line'); },
    get unit() { return t('grid.unit'); },
    get total() { return t('grid.total'); },
    get formula() { return t('grid.is_formula'); },
    get override() { return t('grid.is_override'); },
    get waits() { return t('grid.is_waiting'); },
    get empty() { return t('grid.empty'); },
    get notNumber() { return t('grid.not_number'); },
    tooMany,
    get readOnly() { return t('grid.read_only'); },
    get withheld() { return t('withheld.short'); },
    get trend() { return t('grid.trend'); },
    get last() { return t('grid.last_year'); },
    get delta() { return t('grid.delta'); },
    sumOf: (lines) => t('grid.sum_of', { lines: lines.join(t('common.list_sign')) }),
    isLine: (line) => t('grid.is_line', { line }),
    scenario: (code) => scenarioName(at.plan, code),
    bucket: bucketName,
    points: (value) => t('grid.points', { value }),
    locked: (lock, path) => lockText(at.plan, lock, path),
    unitName: (name) => unitName(at.sheet, name),
    error: (key, args, cause, month) => `${problemText({ key, args })}${cause === '' || cause === read(at.row?.name, i18n.lang).text ? '' : ` ${t('grid.caused_by', { line: cause, month: i18n.formats.month(month || '2027-01', true) })}`}`,
  };
}

export function gridTexts(at: Speaker): Texts {
  return {
    get grid() { return t('grid.name', { scenario: read(at.sheet.scenario.item.name, i18n.lang).text || t('scenario.base') }); },
    copied: (count) => t('grid.copied', { count }),
    pasted: (outcome) => spoken(at, 'grid.pasted', outcome),
    cleared: (outcome) => spoken(at, 'grid.cleared', outcome),
    filled: (outcome) => spoken(at, 'grid.filled', outcome),
    refused: (reason) => aloud(reason),
    get leave() { return t('grid.leave'); },
    get readOnly() {
      const { plan, sheet, ref, locked } = at;
      const why = locked && ref ? lockText(plan, locked, cellPath(sheet.document, sheet.scenario, ref)) : t('grid.read_only');
      if (locked) toasts.show(why, { tone: 'bad', topic: 'locked' });
      return why;
    },
    tooLarge: (rows, cols) => aloud(t('grid.too_large', { rows, cols, most: i18n.formats.full(MOST_PASTED) })),
  };
}

/** What was not done is shown as well as said. */
function aloud(why: string): string {
  toasts.show(why, { tone: 'bad' });
  return why;
}

/** What happened to many cells; what was left out is said aloud and shown, with the places to go to. */
function spoken(at: Speaker, key: 'grid.pasted' | 'grid.cleared' | 'grid.filled', outcome: Outcome): string {
  if (outcome.none !== undefined) return aloud(outcome.none);
  const amiss = outcome.refused > 0 || outcome.beyond !== undefined;
  const said = outcome.applied === 0 && outcome.refused > 0 ? [] : [t(key, { count: outcome.applied })];
  const places = (outcome.skipped ?? []).map((one): LeftOut => ({ ...one, line: read(at.sheet.rows[one.r]?.name, i18n.lang).text, column: at.title(one.c) }));
  const [first] = places;
  if (first && key === 'grid.pasted') said.push(t('grid.not_set', { count: outcome.refused, all: outcome.applied + outcome.refused, line: first.line, column: first.column, raw: first.raw, reason: first.reason }));
  else if (outcome.refused > 0) said.push(t('grid.skipped', { count: outcome.refused }));
  if (outcome.beyond !== undefined) said.push(t('grid.beyond', { count: outcome.beyond }));
  if (key === 'grid.pasted') at.leave(places);
  const whole = said.join(i18n.lang === 'zh' ? '' : ' ');
  if (amiss) toasts.show(whole, { tone: 'bad', ...(places.length > 1 && key === 'grid.pasted' ? { action: { label: t('grid.show_left_out'), run: () => at.show() } } : {}) });
  return whole;
}
