import { getContext, setContext } from 'svelte';

import type { PlanState } from './plan.svelte';

const KEY = Symbol('plan');

/** The open plan, for every component below the shell. */
export const usePlan = (): PlanState => getContext<PlanState>(KEY);
export const givePlan = (plan: PlanState): void => void setContext(KEY, plan);
