/**
 * Edits that wait in this window belong to whoever made them. When somebody
 * else takes the seat they are put away, and come back with their owner.
 */
const QUEUE = 'centerplan.queue.';
const KEPT = 'centerplan.kept/';
const SEAT = 'centerplan.seat';

/** Gives the seat to a person, or to nobody; what waited for another stays in the storage, out of the way. */
export function takeSeat(storage: Storage, person: string | null): void {
  const before = storage.getItem(SEAT);
  if (person === null || person === before) return;
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '');
  const own = `${KEPT}${encodeURIComponent(person)}/`;
  // An edit whose owner is not known is from before there were people: it is of who comes first.
  if (before !== null) move(storage, keys.filter((key) => key.startsWith(QUEUE)), (key) => `${KEPT}${encodeURIComponent(before)}/${key.slice(QUEUE.length)}`);
  move(storage, keys.filter((key) => key.startsWith(own)), (key) => `${QUEUE}${key.slice(own.length)}`);
  storage.setItem(SEAT, person);
}

/** How many plans have edits of a person that wait. */
export function waitingFor(storage: Storage, person: string): number {
  const own = storage.getItem(SEAT) === person ? QUEUE : `${KEPT}${encodeURIComponent(person)}/`;
  return Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '').filter((key) => key.startsWith(own)).length;
}

function move(storage: Storage, keys: readonly string[], to: (key: string) => string): void {
  for (const key of keys) {
    const value = storage.getItem(key);
    storage.removeItem(key);
    if (value !== null) storage.setItem(to(key), value);
  }
}
