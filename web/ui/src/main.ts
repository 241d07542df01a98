import './tokens.css';
import './app.css';
import './grid/grid.css';
import './print.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { later, preferred, use } from './i18n/index.svelte';
import { router } from './router.svelte';
import { session } from './state/session.svelte';
import { themes } from './state/theme.svelte';

const target = document.getElementById('app');
if (target) {
  themes.start();
  router.start();
  // The living page of the kit is for developers: a build leaves it out.
  if (import.meta.env.DEV && location.hash.startsWith('#/kit')) {
    await use(preferred());
    mount(await later(import('./screens/Kit.svelte')), { target });
  } else {
    await Promise.all([use(preferred()), session.start()]);
    mount(App, { target });
  }
}
