/** Numbers that look random and are the same in every run. */
export interface Draws {
  /** A whole number, both ends included. */
  whole(low: number, high: number): number;
  between(low: number, high: number): number;
}

export function draws(seed: number): Draws {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return { whole: (low, high) => low + Math.floor(next() * (high - low + 1)), between: (low, high) => low + next() * (high - low) };
}
