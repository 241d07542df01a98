/** The table of rights, asked for once: the page offers nothing that it refuses. */
import { trust } from '../api/trust';
import type { Rule } from '../api/trustTypes';

let table = $state.raw<readonly Rule[]>([]);

export const rights = {
  get table(): readonly Rule[] {
    return table;
  },
  async load(): Promise<void> {
    if (table.length > 0) return;
    const answer = await trust.rights();
    if (answer.ok && Array.isArray(answer.value.rules)) table = answer.value.rules;
  },
};
