import type { Component } from 'svelte';

import type { Area } from '../router.svelte';

/** The pages that are about no plan, each fetched when one goes there. */
export const AREA_VIEWS: Readonly<Record<Area, () => Promise<{ readonly default: Component }>>> = {
  open: () => import('./Open.svelte'),
  account: () => import('./Account.svelte'),
  people: () => import('./People.svelte'),
  rights: () => import('./Rights.svelte'),
};
