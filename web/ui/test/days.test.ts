import { describe, expect, it } from 'vitest';

import { isWeekend, readDays, writeDays } from '../src/model/days';

describe('days as one types them', () => {
  it.each([
    ['2027-02-10', ['2027-02-10']],
    ['2027/2/9\n2027年2月8日', ['2027-02-08', '2027-02-09']],
    ['2027-02-27 – 2027-03-01', ['2027-02-27', '2027-02-28', '2027-03-01']],
    ['2027-10-01至2027-10-03', ['2027-10-01', '2027-10-02', '2027-10-03']],
    ['2027-01-01, 2027-01-01', ['2027-01-01']],
    ['  \n', []],
  ])('%s', (text, want) => expect(readDays(text)).toEqual({ days: want, faults: [] }));
  it.each([
    ['spring', 'form'], ['2027-02-30', 'none'], ['2027-13-01', 'none'], ['2027-03-02 – 2027-03-01', 'order'], ['2027-01-01 – 2028-01-01', 'long'],
  ])('%s is at fault: %s', (text, fault) => expect(readDays(`2027-01-01\n${text}`)).toEqual({ days: ['2027-01-01'], faults: [{ line: 2, text, fault }] }));
  it('are written back as runs', () => expect(writeDays(['2027-02-11', '2027-02-10', '2027-05-01'])).toBe('2027-02-10 – 2027-02-11\n2027-05-01'));
  it('come back as they were', () => {
    const days = ['2026-12-31', '2027-01-01', '2027-02-28', '2027-03-01', '2027-10-05'];
    expect(readDays(writeDays(days)).days).toEqual(days);
  });
});
it.each([['2027-02-13', true], ['2027-02-14', true], ['2027-02-15', false]])('%s at the weekend: %s', (day, want) => expect(isWeekend(day)).toBe(want));
