import type { Component } from 'svelte';

import { later } from '../i18n/index.svelte';
import type { Area } from '../router.svelte';

/** The pages that are about no plan, each fetched when one goes there. */
export const AREA_VIEWS: Readonly<Record<Area, () => Promise<Component>>> = {
  open: () => later(import('./Open.svelte')),
  account: () => later(import('./Account.svelte')),
  people: () => later(import('./People.svelte')),
  rights: () => later(import('./Rights.svelte')),
};
