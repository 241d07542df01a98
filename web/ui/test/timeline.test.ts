import { describe, expect, it } from 'vitest';

import { baselineOf, ghostOf, spanOf } from '../src/model/goals';
import { addDays, addMonths, addToMonth, axisOf, barOf, dragged, isDay, lastOf, moved, shareOf, type Shift, type Span } from '../src/model/timeline';

const YEAR = Array.from({ length: 12 }, (_, i) => `2027-${String(i + 1).padStart(2, '0')}`);
const axis = axisOf(YEAR, []);

describe('days', () => {
  it.each([
    ['2027-02-28', true], ['2028-02-29', true], ['2027-02-29', false], ['2027-13-01', false], ['2027-1-1', false], ['', false],
  ])('%s is a day: %s', (day, want) => expect(isDay(day)).toBe(want));
  it.each([
    ['2027-01-31', 1, '2027-02-28'], ['2028-01-31', 1, '2028-02-29'], ['2027-03-31', -1, '2027-02-28'], ['2027-12-15', 1, '2028-01-15'], ['2028-02-29', 12, '2029-02-28'], ['2027-01-10', -1, '2026-12-10'],
  ])('%s and %i months is %s', (day, months, want) => expect(addMonths(day, months)).toBe(want));
  it('count over month ends, leap days and years', () => {
    expect([addDays('2027-12-31', 1), addDays('2028-02-28', 1), addDays('2027-02-28', 1), addDays('2027-01-01', -1)]).toEqual(['2028-01-01', '2028-02-29', '2027-03-01', '2026-12-31']);
    expect([addToMonth('2027-01', -1), addToMonth('2027-12', 13), lastOf('2028-02')]).toEqual(['2026-12', '2029-01', '2028-02-29']);
  });
});

describe('an axis', () => {
  it('is the plan’s months, with its quarters', () => {
    expect([axis.from, axis.to, axis.days, axis.months.length]).toEqual(['2027-01-01', '2027-12-31', 365, 12]);
    expect(axis.months.filter((one) => one.quarter).map((one) => one.month)).toEqual(['2027-01', '2027-04', '2027-07', '2027-10']);
  });
  it('reaches to days beyond the plan, not for ever', () => {
    const wide = axisOf(YEAR, ['2026-12-05', '2031-01-01', '1999-01-01', 'nonsense', undefined]);
    expect([wide.from, wide.to]).toEqual(['2026-07-01', '2028-06-30']);
    expect(wide.months[0]?.inside).toBe(false);
  });
  it('reaches to today where that is near', () => {
    expect(axisOf(YEAR, [], '2026-11-30').from).toBe('2026-11-01');
    expect(axisOf(YEAR, [], '2026-10-31').from).toBe('2027-01-01');
  });
  it('places days as shares', () => {
    expect(shareOf(axis, '2027-01-01')).toBe(0);
    expect(shareOf(axis, '2028-01-01')).toBe(1);
  });
});

describe('a bar', () => {
  it('is a point without a start, and a stretch with one', () => {
    expect(barOf(axis, { due: '2027-06-30' }).point).toBe(true);
    const bar = barOf(axis, { start: '2027-01-01', due: '2027-12-31' });
    expect([bar.at, bar.size, bar.point, bar.before, bar.after]).toEqual([0, 1, false, false, false]);
  });
  it('beyond an edge stays in sight and says so', () => {
    const early = barOf(axis, { due: '2020-01-31' });
    const late = barOf(axis, { start: '2027-12-01', due: '2030-01-31' });
    expect([early.at, early.before, late.after, late.at + late.size]).toEqual([0, true, true, 1]);
  });
});

describe('a move', () => {
  const span: Span = { start: '2027-01-31', due: '2027-03-31' };
  it.each<[string, Span, Shift, Span]>([
    ['a day keeps the length', span, { by: 1, unit: 'day' }, { start: '2027-02-01', due: '2027-04-01' }],
    ['a week back', span, { by: -1, unit: 'week' }, { start: '2027-01-24', due: '2027-03-24' }],
    ['a month goes to the last day of a shorter one', span, { by: -1, unit: 'month' }, { start: '2026-12-31', due: '2027-02-28' }],
    ['the end alone', span, { by: 10, unit: 'day', resize: true }, { start: '2027-01-31', due: '2027-04-10' }],
    ['the end alone, not before the start', span, { by: -100, unit: 'day', resize: true }, { start: '2027-01-31', due: '2027-01-31' }],
    ['a point', { due: '2027-02-28' }, { by: 1, unit: 'day' }, { due: '2027-03-01' }],
    ['a point, whose end is all it has', { due: '2027-02-28' }, { by: 1, unit: 'day', resize: true }, { due: '2027-03-01' }],
    ['not beyond the axis', { due: '2027-12-31' }, { by: 1, unit: 'day' }, { due: '2027-12-31' }],
    ['not before it', { due: '2027-01-01' }, { by: -3, unit: 'month' }, { due: '2027-01-01' }],
    ['from beyond the axis only towards it', { due: '2029-05-01' }, { by: 1, unit: 'month' }, { due: '2029-05-01' }],
    ['back from beyond it', { due: '2029-05-01' }, { by: -1, unit: 'month' }, { due: '2029-04-01' }],
  ])('%s', (_, from, shift, want) => expect(moved(from, shift, axis)).toEqual(want));
  it('by the mouse is whole days', () => {
    expect([dragged(axis, 365, 365), dragged(axis, -7.4, 365), dragged(axis, 5, 0)]).toEqual([365, -7, 0]);
  });
});

describe('the sealed days', () => {
  const baseline = baselineOf({ okr: { milestones: {
    kept: { start: '2027-01-11', due: '2027-02-26' }, point: { due: '2027-03-31' }, open: { start: '2027-01-01' }, odd: { due: 'soon' }, backwards: { start: 'x', due: '2027-05-01' },
  } } });
  it.each<[string, string, { readonly start?: string; readonly due?: string }, Span | null]>([
    ['a milestone that is where it was shows none', 'kept', { start: '2027-01-11', due: '2027-02-26' }, null],
    ['an end that moved', 'kept', { start: '2027-01-11', due: '2027-03-05' }, { start: '2027-01-11', due: '2027-02-26' }],
    ['a start that moved', 'kept', { start: '2027-01-18', due: '2027-02-26' }, { start: '2027-01-11', due: '2027-02-26' }],
    ['a start that is gone', 'kept', { due: '2027-02-26' }, { start: '2027-01-11', due: '2027-02-26' }],
    ['a point that got a start', 'point', { start: '2027-03-01', due: '2027-03-31' }, { due: '2027-03-31' }],
    ['a day that is gone', 'point', {}, { due: '2027-03-31' }],
    ['what had no day has no place', 'open', { due: '2027-04-30' }, null],
    ['nor has what is no day', 'odd', { due: '2027-04-30' }, null],
    ['a start that is no day is none', 'backwards', { due: '2027-05-02' }, { due: '2027-05-01' }],
    ['what was added since', 'new', { due: '2027-04-30' }, null],
  ])('%s', (_, id, now, want) => expect(ghostOf(baseline, id, spanOf(now))).toEqual(want));
  it('without a seal there are none', () => expect(ghostOf(null, 'kept', { due: '2027-12-31' })).toBeNull());
  it('of a milestone without a day are known to be there', () => expect([baseline.has('open'), baseline.get('open'), baseline.has('new')]).toEqual([true, null, false]));
});
