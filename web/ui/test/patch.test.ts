import { describe, expect, it } from 'vitest';

import { apply, at, diff, parts, pointer, put1, putAll } from '../src/model/patch';

const tree = { a: { b: 1, 'x/y': { '~': 2 } }, list: [1, 2] };

it('a name that means something elsewhere is a name like any other', () => {
  const tree = JSON.parse('{"lines":{"__proto__":{"a":1},"x":1}}') as { lines: Record<string, unknown> };
  const after = apply(tree, [{ op: 'replace', path: '/lines/x', value: 2 }, { op: 'add', path: '/lines/constructor', value: 3 }]);
  expect(JSON.stringify(after)).toBe('{"lines":{"__proto__":{"a":1},"x":2,"constructor":3}}');
  expect(JSON.stringify(tree)).toBe('{"lines":{"__proto__":{"a":1},"x":1}}');
});

describe('pointers', () => {
  it('escape what they must', () => expect(pointer('a', 'x/y', '~')).toBe('/a/x~1y/~0'));
  it('come apart as they were made', () => expect(parts('/a/x~1y/~0')).toEqual(['a', 'x/y', '~']));
  it('find values', () => expect(at(tree, '/a/x~1y/~0')).toBe(2));
  it('find nothing where there is nothing', () => expect(at(tree, '/a/c/d')).toBeUndefined());
});

describe('a patch that puts a value', () => {
  it('tests what it replaces', () => expect(put1(tree, '/a/b', 3)).toEqual([{ op: 'test', path: '/a/b', value: 1 }, { op: 'replace', path: '/a/b', value: 3 }]));
  it('does nothing where nothing changes', () => expect(put1(tree, '/a/b', 1)).toEqual([]));
  it('adds the parents that are missing', () => expect(put1(tree, '/n/m/k', 1)).toEqual([{ op: 'add', path: '/n', value: { m: { k: 1 } } }]));
  it('tests what it removes', () => expect(put1(tree, '/a/b', undefined)).toEqual([{ op: 'test', path: '/a/b', value: 1 }, { op: 'remove', path: '/a/b' }]));
  it('sees what earlier ones made', () => {
    expect(putAll(tree, [['/n/m', 1], ['/n/k', 2]])).toEqual([{ op: 'add', path: '/n', value: { m: 1 } }, { op: 'add', path: '/n/k', value: 2 }]);
  });
});

it('applying copies the path and leaves the rest', () => {
  const next = apply(tree, put1(tree, '/a/b', 3));
  expect(next.a.b).toBe(3);
  expect(tree.a.b).toBe(1);
  expect(next.list).toBe(tree.list);
});

it('a difference touches only the members that differ', () => {
  const ops = diff(tree, '/a', { b: 1, c: { d: 5 } });
  expect(ops.map((op) => `${op.op} ${op.path}`)).toEqual(['add /a/c', 'test /a/x~1y', 'remove /a/x~1y']);
  expect(apply(tree, ops).a).toEqual({ b: 1, c: { d: 5 } });
});
