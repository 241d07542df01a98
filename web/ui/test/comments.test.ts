import { describe, expect, it } from 'vitest';

import type { Position } from '../src/api/trustTypes';
import { called, callingAt, callsCount, candidates, cellOn, changePatch, commentedCells, commentPatch, counts, daysAgo, filtered, filterOf, isGone, mayChange, mayRemove, maySettle, messageId, messagesOf, pieces, placeHref, placeOf, type Reader, replyPatch, reopenPatch, settlePatch, stored, threadsOf, threadsOn, typed } from '../src/model/comments';
import type { PlanDocument } from '../src/model/document';
import { apply } from '../src/model/patch';

const plan: PlanDocument = {
  budget: {
    calendar: { start: '2027-01', months: 12 },
    lines: { calls: { name: { en: 'Calls', zh: '来电' }, by: ['queue'], owner: 'ops' }, rent: {} },
  },
  okr: { milestones: { rota: { owner: 'data', deputy: 'ops' } } },
  comments: {
    c2: { on: '/budget/lines/calls/values/voice/2027-01', text: '请@ops看 @opsx', who: 'boss', day: '2027-01-02', mentions: ['ops', 'opsx'], replies: { b: { text: 'later', who: 'me', day: '2027-01-04' }, a: { text: 'first', who: 'boss', day: '2027-01-03' } } },
    c1: { on: '/budget/lines/rent', text: 'Rent?', who: 'me', day: '2027-01-02', scenario: 'lean' },
    c3: { on: '/okr/milestones/rota', text: 'When?', who: 'boss', day: '2027-01-05', mentions: ['ops'] },
    c4: { on: '/budget/lines/gone/values/2027-01', text: 'Gone', who: 'boss', day: '2027-01-01', resolved: { who: 'boss', day: '2027-01-02' } },
    c5: { on: '/scenarios/base', text: 'waits' },
  },
};
const threads = threadsOf(plan);
const thread = (id: string) => threads.find((one) => one.id === id) ?? (() => { throw new Error(id); })();
const me: Reader = { id: 'me', roles: ['lead'], positions: ['ops'], comments: true };
const director: Reader = { id: 'chief', roles: ['director'], positions: [], comments: true };
const people: Position[] = [
  { id: 'ops', name: { en: 'Operations manager', zh: '运营经理' }, people: [{ id: 'w', name: 'Wang Fang' }] },
  { id: 'opsx', name: { en: 'Operations', zh: '运营' }, people: [] },
  { id: 'data', name: { en: 'Data analysis manager', zh: '数据分析经理' }, people: [] },
];

describe('places', () => {
  it.each([
    ['/budget/lines/calls', 'line calls'], ['/budget/lines/a~1b/values/2027-01', 'cell a/b 2027-01'], ['/budget/lines/calls/values/voice/2027-01', 'cell calls voice 2027-01'],
    ['/scenarios/lean', 'scenario lean'], ['/okr/milestones/rota', 'milestone rota'], ['/okr/objectives/o', 'objective o'], ['/method/findings/f', 'finding f'],
    ['/budget/lines', ''], ['/budget/lines/', ''], ['/budget/lines/calls/values', ''], ['/okr/objectives/o/key_results/k', ''], ['', ''], ['/comments/c', ''],
  ])('%s', (on, want) => {
    const place = placeOf(on);
    expect(place === null ? '' : [place.kind, place.id, ...place.members, place.month].filter(Boolean).join(' ')).toBe(want);
  });
  it('lead to what they are', () => {
    expect(placeHref('p', thread('c2'))).toBe('#/p/p/budget?cell=calls%2Fvoice%2F2027-01&panel=comments');
    expect(placeHref('p', thread('c1'))).toBe('#/p/p/budget?scenario=lean&cell=rent&panel=comments');
    expect(placeHref('p', thread('c3'))).toBe('#/p/p/action');
    expect(cellOn('calls', ['voice'], '2027-01')).toBe(thread('c2').on);
  });
  it('are known to be gone', () => {
    expect(threads.filter((one) => isGone(plan, one)).map((one) => one.id)).toEqual(['c4']);
  });
});

