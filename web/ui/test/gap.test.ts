import { describe, expect, it } from 'vitest';

import type { GapChange } from '../src/api/whatif';
import { views } from '../src/model/capacity';
import type { PlanDocument } from '../src/model/document';
import { codeOf } from '../src/model/document';
import { applied, asScenario, askOf, byMonth, lineOf } from '../src/model/gap';
import { apply } from '../src/model/patch';

const CREW = { required: 'fte', classes: 'classes' };
const plan = (hiring: Record<string, unknown>): PlanDocument => ({
  budget: {
    lines: {
      l1: { code: 'volume', rank: 'a', unit: 'contact' }, l2: { code: 'fte', rank: 'b', unit: 'person', formula: 'required_fte(volume, 240, "voice")' },
      l3: { code: 'there', rank: 'c', unit: 'person', formula: 'effective_fte("crew")' }, l4: { code: 'classes', rank: 'd', unit: 'person' },
    },
    staffing: { voice: { target: 0.8 } }, hiring: hiring as never,
  },
  scenarios: { busy: { code: 'busy', rank: 'V', changes: { c1: { rank: 'V', line: 'l1', scale: 1.1 } } }, bare: { code: 'bare', rank: 'W' } },
});
const add: GapChange = { line: 'l4', member: {}, from: '2027-05', to: '2027-05', scale: null, add: 12 };
const less: GapChange = { line: 'l1', member: { queue: 'voice' }, from: '2027-03', to: null, scale: 0.9, add: null };

describe('whose people are asked about', () => {
  it.each([
    ['those of the hiring plan for what the policy asks', { crew: CREW }, { hiring: 'crew' }],
    ['those of another scenario where no hiring plan is for it', {}, { line: 'fte', against: 'base' }],
  ])('%s', (_, hiring, want) => {
    const document = plan(hiring);
    const [view] = views(document);
    expect(view && askOf(document, view, 'base')).toEqual(want);
  });
});

it('adds up what is missing in a month over all members', () => {
  expect(byMonth([{ month: '2027-06', members: ['coast'], lacking: 3 }, { month: '2027-06', members: ['inland'], lacking: 4 }, { month: '2027-07', members: [], lacking: 1 }])).toEqual([{ month: '2027-06', lacking: 7 }, { month: '2027-07', lacking: 1 }]);
});

describe('an option', () => {
  const document = plan({ crew: CREW });
  it.each(['busy', 'bare'])('stands behind what the scenario %s changes already, in its order', (id) => {
    const entry = { id, item: document.scenarios?.[id] ?? {} };
    const after = apply(document, applied(document, entry, { changes: [add, less] })).scenarios?.[id]?.changes ?? {};
    const inOrder = Object.values(after).sort((a, b) => ((a.rank ?? '') < (b.rank ?? '') ? -1 : 1)).slice(-2);
    expect(inOrder.map(({ rank: _, ...change }) => change)).toEqual([{ line: 'l4', from: '2027-05', to: '2027-05', add: 12 }, { line: 'l1', member: { queue: 'voice' }, from: '2027-03', scale: 0.9 }]);
    expect(Object.keys(after)).toHaveLength(Object.keys(entry.item.changes ?? {}).length + 2);
  });
  it('becomes a scenario on the one that has the gap', () => {
    const made = asScenario(document, 'busy', { changes: [add] }, { en: 'Busy, closed' });
    const scenario = apply(document, made.patch).scenarios?.[made.id] ?? {};
    expect([codeOf({ id: made.id, item: scenario }), scenario.parent, scenario.name?.en, Object.values(scenario.changes ?? {}).length]).toEqual([made.id, 'busy', 'Busy, closed', 1]);
  });
  it('names the line by its code', () => expect(lineOf(document, add)).toBe('classes'));
});
