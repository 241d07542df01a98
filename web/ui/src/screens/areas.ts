import type { Component } from 'svelte';

import type { Area } from '../router.svelte';

/** The pages that are about no plan, loaded when they are opened. */
export const AREA_VIEWS: Readonly<Record<Area, () => Promise<{ readonly default: Component }>>> = {
  account: () => import('./Account.svelte'),
  people: () => import('./People.svelte'),
  rights: () => import('./Rights.svelte'),
};
