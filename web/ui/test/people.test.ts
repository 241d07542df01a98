import { describe, expect, it } from 'vitest';

import { type Account, type Grant, ROLES } from '../src/api/accountTypes';
import type { PlanDocument } from '../src/model/document';
import { centerOf, changed, daysAfter, initials, missingIn, nameFor, nameIn, offerFor, offers, rolesOf, saidGrants, tidy, today } from '../src/model/people';

describe('the letters of a person', () => {
  for (const [name, want] of [['Anna Schmidt', 'AS'], ['anna', 'AN'], ['Anna Maria Schmidt', 'AS'], ['李薇', '李薇'], ['欧阳娜娜', '娜娜'], ['Director · 总监', 'DI'], ['', ''], ['𝒜da Lovelace', '𝒜L']] as const) {
    it(`of ${name} are ${want}`, () => expect(initials(name)).toBe(want));
  }
});

describe('a name in both languages', () => {
  it('is shown in the one of the page', () => expect([nameFor('Director · 总监', 'en'), nameFor('Director · 总监', 'zh')]).toEqual(['Director', '总监']));
  it('stays as it is where it is in one', () => expect([nameFor('A · B', 'zh'), nameFor('李薇', 'en'), nameFor('李 · 薇', 'zh')]).toEqual(['A · B', '李薇', '李 · 薇']));
});

describe('grants', () => {
  const lead: Grant = { center: ' North ', role: 'lead', position: ' quality ', members: [' voice', '', 'chat '] };
  it('are listed once each, in the order of the table', () => expect(rolesOf([{ center: 'A', role: 'viewer' }, { center: 'B', role: 'director' }, { center: 'C', role: 'viewer' }], ROLES)).toEqual(['director', 'viewer']));
  it('say what is missing', () => expect([missingIn(lead), missingIn({ center: ' ', role: 'viewer' }), missingIn({ center: '*', role: 'lead' })]).toEqual([null, 'center', 'position']));
  it('are sent without what is empty', () => expect(tidy(lead)).toEqual({ center: 'North', role: 'lead', position: 'quality', members: ['voice', 'chat'] }));
  it('of another role are sent without what a lead has', () => expect(tidy({ ...lead, role: 'viewer' })).toEqual({ center: 'North', role: 'viewer' }));
});

describe('grants in the log', () => {
  const said = (text: string): string => saidGrants(text, (role) => role.toUpperCase(), 'all');
  for (const [text, want] of [
    ['director@*', 'DIRECTOR · all'], ['lead@North center(quality: voice, chat), viewer@South', 'LEAD · North center(quality: voice, chat), VIEWER · South'], ['–', '–'], ['2027-01-01', '2027-01-01'],
  ] as const) it(text, () => expect(said(text)).toBe(want));
});

describe('what changed of a person', () => {
  const before: Account = { id: 'a', name: 'Ada', grants: [{ center: '*', role: 'viewer' }], disabled: false, must_change: false, created_at: '2026-11-01T00:00:00Z', deputy: null };
  it('is nothing where nothing did', () => expect(changed(before, ' Ada ', [{ role: 'viewer', center: '* ' }])).toBeNull());
  it('is the name alone', () => expect(changed(before, 'Ada L.', before.grants)).toEqual({ name: 'Ada L.' }));
  it('is the roles alone', () => expect(changed(before, 'Ada', [])).toEqual({ grants: [] }));
});

describe('what plans offer', () => {
  const plan = (center: string, role: string, member: string): PlanDocument => ({
    plan: { center: { en: center, zh: '中心' } }, okr: { roles: { [role]: { name: { en: `The ${role}` } } } },
    budget: { dimensions: { queue: { members: { m1: { code: member, name: { zh: '队列' } } } } } },
  });
  const known = offers([plan('South', 'night', 'chat'), plan('North', 'quality', 'voice'), plan('North', 'training', 'voice'), {}]);
  it('is gathered by center', () => expect(known.map((one) => [one.center, one.positions.map(({ id }) => id), one.members.map(({ id }) => id)])).toEqual([['North', ['quality', 'training'], ['voice']], ['South', ['night'], ['chat']]]));
  it('is all of it for every center, each once', () => expect(offerFor(known, '*').members.map(({ id }) => id)).toEqual(['voice', 'chat']));
  it('has names, or ids where there is none', () => expect([nameIn(offerFor(known, 'North').positions, 'quality', 'en'), nameIn([], 'x', 'zh')]).toEqual(['The quality', 'x']));
  it('goes by the name the server knows a center by', () => expect([centerOf({ plan: { center: 'Hub' } }), centerOf({ plan: { center: { zh: '中心' } } }), centerOf({})]).toEqual(['Hub', '中心', '']));
});

describe('days', () => {
  it('go over the ends of months and years', () => expect([daysAfter('2026-12-31', 1), daysAfter('2028-02-28', 1), daysAfter('2027-01-01', -1)]).toEqual(['2027-01-01', '2028-02-29', '2026-12-31']));
  it('begin where the reader is', () => {
    const evening = new Date('2026-11-29T23:30:00Z');
    Object.defineProperty(evening, 'getTimezoneOffset', { value: () => -480 });
    expect(today(evening)).toBe('2026-11-30');
  });
});
