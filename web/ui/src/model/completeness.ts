/** How far each of the five links is, as the server counts it. Nothing here ever blocks. */
import type { LinkState } from '../api/types';
import type { Key } from '../i18n/types';

export type Step = LinkState['link'];
export const STEPS: readonly Step[] = ['positioning', 'retrospective', 'business', 'budget', 'action'];

export interface State {
  readonly answered: number;
  readonly required: number;
  /** The messages of what is open, each once, in the order a person would work. */
  readonly open: readonly Key[];
}
export type Completeness = Readonly<Record<Step, State>>;

const UNKNOWN: State = { answered: 0, required: 1, open: [] };

/** The server's answer by link; a link it has not told of yet counts as not begun. */
export function completeness(links: readonly LinkState[]): Completeness {
  const of = (step: Step): State => {
    const told = links.find(({ link }) => link === step);
    return told ? { ...told, open: told.open.map((item) => `method.item.${item}` as Key) } : UNKNOWN;
  };
  return { positioning: of('positioning'), retrospective: of('retrospective'), business: of('business'), budget: of('budget'), action: of('action') };
}

const TOLERANCE = 1e-6;

/** Whether shares add up to one, as far as doubles can tell. */
export const isWhole = (shares: readonly number[]): boolean => Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) <= TOLERANCE;
