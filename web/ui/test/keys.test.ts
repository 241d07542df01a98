import { describe, expect, it } from 'vitest';

import { Sequence } from '../src/lib/keys';

const press = (key: string, timeStamp: number, held: { readonly ctrlKey?: boolean } = {}) => ({ key, timeStamp, ctrlKey: false, metaKey: false, altKey: false, ...held });

describe('a sequence of keys', () => {
  it.each([
    ['goes to a screen', [['g', 0], ['s', 400]], [null, 'g ']],
    ['is over after a while', [['g', 0], ['s', 1300]], [null, '']],
    ['is not cut short by the one before', [['g', 0], ['s', 100], ['g', 1000], ['d', 1400]], [null, 'g ', null, 'g ']],
    ['is over after its second key', [['g', 0], ['s', 100], ['s', 200]], [null, 'g ', '']],
  ] as const)('%s', (_, keys, said) => {
    const sequence = new Sequence();
    expect(keys.map(([key, at]) => sequence.take(press(key, at)))).toEqual(said);
  });

  it('does not begin with Ctrl held', () => {
    const sequence = new Sequence();
    expect(sequence.take(press('g', 0, { ctrlKey: true }))).toBe('');
    expect(sequence.take(press('s', 10))).toBe('');
  });

  it('ends where a field takes the key', () => {
    const sequence = new Sequence();
    sequence.take(press('g', 0));
    sequence.forget();
    expect(sequence.take(press('s', 10))).toBe('');
  });
});
