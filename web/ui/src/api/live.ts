/** The event stream of a plan: one stream for all tabs through a SharedWorker, or one of our own. */
import { url } from './client';

export type LiveKind = 'hello' | 'change' | 'ping' | 'lost';
export const LIVE_KINDS: readonly Exclude<LiveKind, 'lost'>[] = ['hello', 'change', 'ping'];
export type Listener = (kind: LiveKind, data: unknown) => void;

/** What a page asks of the worker, and what the worker says. */
export interface Ask {
  readonly do: 'open' | 'close';
  readonly address: string;
  /** Who listens: a stream shows what its person may see, so that nobody shares another one's. */
  readonly who: string;
}
export interface Say {
  readonly kind: LiveKind;
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

/** Listens to a plan; the answer stops it. */
export function listen(plan: string, since: number, listener: Listener): () => void {
  const address = url(`/plans/${encodeURIComponent(plan)}/events`, { since });
  const told = (say: Say): void => {
    if (say.kind === 'lost') {
      open.over ||= say.data === 'over';
      lost();
      listener('lost', null);
    } else heard(listener, say);
  };
  let stop = begin(address, told);
  const open: Open = {
    over: false,
    restart: () => {
      stop();
      open.over = false;
      stop = begin(address, told);
    },
  };
  opened.add(open);
  return () => {
    opened.delete(open);
    stop();
  };
}

function begin(address: string, told: (say: Say) => void): () => void {
  if (typeof SharedWorker !== 'undefined') {
    try {
      return shared(address, told);
    } catch {
      // A browser may have the name and refuse the thing; a stream of our own works too.
    }
  }
  return typeof EventSource === 'undefined' ? () => undefined : direct(address, told);
}

/** A browser goes on by itself after a broken line, but not after an answer that is no stream. */
function brokenOff(source: EventSource): Say {
  return { kind: 'lost', data: source.readyState === source.CLOSED ? 'over' : '' };
}

function heard(listener: Listener, say: Say): void {
  listener(say.kind, say.data === '' ? null : JSON.parse(say.data));
}

function shared(address: string, told: (say: Say) => void): () => void {
  const ask = { address, who };
  const worker = new SharedWorker(new URL('./live.worker.ts', import.meta.url), { type: 'module', name: 'centerplan-live' });
  const close = (): void => {
    worker.port.postMessage({ do: 'close', ...ask } satisfies Ask);
    removeEventListener('pagehide', close);
  };
  worker.port.onmessage = (event: MessageEvent<Say>) => told(event.data);
  worker.port.start();
  worker.port.postMessage({ do: 'open', ...ask } satisfies Ask);
  addEventListener('pagehide', close);
  return close;
}

function direct(address: string, told: (say: Say) => void): () => void {
  const source = new EventSource(address);
  for (const kind of LIVE_KINDS) source.addEventListener(kind, (event: MessageEvent<string>) => told({ kind, data: event.data }));
  source.onerror = () => told(brokenOff(source));
  return () => source.close();
}
