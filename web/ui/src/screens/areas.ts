import type { Component } from 'svelte';

import { later } from '../i18n/index.svelte';
import { fetched, type Fetched } from '../lib/fetched';
import type { Area } from '../router.svelte';

/** The pages that are about no plan, each fetched when one goes there. */
export const AREA_VIEWS: Readonly<Record<Area, Fetched<Component>>> = {
  open: fetched<Component>(() => later(import('./Open.svelte'))),
  account: fetched<Component>(() => later(import('./Account.svelte'))),
  people: fetched<Component>(() => later(import('./People.svelte'))),
  rights: fetched<Component>(() => later(import('./Rights.svelte'))),
};
