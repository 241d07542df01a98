/** How the goals stand in the scenario in use, asked for again with each revision. */
import { goals, type GoalProgress } from '../../api/goals';
import type { PlanState } from '../../state/plan.svelte';

/** Revisions often come one after the other; the last of them is asked for. */
const REST_MS = 120;

/** To be called where a component is made. It is empty before the first answer, and where there is none. */
export function standing(plan: PlanState, scenario: () => string): { readonly progress: GoalProgress | null } {
  let progress = $state.raw<GoalProgress | null>(null);
  $effect(() => {
    void plan.rev;
    const code = scenario();
    let current = true;
    const timer = setTimeout(() => {
      void goals.progress(plan.id, code).then((answer) => {
        if (current && answer.ok) progress = answer.value;
      });
    }, progress === null ? 0 : REST_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  });
  return { get progress() { return progress; } };
}
