import { describe, expect, it } from 'vitest';

import { fileKind, monthIn, planFileOf, readTable, separatorOf, textOf, unitIn } from '../src/model/importTable';

describe('a month in a head', () => {
  it.each([
    ['2027-01', 2027, 1], ['2027/1', 2027, 1], ['2027.01', 2027, 1], ['202701', 2027, 1], ['2027年1月', 2027, 1], ['2027年01月份', 2027, 1], ['2027-01-01', 2027, 1], ['2027/1/1', 2027, 1], ['2027M03', 2027, 3],
    ['Jan 2027', 2027, 1], ['january 2027', 2027, 1], ['Jan-27', 2027, 1], ["Jan '27", 2027, 1], ['27-Jan', 2027, 1], ['Sept 2027', 2027, 9], ['01/2027', 2027, 1], ['27年3月', 2027, 3],
    ['1月', null, 1], ['１２月', null, 12], ['3月份', null, 3], ['十二月', null, 12], ['2027年十月', 2027, 10], ['Jan', null, 1], ['December', null, 12], ['M5', null, 5], ['1-Jan', null, 1],
  ])('%s', (head, year, month) => expect(monthIn(head)).toEqual({ year, month }));
  it.each(['', 'Total', '2027', '13月', '2027-13', 'Q1', '合计', 'Janus', '名称', '0月', '2027-01-15'])('“%s” is none', (head) => expect(monthIn(head)).toBeNull());
});

describe('a unit', () => {
  it.each([
    ['元', 'CNY', 0, true], ['万元', 'CNY', 4, true], ['CNY', 'CNY', 0, true], ['人', 'person', 0, true], ['秒/通', 'second/contact', 0, true], ['元/人', 'CNY/person', 0, true], ['％', '%', 0, true], ['', '', 0, true], ['FTE', 'person', 0, true], ['K', 'CNY', 3, true], ['斤', '斤', 0, false],
  ])('%s', (text, unit, shift, known) => expect(unitIn(text, 'CNY')).toEqual({ unit, shift, known }));
});

it.each([['a\tb,c', '\t'], ['a;b;c\n1,5;2;3', ';'], ['a,b\n1,2', ','], ['a', ',']])('the separator of %j', (text, want) => expect(separatorOf(text)).toBe(want));

const troubles = (text: string): string[] => readTable(text, 2027).troubles.map(({ key, row, column }) => [key, row ?? '', column ?? ''].join(' ').trim());

