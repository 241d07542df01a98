import type { Reader } from '../../model/comments';
import type { PlanState } from '../../state/plan.svelte';
import { session } from '../../state/session.svelte';

/** Who reads the comments of a plan, and what they may do with them here and now. */
export function readerOf(plan: PlanState): Reader {
  return { id: session.person?.id ?? '', roles: plan.access.roles, positions: plan.access.positions, comments: plan.past === null && plan.may('comment') };
}
