import { describe, expect, it } from 'vitest';

import type { LineResult } from '../src/api/types';
import { endsOf } from '../src/model/budgetHeads';
import { downstream } from '../src/model/cells';
import type { PlanDocument } from '../src/model/document';
import { linesByCode, ranked } from '../src/model/document';
import { failedLines } from '../src/model/marks';
import { applied, apply, over, type Op } from '../src/model/patch';
import { groupedLines, sheetRows } from '../src/model/sheet';
import { dependents, precedents } from '../src/model/trace';

/** The same numbers each time, so that a failure can be seen again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const SIZE = 24;
const first = (): PlanDocument => ({
  budget: {
    groups: { a: { name: { en: 'A' } }, b: { name: { en: 'B' } } },
    lines: Object.fromEntries(Array.from({ length: SIZE }, (_, i) => [`l${i}`, { code: `l${i}`, rank: String(i % 7), group: i % 2 ? 'a' : 'b', unit: 'contact', values: { '2027-01': i }, ...(i > 3 ? { formula: `l${i - 1} + l${i - 3}` } : {}) }])),
  },
  scenarios: {},
});

function edit(pick: (below: number) => number, document: PlanDocument): Op {
  const id = `l${pick(SIZE + 4)}`;
  const there = document.budget?.lines?.[id] !== undefined;
  const path = `/budget/lines/${id}`;
  if (!there) return { op: 'add', path, value: { code: `l${pick(SIZE)}x`, rank: String(pick(9)), group: 'a', values: {} } };
  switch (pick(9)) {
    case 0: return { op: 'remove', path };
    case 1: return { op: 'add', path: `${path}/rank`, value: String(pick(9)) };
    case 2: return { op: 'add', path: `${path}/group`, value: ['a', 'b', 'none'][pick(3)] ?? '' };
    case 3: return { op: 'add', path: `${path}/formula`, value: `l${pick(SIZE)} * 2` };
    case 4: return { op: 'add', path: `${path}/code`, value: `l${pick(SIZE)}` };
    case 5: return { op: 'add', path: `${path}/unit`, value: ['contact', 'hour', ''][pick(3)] ?? '' };
    default: return { op: 'add', path: `${path}/values/2027-01`, value: pick(1000) };
  }
}

const fresh = <T>(tree: T): T => JSON.parse(JSON.stringify(tree)) as T;
const result = (total: number | null, failed: boolean): LineResult => ({ unit: 'contact', values: [total], total, errors: failed ? [{ key: 'formula.zero', month: '2027-01', member: [], cause: '', cause_month: '' }] : [] }) as unknown as LineResult;

function all(document: PlanDocument, shut: ReadonlySet<string>): unknown {
  const codes = Array.from({ length: SIZE }, (_, i) => `l${i}`);
  return {
    order: ranked(document.budget?.lines), byCode: [...linesByCode(document)], grouped: groupedLines(document), rows: sheetRows(document, shut),
    down: codes.map((code) => [...downstream(document, [code])].sort()), uses: codes.map((code) => [[...precedents(document, code)], [...dependents(document, code)]]),
  };
}

describe('what is carried over from an earlier document', () => {
  it.each([1, 2, 3, 4, 5, 6])('is what is found anew, after any edits (seed %i)', (seed) => {
    const pick = random(seed);
    const shut = new Set(['group:b']);
    let document = first();
    for (let i = 0; i < 120; i += 1) {
      const patch = Array.from({ length: 1 + pick(3) }, () => edit(pick, document));
      document = applied(document, patch);
      // Some states are never looked at.
      if (pick(4) > 0) expect(all(document, shut)).toEqual(all(fresh(document), new Set(shut)));
    }
  });

  it.each([1, 2, 3, 4])('is what is found anew in results (seed %i)', (seed) => {
    const pick = random(seed);
    let document = first();
    let results: Readonly<Record<string, LineResult>> = Object.fromEntries(Array.from({ length: SIZE }, (_, i) => [`l${i}`, result(i, false)]));
    for (let i = 0; i < 150; i += 1) {
      if (pick(3) === 0) document = apply(document, [edit(pick, document)]);
      results = over(results, Object.fromEntries(Array.from({ length: 1 + pick(4) }, () => [`l${pick(SIZE)}`, result(pick(8) === 0 ? null : pick(60) - 30, pick(5) === 0)])));
      expect([...failedLines(results)].sort()).toEqual([...failedLines(fresh(results))].sort());
      expect(new Map([...endsOf(results, document)].sort())).toEqual(new Map([...endsOf(fresh(results), fresh(document))].sort()));
    }
  });

  it('is the same tree where a patch changes nothing', () => {
    const document = first();
    expect(apply(document, [{ op: 'add', path: '/budget/lines/l1/values/2027-01', value: 1 }])).toBe(document);
    const patch: Op[] = [{ op: 'replace', path: '/budget/lines/l1/values/2027-01', value: 9 }];
    expect(applied(document, patch)).toBe(applied(document, patch));
    expect(document.budget?.lines?.['l1']?.values).toEqual({ '2027-01': 1 });
  });
});
