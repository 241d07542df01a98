import type { Component } from 'svelte';

import type { Screen } from '../router.svelte';
import Action from './Action.svelte';
import Approval from './Approval.svelte';
import Budget from './Budget.svelte';
import Business from './Business.svelte';
import Documents from './Documents.svelte';
import History from './History.svelte';
import Parts from './Parts.svelte';
import Positioning from './Positioning.svelte';
import Retrospective from './Retrospective.svelte';
import Scenarios from './Scenarios.svelte';
import Seal from './Seal.svelte';

/** The screen of each route. */
export const SCREEN_VIEWS: Readonly<Record<Screen, Component<{ scenario: string }>>> = {
  positioning: Positioning,
  retrospective: Retrospective,
  business: Business,
  budget: Budget,
  action: Action,
  scenarios: Scenarios,
  parts: Parts,
  documents: Documents,
  history: History,
  approval: Approval,
  seal: Seal,
};
