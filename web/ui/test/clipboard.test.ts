import { describe, expect, it } from 'vitest';

import { parseTsv, tiled, toHtml, toTsv } from '../src/grid/clipboard';
import { continued } from '../src/grid/fill';

describe('TSV', () => {
  it('reads what Excel writes: CRLF, a last line break, quoted line breaks and quotes', () => {
    expect(parseTsv('1\t2\r\n"a ""b"""\t"two\nlines"\r\n')).toEqual([['1', '2'], ['a "b"', 'two\nlines']]);
  });
  it('keeps empty cells', () => expect(parseTsv('\t5\r\n\t\r\n')).toEqual([['', '5'], ['', '']]));
  it('writes what it reads', () => {
    const cells = [['1', 'a\tb'], ['"q"', 'x\ny']];
    expect(parseTsv(toTsv(cells))).toEqual(cells);
  });
  it('writes HTML without letting text become markup', () => expect(toHtml([['<b>&']])).toContain('<td>&lt;b&gt;&amp;</td>'));
});

describe('a pasted block', () => {
  it('repeats over a selection that is a multiple of it', () => expect(tiled([['1', '2']], 2, 4)).toEqual([['1', '2', '1', '2'], ['1', '2', '1', '2']]));
  it('stays as it is otherwise', () => expect(tiled([['1', '2']], 2, 3)).toEqual([['1', '2']]));
});

describe('filling', () => {
  const cases: Readonly<Record<string, readonly [texts: readonly string[], count: number, want: readonly string[], backwards?: boolean]>> = {
    'one value is copied': [['5'], 3, ['5', '5', '5']],
    'two numbers go on': [['10', '20'], 2, ['30', '40']],
    'percentages stay percentages': [['1%', '2%'], 2, ['3%', '4%']],
    'three numbers go on along their trend': [['1', '2', '4'], 1, ['5.33333333333']],
    'texts repeat': [['a', 'b'], 3, ['a', 'b', 'a']],
    'backwards it goes down': [['10', '20'], 2, ['0', '-10'], true],
    'no binary noise': [['0.1', '0.2'], 1, ['0.3']],
  };
  for (const [name, [texts, count, want, backwards]] of Object.entries(cases)) {
    it(name, () => expect(continued(texts, count, backwards)).toEqual(want));
  }
});
