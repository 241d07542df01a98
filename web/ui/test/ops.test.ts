import { describe, expect, it } from 'vitest';

import type { Edit } from '../src/api/ops';
import { conflictIn, delay, echoes, EMPTY_QUEUE, keepMine, reduce, takeTheirs, touchedCells } from '../src/api/ops';
import type { Patch } from '../src/model/patch';

const A = '/budget/lines/aht/values/2027-01';
const B = '/budget/lines/aht/values/2027-02';
const patch: Patch = [
  { op: 'test', path: A, value: 180 },
  { op: 'replace', path: A, value: 170 },
  { op: 'test', path: B, value: 180 },
  { op: 'replace', path: B, value: 165 },
];
const edit = (opId: string): Edit => ({ opId, patch, label: { kind: 'paste', count: 2 } });

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
    const after = reduce(reduce(two, { type: 'send' }), { type: 'unreachable' });
    expect(after.edits).toHaveLength(2);
    expect(after.failures).toBe(1);
  });
  it('turns a failed test into a conflict that names both values', () => {
    const after = reduce(reduce(two, { type: 'send' }), { type: 'conflict', path: A, theirs: 175 });
    expect(after.edits.map((one) => one.opId)).toEqual(['2']);
    expect(after.conflicts).toMatchObject([{ path: A, mine: 170, theirs: 175 }]);
  });
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
