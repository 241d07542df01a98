/** The business plan: what an address asks it to show. */
import type { PlanDocument } from './document';
import { at, pointer } from './patch';

/** The pointer of what an address asks to be shown: a pointer, or the id of an objective or an initiative; empty where it is not in the plan. */
export function shownItem(document: PlanDocument, item = ''): string {
  const found = item.startsWith('/okr/') ? [item] : [pointer('okr', 'objectives', item), pointer('okr', 'initiatives', item)];
  return item === '' ? '' : (found.find((path) => at(document, path) !== undefined) ?? '');
}
