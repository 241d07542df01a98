/** Finding things by a few letters: the palette's search and that of every combobox. */

export interface Findable {
  readonly id: string;
  readonly name: string;
  /** What else it is found by: its name in the other language, its code. */
  readonly words?: string;
}
export interface Found<T extends Findable> {
  readonly item: T;
  readonly score: number;
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/**
 * How well a text answers a word: 4 begins with it, 3 a word in it does, 2 has
 * it, 1 has its letters in this order close together; 0 not at all. Chinese is
 * found by any part of it; its letters are not picked from here and there.
 */
export function score(text: string, word: string): number {
  if (word === '') return 1;
  const at = text.indexOf(word);
  if (at === 0) return 4;
  if (at > 0) return /[\p{L}\p{N}]/u.test(text.charAt(at - 1)) && !/\p{Script=Han}/u.test(word) ? 2 : 3;
  if (/\p{Script=Han}/u.test(word)) return 0;
  let from = -1;
  let first = -1;
  for (const sign of word) {
    from = text.indexOf(sign, from + 1);
    if (from < 0) return 0;
    if (first < 0) first = from;
  }
  return word.length > 1 && from - first < word.length * 3 ? 1 : 0;
}

/** What answers every word of a query, best first; equals keep their order. */
export function find<T extends Findable>(items: readonly T[], query: string): Found<T>[] {
  const wanted = plain(query).trim().split(/\s+/).filter((word) => word !== '');
  if (wanted.length === 0) return items.map((item) => ({ item, score: 0 }));
  const found: Found<T>[] = [];
  for (const item of items) {
    const name = plain(item.name);
    const other = plain(item.words ?? '');
    // A hit in the name counts more than one in what it is also found by, unless that is the very word: a code.
    const exact = other.split(' ');
    const scores = wanted.map((word) => Math.max(score(name, word) * 2, exact.includes(word) ? 9 : score(other, word)));
    if (scores.every((one) => one > 0)) found.push({ item, score: scores.reduce((sum, one) => sum + one, 0) / wanted.length });
  }
  return found.sort((a, b) => b.score - a.score);
}

/** Newest first, each once, no more than some. */
export function withRecent(before: readonly string[], id: string, most = 6): string[] {
  return [id, ...before.filter((one) => one !== id)].slice(0, most);
}
