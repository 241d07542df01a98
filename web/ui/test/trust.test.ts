import { beforeAll, describe, expect, it } from 'vitest';

import type { Access, OpenItem, Rule, Workflow } from '../src/api/trustTypes';
import type { Edit } from '../src/api/ops';
import { EMPTY_QUEUE, reasonWanted, reduce } from '../src/api/ops';
import type { LineResult } from '../src/api/types';
import { Flag } from '../src/grid/types';
import { later, use } from '../src/i18n/index.svelte';
import { Formats } from '../src/lib/num';
import { closedIn, levelOf, lockOf, matches, sealedIn, WHOLE } from '../src/model/access';
import { type Sheet } from '../src/model/budgetSheet';
import { budgetSource } from '../src/model/budgetSource';
import { errorCode, scenarioOf } from '../src/model/cells';
import { monthsOf } from '../src/model/document';
import { changesOf, changeText, entryText, filterOf, isFiltered, pairOf, placeName, shareOf, topics } from '../src/model/log';
import { noteOf, openGroups, openHref } from '../src/model/open';
import type { Op, Patch } from '../src/model/patch';
import { apply, parts } from '../src/model/patch';
import { confirms, placeHref } from '../src/model/seal';
import { sheetRows } from '../src/model/sheet';
import { foots, lacking, setUp, sumOf, totalsOf, type EntryDraft } from '../src/model/workflow';
import { canBePast, parse, pastOf } from '../src/router.svelte';
import { telecom } from './fixture/telecom';

const plan = telecom();
beforeAll(async () => {
  await use('en');
  await later(Promise.resolve({ default: null }));
});

const CELL = '/budget/lines/aht/values/2027-03';
const replaced: Patch = [{ op: 'test', path: CELL, value: 180 }, { op: 'replace', path: CELL, value: 170 }];
const back: Patch = [{ op: 'replace', path: CELL, value: 180 }];

describe('the change log in words', () => {
  const text = (patch: Patch, inverse: Patch, more: object = {}): string => entryText(plan, { patch, inverse, label: '', hidden: 0, ...more }, changesOf(patch, inverse));

  it('names a figure by line and month, before and after with the unit', () => expect(text(replaced, back)).toBe('Average handle time · Mar 2027: 180 sec/contact → 170 sec/contact'));
  it('names a figure of a scenario with the scenario', () => {
    expect(text([{ op: 'add', path: '/scenarios/growth/cells/fcr/2027-02', value: 0.8 }], [{ op: 'remove', path: '/scenarios/growth/cells/fcr/2027-02' }])).toBe('First contact resolution · Feb 2027 (scenario Demand +12 %): nothing → 80%');
  });
  it('counts many figures and names their lines once', () => {
    const months = ['2027-01', '2027-02'];
    const many = months.map((month): Op => ({ op: 'replace', path: `/budget/lines/aht/values/${month}`, value: 1 }));
    const inverse = months.map((month): Op => ({ op: 'replace', path: `/budget/lines/aht/values/${month}`, value: 180 }));
    expect(text(many, inverse)).toBe('2 changes in Average handle time');
    expect(topics(plan, changesOf([...many, ...replaced.slice(1), { op: 'replace', path: '/okr/milestones/m_1/due', value: '2027-01-01' }], []))).toEqual(['Average handle time', 'milestone “Cause codes for repeats agreed”']);
  });
  it('says owners and days, not ids', () => {
    const change = { path: '/okr/milestones/m_1/owner', before: 'r_ops', after: 'r_hr' };
    expect(changeText(plan, change)).toBe('milestone “Cause codes for repeats agreed” · owner: Head of operations → People lead');
  });
  it('names what is gone by what it was called', () => {
    expect(text([{ op: 'remove', path: '/method/findings/gone' }], [{ op: 'add', path: '/method/findings/gone', value: { statement: { en: 'Calls drop' } } }])).toBe('deleted finding “Calls drop”');
  });
  it('breaks a new tree of figures up, and keeps a new thing whole', () => {
    expect(changesOf([{ op: 'add', path: '/budget/lines/aht/values', value: { '2027-01': 1, '2027-02': 2 } }], []).map(({ path }) => parts(path).at(-1))).toEqual(['2027-01', '2027-02']);
    expect(changesOf([{ op: 'add', path: '/okr/milestones/x', value: { name: { en: 'X' }, due: '2027-01-01' } }], [])).toHaveLength(1);
  });
  it('says what is not shown by number alone', () => expect(text([], [], { hidden: 2 })).toBe('2 changes are not shown: you may not see what they changed.'));
  it('says which revision was taken back', () => expect(text(back, replaced, { undoes: 7 })).toBe('took back revision 7'));
  it('says that the plan was made, not all of it', () => expect(text([{ op: 'add', path: '', value: {} }], [])).toBe('The plan was made'));
  it('leaves out what did not change', () => expect(changesOf([{ op: 'replace', path: CELL, value: 180 }], back)).toEqual([]));
  it('names a place the plan does not know by its own words', () => expect(placeName(plan, { path: '/method/positioning/statement/en', before: 'a', after: 'b' })).toBe('positioning · wording · English'));
});

