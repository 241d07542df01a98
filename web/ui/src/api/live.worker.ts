/**
 * One event stream per plan for all tabs. A browser allows six connections to a
 * server; with a stream per tab the seventh tab would never load.
 */
import type { Ask, LiveKind, Say } from './live';

interface Stream {
  readonly source: EventSource;
  readonly ports: Set<MessagePort>;
  /** The last revision and build the server named. */
  last: { readonly rev: number; readonly build?: string };
}
const KINDS: readonly LiveKind[] = ['hello', 'change', 'ping'];
const streams = new Map<string, Stream>();

/** Tabs of one person with one plan share a stream, whatever revision each began at. */
const nameOf = ({ who, address }: Ask): string => `${who} ${address.split('?')[0] ?? address}`;

function open(ask: Ask, port: MessagePort): void {
  const name = nameOf(ask);
  const known = streams.get(name);
  if (known) {
    known.ports.add(port);
    // The stream greets once; a tab that comes later learns from us how far the plan is.
    port.postMessage({ kind: 'hello', data: JSON.stringify(known.last) } satisfies Say);
    return;
  }
  const source = new EventSource(ask.address);
  const stream: Stream = { source, ports: new Set([port]), last: { rev: 0 } };
  const tell = (kind: LiveKind, data: string): void => {
    if (kind === 'hello' || kind === 'change') {
      const { rev, build = stream.last.build } = JSON.parse(data) as { rev: number; build?: string };
      stream.last = { rev, ...(build === undefined ? {} : { build }) };
    }
    for (const one of stream.ports) one.postMessage({ kind, data } satisfies Say);
  };
  for (const kind of KINDS) source.addEventListener(kind, (event: MessageEvent<string>) => tell(kind, event.data));
  source.onerror = () => {
    const over = source.readyState === EventSource.CLOSED;
    // Who opens the plan next gets a stream that lives.
    if (over) streams.delete(name);
    tell('lost', over ? 'over' : '');
  };
  streams.set(name, stream);
}

function close(ask: Ask, port: MessagePort): void {
  const name = nameOf(ask);
  const stream = streams.get(name);
  if (!stream) return;
  stream.ports.delete(port);
  if (stream.ports.size > 0) return;
  stream.source.close();
  streams.delete(name);
}

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  if (!port) return;
  port.onmessage = (message: MessageEvent<Ask>) => {
    if (message.data.do === 'open') open(message.data, port);
    else close(message.data, port);
  };
  port.start();
});
