/**
 * Where everything is: one table of the screens. The rail, the command palette,
 * the phone's menu and the keys that go to a screen are made from it; a new
 * screen is one row here.
 */
import { PAGE_KEYS, type PageAction } from './grid/keys';
import type { IconName } from './kit/Icon.svelte';
import { canBePast, href, type Screen } from './router.svelte';

/** The groups of the rail, in their order. The last one has no heading. */
export const GROUPS = ['plan', 'analyse', 'run', 'govern', 'rest'] as const;
export type Group = (typeof GROUPS)[number];

export interface Place {
  readonly screen: Screen;
  readonly group: Group;
  /** The steps of the plan have a ring instead. */
  readonly icon: IconName;
  /** The key that goes there. */
  readonly action: PageAction;
}

export const PLACES: readonly Place[] = [
  { screen: 'positioning', group: 'plan', icon: 'goals', action: 'screen1' },
  { screen: 'retrospective', group: 'plan', icon: 'history', action: 'screen2' },
  { screen: 'business', group: 'plan', icon: 'documents', action: 'screen3' },
  { screen: 'budget', group: 'plan', icon: 'table', action: 'screen4' },
  { screen: 'action', group: 'plan', icon: 'play', action: 'screen5' },
  { screen: 'scenarios', group: 'analyse', icon: 'scenarios', action: 'screenScenarios' },
  { screen: 'capacity', group: 'analyse', icon: 'capacity', action: 'screenCapacity' },
  { screen: 'parts', group: 'analyse', icon: 'parts', action: 'screenParts' },
  { screen: 'goals', group: 'run', icon: 'goals', action: 'screenGoals' },
  { screen: 'my', group: 'run', icon: 'my', action: 'screenMy' },
  { screen: 'approval', group: 'govern', icon: 'approval', action: 'screenApproval' },
  { screen: 'comments', group: 'govern', icon: 'comments', action: 'screenComments' },
  { screen: 'history', group: 'govern', icon: 'history', action: 'screenHistory' },
  { screen: 'seal', group: 'govern', icon: 'seal', action: 'screenSeal' },
  { screen: 'documents', group: 'rest', icon: 'documents', action: 'screenDocuments' },
  { screen: 'settings', group: 'rest', icon: 'settings', action: 'screenSettings' },
];

/** What a phone has at its bottom; everything else is one tap away, under "More". */
export const AT_HAND: readonly Screen[] = ['my', 'goals', 'budget', 'scenarios'];

export const placesIn = (group: Group): Place[] => PLACES.filter((place) => place.group === group);

/** The screen a key goes to. */
export const placeOf = (action: PageAction): Place | undefined => PLACES.find((place) => place.action === action);

/** The keys of an action as one presses them: `G 4`, `Ctrl K`. */
export function keysOf(action: PageAction): string {
  const [first = ''] = PAGE_KEYS.find((binding) => binding.action === action)?.keys ?? [];
  return first.split(/(?<=.)\+| /).map((part) => (part.length === 1 ? part.toUpperCase() : part)).join(' ');
}

/** What of an address goes along from screen to screen: the scenario, those beside it, and on screens that can the revision. */
export function along(params: Readonly<Record<string, string>>, to: Screen, past: number | null = null): Record<string, string | undefined> {
  return { scenario: params['scenario'], with: params['with'], rev: past !== null && canBePast(to) ? String(past) : undefined };
}

export const placeHref = (plan: string, to: Screen, params: Readonly<Record<string, string>>, past: number | null = null): string => href(plan, to, along(params, to, past));
