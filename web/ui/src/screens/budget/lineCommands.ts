/** What the menu offers for filling, spreading and holding, and for lines and groups themselves. */
import { t } from '../../i18n/index.svelte';
import type { Lock } from '../../model/access';
import { subtotalAt } from '../../model/budgetSource';
import { isFormula } from '../../model/cells';
import { inUse, moveGroup, moveLine } from '../../model/lines';
import { pointer } from '../../model/patch';
import { isHeld, targetOf } from '../../model/places';
import { asked } from './asked';
import type { Command, Site } from './commands';
import { double, dropGroup, dropLine, hold, holdable, step } from './lineDeeds';
import { monthsIn } from './units';

const groupId = ({ row }: Site): string | null => (row?.kind === 'group' ? row.id.replace(/^group:/, '') : null);
const lineId = ({ row }: Site): string | null => row?.line?.id ?? null;
const onGroup = (site: Site): boolean => groupId(site) !== null;
const onLine = (site: Site): boolean => lineId(site) !== null && site.row?.kind !== 'member';
/** The sentence of a lock. */
const said = (lock: Lock | null): string => (lock === null ? '' : t(`withheld.cell_${lock}`));
/** Why a place of the budget cannot be changed. */
const shut = (site: Site, ...path: readonly string[]): string => said(site.plan.lock(pointer('budget', ...path)));
const ofLine = (site: Site): string => shut(site, 'lines', lineId(site) ?? 'new');
const ofGroup = (site: Site): string => shut(site, 'groups', groupId(site) ?? 'new');
/** A line whose definition is not shown cannot be doubled or removed by whom it is kept from. */
const hidden = (site: Site): string => (site.row?.line && site.plan.access.hidden.includes(site.row.line.item.code ?? site.row.line.id) ? t('withheld.why') : '');

function whyNotSpread(site: Site): string {
  const { row, sheet } = site;
  if (!row) return '';
  const target = targetOf(sheet, row, sheet.months, subtotalAt(sheet, row));
  if (typeof target === 'string') return t(`spread.refused_${target}`);
  return target.places.every((place) => place.fixed === 'locked') ? said(site.locked ?? site.plan.lock(pointer('budget', 'lines', row.line?.id ?? row.lines?.[0]?.id ?? '', 'values'))) || t('spread.trouble_all_fixed') : '';
}
function whyNotFill(site: Site): string {
  if (monthsIn(site.sheet, site.range.left, site.range.right).length === 0) return t('fill.no_cells');
  return site.ref === null ? '' : said(site.locked);
}
const allHeld = (site: Site): boolean => {
  const cells = holdable(site);
  return cells.length > 0 && cells.every((cell) => isHeld(site.plan.document, cell));
};
function whyNotHold(site: Site): string {
  if (holdable(site).length > 0) return '';
  return site.row?.line && isFormula(site.row.line.item) ? t('line.hold_formula') : said(site.locked) || t('line.hold_none');
}
const edge = (site: Site, by: 1 | -1): boolean => {
  const id = groupId(site) ?? lineId(site) ?? '';
  return (onGroup(site) ? moveGroup(site.plan.document, id, by) : moveLine(site.plan.document, id, by)) === null;
};
const whyNotMove = (site: Site, by: 1 | -1): string => (onGroup(site) ? ofGroup(site) : ofLine(site)) || (edge(site, by) ? t(by < 0 ? 'line.is_first' : 'line.is_last') : '');

function openLine(site: Site, id: string | null): void {
  asked.line = id;
  site.open('line');
}
function openGroup(site: Site, id: string | null): void {
  asked.group = id;
  site.open('group');
}
function remove(site: Site): void {
  const id = lineId(site);
  if (id === null) return;
  if (!inUse(site.plan.document, id)) {
    dropLine(site, id);
    return;
  }
  asked.line = id;
  site.open('lineDelete');
}

export const LINE_COMMANDS: readonly Command[] = [
  { id: 'fill', group: 'fill', label: 'fill.menu', offered: (site) => lineId(site) !== null, why: whyNotFill, run: (site) => site.open('fill') },
  { id: 'spread', group: 'fill', label: 'spread.menu', offered: (site) => lineId(site) !== null || onGroup(site), why: whyNotSpread, run: (site) => { asked.total = undefined; site.open('spread'); } },
  { id: 'hold', group: 'fill', label: 'line.hold', key: 'hold', offered: (site) => lineId(site) !== null && !allHeld(site), why: whyNotHold, run: hold },
  { id: 'release', group: 'fill', label: 'line.release', key: 'hold', offered: (site) => lineId(site) !== null && allHeld(site), run: hold },
  { id: 'line-add', group: 'line', label: 'line.menu_add', icon: 'plus', why: (site) => shut(site, 'lines', 'new'), run: (site) => openLine(site, null) },
  { id: 'line-edit', group: 'line', label: 'line.menu_edit', icon: 'edit', offered: (site) => lineId(site) !== null, why: (site) => ofLine(site) || hidden(site), run: (site) => openLine(site, lineId(site)) },
  { id: 'line-double', group: 'line', label: 'line.menu_double', icon: 'copy', offered: onLine, why: (site) => ofLine(site) || hidden(site), run: double },
  { id: 'line-up', group: 'line', label: 'line.menu_up', icon: 'up', offered: (site) => onLine(site) || onGroup(site), why: (site) => whyNotMove(site, -1), run: (site) => step(site, -1) },
  { id: 'line-down', group: 'line', label: 'line.menu_down', icon: 'down', offered: (site) => onLine(site) || onGroup(site), why: (site) => whyNotMove(site, 1), run: (site) => step(site, 1) },
  { id: 'line-delete', group: 'line', label: 'line.menu_delete', icon: 'trash', offered: onLine, why: (site) => ofLine(site) || hidden(site), run: remove },
  { id: 'group-add', group: 'line', label: 'line.menu_group_add', why: (site) => shut(site, 'groups', 'new'), run: (site) => openGroup(site, null) },
  { id: 'group-edit', group: 'line', label: 'line.menu_group_edit', icon: 'edit', offered: onGroup, why: ofGroup, run: (site) => openGroup(site, groupId(site)) },
  { id: 'group-delete', group: 'line', label: 'line.menu_group_delete', icon: 'trash', offered: onGroup, why: ofGroup, run: dropGroup },
];
