import { describe, expect, it } from 'vitest';

import { lockOf, WHOLE } from '../src/model/access';
import type { PlanDocument } from '../src/model/document';
import { codeOf, openScenarios } from '../src/model/document';
import { apply } from '../src/model/patch';
import { builtOn, duplicate, mark } from '../src/model/scenarios';

const document: PlanDocument = {
  scenarios: {
    safe: { code: 'safe', rank: 'a', locked: true, name: { en: 'Safe' }, cells: { aht: { '2027-01': 1 } } },
    child: { code: 'child', rank: 'b', parent: 'safe' },
    old: { code: 'old', rank: 'c', archived: true, parent: 'safe' },
  },
};
const lock = (path: string, of = document) => lockOf(path, { access: WHOLE, workflow: null, document: of, table: [] });

describe('a locked scenario', () => {
  it.each(['/scenarios/safe', '/scenarios/safe/cells/aht/2027-01', '/scenarios/safe/name', '/scenarios/safe/changes/c1/scale'])('%s does not change', (path) => {
    expect(lock(path)).toBe('locked');
  });
  it.each(['/scenarios/safe/locked', '/scenarios/safe/archived', '/scenarios/child/cells/aht/2027-01', '/scenarios/old/note', '/scenarios/new', '/budget/lines/aht/values/2027-01'])('%s does', (path) => {
    expect(lock(path)).toBeNull();
  });
  it('is free once it is unlocked', () => {
    expect(lock('/scenarios/safe/name', apply(document, mark(document, 'safe', 'locked', false)))).toBeNull();
  });
});

describe('an archived scenario', () => {
  const codes = (...named: string[]): string[] => openScenarios(document, ...named).map(codeOf);
  it('is not offered, unless an address names it', () => {
    expect(codes()).toEqual(['base', 'safe', 'child']);
    expect(codes('old')).toEqual(['base', 'safe', 'child', 'old']);
  });
  it('is counted among those that build on another, which can then not be deleted', () => {
    expect(builtOn(document, { id: 'safe', item: document.scenarios?.['safe'] ?? {} }).map(codeOf)).toEqual(['child', 'old']);
  });
});

it('a copy is neither locked nor archived', () => {
  for (const id of ['safe', 'old']) {
    const made = duplicate(document, { id, item: document.scenarios?.[id] ?? {} }, (text) => text);
    const copy = apply(document, made.patch).scenarios?.[made.id];
    expect([copy?.locked, copy?.archived]).toEqual([undefined, undefined]);
  }
});
