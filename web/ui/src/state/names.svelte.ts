/** The names of people by id, asked for once and again when someone unknown turns up. */
import { trust } from '../api/trust';
import type { PersonName } from '../api/trustTypes';
import { i18n, t } from '../i18n/index.svelte';
import { nameFor } from '../model/people';

let list = $state.raw<readonly PersonName[]>([]);
let asking = false;
const unknown = new Set<string>();

async function load(): Promise<void> {
  if (asking) return;
  asking = true;
  const answer = await trust.names();
  asking = false;
  if (answer.ok && Array.isArray(answer.value)) list = answer.value;
}

export const names = {
  /** Everyone, called as the page's language calls them. */
  get list(): readonly PersonName[] {
    return list.map(({ id, name }) => ({ id, name: nameFor(name, i18n.lang) }));
  },
  load,
  /** What a person is called; a plan file that a server was started with was taken in by the server. */
  of(id: string): string {
    const found = list.find((one) => one.id === id);
    if (found) return nameFor(found.name, i18n.lang);
    if (id === 'local') return t('names.server');
    if (id !== '' && !unknown.has(id)) {
      unknown.add(id);
      void Promise.resolve().then(load);
    }
    return id;
  },
  /** Who did something, and for whom if they stood in. */
  by(who: string, principal?: string): string {
    return principal === undefined || principal === '' ? names.of(who) : t('history.who_for', { who: names.of(who), for: names.of(principal) });
  },
};
