import type { Component } from 'svelte';

import type { Screen } from '../router.svelte';
import Budget from './Budget.svelte';

export type View = Component<{ scenario: string }>;

/** The screen of each route. The budget comes with the page; the others are fetched when one goes there. */
const VIEWS: Readonly<Record<Exclude<Screen, 'budget'>, () => Promise<{ readonly default: View }>>> = {
  positioning: () => import('./Positioning.svelte'),
  retrospective: () => import('./Retrospective.svelte'),
  business: () => import('./Business.svelte'),
  action: () => import('./Action.svelte'),
  scenarios: () => import('./Scenarios.svelte'),
  capacity: () => import('./Capacity.svelte'),
  parts: () => import('./Parts.svelte'),
  goals: () => import('./Goals.svelte'),
  my: () => import('./My.svelte'),
  comments: () => import('./Comments.svelte'),
  documents: () => import('./Documents.svelte'),
  history: () => import('./History.svelte'),
  approval: () => import('./Approval.svelte'),
  seal: () => import('./Seal.svelte'),
  settings: () => import('./Settings.svelte'),
};

/** The screen itself where it is at hand, so that it is shown at once, or the promise of it. */
export function viewOf(screen: Screen): View | Promise<View> {
  return screen === 'budget' ? Budget : VIEWS[screen]().then((module) => module.default);
}
