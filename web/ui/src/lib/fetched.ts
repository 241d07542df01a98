/** Things that are fetched by themselves and kept: a dialog, a menu, a panel. */
export interface Fetched<T> {
  /** The thing itself once it was fetched, so that it is shown at once. */
  readonly now: T | undefined;
  /** Fetches it; after a failure it is asked for anew. */
  load(): Promise<T>;
}

export function fetched<T>(get: () => Promise<T>): Fetched<T> {
  let now: T | undefined;
  let coming: Promise<T> | undefined;
  return {
    get now() { return now; },
    load: () => (coming ??= (missing.size === 0 ? get() : styles().then(get)).then(
      (thing) => (now = thing),
      (why: unknown) => {
        coming = undefined;
        throw why;
      },
    )),
  };
}

/** Fetches what one may ask for soon. What does not come now is asked for again when it is wanted. */
export function stock(things: readonly Fetched<unknown>[]): void {
  for (const thing of things) void thing.load().catch(() => undefined);
}

/** Does something when the browser has nothing else to do; the answer calls it off. */
export function idle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 1000);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 5000 });
  return () => cancelIdleCallback(handle);
}

/** Style sheets that did not come. The bundler asks for each once and never again, so that we do. */
const missing = new Set<string>();
if (typeof document !== 'undefined') {
  document.addEventListener('error', ({ target }) => {
    if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return;
    missing.add(target.href);
    target.remove();
  }, true);
}
async function styles(): Promise<void> {
  await Promise.all([...missing].map((href) => new Promise<void>((resolve, reject) => {
    missing.delete(href);
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: () => resolve(), onerror: () => reject(new Error(`no ${href}`)) });
    document.head.append(link);
  })));
}
