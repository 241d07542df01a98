import { describe, expect, it } from 'vitest';

import type { Edit } from '../src/api/ops';
import { conflictIn, delay, echoes, EMPTY_QUEUE, halves, keepMine, reduce, sort, takeTheirs, touchedCells } from '../src/api/ops';
import type { Json, Op, Patch } from '../src/model/patch';
import { apply, at } from '../src/model/patch';

const A = '/budget/lines/aht/values/2027-01';
const B = '/budget/lines/aht/values/2027-02';
const patch: Patch = [
  { op: 'test', path: A, value: 180 },
  { op: 'replace', path: A, value: 170 },
  { op: 'test', path: B, value: 180 },
  { op: 'replace', path: B, value: 165 },
];
const edit = (opId: string): Edit => ({ opId, patch, label: { kind: 'paste', count: 2 } });

/** A document with these figures. */
function documentOf(figures: Readonly<Record<string, Json>>): unknown {
  return apply({}, Object.entries(figures).map(([path, value]): Op => ({ op: 'add', path, value })));
}
const cell = (opId: string, path: string, from: Json | undefined, to: Json | undefined, tried = false): Edit => ({
  opId,
  label: { kind: 'cell', count: 1, what: path },
  patch: from === undefined ? [{ op: 'add', path, value: to ?? null }] : [{ op: 'test', path, value: from }, to === undefined ? { op: 'remove', path } : { op: 'replace', path, value: to }],
  ...(tried ? { tried } : {}),
});
const queued = (...edits: readonly Edit[]) => edits.reduce((queue, one) => reduce(queue, { type: 'edit', edit: one }), EMPTY_QUEUE);

describe('edits that wait', () => {
  const shown = (...edits: readonly Edit[]): unknown[] => queued(...edits).edits.map((one) => [one.opId, one.patch]);
  for (const [name, edits, want] of [
    ['of the same cell become one, tested against what stood there first', [cell('1', A, 180, 170), cell('2', A, 170, 160)], [['2', [{ op: 'test', path: A, value: 180 }, { op: 'replace', path: A, value: 160 }]]]],
    ['that put it back where it was are none', [cell('1', A, 180, 170), cell('2', A, 170, 180)], []],
    ['that make and change a figure make it', [cell('1', A, undefined, 170), cell('2', A, 170, 160)], [['2', [{ op: 'add', path: A, value: 160 }]]]],
    ['that make and clear a figure are none', [cell('1', A, undefined, 170), { ...cell('2', A, 170, undefined), label: { kind: 'clear', count: 1, what: A } }], []],
    ['that clear a figure after a change clear it', [cell('1', A, 180, 170), { ...cell('2', A, 170, undefined), label: { kind: 'clear', count: 1, what: A } }], [['2', [{ op: 'test', path: A, value: 180 }, { op: 'remove', path: A }]]]],
  ] as const) it(name, () => expect(shown(...edits)).toEqual(want));
  for (const [name, edits] of [
    ['of two cells stay two, so that each can be undone', [cell('1', A, 180, 170), cell('2', B, 180, 160)]],
    ['stay two where another lies between', [cell('1', A, 180, 170), cell('2', B, 180, 160), cell('3', A, 170, 150)]],
    ['stay two where the first was sent and may be stored', [cell('1', A, 180, 170, true), cell('2', A, 170, 160)]],
    ['stay two where one is a paste', [edit('1'), cell('2', A, 170, 160)]],
    ['stay two where each has its reason', [{ ...cell('1', A, 180, 170), why: 'x' }, cell('2', A, 170, 160)]],
  ] as const) it(name, () => expect(queued(...edits).edits.map((one) => one.opId)).toEqual(edits.map((one) => one.opId)));
  it('are marked as sent with the first try, so that they go again as they are', () => {
    const sending = reduce(queued(cell('1', A, 180, 170)), { type: 'send' });
    expect(reduce(sending, { type: 'edit', edit: cell('2', A, 170, 160) }).edits.map((one) => one.opId)).toEqual(['1', '2']);
  });
  it('can be taken back before they were sent, and not after', () => {
    const queue = queued(cell('1', A, 180, 170), cell('2', B, 180, 160));
    expect(reduce(queue, { type: 'unmake', opId: '2' }).edits).toHaveLength(1);
    expect(reduce(reduce(queue, { type: 'send' }), { type: 'unmake', opId: '1' }).edits).toHaveLength(2);
  });
  it('of a window that is gone go before new ones, each once', () => {
    const queue = reduce(queued(cell('3', A, 1, 2)), { type: 'adopt', edits: [cell('1', B, 1, 2), cell('3', A, 1, 2)], conflicts: [] });
    expect(queue.edits.map((one) => one.opId)).toEqual(['1', '3']);
    const sending = reduce(reduce(queued(cell('3', A, 1, 2)), { type: 'send' }), { type: 'adopt', edits: [cell('1', B, 1, 2)], conflicts: [] });
    expect(sending.edits.map((one) => one.opId)).toEqual(['3', '1']);
  });
  it('that another window took over are let go, but for the one on its way', () => {
    const sending = reduce(queued(cell('1', A, 1, 2), cell('2', B, 1, 2)), { type: 'send' });
    expect(reduce(sending, { type: 'gone', ids: ['1', '2'] }).edits.map((one) => one.opId)).toEqual(['1']);
  });
});

