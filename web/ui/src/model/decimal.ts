/** Decimal numbers without binary noise: as many tenths, hundredths and so on as they have, in whole numbers. */

export interface Decimal {
  readonly digits: bigint;
  /** How many of the digits stand behind the point. */
  readonly scale: number;
}

/** The decimal that a number is written as. */
export function decimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = String(value).toLowerCase().split('e');
  const [whole = '', part = ''] = mantissa.split('.');
  const scale = part.length - Number(exponent);
  const digits = BigInt(whole + part);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

/** The whole number of steps of 10^-scale in a decimal; it has no digits behind them. */
export const steps = ({ digits, scale }: Decimal, at: number): bigint => digits * 10n ** BigInt(at - scale);

/** The number nearest to so many steps of 10^-scale. */
export const numberOf = (digits: bigint, scale: number): number => Number(`${digits}e-${scale}`);

/** The sum of numbers as one would add them on paper. */
export function sumOf(values: readonly number[]): number {
  const decimals = values.map(decimal);
  const scale = Math.max(0, ...decimals.map((one) => one.scale));
  return numberOf(decimals.reduce((sum, one) => sum + steps(one, scale), 0n), scale);
}

/** A number rounded to so many digits behind the point, half away from zero. */
export function rounded(value: number, digits: number): number {
  const exact = decimal(value);
  if (exact.scale <= digits) return value;
  const step = 10n ** BigInt(exact.scale - digits);
  const size = exact.digits < 0n ? -exact.digits : exact.digits;
  const whole = (size + step / 2n) / step;
  return numberOf(exact.digits < 0n ? -whole : whole, digits);
}
