/** Asking the server anew whenever the question changes, and keeping the latest answer. */
import { untrack } from 'svelte';

import type { Answer } from '../api/client';
import type { Problem } from '../api/types';

/** A question: what an answer to it is an answer to, and how it is asked. */
export interface Question<T> {
  readonly of: readonly unknown[];
  ask(): Promise<Answer<T>>;
}
export interface Latest<T> {
  /** The answer to the question as it is now; null until there is one. */
  readonly value: T | null;
  /** The last answer there was, to whatever question. */
  readonly last: T | null;
  readonly waiting: boolean;
  /** Why there is no answer; empty while one is waited for. */
  readonly problems: readonly Problem[];
  readonly again: () => void;
}

/**
 * An answer that comes when something else was asked since is dropped.
 *
 * @param question null where there is nothing to ask.
 * @param moves what changes the answer and not the question, such as a revision: the old one stands until the new one is there.
 */
export function latest<T>(question: () => Question<T> | null, moves: () => unknown): Latest<T> {
  let answer = $state.raw<{ readonly key: string; readonly value: T } | null>(null);
  let problems = $state.raw<readonly Problem[]>([]);
  let waiting = $state(false);
  let turn = 0;
  const keyOf = (asked: Question<T> | null): string | null => (asked === null ? null : JSON.stringify(asked.of));
  const key = $derived(keyOf(question()));
  const moved = $derived(JSON.stringify(moves()));

  function ask(): void {
    turn += 1;
    const mine = turn;
    const asked = question();
    const of = keyOf(asked);
    waiting = asked !== null;
    if (asked === null || of === null) return;
    void asked.ask().then((got) => {
      if (mine !== turn) return;
      waiting = false;
      problems = got.ok ? [] : got.problems;
      if (got.ok) answer = { key: of, value: got.value };
    });
  }
  $effect(() => {
    void key;
    void moved;
    untrack(ask);
    return () => { turn += 1; };
  });
  return {
    get value() { return answer !== null && answer.key === key ? answer.value : null; },
    get last() { return answer?.value ?? null; },
    get waiting() { return waiting; },
    get problems() { return waiting ? [] : problems; },
    again: ask,
  };
}
