import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Conflict, Edit } from '../src/api/ops';
import type { Shelf } from '../src/api/queueStore';
import { GONE_MS, inMemory, openKeeper, waiting } from '../src/api/queueStore';

const edit = (opId: string): Edit => ({ opId, patch: [{ op: 'add', path: `/${opId}`, value: 1 }], label: { kind: 'change' } });
const conflict = (path: string): Conflict => ({ edit: edit('c'), path, mine: 1, theirs: 2 });
const held = (...names: readonly string[]) => ({ edits: names.map(edit), conflicts: [] });
const named = ({ edits }: { readonly edits: readonly Edit[] }): string[] => edits.map((one) => one.opId);

function world() {
  const shelf = inMemory();
  let now = 1_000_000;
  return {
    waiting: () => waiting(() => Promise.resolve(shelf)),
    pass: (ms: number) => { now += ms; },
    window: (tab: string, person = 'ada', plan = 'north') => openKeeper(person, plan, tab, () => Promise.resolve(shelf), () => now),
  };
}

describe('what waits in a window', () => {
  it('is there again after a reload', async () => {
    const { window } = world();
    await window('a').keep({ edits: [edit('1')], conflicts: [conflict('/x')] });
    const found = await window('a').claim();
    expect([named(found), found.conflicts.map((one) => one.path)]).toEqual([['1'], ['/x']]);
  });
  it('is nobody else’s while the window lives', async () => {
    const { window, pass } = world();
    await window('a').keep(held('1'));
    pass(GONE_MS);
    expect(named(await window('b').claim())).toEqual([]);
  });
  it('is taken over by one other window once it is gone, with its questions', async () => {
    const { window, pass } = world();
    await window('a').keep({ edits: [edit('1'), edit('2')], conflicts: [conflict('/x')] });
    pass(GONE_MS + 1);
    const [b, c] = await Promise.all([window('b').claim(), window('c').claim()]);
    expect([named(b), b.conflicts.length, named(c), c.conflicts.length]).toEqual([['1', '2'], 1, [], 0]);
    expect(named(await window('b').claim())).toEqual(['1', '2']);
  });
  it('is let go by a window that was only asleep, and that alone', async () => {
    const { window, pass } = world();
    const asleep = window('a');
    await asleep.keep(held('1'));
    pass(GONE_MS + 1);
    await window('b').claim();
    expect(await asleep.keep(held('1', '2'))).toEqual(['1']);
    expect(named(await asleep.claim())).toEqual(['2']);
  });
  it('is counted for whoever comes to the browser, each edit once', async () => {
    const { window, waiting: count } = world();
    expect(await count()).toBe(0);
    await window('a').keep(held('1', '2'));
    await window('b', 'bo', 'south').keep(held('2', '3'));
    expect(await count()).toBe(3);
  });
  it('stays where a browser’s storage was emptied under a living window', async () => {
    const { window } = world();
    expect(await window('a').keep(held('1'))).toEqual([]);
    expect(await openKeeper('ada', 'north', 'a', () => Promise.resolve(inMemory())).keep(held('1'))).toEqual([]);
  });
  it('goes under its author’s name alone, and to its own plan', async () => {
    const { window, pass } = world();
    await window('a').keep(held('1'));
    pass(GONE_MS + 1);
    expect(named(await window('a', 'bo').claim())).toEqual([]);
    expect(named(await window('a', 'ada', 'south').claim())).toEqual([]);
    expect(named(await window('a').claim())).toEqual(['1']);
  });
  it('leaves nothing behind once all is sent', async () => {
    const { window, pass } = world();
    await window('a').keep(held('1'));
    await window('a').keep(held());
    pass(GONE_MS + 1);
    expect(named(await window('b').claim())).toEqual([]);
  });
  it('of two windows that are gone comes in the order they went', async () => {
    const { window, pass } = world();
    await window('a').keep(held('1'));
    pass(10);
    await window('b').keep(held('2'));
    pass(GONE_MS + 1);
    await window('c').keep(held('3'));
    expect(named(await window('c').claim())).toEqual(['1', '2', '3']);
  });
});

it('where the storage is refused the window keeps its edits itself, and says so', async () => {
  const broken: Shelf = { lasting: true, step: () => Promise.reject(new Error('full')), all: () => Promise.reject(new Error('full')) };
  const keeper = openKeeper('ada', 'broken', 'a', () => Promise.resolve(broken));
  expect(await keeper.keep(held('1'))).toEqual([]);
  expect([keeper.lasting(), named(await keeper.claim())]).toEqual([false, ['1']]);
});

describe('the browser’s storage', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    vi.resetModules();
  });
  /** A browser that is asked to open its storage, and answers when it is told to. */
  async function slow() {
    vi.useFakeTimers();
    const request: { onsuccess?: () => void; onerror?: () => void; result: object; error: null } = { result: {}, error: null };
    vi.stubGlobal('indexedDB', { open: () => request });
    const { theShelf } = await import('../src/api/queueStore');
    return { request, lasting: async () => (await theShelf()).lasting };
  }
  it('is memory while it does not answer, and lasts from when it does', async () => {
    const { request, lasting } = await slow();
    const first = lasting();
    await vi.advanceTimersByTimeAsync(3000);
    expect([await first, await lasting()]).toEqual([false, false]);
    request.onsuccess?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(await lasting()).toBe(true);
  });
  it('is memory where it is refused', async () => {
    const { request, lasting } = await slow();
    const first = lasting();
    request.onerror?.();
    expect([await first, await lasting()]).toEqual([false, false]);
  });
});
