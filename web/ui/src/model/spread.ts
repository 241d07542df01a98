/** Spreading a total over cells: what each of them gets, so that together they are the total. */
import { decimal, numberOf, steps } from './decimal';

/** A cell to spread over. One that is fixed keeps its figure. */
export interface Part {
  readonly now: number;
  readonly fixed: boolean;
  /** How much of what is spread falls to it, beside the others. */
  readonly weight: number;
}
/** Why a total cannot be spread: nothing may move, the fixed cells have used it up, or nothing says how much falls to whom. */
export type Trouble = 'all_fixed' | 'over' | 'no_weight';
export type Spread = { readonly ok: true; readonly parts: readonly number[] } | { readonly ok: false; readonly trouble: Trouble };

const PRECISION = 12;
const MOST = 15;

/** How many digits behind the point a part has that is not to be rounded: about twelve digits in all. */
export function fineDigits(values: readonly number[]): number {
  const size = Math.max(0, ...values.map(Math.abs));
  return size === 0 ? 0 : Math.min(MOST, Math.max(0, PRECISION - Math.floor(Math.log10(size)) - 1));
}

/**
 * Spreads a total over the cells that are not fixed, by their weights. Each
 * part has so many digits behind the point, and the sum of all cells is the
 * total to the last digit: what rounding leaves goes to those that lost most by
 * it, earlier ones first. `times` spreads a multiple of the total.
 */
export function spread(total: number, cells: readonly Part[], digits: number, times = 1): Spread {
  const open = cells.flatMap((cell, i) => (cell.fixed ? [] : [{ i, weight: decimal(cell.weight) }]));
  if (open.length === 0) return { ok: false, trouble: 'all_fixed' };
  const kept = cells.filter((cell) => cell.fixed).map((cell) => decimal(cell.now));
  const whole = decimal(total);
  const scale = Math.max(digits, whole.scale, ...kept.map((one) => one.scale));
  const wanted = steps(whole, scale) * BigInt(times);
  const used = kept.reduce((sum, one) => sum + steps(one, scale), 0n);
  if ((wanted >= 0n && used > wanted) || (wanted <= 0n && used < wanted)) return { ok: false, trouble: 'over' };
  const fine = Math.max(...open.map(({ weight }) => weight.scale));
  const weights = open.map(({ weight }) => steps(weight, fine));
  const shares = shared(wanted - used, weights, 10n ** BigInt(scale - digits));
  if (!shares) return { ok: false, trouble: 'no_weight' };
  const parts = cells.map((cell) => cell.now);
  open.forEach(({ i }, at) => { parts[i] = numberOf(shares[at] ?? 0n, scale); });
  return { ok: true, parts };
}

/** Parts of an amount by weights, each a multiple of a grain but one, which takes what is smaller; null where the weights come to nothing. */
function shared(amount: bigint, weights: readonly bigint[], grain: bigint): bigint[] | null {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum === 0n) return amount === 0n && weights.every((weight) => weight === 0n) ? weights.map(() => 0n) : null;
  const sign = sum < 0n ? -1n : 1n;
  const bottom = sum * sign;
  const grains = floor(amount, grain);
  const shares = weights.map((weight, i) => {
    const top = grains * weight * sign;
    const down = floor(top, bottom);
    return { i, down, lost: top - down * bottom };
  });
  let left = grains - shares.reduce((all, { down }) => all + down, 0n);
  const parts = shares.map(({ down }) => down * grain);
  for (const { i } of [...shares].sort((a, b) => (a.lost < b.lost ? 1 : a.lost > b.lost ? -1 : a.i - b.i))) {
    if (left <= 0n) break;
    parts[i] = (parts[i] ?? 0n) + grain;
    left -= 1n;
  }
  const rest = amount - grains * grain;
  const largest = weights.reduce((best, weight, i) => (weight * sign > (weights[best] ?? 0n) * sign ? i : best), 0);
  parts[largest] = (parts[largest] ?? 0n) + rest;
  return parts;
}

/** The quotient of whole numbers, rounded down; the divisor is above 0. */
function floor(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}
