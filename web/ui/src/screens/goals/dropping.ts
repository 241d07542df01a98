import { t } from '../../i18n/index.svelte';
import type { Entry, Initiative } from '../../model/document';
import { removeInitiative } from '../../model/method';
import { pointer } from '../../model/patch';
import type { PlanState } from '../../state/plan.svelte';
import { toasts } from '../../state/toasts.svelte';
import { nameOf } from './words';

/** Removes an initiative with what refers to it, and offers to take it back. */
export function dropInitiative(plan: PlanState, { id, item }: Entry<Initiative>): void {
  plan.edit(removeInitiative(plan.document, id), { kind: 'remove', what: pointer('okr', 'initiatives', id) });
  toasts.show(t('action.initiative_removed', { name: nameOf(item.name, id) }), { action: { label: t('common.undo'), run: () => void plan.undo() } });
}
