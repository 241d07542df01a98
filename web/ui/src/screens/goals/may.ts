import { answersFor } from '../../model/checkins';
import { pointer } from '../../model/patch';
import type { PlanState } from '../../state/plan.svelte';

/** Whether the reader may tell how something stands: directors and finance of all, leads of what they answer for. */
export function mayTell(plan: PlanState, of: string): boolean {
  if (plan.lock(pointer('okr', 'checkins', 'new')) !== null) return false;
  const { roles, positions } = plan.access;
  return roles.includes('director') || roles.includes('finance') || answersFor(plan.document, positions, of);
}
