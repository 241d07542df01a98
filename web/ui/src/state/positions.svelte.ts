/** The positions of the open plan and who holds them: whom one can call on. */
import { trust } from '../api/trust';
import type { Position } from '../api/trustTypes';
import type { PlanDocument } from '../model/document';
import { ranked } from '../model/document';

let of = $state('');
let list = $state.raw<readonly Position[] | null>(null);

export const positions = {
  /** Those of the plan's document, with the people the server names. Without it one can still call on them. */
  in(document: PlanDocument): readonly Position[] {
    return ranked(document.okr?.roles).map(({ id, item }) => ({ id, name: item.name ?? {}, people: list?.find((one) => one.id === id)?.people ?? [] }));
  },
  async load(plan: string): Promise<void> {
    if (of === plan && list !== null) return;
    if (of !== plan) list = null;
    of = plan;
    const answer = await trust.positions(plan);
    if (of === plan && answer.ok && Array.isArray(answer.value)) list = answer.value;
  },
};
