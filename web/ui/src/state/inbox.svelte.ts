/** What waits for the reader in all plans, and news, for the badge and the page of open items. */
import { trust } from '../api/trust';
import type { OpenItem } from '../api/trustTypes';
import type { Problem } from '../api/types';

let items = $state.raw<readonly OpenItem[] | null>(null);
let problems = $state.raw<readonly Problem[]>([]);

async function load(): Promise<void> {
  const answer = await trust.open();
  problems = answer.ok ? [] : answer.problems;
  if (answer.ok && Array.isArray(answer.value)) items = answer.value;
}

export const inbox = {
  /** Null before they were asked for. */
  get items(): readonly OpenItem[] | null {
    return items;
  },
  get problems(): readonly Problem[] {
    return problems;
  },
  load,
  /** Marks the news of a plan as seen, up to a revision. */
  async seen(plan: string, rev: number): Promise<void> {
    const answer = await trust.seen(plan, rev);
    problems = answer.ok ? [] : answer.problems;
    if (answer.ok) await load();
  },
};
