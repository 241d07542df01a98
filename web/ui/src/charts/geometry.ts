/** Where marks lie, without the library that draws them. */
import type { BridgeModel } from './model';

/** Where the plot begins and ends: at zero, unless the totals are so large that their parts would not be seen. */
export function bridgeRange(model: Pick<BridgeModel, 'steps'>): { readonly min: number; readonly max: number; readonly cut: boolean } {
  const ends = model.steps.flatMap((step) => (step.from === null ? [step.to] : [step.from, step.to]));
  const least = Math.min(...ends);
  const most = Math.max(...ends);
  const spread = most - least || Math.abs(most) || 1;
  const cut = least > 0 && most - least < least * 0.7;
  const cutBelow = most < 0 && most - least < -most * 0.7;
  return {
    min: cut ? least - spread * 0.25 : Math.min(0, least) - (least < 0 ? spread * 0.02 : 0),
    max: cutBelow ? most + spread * 0.25 : Math.max(0, most) + (cut ? spread * 0.04 : 0),
    cut: cut || cutBelow,
  };
}