describe('the filters of the change log', () => {
  it('are read from the address, and a day that is none is left out', () => {
    expect(filterOf({ who: 'analyst', since: '2026-11-01', until: 'soon', pointer: '/budget' })).toEqual({ who: 'analyst', since: '2026-11-01', until: '', text: '', pointer: '/budget' });
    expect(isFiltered(filterOf({}))).toBe(false);
    expect(isFiltered(filterOf({ text: 'pay' }))).toBe(true);
  });
  it('compare two revisions, the earlier first, or one with the newest', () => {
    expect(pairOf([9, 4], 12)).toEqual([4, 9]);
    expect(pairOf([4], 12)).toEqual([4, 12]);
    expect([pairOf([12], 12), pairOf([], 12)]).toEqual([null, null]);
  });
});

describe('a reason that is asked', () => {
  const edit = (opId: string): Edit => ({ opId, patch: replaced, label: { kind: 'cell' } });
  const asked = ['1', '2'].reduce((queue, id) => reduce(queue, { type: 'edit', edit: edit(id) }), EMPTY_QUEUE);
  const asking = reduce(reduce(asked, { type: 'send' }), { type: 'ask', problem: { key: 'workflow.why_needed' } });

  it('keeps the edit and sends nothing meanwhile', () => {
    expect(asking.edits.map((one) => one.opId)).toEqual(['1', '2']);
    expect(asking.sending).toBe(false);
    expect(reduce(asking, { type: 'send' })).toBe(asking);
  });
  it('goes with the edit when given, and only with that one', () => {
    const given = reduce(asking, { type: 'because', why: 'new contract' });
    expect(given.edits.map((one) => one.why)).toEqual(['new contract', undefined]);
    expect(given.asks).toBeNull();
    expect(reduce(given, { type: 'send' }).sending).toBe(true);
  });
  it('takes the edit back when refused to, and keeps what was typed after it', () => expect(reduce(asking, { type: 'withdraw' })).toMatchObject({ edits: [{ opId: '2' }], asks: null }));
  it('is known by its key among the problems', () => {
    expect(reasonWanted([{ key: 'x' }, { key: 'workflow.why_needed', pointer: CELL }])?.pointer).toBe(CELL);
    expect(reasonWanted([{ key: 'workflow.section_closed' }])).toBeUndefined();
  });
  it('shows how much the number changes', () => {
    expect(shareOf(replaced, CELL)).toEqual({ before: 180, after: 170, ratio: -10 / 180 });
    expect(shareOf([{ op: 'add', path: CELL, value: 5 }], CELL).ratio).toBeNull();
  });
  it('a revision that cannot be taken back becomes a conflict with both values', () => {
    const clash = reduce(EMPTY_QUEUE, { type: 'clash', conflicts: [{ edit: edit(''), path: CELL, mine: 180, theirs: 175 }] });
    expect(clash.conflicts).toMatchObject([{ mine: 180, theirs: 175 }]);
  });
});

const TABLE: readonly Rule[] = (
  [['/method/strategy/**', 'edit', 'read', 'read'], ['/budget/lines/*/values/**', 'edit', 'edit', 'own'], ['/budget/**', 'edit', 'edit', 'read'], ['/scenarios/**', 'edit', 'edit', 'read'], ['/okr/milestones/*', 'edit', 'edit', 'read'], ['/okr/milestones/*/**', 'edit', 'edit', 'own'], ['/workflow/**', 'edit', 'read', 'read'], ['/**', 'read', 'read', 'read']] as const
).map(([pattern, director, finance, lead]) => ({ pattern, title: 't', director, finance, lead, viewer: 'read', administrator: 'read' }));
const LEAD: Access = { ...WHOLE, roles: ['lead'], may: ['edit'], lines: ['aht'], members: ['voice'], positions: ['r_ops'] };
const section = (id: string, state: 'open' | 'approved', covers: string[]) => ({ id, name: {}, covers, owner: '', deadline: '', overdue: false, state, handed_in: null, returned: null, approvals: [], next: '', acts: [] });
const FLOW: Workflow = { phase: 'draft', amount: 1, amount_line: '', why_above: 0, sections: [section('retrospective', 'approved', ['/method/findings']), section('budget', 'open', ['/budget', '/scenarios'])], steps: [{ id: 'director', name: {}, role: 'director', from: 0, needed: true }] };
const rules = (access: Access, workflow: Workflow | null = null) => ({ access, workflow, document: plan, table: TABLE });