describe('threads', () => {
  it('are in order, what waits to be sent last', () => {
    expect(threads.map((one) => one.id)).toEqual(['c4', 'c1', 'c2', 'c3', 'c5']);
    expect(messagesOf(thread('c2')).map((said) => said.text)).toEqual(['请@ops看 @opsx', 'first', 'later']);
  });
  it('are found by place', () => {
    expect(threadsOn(threads, '/budget/lines/calls').length).toBe(0);
    expect(threadsOn(threads, '/budget/lines/calls', true).map((one) => one.id)).toEqual(['c2']);
  });
  it('mark their cells while they are open', () => {
    expect([...commentedCells(plan)]).toEqual(['calls/voice/2027-01']);
  });
  it('count those that wait for somebody', () => {
    expect(callsCount(plan, me)).toBe(1);
    expect(callsCount(plan, { id: 'you', positions: ['ops'] })).toBe(2);
    expect(callsCount(plan, { id: 'boss', positions: ['ops'] })).toBe(0);
  });
  it('are filtered and counted', () => {
    const ids = (params: Record<string, string>) => filtered(threads, filterOf(params), me).map((one) => one.id);
    expect(ids({})).toEqual(['c5', 'c3', 'c2', 'c1']);
    expect(ids({ state: 'resolved' })).toEqual(['c4']);
    expect(ids({ who: 'mine' })).toEqual(['c5', 'c2', 'c1']);
    expect(ids({ who: 'me', state: 'all' })).toEqual(['c3', 'c2']);
    expect(ids({ place: 'line' })).toEqual(['c1']);
    expect(ids({ place: 'nonsense', state: 'nonsense' })).toEqual(ids({}));
    expect(counts(threads, filterOf({}), me)).toEqual({ open: 4, resolved: 1, all: 5 });
  });
});

describe('rights', () => {
  it('let nobody change what was answered', () => {
    const answered = thread('c2');
    expect(messagesOf(answered).map((said) => mayChange(answered, said, me))).toEqual([false, false, true]);
    expect(mayChange(thread('c1'), thread('c1'), me)).toBe(true);
    expect(mayChange(thread('c5'), thread('c5'), me)).toBe(false);
  });
  it('let directors take away, and owners settle', () => {
    expect(mayRemove(thread('c3'), thread('c3'), me)).toBe(false);
    expect(mayRemove(thread('c3'), thread('c3'), director)).toBe(true);
    expect(['c1', 'c2', 'c3', 'c4', 'c5'].filter((id) => maySettle(plan, thread(id), me))).toEqual(['c1', 'c2', 'c3']);
    expect(['c1', 'c5'].map((id) => maySettle(plan, thread(id), director))).toEqual([true, false]);
    expect(maySettle(plan, thread('c1'), { ...me, comments: false })).toBe(false);
  });
});

