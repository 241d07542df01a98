/** Hash routes: `#/`, `#/p/{plan}/{screen}?scenario=…&cell=…`, `#/open`, `#/help/functions/{name}`, `#/setup/{token}`, `#/people`. Every view is a link. */
export const SCREENS = ['positioning', 'retrospective', 'business', 'budget', 'action', 'scenarios', 'capacity', 'parts', 'goals', 'my', 'comments', 'documents', 'history', 'approval', 'seal', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];
/** The screens that can show the plan as it was at an earlier revision. */
const PAST_SCREENS: readonly Screen[] = ['positioning', 'retrospective', 'business', 'budget', 'action', 'parts'];

/** Pages that are about no plan. */
export const AREAS = ['open', 'account', 'people', 'rights'] as const;
export type Area = (typeof AREAS)[number];

export interface Route {
  readonly area: 'plans' | 'plan' | 'help' | 'setup' | Area;
  /** The open plan, empty outside of one. */
  readonly plan: string;
  /** The function or name the help is open at, empty for its beginning; the token of the set-up. */
  readonly topic: string;
  readonly screen: Screen;
  readonly params: Readonly<Record<string, string>>;
}

/** Reads a hash; a plan without a known screen opens on its budget. */
export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const [, area = '', plan = '', screen = ''] = path.split('/');
  const params = Object.fromEntries(new URLSearchParams(query));
  const known = SCREENS.find((one) => one === screen) ?? 'budget';
  if (area === 'help') return { area, plan: '', topic: decodeURIComponent(screen), screen: known, params };
  const other = area === 'setup' ? area : AREAS.find((one) => one === area);
  if (other) return { area: other, plan: '', topic: decodeURIComponent(plan), screen: known, params };
  return { area: area === 'p' && plan !== '' ? 'plan' : 'plans', plan: area === 'p' ? decodeURIComponent(plan) : '', topic: '', screen: known, params };
}

/** The hash of a route, empty parameters left out. */
export function href(plan: string, screen: Screen, params: Readonly<Record<string, string | undefined>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined && value !== '') search.set(name, value);
  const query = search.toString();
  return `#/p/${encodeURIComponent(plan)}/${screen}${query === '' ? '' : `?${query}`}`;
}

/** The revision a route shows the plan at; null for the newest. */
export function pastOf({ screen, params }: Route): number | null {
  const rev = Number(params['rev']);
  return PAST_SCREENS.includes(screen) && Number.isInteger(rev) && rev > 0 ? rev : null;
}
export const canBePast = (screen: Screen): boolean => PAST_SCREENS.includes(screen);

/** The address of the formula help, at a function or name where one is given. */
export function helpHref(topic = '', params: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(params).toString();
  return `#/help/functions${topic === '' ? '' : `/${encodeURIComponent(topic)}`}${query === '' ? '' : `?${query}`}`;
}

let route = $state.raw<Route>(parse(typeof location === 'undefined' ? '' : location.hash));
/** The address that the route was read from. */
let at = '';

export const router = {
  get route(): Route {
    return route;
  },
  /** Begins to follow the address; the answer stops it. */
  start(): () => void {
    const follow = (): void => {
      at = location.hash;
      route = parse(at);
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  },
  go(hash: string): void {
    location.hash = hash;
  },
  /** Changes parameters of the address without a new step of history; not of a page that is being left. */
  put(params: Readonly<Record<string, string | undefined>>): void {
    if (location.hash !== at) return;
    const next = href(route.plan, route.screen, { ...route.params, ...params });
    history.replaceState(null, '', next);
    at = location.hash;
    route = parse(next);
  },
};