describe('what may be changed', () => {
  it('patterns match one part by * and the rest by **', () => {
    expect(matches('/budget/lines/*/values/**', ['budget', 'lines', 'x', 'values'])).toBe(true);
    expect(matches('/okr/milestones/*', ['okr', 'milestones', 'm', 'due'])).toBe(false);
    expect(levelOf(TABLE, ['finance'], ['method', 'strategy', 'vision'])).toBe('read');
    expect(levelOf(TABLE, ['finance', 'director'], ['method', 'strategy', 'vision'])).toBe('edit');
  });
  it('a lead changes own lines, own members and own milestones, and nothing else', () => {
    expect(['/budget/lines/aht/values/2027-01', '/budget/lines/pay/values/voice/2027-01', '/okr/milestones/m_1/status'].map((path) => lockOf(path, rules(LEAD)))).toEqual([null, null, null]);
    expect(['/budget/lines/pay/values/2027-01', '/budget/lines/aht/formula', '/scenarios/growth/cells/aht/2027-01', '/okr/milestones/m_2/status', '/okr/milestones/m_1', '/workflow/phase'].map((path) => lockOf(path, rules(LEAD)))).toEqual(Array(6).fill('rights'));
  });
  it('a reader changes nothing, and nobody an earlier revision', () => {
    expect(lockOf(CELL, rules({ ...WHOLE, may: [] }))).toBe('rights');
    expect(lockOf(CELL, rules({ ...WHOLE, past: true }))).toBe('past');
  });
  it('a closed section is closed for what it covers', () => {
    const access: Access = { ...WHOLE, closed: ['retrospective'] };
    expect(lockOf('/method/findings/f_1', { ...rules(access, FLOW), table: [] })).toBe('closed');
    expect(lockOf(CELL, rules(access, FLOW))).toBeNull();
    expect([closedIn('retrospective', access, FLOW)?.id, closedIn('budget', access, FLOW)]).toEqual(['retrospective', undefined]);
  });
  it('a seal closes budget, method and the sealed scenarios; the rest goes on', () => {
    const access: Access = { ...WHOLE, sealed: { rev: 3, hash: 'h', short: 's', who: 'd', on: '2026-12-01', engine: 'e', scenarios: ['base', 'growth'] } };
    const of = (path: string) => lockOf(path, { ...rules(access), table: [] });
    expect([of(CELL), of('/method/findings/x'), of('/scenarios/growth/cells/aht/2027-01')]).toEqual(['sealed', 'sealed', 'sealed']);
    expect([of('/scenarios/fcr_1/cells/aht/2027-01'), of('/scenarios/new'), of('/okr/milestones/m_1/status'), of('/workflow/phase')]).toEqual([null, null, null, null]);
    expect([sealedIn('budget', access), sealedIn('action', access), sealedIn('budget', WHOLE)]).toEqual([true, false, false]);
  });
});

