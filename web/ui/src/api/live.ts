/** The event stream of a plan: one stream for all tabs through a SharedWorker, or one of our own. */
import { url } from './client';

export type LiveKind = 'hello' | 'change' | 'presence' | 'ping' | 'lost';
export const LIVE_KINDS: readonly Exclude<LiveKind, 'lost'>[] = ['hello', 'change', 'presence', 'ping'];
export type Listener = (kind: LiveKind, data: unknown) => void;

/** What a page asks of the worker, and what the worker says. */
export interface Ask {
  readonly do: 'open' | 'close' | 'here';
  readonly address: string;
  /** Who listens: a stream shows what its person may see, so that nobody shares another one's. */
  readonly who: string;
}
export interface Say {
  /** With `there`, the worker asks whether anybody is still at this end. */
  readonly kind: LiveKind | 'there';
  /** With `lost`: whether the stream is over for good. */
  readonly data: string;
}

interface Open {
  over: boolean;
  restart(): void;
}
const opened = new Set<Open>();
let who = '';
let lost: () => void = () => undefined;
/** How long one waits before a stream that was refused is asked for again, at first and at most. */
const AGAIN_MS = 2000;
const MOST_MS = 60_000;

/** Names who the streams opened from now on are for. */
export function actFor(person: string): void {
  who = person;
}

/** Names what happens when a stream breaks off, beside what its listener does. */
export function onLost(look: () => void): void {
  lost = look;
}

/** Opens streams again that the server had ended for good. */
export function revive(): void {
  for (const one of [...opened]) if (one.over) one.restart();
}

/**
 * Listens to a plan; the answer stops it. `since` gives the revision the page
 * has whenever a stream begins, so that it hears what it missed.
 */
export function listen(plan: string, since: () => number, listener: Listener): () => void {
  const address = (): string => url(`/plans/${encodeURIComponent(plan)}/events`, { since: since() });
  let wait = AGAIN_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const told = ({ kind, data }: Say): void => {
    if (kind === 'there') return;
    if (kind === 'hello') wait = AGAIN_MS;
    if (kind !== 'lost') {
      listener(kind, data === '' ? null : JSON.parse(data));
      return;
    }
    open.over ||= data === 'over';
    if (open.over) {
      clearTimeout(timer);
      timer = setTimeout(() => open.restart(), wait);
      wait = Math.min(MOST_MS, wait * 2);
    }
    lost();
    listener('lost', null);
  };
  let stop = begin(address, told);
  const open: Open = {
    over: false,
    restart: () => {
      clearTimeout(timer);
      stop();
      open.over = false;
      stop = begin(address, told);
    },
  };
  const online = (): void => {
    if (open.over) open.restart();
  };
  addEventListener('online', online);
  opened.add(open);
  return () => {
    opened.delete(open);
    clearTimeout(timer);
    removeEventListener('online', online);
    stop();
  };
}

function begin(address: () => string, told: (say: Say) => void): () => void {
  if (typeof SharedWorker !== 'undefined') {
    try {
      return shared(address(), told);
    } catch {
      // A browser may have the name and refuse the thing; a stream of our own works too.
    }
  }
  return typeof EventSource === 'undefined' ? () => undefined : whileSeen(address, told);
}

/** A browser goes on by itself after a broken line, but not after an answer that is no stream. */
function brokenOff(source: EventSource): Say {
  return { kind: 'lost', data: source.readyState === source.CLOSED ? 'over' : '' };
}

function shared(address: string, told: (say: Say) => void): () => void {
  const ask = { address, who };
  const worker = new SharedWorker(new URL('./live.worker.ts', import.meta.url), { type: 'module', name: 'centerplan-live' });
  const post = (what: Ask['do']): void => worker.port.postMessage({ do: what, ...ask } satisfies Ask);
  // A page that was frozen or went back in time may have been forgotten.
  const back = (): void => {
    if (!document.hidden) post('open');
  };
  const leave = (): void => post('close');
  worker.port.onmessage = (event: MessageEvent<Say>) => {
    if (event.data.kind === 'there') post('here');
    else told(event.data);
  };
  worker.port.start();
  post('open');
  addEventListener('pagehide', leave);
  addEventListener('pageshow', back);
  document.addEventListener('visibilitychange', back);
  document.addEventListener('resume', back);
  return () => {
    leave();
    removeEventListener('pagehide', leave);
    removeEventListener('pageshow', back);
    document.removeEventListener('visibilitychange', back);
    document.removeEventListener('resume', back);
  };
}

/** A stream of our own, and only while the page is seen: a browser has six connections for all its tabs. */
function whileSeen(address: () => string, told: (say: Say) => void): () => void {
  let stop: (() => void) | null = null;
  const look = (): void => {
    if (document.hidden) {
      stop?.();
      stop = null;
    } else stop ??= direct(address(), told);
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    stop?.();
  };
}

function direct(address: string, told: (say: Say) => void): () => void {
  const source = new EventSource(address);
  for (const kind of LIVE_KINDS) source.addEventListener(kind, (event: MessageEvent<string>) => told({ kind, data: event.data }));
  source.onerror = () => told(brokenOff(source));
  return () => source.close();
}
