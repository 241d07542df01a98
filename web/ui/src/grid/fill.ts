/** Filling: one value is copied, two numbers or more are continued as a series. */
import { parseNumber, shifted } from '../lib/num';

/** The next `count` texts after some texts. */
export function continued(texts: readonly string[], count: number, backwards = false): string[] {
  if (texts.length === 0) return [];
  const numbers = texts.map((text) => parseNumber(text));
  const source = backwards ? [...numbers].reverse() : numbers;
  const values = source.flatMap((number) => (number === null ? [] : [number.value]));
  if (values.length < 2 || values.length < texts.length) {
    const order = backwards ? [...texts].reverse() : texts;
    return Array.from({ length: count }, (_, i) => order[i % order.length] ?? '');
  }
  const percent = numbers.every((number) => number?.percent === true);
  const { start, step } = trend(values);
  return Array.from({ length: count }, (_, i) => {
    const value = Number((start + step * (values.length + i)).toPrecision(12));
    return percent ? `${shifted(value, 2)}%` : String(value);
  });
}

/** The straight line through equally spaced values, by least squares. */
function trend(values: readonly number[]): { readonly start: number; readonly step: number } {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const above = values.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0);
  const below = values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  const step = above / below;
  return { start: mean - step * middle, step };
}
