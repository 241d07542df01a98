/**
 * One event stream per plan for all tabs. A browser allows six connections to a
 * server; with a stream per tab the seventh tab would never load.
 */
import type { Ask, LiveKind, Say } from './live';

/** What is at the other end of a port: how often it was asked whether it is there without an answer. */
type Ports = Map<MessagePort, number>;
interface Stream {
  readonly source: EventSource;
  readonly ports: Ports;
  /** The last revision and build the server named. */
  last: { readonly rev: number; readonly build?: string };
  /** Who was there last, for a tab that comes later. */
  present: string;
}
const KINDS: readonly LiveKind[] = ['hello', 'change', 'presence', 'ping'];
const streams = new Map<string, Stream>();
/** A tab that crashed says no goodbye: one that leaves so many questions open is gone. */
const ASK_MS = 15_000;
const MOST_OPEN = 4;

/** Tabs of one person with one plan share a stream, whatever revision each began at. */
const nameOf = ({ who, address }: Ask): string => `${who} ${address.split('?')[0] ?? address}`;

function open(ask: Ask, port: MessagePort): void {
  const name = nameOf(ask);
  const known = streams.get(name);
  if (known) {
    const there = known.ports.has(port);
    known.ports.set(port, 0);
    if (there) return;
    // The stream greets once; a tab that comes later learns from us how far the plan is, and who is there.
    if (known.last.rev > 0) port.postMessage({ kind: 'hello', data: JSON.stringify(known.last) } satisfies Say);
    if (known.present !== '') port.postMessage({ kind: 'presence', data: known.present } satisfies Say);
    if (known.source.readyState !== EventSource.OPEN) port.postMessage({ kind: 'lost', data: '' } satisfies Say);
    return;
  }
  const source = new EventSource(ask.address);
  const stream: Stream = { source, ports: new Map([[port, 0]]), last: { rev: 0 }, present: '' };
  const tell = (kind: LiveKind, data: string): void => {
    if (kind === 'hello' || kind === 'change') {
      const { rev, build = stream.last.build } = JSON.parse(data) as { rev: number; build?: string };
      stream.last = { rev, ...(build === undefined ? {} : { build }) };
    }
    if (kind === 'presence') stream.present = data;
    else if (kind === 'hello' || kind === 'lost') stream.present = '';
    for (const one of stream.ports.keys()) one.postMessage({ kind, data } satisfies Say);
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

function leave(name: string, stream: Stream, port: MessagePort): void {
  stream.ports.delete(port);
  if (stream.ports.size > 0) return;
  stream.source.close();
  streams.delete(name);
}

setInterval(() => {
  for (const [name, stream] of streams) {
    for (const [port, unanswered] of [...stream.ports]) {
      if (unanswered >= MOST_OPEN) leave(name, stream, port);
      else {
        stream.ports.set(port, unanswered + 1);
        port.postMessage({ kind: 'there', data: '' } satisfies Say);
      }
    }
  }
}, ASK_MS);

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  if (!port) return;
  port.onmessage = ({ data: ask }: MessageEvent<Ask>) => {
    const name = nameOf(ask);
    const stream = streams.get(name);
    if (ask.do === 'open') open(ask, port);
    else if (ask.do === 'close' && stream) leave(name, stream, port);
    else if (stream?.ports.has(port) === true) stream.ports.set(port, 0);
  };
  port.start();
});
