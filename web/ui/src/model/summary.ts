/** What a selection of figures comes to. Summed from full precision, in order. */
export interface Summary {
  readonly count: number;
  readonly sum: number;
  readonly average: number;
  readonly least: number;
  readonly most: number;
}

export function summary(figures: readonly (number | null | undefined)[]): Summary {
  const numbers = figures.filter((figure): figure is number => typeof figure === 'number');
  const sum = numbers.reduce((all, one) => all + one, 0);
  return {
    count: numbers.length,
    sum,
    average: numbers.length === 0 ? 0 : sum / numbers.length,
    least: numbers.length === 0 ? 0 : Math.min(...numbers),
    most: numbers.length === 0 ? 0 : Math.max(...numbers),
  };
}