describe('an edit that met other values', () => {
  const named = { path: A, theirs: 175 };
  it('goes on with the cells that nobody changed', () => {
    const { conflicts, rest } = sort(edit('1'), documentOf({ [A]: 175, [B]: 180 }), named, 'rest');
    expect(conflicts.map(({ path, mine, theirs, before }) => [path, mine, theirs, before])).toEqual([[A, 170, 175, 180]]);
    expect(rest).toMatchObject({ opId: 'rest', label: { kind: 'paste', count: 1 }, patch: patch.slice(2) });
  });
  it('asks about every cell that was changed', () => expect(sort(edit('1'), documentOf({ [A]: 175, [B]: 1 }), named, 'rest')).toMatchObject({ conflicts: [{ path: A }, { path: B }], rest: null }));
  it('asks nothing where somebody wrote the same', () => expect(sort(edit('1'), documentOf({ [A]: 170, [B]: 165 }), named, 'rest')).toEqual({ conflicts: [], rest: null }));
  it('puts a figure into what others began meanwhile, without taking theirs away', () => {
    const values = '/budget/lines/aht/values';
    const made: Edit = { opId: '1', label: { kind: 'paste', count: 2 }, patch: [{ op: 'add', path: values, value: { '2027-01': 170, '2027-02': 165 } }] };
    const document = documentOf({ '/budget/lines/aht/unit': 'second', [`${values}/2027-03`]: 9, [B]: 1 });
    const { conflicts, rest } = sort(made, document, { path: values, theirs: {} }, 'rest');
    expect(conflicts).toMatchObject([{ path: B, mine: 165, theirs: 1 }]);
    expect(at(apply(document, rest?.patch ?? []), values)).toEqual({ '2027-01': 170, '2027-02': 1, '2027-03': 9 });
  });
  it('of other things is one question as a whole', () => {
    const path = '/okr/milestones/m/due';
    const two: Edit = { opId: '1', label: { kind: 'change', what: path }, patch: [{ op: 'test', path, value: 'a' }, { op: 'replace', path, value: 'b' }, { op: 'add', path: '/okr/milestones/m/note', value: 'x' }] };
    expect(sort(two, {}, { path, theirs: 'c' }, 'rest')).toEqual({ conflicts: [{ edit: two, path, mine: 'b', theirs: 'c', before: 'a' }], rest: null });
  });
  it('takes what waits of the same cell into the question, and leaves the rest of it to go', () => {
    const waiting: Edit = { opId: '2', label: { kind: 'paste', count: 2 }, patch: [{ op: 'test', path: A, value: 170 }, { op: 'replace', path: A, value: 150 }, { op: 'test', path: B, value: 165 }, { op: 'replace', path: B, value: 140 }] };
    const sending = reduce(queued(cell('1', A, 180, 170), waiting), { type: 'send' });
    const after = reduce(sending, { type: 'conflict', ...sort(cell('1', A, 180, 170), documentOf({ [A]: 175, [B]: 165 }), named, 'rest') });
    expect(after.conflicts).toMatchObject([{ path: A, mine: 150, theirs: 175 }]);
    expect(after.edits).toMatchObject([{ opId: '2', patch: waiting.patch.slice(2) }]);
  });
  it('is asked about once, and no more once the cell is written again', () => {
    const asked = reduce(EMPTY_QUEUE, { type: 'clash', conflicts: sort(edit('1'), documentOf({ [A]: 175, [B]: 180 }), named, 'r').conflicts });
    expect(reduce(asked, { type: 'clash', conflicts: asked.conflicts }).conflicts).toHaveLength(1);
    expect(reduce(asked, { type: 'edit', edit: cell('9', A, 175, 100) }).conflicts).toEqual([]);
    expect(reduce(asked, { type: 'edit', edit: cell('9', B, 180, 100) }).conflicts).toHaveLength(1);
  });
});

