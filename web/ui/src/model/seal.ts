/** Sealing in the page: the word that confirms it, where a problem is solved, the columns of the reconciliation. */
import { href } from '../router.svelte';
import type { PlanDocument, Text } from './document';
import { parts, pointer } from './patch';

/** Whether what was typed confirms the sealing: the plan's name or id, or the word for it. */
export function confirms(typed: string, name: Text | undefined, id: string): boolean {
  const said = typed.normalize('NFKC').trim().toLocaleLowerCase();
  if (said === '') return false;
  return [name?.en, name?.zh, id, 'seal', '封存'].some((word) => word !== undefined && word.normalize('NFKC').trim().toLocaleLowerCase() === said);
}

/** The page on which a place of the plan is edited, so that what blocks can be settled; empty where there is none. */
export function placeHref(plan: string, document: PlanDocument, place: string): string {
  const [area = '', table = '', id = '', , month = ''] = parts(place);
  if (area === 'workflow') return href(plan, 'approval', table === 'sections' ? { section: id } : {});
  if (area === 'method') return href(plan, table === 'findings' ? 'retrospective' : table === 'strategy' && id === 'goals' ? 'business' : 'positioning');
  if (area === 'okr') return table === 'objectives' ? href(plan, 'business', { item: pointer(area, table, id) }) : href(plan, table === 'initiatives' ? 'parts' : 'action');
  if (area === 'scenarios') return href(plan, 'scenarios', { show: document.scenarios?.[table]?.code ?? table });
  if (area === 'budget') return table === 'lines' && id !== '' ? href(plan, 'budget', { cell: month === '' ? id : `${id}/${month}` }) : href(plan, table === '' ? 'budget' : 'parts');
  return '';
}
