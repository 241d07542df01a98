/** What the milestones were to be: the days of the sealed plan, read at its revision. A plan that is not sealed has none. */
import { trust } from '../../api/trust';
import { baselineOf, type Baseline } from '../../model/goals';
import type { PlanState } from '../../state/plan.svelte';

/** To be called where a component is made. */
export function sealedDays(plan: PlanState): { readonly baseline: Baseline | null; readonly failed: boolean; retry(): void } {
  let baseline = $state.raw<Baseline | null>(null);
  let failed = $state(false);
  let tries = $state(0);
  const rev = $derived(plan.access.sealed?.rev ?? null);
  $effect(() => {
    void tries;
    if (rev === null) return undefined;
    let current = true;
    void trust.past(plan.id, rev).then((answer) => {
      if (!current) return;
      failed = !answer.ok;
      if (answer.ok) baseline = baselineOf(answer.value.document);
    });
    return () => { current = false; };
  });
  return {
    get baseline() { return baseline; },
    get failed() { return failed; },
    retry() { tries += 1; },
  };
}
