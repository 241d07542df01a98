import type { Component } from 'svelte';

import { later } from '../i18n/index.svelte';
import { fetched, type Fetched } from '../lib/fetched';
import type { Screen } from '../router.svelte';
import Budget from './Budget.svelte';

export type View = Component<{ scenario: string }>;

/** The screen of each route. The budget comes with the page; the others are fetched when one goes there. */
export const VIEWS: Readonly<Record<Screen, Fetched<View>>> = {
  budget: { now: Budget, load: () => Promise.resolve(Budget) },
  positioning: fetched<View>(() => later(import('./Positioning.svelte'))),
  retrospective: fetched<View>(() => later(import('./Retrospective.svelte'))),
  business: fetched<View>(() => later(import('./Business.svelte'))),
  action: fetched<View>(() => later(import('./Action.svelte'))),
  scenarios: fetched<View>(() => later(import('./Scenarios.svelte'))),
  capacity: fetched<View>(() => later(import('./Capacity.svelte'))),
  parts: fetched<View>(() => later(import('./Parts.svelte'))),
  goals: fetched<View>(() => later(import('./Goals.svelte'))),
  my: fetched<View>(() => later(import('./My.svelte'))),
  comments: fetched<View>(() => later(import('./Comments.svelte'))),
  documents: fetched<View>(() => later(import('./Documents.svelte'))),
  history: fetched<View>(() => later(import('./History.svelte'))),
  approval: fetched<View>(() => later(import('./Approval.svelte'))),
  seal: fetched<View>(() => later(import('./Seal.svelte'))),
  settings: fetched<View>(() => later(import('./Settings.svelte'))),
};
