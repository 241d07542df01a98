import { describe, expect, it } from 'vitest';

import { colourOf, guests, marksAt, type Spot, spotOf, teller } from '../src/model/presence';

const at = (who: string, tab: string, more: object = {}) => ({ who, name: `${who} · 甲`, tab, colour: who.length, screen: 'budget', scenario: '', cell: '', ...more });

describe('who is there', () => {
  const people = [at('ada', '1', { cell: 'aht/2027-01' }), at('ada', '2', { screen: 'goals' }), at('me', 'x'), at('me', 'y', { cell: 'fte/2027-01' }), at('bo', '1', { scenario: 'lean', cell: 'aht/2027-01' })];
  const all = guests(people, 'x', 'me', (name) => name.split(' ')[0] ?? '');
  it('counts people, not windows, and this window not at all', () => expect(all.map((one) => [one.name, one.places.length, one.self])).toEqual([['ada', 2, false], ['bo', 1, false], ['me', 1, true]]));
  it('is marked at the cell in the scenario that is shown', () => {
    expect([...marksAt(all, 'base')]).toEqual([['aht/2027-01', { name: 'ada', colour: 3 }], ['fte/2027-01', { name: 'me', colour: 2 }]]);
    expect([...marksAt(all, 'lean').keys()]).toEqual(['aht/2027-01']);
  });
});

it('where one is says the cell in the budget alone, and base is not named', () => {
  expect(spotOf('budget', { scenario: 'base', cell: 'aht/2027-01' })).toEqual({ screen: 'budget', cell: 'aht/2027-01' });
  expect(spotOf('goals', { scenario: 'lean', cell: 'aht/2027-01' })).toEqual({ screen: 'goals', scenario: 'lean' });
});

it('somebody who is not there has the same colour each time', () => {
  expect(colourOf('ada')).toBe(colourOf('ada'));
  for (const who of ['', 'ada', '李薇', 'x'.repeat(64)]) expect(colourOf(who)).toBeGreaterThanOrEqual(0);
});

describe('a place is told', () => {
  function run() {
    const said: string[] = [];
    let now = 0;
    const later: { readonly run: () => void; readonly at: number }[] = [];
    const voice = teller((spot: Spot) => said.push(spot.cell ?? ''), 300, () => now, (what, ms) => later.push({ run: what, at: now + ms }));
    const pass = (ms: number): void => {
      now += ms;
      for (const one of later.splice(0).filter((timer) => timer.at <= now || (later.push(timer), false))) one.run();
    };
    return { said, pass, to: (cell: string) => voice.at({ screen: 'budget', cell }), again: () => voice.again() };
  }
  it('at once, then at most every 300 ms, and the last one always', () => {
    const { said, pass, to } = run();
    to('1');
    for (const cell of ['2', '3', '4']) { pass(50); to(cell); }
    expect(said).toEqual(['1']);
    pass(150);
    expect(said).toEqual(['1', '4']);
    pass(1000);
    to('5');
    expect(said).toEqual(['1', '4', '5']);
  });
  it('not again while it is the same, but for a sign of life', () => {
    const { said, pass, to, again } = run();
    to('1');
    to('2');
    to('1');
    pass(1000);
    to('1');
    expect(said).toEqual(['1']);
    again();
    expect(said).toEqual(['1', '1']);
  });
});
