import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { toasts } from '../src/state/toasts.svelte';

const texts = (): string[] => toasts.list.map((one) => one.text);
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const { id } of toasts.list) toasts.close(id);
  vi.useRealTimers();
});

it('a toast goes by itself after ten seconds', () => {
  toasts.show('first');
  vi.advanceTimersByTime(5000);
  toasts.show('second');
  vi.advanceTimersByTime(5001);
  expect(texts()).toEqual(['second']);
  vi.advanceTimersByTime(5000);
  expect(texts()).toEqual([]);
});

it('none goes while one reaches for them, and their time begins anew', () => {
  toasts.show('undo me');
  vi.advanceTimersByTime(9000);
  toasts.hold(true);
  toasts.show('came meanwhile');
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['undo me', 'came meanwhile']);
  toasts.hold(false);
  vi.advanceTimersByTime(9000);
  expect(texts().length).toBe(2);
  vi.advanceTimersByTime(1001);
  expect(texts()).toEqual([]);
});

it('what is closed under the pointer holds nobody after it', () => {
  toasts.show('closed');
  toasts.hold(true);
  toasts.close(toasts.list[0]?.id ?? 0);
  toasts.show('next');
  vi.advanceTimersByTime(10_001);
  expect(texts()).toEqual([]);
});

it('one topic has one toast, and three are enough', () => {
  for (const [text, topic] of [['a', 'undo'], ['b', 'undo'], ['c', 'c'], ['d', 'd'], ['e', 'e']] as const) toasts.show(text, { topic });
  expect(texts()).toEqual(['c', 'd', 'e']);
});
