/**
 * Who the page acts for. It knows when a session has ended: calls that met it
 * wait, and go on when the same person has signed in again.
 */
import { tick } from 'svelte';

import { account } from '../api/account';
import type { Mode, Person, SessionState } from '../api/accountTypes';
import { type Answer, onSignedOut } from '../api/client';
import { actFor, onLost, revive } from '../api/live';
import type { Problem } from '../api/types';

const CHANNEL = 'centerplan.session';
/** How long after a stream broke off one looks, in milliseconds. */
const LOOK_MS = 2000;
/** What the windows of a browser tell one another. */
type News = 'in' | 'out';

let status = $state<'loading' | 'ready' | 'failed'>('loading');
let state = $state.raw<SessionState | null>(null);
let problems = $state.raw<readonly Problem[]>([]);
let expired = $state(false);
let ended = $state(false);
let visit = $state(0);
let waiting: ((again: boolean) => void)[] = [];
let looking: ReturnType<typeof setTimeout> | undefined;
let channel: BroadcastChannel | null = null;

/** Shows the page to who the server says is there; for somebody else everything is read anew. */
function take(next: SessionState): void {
  const [before, now] = [state?.person?.id ?? null, next.person?.id ?? null];
  state = next;
  status = 'ready';
  actFor(now ?? '');
  if (before === now) {
    if (expired && now !== null) goOn();
    if (now !== null) revive();
    return;
  }
  visit += 1;
  void leave();
}

/** The same person is back: what waited is sent again. */
function goOn(): void {
  expired = false;
  ended = false;
  const calls = waiting;
  waiting = [];
  for (const call of calls) call(true);
}

/** Nobody comes back for what waited. The page that asked is gone first, so that it takes it for no refusal. */
async function leave(): Promise<void> {
  expired = false;
  const calls = waiting;
  waiting = [];
  await tick();
  for (const call of calls) call(false);
}

/** The server does not know us any more. */
function missed(): Promise<boolean> {
  if (!state?.person) return Promise.resolve(false);
  expired = true;
  return new Promise((resolve) => waiting.push(resolve));
}

/** Looks who the server thinks we are: after a lost stream, and when another window says so. */
async function check(news?: News): Promise<void> {
  const answer = await account.session();
  if (!answer.ok) return;
  const gone = answer.value.person === null && (state?.person ?? null) !== null;
  if (gone && news !== 'out' && answer.value.mode === 'accounts') expired = true;
  else take(answer.value);
}

async function entered(call: Promise<Answer<SessionState>>): Promise<Answer<SessionState>> {
  const answer = await call;
  if (answer.ok) {
    ended = false;
    take(answer.value);
    tell('in');
  }
  return answer;
}

async function left(call: Promise<Answer<unknown>>): Promise<Answer<unknown>> {
  const answer = await call;
  // A session that is gone already is what was wanted.
  if (!answer.ok && answer.status !== 401) return answer;
  tell('out');
  await check('out');
  return answer;
}

function tell(news: News): void {
  channel?.postMessage(news);
}

export const session = {
  get status() { return status; },
  /** Why it could not be found out who is there. */
  get problems() { return problems; },
  get mode(): Mode { return state?.mode ?? 'accounts'; },
  get person(): Person | null { return state?.person ?? null; },
  get demo() { return state?.demo ?? []; },
  /** The session ended while one worked: one signs in again over the page. */
  get expired() { return expired; },
  /** One comes to the sign-in because a session ended, not by oneself. */
  get ended() { return ended; },
  /** Another number for each person who sits down: what hangs on it is made anew. */
  get visit() { return visit; },

  async start(): Promise<void> {
    onSignedOut(missed);
    onLost(() => {
      clearTimeout(looking);
      looking = setTimeout(() => void check(), LOOK_MS);
    });
    if (typeof BroadcastChannel !== 'undefined') {
      channel?.close();
      channel = new BroadcastChannel(CHANNEL);
      channel.onmessage = (event: MessageEvent<News>) => void check(event.data);
    }
    await session.load();
  },
  async load(): Promise<void> {
    status = 'loading';
    const answer = await account.session();
    if (answer.ok) take(answer.value);
    else {
      status = 'failed';
      problems = answer.problems;
    }
  },
  /** Reads one's own name, roles and deputy again. */
  refresh: () => check(),
  signIn: (id: string, password: string) => entered(account.signIn(id, password)),
  setup: (token: string, id: string, name: string, password: string) => entered(account.setup({ token, id, name, password })),
  signOut: () => left(account.signOut()),
  signOutEverywhere: () => left(account.signOutEverywhere()),
  /** Leaves a session that has ended; whoever comes signs in anew, and unsent edits wait for their owner. */
  giveUp(): void {
    if (!state) return;
    ended = true;
    take({ ...state, person: null });
  },
};
