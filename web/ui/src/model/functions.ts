/** The formula language as help shows it: entries under headings, found by what one types. */
import type { ExampleInfo, ParamInfo, Reference } from '../api/types';
import type { Lang } from '../i18n/types';
import type { Text } from './document';
import { read } from './document';

/** A function, a sign or a name. */
export interface Entry {
  /** What it is called; links lead to it by this. */
  readonly name: string;
  readonly group: string;
  /** How it is written: a signature, or all the ways. */
  readonly written: string;
  readonly isFunction: boolean;
  readonly unit: string;
  readonly doc: Text;
  readonly params: readonly ParamInfo[];
  readonly examples: readonly ExampleInfo[];
}
export interface Section {
  readonly group: string;
  readonly entries: readonly Entry[];
}

/** Everything there is, in the order of the table. */
export function entriesOf(reference: Reference): Entry[] {
  const functions = reference.functions.map((one): Entry => ({ name: one.name, group: one.group, written: one.signature, isFunction: true, unit: one.unit, doc: one.doc, params: one.params, examples: one.examples }));
  const words = reference.words.map((one): Entry => ({ name: one.texts[0] ?? '', group: one.group, written: one.texts.join('   '), isFunction: false, unit: '', doc: one.doc, params: [], examples: one.examples }));
  return [...functions, ...words];
}

/** The entries that hold every word of the query in their name, heading, parameters or sentence. */
export function matching(entries: readonly Entry[], query: string, lang: Lang, heading: (group: string) => string): Entry[] {
  const wanted = query.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    const text = [entry.written, heading(entry.group), read(entry.doc, lang).text, ...entry.params.map((param) => param.name)].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** The entries under their headings; what is called as the query comes first among its own. */
export function sections(entries: readonly Entry[], query = ''): Section[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  const called = query.trim().toLowerCase();
  const all = [...groups].map(([group, list]): Section => ({ group, entries: list }));
  if (called === '') return all;
  const has = (list: readonly Entry[]): boolean => list.some((entry) => entry.name.toLowerCase().startsWith(called));
  return [...all.filter((one) => has(one.entries)), ...all.filter((one) => !has(one.entries))].map(({ group, entries: list }) => ({
    group,
    entries: [...list.filter((entry) => has([entry])), ...list.filter((entry) => !has([entry]))],
  }));
}

/** The name at a place of a formula, or of the innermost call around it. */
export function nameAt(formula: string, place: number): string {
  const letter = /[\p{L}\p{N}_]/u;
  const wordAround = (at: number): string => {
    let from = at;
    let to = at;
    while (from > 0 && letter.test(formula.charAt(from - 1))) from -= 1;
    while (to < formula.length && letter.test(formula.charAt(to))) to += 1;
    return formula.slice(from, to);
  };
  const here = wordAround(place);
  const rest = formula.slice(place).replace(/^[\p{L}\p{N}_]*/u, '');
  if (here !== '' && /^\s*[(（]/.test(rest)) return here;
  let depth = 0;
  for (let i = place - 1; i >= 0; i -= 1) {
    const sign = formula.charAt(i);
    if (sign === ')' || sign === '）') depth += 1;
    else if (sign === '(' || sign === '（') {
      depth -= 1;
      if (depth < 0) {
        const called = wordAround(i);
        if (called !== '') return called;
        depth = 0;
      }
    }
  }
  return here;
}
