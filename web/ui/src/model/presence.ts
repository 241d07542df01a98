/** Who has the plan open besides this window: from what the stream says to what the page shows. */
import type { PresentInfo } from '../api/types';

export const COLOURS = 8;

/** Somebody's mark at a cell. */
export interface Mark {
  readonly name: string;
  readonly colour: number;
}
/** One person, with the window in which they last did something first. */
export interface Guest extends Mark {
  readonly who: string;
  /** Another window of the reader's own. */
  readonly self: boolean;
  readonly places: readonly PresentInfo[];
}

/** The people there are, each once, the reader's other windows last. This window is no company. */
export function guests(people: readonly PresentInfo[], tab: string, me: string, nameOf: (name: string) => string): Guest[] {
  const found = new Map<string, Guest>();
  for (const one of people) {
    if (one.tab === tab && one.who === me) continue;
    const known = found.get(one.who);
    found.set(one.who, { who: one.who, name: nameOf(one.name), colour: one.colour, self: one.who === me, places: [...(known?.places ?? []), one] });
  }
  return [...found.values()].sort((a, b) => Number(a.self) - Number(b.self) || a.name.localeCompare(b.name));
}

/** Which cells others are at, in one scenario; where several meet, the first is named. */
export function marksAt(all: readonly Guest[], scenario: string): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { name, colour, places } of all) {
    for (const { screen, cell, scenario: at } of places) {
      if (screen === 'budget' && cell !== '' && (at || 'base') === scenario && !marks.has(cell)) marks.set(cell, { name, colour });
    }
  }
  return marks;
}

/** A colour for somebody who is not there: the same one each time. */
export function colourOf(who: string): number {
  let sum = 0;
  for (const sign of who) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9973;
  return sum % COLOURS;
}

/** Where one is, as the address says it. */
export interface Spot {
  readonly screen: string;
  readonly scenario?: string;
  readonly cell?: string;
}
export function spotOf(screen: string, params: Readonly<Record<string, string>>): Spot {
  const { scenario = '', cell = '' } = params;
  return { screen, ...(scenario === '' || scenario === 'base' ? {} : { scenario }), ...(screen !== 'budget' || cell === '' ? {} : { cell }) };
}

/**
 * Says where one is: at once if nothing was said for a while, else when that
 * time is over; the same place again only as a sign of life.
 */
export function teller(send: (spot: Spot) => void, gap: number, clock: () => number, later: (run: () => void, ms: number) => void): { at(spot: Spot): void; again(): void } {
  let last = '';
  let when = -Infinity;
  let next: Spot | null = null;
  let timed = false;
  const say = (spot: Spot): void => {
    last = JSON.stringify(spot);
    when = clock();
    send(spot);
  };
  let here: Spot | null = null;
  return {
    at(spot) {
      here = spot;
      if (JSON.stringify(spot) === last) {
        next = null;
        return;
      }
      const wait = when + gap - clock();
      if (wait <= 0) {
        say(spot);
        return;
      }
      next = spot;
      if (timed) return;
      timed = true;
      later(() => {
        timed = false;
        if (next && JSON.stringify(next) !== last) say(next);
        next = null;
      }, wait);
    },
    again() {
      if (here) say(here);
    },
  };
}
