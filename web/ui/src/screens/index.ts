import type { Component } from 'svelte';

import { later } from '../i18n/index.svelte';
import type { Screen } from '../router.svelte';
import Budget from './Budget.svelte';

export type View = Component<{ scenario: string }>;

/** The screen of each route. The budget comes with the page; the others are fetched when one goes there. */
const VIEWS: Readonly<Record<Exclude<Screen, 'budget'>, () => Promise<View>>> = {
  positioning: () => later(import('./Positioning.svelte')),
  retrospective: () => later(import('./Retrospective.svelte')),
  business: () => later(import('./Business.svelte')),
  action: () => later(import('./Action.svelte')),
  scenarios: () => later(import('./Scenarios.svelte')),
  capacity: () => later(import('./Capacity.svelte')),
  parts: () => later(import('./Parts.svelte')),
  goals: () => later(import('./Goals.svelte')),
  my: () => later(import('./My.svelte')),
  comments: () => later(import('./Comments.svelte')),
  documents: () => later(import('./Documents.svelte')),
  history: () => later(import('./History.svelte')),
  approval: () => later(import('./Approval.svelte')),
  seal: () => later(import('./Seal.svelte')),
  settings: () => later(import('./Settings.svelte')),
};

/** The screen itself where it is at hand, so that it is shown at once, or the promise of it. */
export function viewOf(screen: Screen): View | Promise<View> {
  return screen === 'budget' ? Budget : VIEWS[screen]();
}
