/** The event stream of a plan: one stream for all tabs through a SharedWorker, or one of our own. */
import { url } from './client';

export type LiveKind = 'hello' | 'change' | 'ping' | 'lost';
export const LIVE_KINDS: readonly Exclude<LiveKind, 'lost'>[] = ['hello', 'change', 'ping'];
export type Listener = (kind: LiveKind, data: unknown) => void;

/** What a page asks of the worker, and what the worker says. */
export interface Ask {
  readonly do: 'open' | 'close';
  readonly address: string;
}
export interface Say {
  readonly kind: LiveKind;
  readonly data: string;
}

/** Listens to a plan; the answer stops it. */
export function listen(plan: string, since: number, listener: Listener): () => void {
  const address = url(`/plans/${encodeURIComponent(plan)}/events`, { since });
  if (typeof SharedWorker !== 'undefined') {
    try {
      return shared(address, listener);
    } catch {
      // A browser may have the name and refuse the thing; a stream of our own works too.
    }
  }
  return typeof EventSource === 'undefined' ? () => undefined : direct(address, listener);
}

function heard(listener: Listener, say: Say): void {
  listener(say.kind, say.data === '' ? null : JSON.parse(say.data));
}

function shared(address: string, listener: Listener): () => void {
  const worker = new SharedWorker(new URL('./live.worker.ts', import.meta.url), { type: 'module', name: 'centerplan-live' });
  const close = (): void => {
    worker.port.postMessage({ do: 'close', address } satisfies Ask);
    removeEventListener('pagehide', close);
  };
  worker.port.onmessage = (event: MessageEvent<Say>) => heard(listener, event.data);
  worker.port.start();
  worker.port.postMessage({ do: 'open', address } satisfies Ask);
  addEventListener('pagehide', close);
  return close;
}

function direct(address: string, listener: Listener): () => void {
  const source = new EventSource(address);
  for (const kind of LIVE_KINDS) source.addEventListener(kind, (event: MessageEvent<string>) => heard(listener, { kind, data: event.data }));
  source.onerror = () => listener('lost', null);
  return () => source.close();
}
