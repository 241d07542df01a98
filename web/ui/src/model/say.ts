/** Sentences about edits and problems in the page's language. */
import type { EditLabel } from '../api/ops';
import type { Problem } from '../api/types';
import { i18n, maybe, t } from '../i18n/index.svelte';
import type { PlanDocument, Text } from './document';
import { read } from './document';
import { partAt } from './parts';
import type { Json } from './patch';
import { at, parts, pointer } from './patch';

/** What is wrong, by the problem's own key; an unknown key is shown as it is. */
export function problemText(problem: Pick<Problem, 'key' | 'args'>): string {
  const section = problem.args?.['section'];
  const args = section === undefined ? problem.args : { ...problem.args, section: maybe(`workflow.section.${section}`, section) };
  return maybe(`problem.${problem.key}`, t('problem.ui.unknown', { key: problem.key }), args ?? {});
}

/** A unit in the page's language: each word of it, kept as it is where there is none. */
export function unitText(unit: string): string {
  return unit.split('/').map((part) => part.split('*').map((word) => maybe(`unit.${word === '%' ? 'percent' : word}`, word)).join('·')).join('/');
}

/** What is wrong with a plan file, after the line and column where that is. */
export function fileProblemText(problem: Problem): string {
  const what = problemText(problem);
  return problem.position ? t('welcome.in_file', { line: problem.position.line, column: problem.position.column, what }) : what;
}

type Thing = 'strategy' | 'goal' | 'positioning' | 'layer' | 'finding' | 'objective' | 'key_result' | 'milestone' | 'checkin' | 'role' | 'group' | 'line' | 'cell' | 'scenario' | 'staffing' | 'hiring' | 'prices' | 'contributions' | 'levers' | 'initiatives' | 'comment' | 'reply' | 'settlement' | 'plan';

/** What kind of thing a pointer leads to. */
export function thingAt(path: string): Thing {
  const names = parts(path);
  const [area, part] = names;
  const part1 = partAt(path);
  if (part1) return part1.kind as Thing;
  if (area === 'method') {
    if (part === 'findings') return 'finding';
    if (part === 'positioning') return names[2] === 'layers' ? 'layer' : 'positioning';
    return names[2] === 'goals' ? 'goal' : 'strategy';
  }
  if (area === 'okr') {
    if (part === 'objectives') return names[3] === 'key_results' ? 'key_result' : 'objective';
    return part === 'milestones' ? 'milestone' : part === 'checkins' ? 'checkin' : 'role';
  }
  if (area === 'comments') return names[2] === 'replies' ? 'reply' : names[2] === 'resolved' ? 'settlement' : 'comment';
  if (area === 'scenarios') return names[2] === 'cells' ? 'cell' : 'scenario';
  if (area === 'budget' && part === 'lines') return names[3] === 'values' || names[3] === 'held' ? 'cell' : 'line';
  if (area === 'budget' && part === 'groups') return 'group';
  return 'plan';
}

/** The name of the line and month, or of the thing, that a pointer leads to. */
export function placeText(document: PlanDocument, path: string): string {
  const names = parts(path);
  const thing = thingAt(path);
  if (thing === 'cell') {
    const id = names[0] === 'scenarios' ? names[3] : names[2];
    const line = document.budget?.lines?.[id ?? ''];
    const month = names.at(-1) ?? '';
    return `${read(line?.name, i18n.lang).text || (id ?? '')} · ${i18n.formats.month(month, true)}`;
  }
  if (names[0] === 'comments') {
    const on = at(document, pointer('comments', names[1] ?? '', 'on'));
    return typeof on === 'string' ? t('comments.on', { place: placeText(document, on) }) : t(`thing.${thing}`);
  }
  const part = partAt(path);
  if (part) {
    const item = at(document, pointer(...names.slice(0, 3))) as Readonly<Record<string, Json>> | undefined;
    return `${t(`thing.${thing}`)} ${t('common.quoted', { text: read(item?.['name'] as Text | undefined, i18n.lang).text || part.id })}`;
  }
  if (thing === 'checkin') {
    const on = document.okr?.checkins?.[names[2] ?? '']?.of;
    return on === undefined ? t('thing.checkin') : t('checkin.on', { what: placeText(document, on) });
  }
  const depth = thing === 'key_result' || thing === 'layer' || thing === 'goal' ? (thing === 'key_result' ? 5 : 4) : 3;
  const owner = at(document, pointer(...names.slice(0, depth))) as Readonly<Record<string, Json>> | undefined;
  const text = (owner?.['name'] ?? owner?.['statement'] ?? owner?.['text']) as Text | undefined;
  const named = thing === 'strategy' || thing === 'positioning' ? '' : read(text, i18n.lang).text;
  return named === '' ? t(`thing.${thing}`) : `${t(`thing.${thing}`)} ${t('common.quoted', { text: named })}`;
}

/** What an undo would take back: our own facts in the page's language, else the words of the edit's author. */
export function stepText(step: { readonly label: EditLabel | null; readonly text: string }, document: PlanDocument): string {
  if (step.label) return labelText(step.label, document);
  return step.text === '' ? t('label.plain') : step.text;
}

/** What an edit did, for undo and for messages. */
export function labelText(label: EditLabel, document: PlanDocument): string {
  const what = label.what === undefined ? '' : placeText(document, label.what);
  const thing = label.what === undefined ? '' : t(`thing.${thingAt(label.what)}`);
  switch (label.kind) {
    case 'cell': return t('label.cell', { what });
    case 'paste': return t('label.paste', { count: label.count ?? 1 });
    case 'fill': return t('label.fill', { count: label.count ?? 1 });
    case 'clear': return t('label.clear', { count: label.count ?? 1 });
    case 'formula': return t('label.formula', { what });
    case 'spread': return t('label.spread', { what });
    case 'hold': return t('label.hold', { count: label.count ?? 1 });
    case 'release': return t('label.release', { count: label.count ?? 1 });
    case 'move': return t('label.move', { what });
    case 'lock': return t('label.lock', { what });
    case 'unlock': return t('label.unlock', { what });
    case 'archive': return t('label.archive', { what });
    case 'take_out': return t('label.take_out', { what });
    case 'add': return t('label.add', { what: thing });
    case 'remove': return t('label.remove', { what: thing });
    case 'text':
    case 'change': return t('label.change', { what });
  }
}
