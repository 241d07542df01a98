/** What the positioning asks of the plan, check by check, and what it feeds. */
import { describe, expect, test } from 'vitest';

import type { LinkState } from '../src/api/types';
import { completeness } from '../src/model/completeness';
import type { PlanDocument } from '../src/model/document';
import { removeInitiative } from '../src/model/method';
import { apply } from '../src/model/patch';
import { checks, counted, feeds, followed, stepsFor } from '../src/model/positioning';

/** Effort moves from the first layer to the second, which an objective serves that is measured and set about. */
const GOOD: PlanDocument = {
  plan: { currency: 'CNY' },
  budget: { lines: { l1: { code: 'fcr', rank: '1', unit: '%', sense: 'good' }, l2: { code: 'cost', rank: '2', unit: 'CNY', sense: 'bad' } } },
  method: { positioning: { layers: { a: { rank: '1', today: 0.6, target: 0.5, objective: 'o1' }, b: { rank: '2', today: 0.4, target: 0.5, objective: 'o1' } } } },
  okr: {
    objectives: {
      o1: { rank: '1', group: 'customer', key_results: { k: { line: 'fcr' }, k2: { line: 'fcr' }, k3: { line: 'gone' }, k4: {} } },
      o2: { rank: '2', group: 'finance', key_results: { k: { line: 'cost' } } },
    },
    milestones: { m: { objective: 'o1', status: 'active' } },
    initiatives: { i: { objective: 'o1', status: 'idea' } },
  },
};
/** The document with other values at some places; undefined takes away. */
function but(changes: Readonly<Record<string, unknown>>): PlanDocument {
  return apply(GOOD, Object.entries(changes).map(([path, value]) => (value === undefined ? { op: 'remove', path } : { op: 'add', path, value: value as never })));
}

describe('whether the plan follows its positioning', () => {
  const L = '/method/positioning/layers';
  test.each<[why: string, changes: Readonly<Record<string, unknown>>, want: readonly unknown[]]>([
    ['all is well', {}, [['served:b', true, 'served', { kind: 'objective', id: 'o1' }], ['value', true, 'value_objective', { kind: 'objective', id: 'o2' }]]],
    ['without layers nothing is asked', { '/method/positioning/layers': {} }, []],
    ["today's shares do not sum up: nothing is asked yet", { [`${L}/a/today`]: 0.5 }, []],
    ["nor while the year's end does not", { [`${L}/b/target`]: 0.6 }, []],
    ['nothing moves', { [`${L}/a/target`]: 0.6, [`${L}/b/target`]: 0.4 }, [['still', false, 'still', { kind: 'field', field: 'target' }]]],
    ['a tenth and two tenths are no move', { [`${L}/a`]: { rank: '1', today: 0.7, target: 1 - 0.1 - 0.2 }, [`${L}/b`]: { rank: '2', today: 0.3, target: 0.1 + 0.2 } }, [['still', false, 'still', { kind: 'field', field: 'target' }]]],
    ['the growing layer has no objective', { [`${L}/b/objective`]: undefined }, [['served:b', false, 'unserved', { kind: 'field', field: 'serves:b' }], ['value', true, 'value_objective', { kind: 'objective', id: 'o2' }]]],
    ['or one that is gone', { [`${L}/b/objective`]: 'gone' }, [['served:b', false, 'unserved', { kind: 'field', field: 'serves:b' }], ['value', true, 'value_objective', { kind: 'objective', id: 'o2' }]]],
    ['its objective has no key result', { '/okr/objectives/o1/key_results': {} }, [['served:b', false, 'unmeasured', { kind: 'objective', id: 'o1' }], ['value', true, 'value_objective', { kind: 'objective', id: 'o2' }]]],
    ['nothing is set about for it', { '/okr/milestones/m/status': 'dropped', '/okr/initiatives/i/status': 'stopped' }, [['served:b', false, 'no_steps', { kind: 'objective', id: 'o1' }], ['value', true, 'value_objective', { kind: 'objective', id: 'o2' }]]],
    ['one milestone is enough', { '/okr/initiatives': {} }, [['served:b', true, 'served', { kind: 'objective', id: 'o1' }], ['value', true, 'value_objective', { kind: 'objective', id: 'o2' }]]],
    ['a layer that shrinks need not be served', { [`${L}/a/objective`]: undefined }, [['served:b', true, 'served', { kind: 'objective', id: 'o1' }], ['value', true, 'value_objective', { kind: 'objective', id: 'o2' }]]],
    ['no finance objective, no income', { '/okr/objectives/o2': undefined }, [['served:b', true, 'served', { kind: 'objective', id: 'o1' }], ['value', false, 'no_value', { kind: 'business' }]]],
    ['a finance objective that nothing measures', { '/okr/objectives/o2/key_results': {} }, [['served:b', true, 'served', { kind: 'objective', id: 'o1' }], ['value', false, 'no_value', { kind: 'business' }]]],
    ['a line of income instead', { '/okr/objectives/o2': undefined, '/budget/lines/l3': { code: 'income', rank: '3', unit: 'CNY', sense: 'good' } }, [['served:b', true, 'served', { kind: 'objective', id: 'o1' }], ['value', true, 'value_line', { kind: 'line', id: 'l3' }]]],
    ['money is counted in the currency of the plan', { '/plan/currency': 'USD', '/okr/objectives/o2': undefined, '/budget/lines/l3': { code: 'income', rank: '3', unit: 'CNY', sense: 'good' } }, [['served:b', true, 'served', { kind: 'objective', id: 'o1' }], ['value', false, 'no_value', { kind: 'business' }]]],
    ['who moves down is not asked what it is worth', { [`${L}/a/target`]: 0.7, [`${L}/b/target`]: 0.3 }, [['served:a', true, 'served', { kind: 'objective', id: 'o1' }]]],
  ])('%s', (_, changes, want) => {
    expect(followed(but(changes)).map(({ id, done, key, way }) => [id, done, key.replace('positioning.check.', ''), way])).toEqual(want);
  });
});