describe('the grid', () => {
  const months = monthsOf(plan);
  const withheld: LineResult = { unit: 'CNY/person', by: [], values: months.map(() => null), total: null, errors: months.map((month) => ({ key: 'rights.withheld', args: {}, member: [], month, cause: 'pay', cause_month: '' })) };
  const sheet: Sheet = {
    document: plan, served: plan, scenario: scenarioOf(plan, 'base'), rows: sheetRows(plan, new Set()), months, results: { pay: withheld }, pending: new Set(),
    money: { key: 'one', shift: 0 }, currency: 'CNY', lang: 'en', formats: new Formats('en'), narrow: false, lock: (path) => lockOf(path, rules(LEAD)),
  };
  const words = { name: 'n', unit: 'u', total: 't', formula: 'f', override: 'o', waits: 'w', empty: 'e', notNumber: 'not a number', readOnly: 'r', tooMany: () => 'too many', withheld: 'not shown', locked: (lock: string) => `locked ${lock}`, unitName: String, error: () => 'error', trend: '', last: '', delta: '', sumOf: (lines: readonly string[]) => lines.join(), isLine: String, scenario: String, bucket: String, points: String };
  const edits: Patch[] = [];
  const source = budgetSource(() => sheet, () => words, { edit: (patch) => edits.push(patch), toggle: () => undefined, undo: () => undefined, redo: () => undefined });
  const rowOf = (code: string): number => sheet.rows.findIndex((row) => row.line?.id === code && row.kind === 'line');

  it('shows what is withheld by words, without a fault and read-only', () => {
    const r = rowOf('pay');
    expect([source.text(r, 2), source.text(r, 5), source.error(r, 5)]).toEqual(['not shown', 'not shown', '']);
    expect([source.flags(r, 5) & Flag.withheld, source.flags(r, 5) & Flag.error, source.flags(r, 2) & Flag.withheld, source.flags(r, 2) & Flag.error]).toEqual([Flag.withheld, 0, Flag.withheld, 0]);
    expect(source.flags(r, 5) & Flag.readOnly).toBe(Flag.readOnly);
    expect(source.label(r, 5)).toContain('not shown');
    expect(errorCode('rights.withheld')).toBe('');
  });
  it('offers only the cells one may edit, and says why of the others', () => {
    expect(source.flags(rowOf('aht'), 5) & Flag.readOnly).toBe(0);
    expect(source.flags(rowOf('seat'), 5) & Flag.readOnly).toBe(Flag.readOnly);
    expect(source.apply([{ r: rowOf('seat'), c: 5, raw: '7' }], 'cell')).toMatchObject({ applied: 0, refused: 1, reason: 'locked rights' });
    expect(source.apply([{ r: rowOf('aht'), c: 5, raw: '7' }], 'cell').applied).toBe(1);
    expect(edits).toHaveLength(1);
  });
});

describe('an amendment', () => {
  const entry = (line: string, amount: number | null): EntryDraft => ({ line, member: [], month: '2027-04', amount });
  it('is summed to the cent', () => expect(sumOf([entry('a', 0.1), entry('b', 0.2), entry('c', -0.3)])).toBe(0));
  it('of transfer must come to nothing', () => {
    expect(lacking('transfer', [entry('a', -100), entry('b', 60)])).toBe('seal.page.lacks_balance');
    expect(lacking('transfer', [entry('a', -100), entry('b', 100)])).toBeNull();
  });
  it('of supplement must not', () => {
    expect(lacking('supplement', [entry('a', 100)])).toBeNull();
    expect(lacking('supplement', [entry('a', 100), entry('b', -100)])).toBe('seal.page.lacks_supplement');
  });
  it('of reserve draws on one line', () => {
    expect(lacking('reserve', [entry('a', -50), entry('b', -50), entry('c', 100)])).toBe('seal.page.lacks_source');
    expect(lacking('reserve', [entry('a', -50), entry('a', -50), entry('c', 100)])).toBeNull();
  });
  it('says what is not filled in', () => {
    expect(lacking('transfer', [entry('', null)])).toBe('seal.page.lacks_entries');
    expect(lacking('transfer', [entry('a', -1), entry('', 1)])).toBe('seal.page.lacks_fields');
    expect(lacking('transfer', [entry('a', -1), { ...entry('b', 1), member: [''] }])).toBe('seal.page.lacks_fields');
  });
  it('and the table of them foots, the amended lines together', () => {
    const row = (line: string, original: number | null, transfers: number, difference = 0) => ({ line, unit: 'CNY', original, transfers, supplements: 0, reserve: 0, current: original === null ? null : original + transfers, difference, amended: true, follows: false });
    const rows = [row('a', 100, -30), row('b', 200, 30)];
    expect(totalsOf(rows)).toEqual({ original: 300, transfers: 0, supplements: 0, reserve: 0, current: 300, difference: 0 });
    expect([foots(rows), foots([row('a', 1, 0, 2)])]).toEqual([true, false]);
    const total = { ...row('total', 300, 0, 150), amended: false, follows: true };
    expect(foots([...rows, total])).toBe(true); // it follows what was added, and is no mismatch
    expect(totalsOf([row('a', null, 1)]).original).toBeNull();
  });
});

