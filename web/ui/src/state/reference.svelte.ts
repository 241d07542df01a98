/** The formula language, asked for once and kept as long as the page is open. */
import { api } from '../api/client';
import type { Problem, Reference } from '../api/types';

let value = $state.raw<Reference | null>(null);
let problems = $state.raw<readonly Problem[]>([]);
let asking = false;

export const reference = {
  get value(): Reference | null {
    return value;
  },
  /** Why it could not be had. */
  get problems(): readonly Problem[] {
    return problems;
  },
  async load(): Promise<void> {
    if (value !== null || asking) return;
    asking = true;
    const answer = await api.functions();
    asking = false;
    if (answer.ok) value = answer.value;
    problems = answer.ok ? [] : answer.problems;
  },
};
