import { describe, expect, it } from 'vitest';

import en from '$locale/en.json';

import type { PlanDocument } from '../src/model/document';
import { CONTRIBUTION_FIELDS, FIELDS, lineNamed, partAt, partsOf, typed, usedBy, written } from '../src/model/parts';
import type { Json } from '../src/model/patch';

const document: PlanDocument = {
  budget: {
    lines: {
      shrink: { code: 'shrink', unit: '%' },
      fte: { code: 'fte', formula: 'required_fte(volume, aht, "voice")' },
      chat: { code: 'chat', formula: 'required_fte(volume, aht, "voice_chat")' },
      全职: { code: '全职', formula: 'required_fte(volume, aht, “voice”)' },
    },
    staffing: { voice: { target: 0.8, shrinkage: 'shrink' } },
  },
};

describe('a part', () => {
  it('is used by the lines whose formula quotes its code', () => expect(usedBy(document, 'voice').map((line) => line.id)).toEqual(['fte', '全职']));
  it('is found by its kind', () => expect([partsOf(document, 'staffing').length, partsOf(document, 'hiring').length]).toEqual([1, 0]));
  it('is found by a pointer into it', () => {
    expect(partAt('/budget/staffing/voice/day_factors/mon')).toEqual({ kind: 'staffing', id: 'voice' });
    expect(partAt('/okr/initiatives/i/changes/c/add')).toEqual({ kind: 'initiatives', id: 'i' });
    expect(partAt('/budget/lines/fte')).toBeNull();
  });
  it('has a name for every field, and no name for nothing', () => {
    const labels = [...Object.values(FIELDS).flatMap((heads) => heads.flatMap(([heading, fields]) => [heading, ...fields.map((field) => field.label)])), ...CONTRIBUTION_FIELDS.map((field) => field.label)];
    expect(labels.filter((label) => !(label in en))).toEqual([]);
    const choices = Object.values(FIELDS).flatMap((heads) => heads.flatMap(([, fields]) => fields.flatMap((field) => field.choices ?? [])));
    expect(choices.filter((choice) => !(`parts.choice.${choice}` in en))).toEqual([]);
  });
});

describe('what is typed into a field', () => {
  const cases: readonly (readonly [string, string, string, Json | undefined | null])[] = [
    ['a share in per cent', '30', '%', 0.3],
    ['a share with its sign', '30%', '%', 0.3],
    ['a share as a fraction', '0.3', '%', 0.3],
    ['the whole as one', '1', '%', 1],
    ['a number of seconds', '20', 'second', 20],
    ['the code of a line', 'shrink', '%', 'shrink'],
    ['nothing, which takes it away', '  ', '%', undefined],
    ['neither a number nor a line', 'shrinkk', '%', null],
  ];
  for (const [name, raw, unit, want] of cases) it(name, () => expect(typed(document, raw, { kind: 'number', unit })).toEqual(want));
  it('a list of shares', () => expect(typed(document, '60%  80 1', { kind: 'list', unit: '%' })).toEqual([0.6, 0.8, 1]));
  it('a list with a word', () => expect(typed(document, '60% x', { kind: 'list', unit: '%' })).toBeNull());
  it('is written back as it was typed', () => expect([written(0.3, '%'), written([0.6, 0.8], '%'), written('shrink', '%'), written(undefined, '%')]).toEqual(['30%', '60%  80%', 'shrink', '']));
  it('names a line or does not', () => expect([lineNamed(document, 'shrink')?.id, lineNamed(document, 0.3)?.id]).toEqual(['shrink', undefined]));
});