it('an edit too long for one call is parted, and one that cannot be is not', () => {
  const parts = halves(edit('1'), ['a', 'b']);
  expect(parts?.map((one) => [one.opId, one.patch.length, one.label.count])).toEqual([['a', 2, 1], ['b', 2, 1]]);
  expect(halves(cell('1', A, 1, 2), ['a', 'b'])).toBeNull();
  expect(halves({ opId: '1', label: { kind: 'text' }, patch: [{ op: 'add', path: '/a', value: 'x' }, { op: 'add', path: '/b', value: 'y' }] }, ['a', 'b'])).toBeNull();
});

describe('the queue of edits', () => {
  const two = [edit('1'), edit('2')].reduce((queue, one) => reduce(queue, { type: 'edit', edit: one }), EMPTY_QUEUE);

  it('sends one edit at a time', () => {
    const sending = reduce(two, { type: 'send' });
    expect(sending.sending).toBe(true);
    expect(reduce(sending, { type: 'send' })).toBe(sending);
  });
  it('lets an accepted edit go and keeps the next', () => {
    const after = reduce(reduce(two, { type: 'send' }), { type: 'accepted' });
    expect(after.edits.map((one) => one.opId)).toEqual(['2']);
    expect(after.sending).toBe(false);
  });
  it('keeps every edit when the server is not reached, and counts the tries', () => {
    const after = reduce(reduce(two, { type: 'send' }), { type: 'unreachable', trouble: 'full' });
    expect(after.edits).toHaveLength(2);
    expect([after.failures, after.trouble]).toEqual([1, 'full']);
    expect(reduce(after, { type: 'accepted' }).trouble).toBeNull();
  });
  it('turns a failed test into a conflict that names both values', () => {
    const sending = reduce(two, { type: 'send' });
    const after = reduce(sending, { type: 'conflict', ...sort(edit('1'), documentOf({ [A]: 175, [B]: 180 }), { path: A, theirs: 175 }, 'rest') });
    expect(after.edits.map((one) => one.opId)).toEqual(['rest', '2']);
    expect(after.conflicts).toMatchObject([{ path: A, mine: 170, theirs: 175, before: 180 }]);
  });
  it('waits as long as the server asks for', () => expect(delay(1, 30_000)).toBe(30_000));
  it('waits longer after each failure, but never for ever', () => {
    expect(delay(1)).toBeLessThan(delay(3));
    expect(delay(50)).toBe(15_000);
  });
});

describe('a conflict', () => {
  const conflict = { edit: edit('1'), path: A, mine: 170, theirs: 175 };

  it('is read from the refusal', () => {
    expect(conflictIn([{ key: 'patch.test_failed', args: { path: A, met: '175', want: '180' } }], patch)).toEqual({ path: A, theirs: 175 });
  });
  it('is none where the server refused for another reason', () => expect(conflictIn([{ key: 'shape.dangling' }], patch)).toBeNull());
  it('kept as mine tests what they wrote, and sends the other cells too', () => {
    expect(keepMine(conflict)).toEqual([
      { op: 'test', path: B, value: 180 },
      { op: 'replace', path: B, value: 165 },
      { op: 'test', path: A, value: 175 },
      { op: 'replace', path: A, value: 170 },
    ]);
  });
  it('kept as mine where they removed it adds it again', () => {
    expect(keepMine({ ...conflict, theirs: undefined })).toContainEqual({ op: 'add', path: A, value: 170 });
  });
  it('kept as theirs leaves the other cells to send', () => expect(takeTheirs(conflict).map((op) => op.path)).toEqual([B, B]));
  it('kept as theirs leaves nothing of a single cell', () => {
    expect(takeTheirs({ ...conflict, edit: { ...conflict.edit, patch: patch.slice(0, 2) } })).toEqual([]);
  });
});

it('an echo is known by its operation id', () => {
  expect(echoes(edit('1'), { op_id: '1' })).toBe(true);
  expect(echoes(edit('1'), { op_id: '2' })).toBe(false);
});

it('the cells of a patch are named by line, members and month', () => {
  const paths = ['/budget/lines/aht/values/voice/2027-01', '/scenarios/lean/cells/fte/2027-02', '/method/findings/x'];
  expect(touchedCells(paths.map((path) => ({ op: 'replace', path, value: 1 })))).toEqual(['aht/voice/2027-01', 'fte/2027-02']);
});