describe('what the server counts', () => {
  const links = (link: 'positioning' | 'business', open: readonly string[]): LinkState[] => [{ link, answered: 1, required: 1 + open.length, open: [...open] }];
  test.each<[why: string, told: readonly LinkState[], document: PlanDocument, want: readonly unknown[]]>([
    ['nothing before it has told', [], GOOD, []],
    ['what is open leads to its field', links('positioning', ['statement', 'shares_target']), GOOD, [['statement', false, 'statement'], ['layers', true, 'layers'], ['shares_today', true, 'today'], ['shares_target', false, 'target']]],
    ['without layers the shares lead to where one begins', links('positioning', ['layers', 'shares_today', 'shares_target']), {}, [['statement', true, 'statement'], ['layers', false, 'layers'], ['shares_today', false, 'layers'], ['shares_target', false, 'layers']]],
    ['of the business plan only what stands on this screen', links('business', ['vision', 'weights']), GOOD, [['values', true, 'values'], ['vision', false, 'vision'], ['mission', true, 'mission']]],
  ])('%s', (_, told, document, want) => {
    expect(counted(document, completeness(told)).map(({ id, done, way }) => [id, done, way.kind === 'field' ? way.field : ''])).toEqual(want);
  });
  test('comes before what only this screen asks', () => {
    expect(checks(GOOD, completeness(links('positioning', []))).map((one) => one.id)).toEqual(['statement', 'layers', 'shares_today', 'shares_target', 'served:b', 'value']);
  });
});

test('the positioning feeds objectives by side, with the lines that measure them', () => {
  const { groups, apart } = feeds(GOOD);
  expect(apart).toBe(1);
  expect(groups.map(({ group, fed }) => [group, fed.map((one) => [one.objective.id, one.layers.map(({ id }) => id), one.lines.map(({ id }) => id), one.steps])])).toEqual([['customer', [['o1', ['a', 'b'], ['l1'], 2]]]]);
  expect(feeds({})).toEqual({ groups: [], apart: 0 });
  expect(stepsFor(GOOD, 'o2')).toBe(0);
});

test('an initiative that is removed leaves nothing that refers to it', () => {
  const document = but({ '/method/findings': { f: { code: 'f', initiative: 'i', objective: 'o1' }, g: { code: 'g', initiative: 'other' } }, '/scenarios': { s: { initiatives: { i: 'on', other: 'off' } }, t: {} } });
  const after = apply(document, removeInitiative(document, 'i'));
  expect(after.okr?.initiatives).toEqual({});
  expect(after.method?.findings).toEqual({ f: { code: 'f', objective: 'o1' }, g: { code: 'g', initiative: 'other' } });
  expect(after.scenarios).toEqual({ s: { initiatives: { other: 'off' } }, t: {} });
});