describe('patches', () => {
  it('leave out who and when', () => {
    expect(commentPatch('c9', '/budget/lines/rent', 'base', { text: 'x', mentions: [] })).toEqual([{ op: 'add', path: '/comments/c9', value: { on: '/budget/lines/rent', text: 'x' } }]);
    expect(commentPatch('c9', '/budget/lines/rent', 'lean', { text: 'x', mentions: ['ops'] })[0]?.value).toEqual({ on: '/budget/lines/rent', scenario: 'lean', text: 'x', mentions: ['ops'] });
    expect(replyPatch(thread('c1'), 'r1', { text: 'y', mentions: [] })).toEqual([{ op: 'add', path: '/comments/c1/replies/r1', value: { text: 'y' } }]);
  });
  it('change only what is new', () => {
    expect(changePatch(plan, thread('c1'), { text: 'Rent!', mentions: [] })).toEqual([{ op: 'test', path: '/comments/c1/text', value: 'Rent?' }, { op: 'replace', path: '/comments/c1/text', value: 'Rent!' }]);
    expect(changePatch(plan, thread('c1'), { text: 'Rent?', mentions: ['ops'] })).toEqual([{ op: 'add', path: '/comments/c1/mentions', value: ['ops'] }]);
    expect(changePatch(plan, thread('c1'), { text: 'Rent?', mentions: [] })).toEqual([]);
  });
  it('settle and reopen', () => {
    const settled = apply(plan, settlePatch(thread('c1')));
    expect(threadsOf(settled).find((one) => one.id === 'c1')?.resolved).toEqual({ who: '', day: '' });
    expect(reopenPatch(plan, thread('c4')).map((op) => op.op)).toEqual(['test', 'remove']);
  });
  it('show at once, in a plan where nobody has commented yet', () => {
    const next = apply<PlanDocument>({}, commentPatch('c9', '/budget/lines/rent', '', { text: 'x', mentions: [] }));
    expect(threadsOf(next).map((one) => [one.id, one.who])).toEqual([['c9', '']]);
  });
  it('have ids that sort by time', () => {
    const ids = [1, 2, 2_000_000].map((later) => messageId('c', 1_795_000_000_000 + later, () => 0.99));
    expect([...ids].sort()).toEqual(ids);
    expect(messageId('c', 1_795_000_000_000, () => 0)).toMatch(/^c[0-9a-z]{8}0000$/);
  });
});

describe('mentions', () => {
  it.each<[string, string, string[]]>([
    ['请@运营经理 看一下', '请@ops 看一下', ['ops']],
    ['请@运营经理看一下', '请@ops看一下', ['ops']],
    ['@Operations manager, and @operations?', '@ops, and @opsx?', ['ops', 'opsx']],
    ['@ops @data', '@ops @data', ['ops', 'data']],
    ['mail a@ops.example, @opsy and @nobody', 'mail a@ops.example, @opsy and @nobody', []],
    ['  nothing  ', 'nothing', []],
  ])('%s', (text, want, mentions) => {
    expect(stored(text, people)).toEqual({ text: want, mentions });
  });
  it('are told in the page’s language', () => {
    expect(pieces(thread('c2')).map((piece) => piece.role || piece.text)).toEqual(['请', 'ops', '看 ', 'opsx']);
    expect(typed(thread('c2'), people, 'zh')).toBe('请@运营经理看 @运营');
    expect(stored(typed(thread('c2'), people, 'en'), people).mentions).toEqual(['ops', 'opsx']);
  });
  it.each<[string, { from: number; query: string } | null]>([
    ['@', { from: 0, query: '' }], ['请@运', { from: 1, query: '运' }], ['hi @Op', { from: 3, query: 'Op' }], ['a@op', null], ['@op done', null], ['none', null],
  ])('are begun at the caret in “%s”', (text, want) => {
    expect(callingAt(text, text.length)).toEqual(want);
  });
  it('are offered by name, id and holder', () => {
    const ids = (query: string) => candidates(people, query).map((one) => one.id);
    expect(ids('')).toEqual(['ops', 'opsx', 'data']);
    expect(ids('运')).toEqual(['ops', 'opsx']);
    expect(ids('wang')).toEqual(['ops']);
    expect(ids('manager')).toEqual(['ops', 'data']);
    expect(ids('zzz')).toEqual([]);
  });
  it('are put in at the caret', () => {
    expect(called('请@运 看', { from: 1, query: '运' }, '运营经理')).toEqual({ text: '请@运营经理 看', caret: 7 });
    expect(called('@', { from: 0, query: '' }, 'A')).toEqual({ text: '@A ', caret: 3 });
  });
});

describe('days', () => {
  it.each([['2027-01-05', 'today'], ['2027-01-04', 'yesterday'], ['2026-12-29', '7 days ago'], ['2026-12-28', null], ['2027-01-06', 'today'], ['soon', null]])('%s', (day, want) => {
    expect(daysAgo(day, '2027-01-05', 'en-US')).toBe(want);
  });
});
