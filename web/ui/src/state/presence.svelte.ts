/** Where this window is in a plan, told to others, and where they are. */
import { api } from '../api/client';
import type { ChangeEvent, PresenceEvent } from '../api/types';
import { touchedCells } from '../api/ops';
import { i18n } from '../i18n/index.svelte';
import { nameFor } from '../model/people';
import type { Guest, Mark, Spot } from '../model/presence';
import { colourOf, guests, marksAt, spotOf, teller } from '../model/presence';
import { router } from '../router.svelte';
import { names } from './names.svelte';
import { tab } from './tab';

/** A place is told at most so often, and again as a sign of life. */
const GAP_MS = 300;
const BEAT_MS = 30_000;
/** A server that is asked too often is left alone for a while. */
const REST_MS = 10_000;
/** For so long one sees who changed a cell. */
const SEEN_MS = 2500;

/** What others changed, for whoever hears the page. */
export interface News {
  readonly name: string;
  readonly cells: readonly string[];
}

export function openPresence(plan: string, me: string) {
  let people = $state.raw<PresenceEvent['people']>([]);
  let edited = $state.raw<ReadonlyMap<string, Mark>>(new Map());
  let news = $state.raw<News | null>(null);
  let resting = 0;
  let beat: ReturnType<typeof setInterval> | undefined;
  const all = $derived<readonly Guest[]>(guests(people, tab, me, (name) => nameFor(name, i18n.lang)));
  const scenario = $derived(router.route.params['scenario'] ?? 'base');
  const marks = $derived<ReadonlyMap<string, Mark>>(edited.size === 0 ? marksAt(all, scenario) : new Map([...marksAt(all, scenario), ...edited]));

  const voice = teller((spot: Spot) => {
    if (Date.now() < resting) return;
    void api.present(plan, { tab, ...spot }).then((answer) => {
      if (!answer.ok && answer.status === 429) resting = Date.now() + REST_MS;
    });
  }, GAP_MS, Date.now, (run, ms) => void setTimeout(run, ms));
  const here = (): Spot => spotOf(router.route.screen, router.route.params);
  const left = (): void => void api.present(plan, { tab, screen: '' });

  return {
    /** Who else has the plan open. */
    get guests() { return all; },
    /** Whose cells to outline: where others are, and for a moment what they changed. */
    get marks() { return marks; },
    get news() { return news; },
    /** What the stream says of others, all of it each time. */
    hear(event: PresenceEvent): void {
      people = event.people;
    },
    /** The stream begins anew: who is there comes again, and so must we. */
    greeted(): void {
      people = [];
      voice.again();
    },
    lost(): void {
      people = [];
    },
    /** Somebody changed cells. */
    changed(event: ChangeEvent): void {
      const cells = touchedCells(event.patch);
      if (cells.length === 0) return;
      const known = all.find((one) => one.who === event.who);
      const mark = { name: known?.name ?? names.of(event.who), colour: known?.colour ?? colourOf(event.who) };
      edited = new Map([...edited, ...cells.map((cell) => [cell, mark] as const)]);
      news = { name: mark.name, cells };
      setTimeout(() => {
        edited = new Map([...edited].filter(([cell, one]) => one !== mark || !cells.includes(cell)));
      }, SEEN_MS);
    },
    /** Tells where one is; called whenever the address is another. */
    move(): void {
      voice.at(here());
    },
    start(): void {
      voice.at(here());
      beat = setInterval(() => voice.again(), BEAT_MS);
      addEventListener('pagehide', left);
    },
    close(): void {
      if (beat === undefined) return;
      clearInterval(beat);
      removeEventListener('pagehide', left);
      left();
    },
  };
}