describe('a table', () => {
  it('with names, codes and units becomes lines', () => {
    const table = readTable('编码\t项目\t单位\t2027年1月\t2027年2月\t合计\nvolume\t来电量\t通\t"1,200"\t1.3万\t14200\n1010\t基本工资\t万元\t45.5\t46\t91.5\n', 2027);
    expect(table.columns.map(({ kind }) => kind)).toEqual(['code', 'name', 'unit', 'month', 'month', 'total']);
    expect(table.lines).toEqual([
      { row: 2, code: 'volume', name: '来电量', unit: 'contact', group: '', note: '', values: { '2027-01': 1200, '2027-02': 13000 }, sum: 14200 },
      { row: 3, code: 'l_1010', name: '基本工资', unit: 'CNY', group: '', note: '', values: { '2027-01': 455000, '2027-02': 460000 }, sum: 915000 },
    ]);
    expect([table.start, table.months, table.sum]).toEqual(['2027-01', 2, 929200]);
    expect(table.troubles.map(({ key }) => key)).toEqual(['code_changed', 'scaled']);
  });
  it('guesses no unit where no column says so', () => {
    const table = readTable('Item,Jan 2027,Feb 2027\nBase pay,4500,4500\n', 2027);
    expect(table.lines.map(({ code, unit }) => [code, unit])).toEqual([['base_pay', '']]);
    expect(table.troubles).toEqual([]);
  });
  it('goes over the end of the year where the heads name only months', () => {
    const table = readTable('x,Nov,Dec,Jan,Feb\na,1,2,3,4', 2027);
    expect(table.lines[0]?.values).toEqual({ '2027-11': 1, '2027-12': 2, '2028-01': 3, '2028-02': 4 });
    expect(table.troubles.map(({ key }) => key)).toEqual(['year_assumed']);
  });
  it('takes per cent as shares, told when the sign was missing', () => {
    const table = readTable('x,unit,2027-01,2027-02\nFCR,%,71%,72%\nShrinkage,%,30,31\nOccupancy,%,0.85,0.86', 2027);
    expect(table.lines.map(({ values }) => Object.values(values))).toEqual([[0.71, 0.72], [0.3, 0.31], [0.85, 0.86]]);
    expect(table.troubles.map(({ key, row }) => [key, row])).toEqual([['percent_points', 3]]);
  });
  it('has its lines in the groups of a column', () => expect(readTable('类别,项目,1月\n成本,工资,1\n成本,房租,2\n收入,销售,3', 2027).lines.map(({ group }) => group)).toEqual(['成本', '成本', '收入']));
  it.each([
    ['nothing', '', ['no_months']],
    ['a head and no rows', 'x,2027-01\n', ['no_lines']],
    ['text where a number should be', 'x,2027-01,2027-02\na,many,2', ['number 2 2']],
    ['an empty cell and a dash', 'x,2027-01,2027-02,2027-03\na,,-,2', ['empty 2']],
    ['a month twice', 'x,2027-01,2027-01\na,1,2', ['month_twice 1 3']],
    ['a month that is missing', 'x,2027-01,2027-03\na,1,2', ['month_gap']],
    ['a total row', 'x,2027-01\na,1\n合计,1', ['total_row 3']],
    ['a total that differs', 'x,2027-01,2027-02,Total\na,100,100,300', ['total_differs 2 4']],
    ['a total that is the average', 'x,2027-01,2027-02,Total\na,100,110,105', []],
    ['a column that means nothing', 'x,who,2027-01\na,me,1', ['column_unknown 1 2']],
    ['a title above', 'Budget 2027\n\nx,2027-01\na,1', ['rows_above']],
    ['a row without a name', 'x,2027-01\n,1\na,2', ['no_name 2']],
    ['a code twice', 'code,name,2027-01\nv,a,1\nv,b,2', ['code_twice 3 1']],
    ['a unit that is not known', 'x,unit,2027-01\na,斤,1', ['unit_unknown 2 2']],
    ['more months than a plan has', `x,2020-01,2027-01\na,1,2`, ['month_gap', 'too_long']],
  ])('tells of %s', (_, text, want) => expect(troubles(text)).toEqual(want));
});

describe('a file', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  it.each([['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 0]), 'workbook'], ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), 'workbook'], ['a plan', bytes('# mine\n\ncenterplan: 1\n'), 'plan'], ['a table', bytes('x,2027-01\n'), 'table']] as const)('%s', (_, given, want) => expect(fileKind(given)).toBe(want));
  it('in GBK, as spreadsheets write it in China, is read', () => expect(textOf(new Uint8Array([0xcf, 0xee, 0xc4, 0xbf]))).toBe('项目'));
  it('in UTF-16 is read', () => expect(textOf(new Uint8Array([0xff, 0xfe, 0x41, 0x00]))).toContain('A'));
});

it('becomes a plan file with its lines and groups', () => {
  const file = JSON.parse(planFileOf(readTable('类别,项目,单位,2027-01\n成本,工资,元,1', 2027), { name: '试算', center: '', currency: 'CNY' }, 'zh', '导入')) as object;
  expect(file).toEqual({
    centerplan: 1, plan: { id: 'import-2027', name: { zh: '试算' }, currency: 'CNY' }, calendar: { start: '2027-01', months: 1, days: 'real' },
    groups: [{ code: 'g1', name: { zh: '成本' } }], lines: [{ code: 'row_2', name: { zh: '工资' }, group: 'g1', unit: 'CNY', values: { '2027-01': 1 } }],
  });
});