describe('setting the workflow up', () => {
  const wanted = { phase: 'negotiation' as const, amount: 'total_cost', whyAbove: 0.1, sections: [{ id: 'retrospective', owner: 'r_ops', deadline: '2026-12-01' }, { id: 'budget', owner: '', deadline: '' }], steps: [{ id: 'director', role: 'director' as const, from: 0 }] };
  it('writes what changed, and sections whole where the plan had none of its own', () => {
    const after = apply(plan, setUp(plan, FLOW, wanted));
    expect(after.workflow).toEqual({ phase: 'negotiation', why_above: 0.1, amount: 'total_cost', sections: { retrospective: { rank: '1', owner: 'r_ops', deadline: '2026-12-01' }, budget: { rank: '2' } } });
  });
  it('writes nothing where nothing changed', () => {
    const same = { phase: 'draft' as const, amount: '', whyAbove: 0, sections: FLOW.sections.map(({ id, owner, deadline }) => ({ id, owner, deadline })), steps: wanted.steps };
    expect(setUp(plan, FLOW, same)).toEqual([]);
  });
  it('takes a step out that is gone', () => {
    const stored = { ...plan, workflow: { steps: { finance: { rank: '1', role: 'finance' }, director: { rank: '2', role: 'director' } } } };
    const now: Workflow = { ...FLOW, steps: [{ id: 'finance', name: {}, role: 'finance', from: 0, needed: true }, ...FLOW.steps] };
    expect(apply(stored, setUp(stored, now, { ...wanted, phase: 'draft', amount: '', whyAbove: 0, sections: FLOW.sections })).workflow).toEqual({ steps: { director: { rank: '2', role: 'director' } } });
  });
});

describe('sealing', () => {
  it('is confirmed by the name in either language, the id, or the word', () => {
    const name = { en: 'Hotline 2027', zh: '热线 2027' };
    expect(['hotline 2027', '热线 2027', 'telecom', 'seal', '封存', ' SEAL '].map((typed) => confirms(typed, name, 'telecom'))).toEqual(Array(6).fill(true));
    expect(['', 'yes', 'hotline'].map((typed) => confirms(typed, name, 'telecom'))).toEqual([false, false, false]);
  });
  it('leads to where what blocks is settled', () => {
    expect(['/budget/lines/aht/values/2027-03', '/budget/staffing/voice', '/okr/milestones/m_1', '/method/findings/f_1', '/workflow/sections/budget', '/scenarios/growth', ''].map((place) => placeHref('p', plan, place))).toEqual([
      '#/p/p/budget?cell=aht%2F2027-03', '#/p/p/parts', '#/p/p/action', '#/p/p/retrospective', '#/p/p/approval?section=budget', '#/p/p/scenarios?show=growth', '',
    ]);
  });
});

describe('open items', () => {
  const item = (plan1: string, kind: OpenItem['kind'], more: Partial<OpenItem> = {}): OpenItem => ({ plan: plan1, plan_name: { en: plan1 }, kind, name: {}, overdue: false, ...more });
  it('stand by plan, overdue first, news apart and newest first', () => {
    const mentions = [{ id: 'r', name: { zh: '运营经理', en: 'Operations' } }, { id: 'r2', name: {} }];
    expect(noteOf({ note: '@r and @r2, see r@x.cn and @gone', mentions }, 'en')).toBe('@Operations and @r2, see r@x.cn and @gone');
    expect([noteOf({ note: '请@r看', mentions }, 'zh'), noteOf({ note: '@r' }, 'zh'), noteOf({}, 'zh')]).toEqual(['请@运营经理看', '@r', '']);
    const groups = openGroups([item('a', 'news', { rev: 3 }), item('a', 'news', { rev: 8 }), item('b', 'approve', { section: 's' }), item('b', 'hand_in', { overdue: true, deadline: '2026-11-01' })]);
    expect(groups.map((group) => [group.plan, group.tasks.map((one) => one.kind), group.news.map((one) => one.rev), group.newest])).toEqual([['b', ['hand_in', 'approve'], [], 0], ['a', [], [8, 3], 8]]);
  });
  it('lead to where they are dealt with', () => {
    expect([item('a', 'approve', { section: 'budget' }), item('a', 'amendment', { amendment: 3 }), item('a', 'milestone'), item('a', 'news', { rev: 8 })].map(openHref)).toEqual(['#/p/a/approval?section=budget', '#/p/a/seal?amendment=3', '#/p/a/action', '#/p/a/history?entry=8']);
  });
});

describe('an earlier revision in the address', () => {
  it('is read on the screens that show the document alone', () => {
    expect(pastOf(parse('#/p/x/budget?rev=7'))).toBe(7);
    expect([pastOf(parse('#/p/x/budget')), pastOf(parse('#/p/x/scenarios?rev=7')), pastOf(parse('#/p/x/budget?rev=no'))]).toEqual([null, null, null]);
    expect([canBePast('budget'), canBePast('seal')]).toEqual([true, false]);
  });
});
