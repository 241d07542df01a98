import type { Component } from 'svelte';

import type { Area } from '../router.svelte';
import Account from './Account.svelte';
import People from './People.svelte';
import Rights from './Rights.svelte';

/** The pages that are about no plan. */
export const AREA_VIEWS: Readonly<Record<Area, Component>> = { account: Account, people: People, rights: Rights };
