/** How the goals stand in the scenario in use, asked for again with each revision. */
import { goals, type GoalProgress } from '../../api/goals';
import type { PlanState } from '../../state/plan.svelte';

/** Revisions often come one after the other; the last of them is asked for. */
const REST_MS = 120;

export interface Standing {
  /** Empty before the first answer, and where there is none. */
  readonly progress: GoalProgress | null;
  /** Whether there is none because it could not be had. */
  readonly failed: boolean;
  readonly retry: () => void;
}

/** To be called where a component is made. */
export function standing(plan: PlanState, scenario: () => string): Standing {
  let progress = $state.raw<GoalProgress | null>(null);
  let failed = $state(false);
  let tries = $state(0);
  $effect(() => {
    void plan.rev;
    void tries;
    const code = scenario();
    let current = true;
    const timer = setTimeout(() => {
      void goals.progress(plan.id, code).then((answer) => {
        if (!current) return;
        failed = !answer.ok;
        if (answer.ok) progress = answer.value;
      });
    }, progress === null ? 0 : REST_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  });
  return {
    get progress() { return progress; },
    get failed() { return failed && progress === null; },
    retry: () => { tries += 1; },
  };
}
