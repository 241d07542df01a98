import { describe, expect, it } from 'vitest';

import { cellPatch, cellPath, changedHere, downstream, errorCode, lanesOf, scenarioOf, type CellRef } from '../src/model/cells';
import { completeness } from '../src/model/completeness';
import { linesByCode, monthsOf, rankAtEnd, read, type PlanDocument } from '../src/model/document';
import { isOverdue, removeObjective, withText } from '../src/model/method';
import { apply } from '../src/model/patch';
import { effects, firstLines } from '../src/model/scenarios';
import { sheetRows } from '../src/model/sheet';
import { telecom } from './fixture/telecom';

const plan = telecom();
const base = scenarioOf(plan, 'base');
const growth = scenarioOf(plan, 'growth_fcr_3');
function cell(code: string, month = '2027-03'): CellRef {
  const line = linesByCode(plan).get(code);
  if (!line) throw new Error(code);
  return { line, member: [], month };
}

describe('an edit of a cell goes', () => {
  it('to the input itself in the base scenario', () => expect(cellPath(plan, base, cell('fcr'))).toBe('/budget/lines/fcr/values/2027-03'));
  it('to the scenario in another one', () => expect(cellPath(plan, growth, cell('fcr'))).toBe('/scenarios/growth_fcr_3/cells/fcr/2027-03'));
  it('to an override on a formula line, in the base scenario too', () => expect(cellPath(plan, base, cell('fte'))).toBe('/scenarios/base/cells/fte/2027-03'));
  it('to a base scenario made for it where none is listed', () => {
    const bare: PlanDocument = { ...plan, scenarios: {} };
    const after = apply(bare, cellPatch(bare, scenarioOf(bare, 'base'), cell('fte'), 5));
    expect(after.scenarios?.['base']).toMatchObject({ code: 'base', cells: { fte: { '2027-03': 5 } } });
  });
  it('and takes an override away again', () => {
    const set = apply(plan, cellPatch(plan, base, cell('fte'), 5));
    const back = apply(set, cellPatch(set, scenarioOf(set, 'base'), cell('fte'), undefined));
    expect(back.scenarios?.['base']?.cells?.['fte']).toEqual({});
  });
});

describe('a scenario', () => {
  it('marks the cells it changes, and only those', () => {
    expect(changedHere(plan, growth, cell('fcr'))).toBe(true);
    expect(changedHere(plan, growth, cell('issues'))).toBe(false);
    expect(changedHere(plan, scenarioOf(plan, 'fcr_3'), cell('fcr', '2027-03'))).toBe(false);
    expect(changedHere(plan, scenarioOf(plan, 'fcr_3'), cell('fcr', '2027-04'))).toBe(true);
  });
  it('marks them by the line, whatever its code became', () => {
    const { line, ...rest } = cell('issues');
    expect(changedHere(plan, scenarioOf(plan, 'growth'), { ...rest, line: { id: line.id, item: { ...line.item, code: 'matters' } } })).toBe(true);
  });
  it('lists what its parents change before its own', () => {
    expect(effects(plan, growth).map((one) => [one.inherited, one.kind === 'change' ? one.change.line : one.line])).toEqual([[true, 'issues'], [false, 'fcr']]);
  });
  it('is compared on the lines every plan has', () => expect(firstLines(plan).slice(0, 3)).toEqual(['total_cost', 'fte', 'volume']));
});

it('what lies downstream of a line is found by name', () => {
  expect([...downstream(plan, ['aht'])].sort()).toEqual(['cost_per_call', 'cost_per_issue', 'fte', 'labour_cost', 'site_cost', 'total_cost', 'workload']);
});

describe('the rows of the sheet', () => {
  it('stand below their groups', () => expect(sheetRows(plan, new Set()).slice(0, 2).map((row) => row.id)).toEqual(['group:demand', 'line:issues']));
  it('hide with their group', () => expect(sheetRows(plan, new Set(['group:demand']))[1]?.id).toBe('group:staffing'));
  it('spread a line over the members of its dimensions', () => {
    const queued: PlanDocument = {
      budget: {
        dimensions: { queue: { code: 'queue', members: { voice: { code: 'voice', rank: 'a' }, chat: { code: 'chat', rank: 'b' } } } },
        lines: { volume: { code: 'volume', by: ['queue'], values: { voice: { '2027-01': 1 } } } },
      },
    };
    expect(lanesOf(queued, { by: ['queue'] })).toEqual([['voice'], ['chat']]);
    expect(sheetRows(queued, new Set()).map((row) => row.id)).toEqual(['line:volume', 'line:volume/voice', 'line:volume/chat']);
  });
});

describe('small rules', () => {
  it('months follow the calendar over the year', () => expect(monthsOf({ budget: { calendar: { start: '2027-11', months: 3 } } })).toEqual(['2027-11', '2027-12', '2028-01']));
  it('a text is borrowed from the other language, marked', () => expect(read({ en: 'Calls' }, 'zh')).toEqual({ text: 'Calls', borrowed: true }));
  it('an emptied language leaves the text', () => expect(withText({ en: 'a', zh: 'b' }, 'zh', '')).toEqual({ en: 'a' }));
  it('a new rank sorts behind all others', () => expect(rankAtEnd({ a: { rank: 'V' }, b: { rank: 'zz' } }) > 'zz').toBe(true));
  it('done and dropped milestones are never overdue', () => {
    expect(isOverdue({ due: '2026-01-01', status: 'active' }, '2026-11-21')).toBe(true);
    expect(isOverdue({ due: '2026-01-01', status: 'done' }, '2026-11-21')).toBe(false);
    expect(isOverdue({ due: '2026-11-21', status: 'planned' }, '2026-11-21')).toBe(false);
  });
  it('removing an objective removes what refers to it', () => {
    const after = apply(plan, removeObjective(plan, 'o_fcr'));
    expect(Object.values(after.method?.findings ?? {}).some((finding) => finding.objective === 'o_fcr')).toBe(false);
    expect(Object.values(after.okr?.milestones ?? {}).some((milestone) => milestone.objective === 'o_fcr')).toBe(false);
  });
  it('an error has a short code', () => expect(['formula.division_by_zero', 'formula.unknown_name', 'formula.cycle', 'x'].map(errorCode)).toEqual(['#DIV/0!', '#NAME?', '#CYCLE!', '#ERR!']));
  it('a link says what the server counted, and what is open by its message', () => {
    const { action, positioning } = completeness([{ link: 'action', answered: 3, required: 4, open: ['objective_milestone'] }]);
    expect(action).toMatchObject({ answered: 3, required: 4, open: ['method.item.objective_milestone'] });
    expect(positioning).toEqual({ answered: 0, required: 1, open: [] });
  });
});
