/** What is done to cells, lines and groups without a question: holding, moving, doubling, removing. */
import { i18n, t } from '../../i18n/index.svelte';
import type { CellRef } from '../../model/cells';
import { codeOf, read } from '../../model/document';
import { duplicateLine, linesIn, moveGroup, moveLine, removeGroup, removeLine } from '../../model/lines';
import { pointer } from '../../model/patch';
import { cellsOf, heldPath, isHeld, putHeld } from '../../model/places';
import { toasts } from '../../state/toasts.svelte';
import type { Site } from './commands';
import { monthsIn } from './units';

/** The cells below the selection that the reader may hold; the sum of members stands for all of them. */
export function holdable(site: Site): CellRef[] {
  const { sheet, range } = site;
  const months = monthsIn(sheet, range.left, range.right);
  const all = sheet.rows.slice(range.top, range.bottom + 1).flatMap((row) => cellsOf(sheet, row, months));
  const cells = new Map(all.map((cell) => [heldPath(cell), cell]));
  return [...cells.values()].filter((cell) => cell.line.item.formula === undefined && site.plan.lock(heldPath(cell)) === null);
}

/** Holds the selection, or releases it where all of it is held. */
export function hold(site: Site): void {
  const cells = holdable(site);
  if (cells.length === 0) {
    toasts.show(t('line.hold_none'), { tone: 'bad', topic: 'hold' });
    return;
  }
  const held = cells.every((cell) => isHeld(site.plan.document, cell));
  const patch = putHeld(site.plan.document, cells, !held);
  const count = patch.filter((op) => op.op !== 'test').length;
  site.plan.edit(patch, { kind: held ? 'release' : 'hold', count: cells.length });
  if (count > 0) toasts.show(t(held ? 'line.released' : 'line.held', { count: cells.length }), { topic: 'hold' });
}

export function step(site: Site, by: 1 | -1): void {
  const { row, plan } = site;
  const id = row?.kind === 'group' ? row.id.replace(/^group:/, '') : row?.line?.id;
  if (row === undefined || id === undefined) return;
  const patch = row.kind === 'group' ? moveGroup(plan.document, id, by) : moveLine(plan.document, id, by);
  if (!patch) return;
  plan.edit(patch, { kind: 'move', what: pointer('budget', row.kind === 'group' ? 'groups' : 'lines', id) });
  if (row.line) site.go?.(row.line.id);
}

export function double(site: Site): void {
  const line = site.row?.line;
  if (!line) return;
  const made = duplicateLine(site.plan.document, line.id, (name) => t('line.copy_of', { name }));
  site.plan.edit(made.patch, { kind: 'add', what: pointer('budget', 'lines', made.id) });
  site.go?.(made.id);
}

/** Takes a line out; the message names it and takes the removal back. */
export function dropLine(site: Site, id: string): void {
  const { plan } = site;
  const item = plan.document.budget?.lines?.[id] ?? {};
  const name = read(item.name, i18n.lang).text || codeOf({ id, item });
  plan.edit(removeLine(plan.document, id), { kind: 'remove', what: pointer('budget', 'lines', id) });
  toasts.show(t('line.deleted', { name }), { action: { label: t('common.undo'), run: () => void plan.undo() } });
}

export function dropGroup(site: Site): void {
  const { plan, row } = site;
  const id = row?.id.replace(/^group:/, '') ?? '';
  const count = linesIn(plan.document, id).length;
  plan.edit(removeGroup(plan.document, id), { kind: 'remove', what: pointer('budget', 'groups', id) });
  const name = read(row?.name, i18n.lang).text;
  toasts.show(count === 0 ? t('line.deleted', { name }) : t('line.group_deleted', { name, count }), { action: { label: t('common.undo'), run: () => void plan.undo() } });
}
