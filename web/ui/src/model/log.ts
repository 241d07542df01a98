/** What an entry of the history did, in the names people use: places, values before and after. */
import type { Act } from '../api/trustTypes';
import { i18n, maybe, t } from '../i18n/index.svelte';
import { names as people } from '../state/names.svelte';
import type { PlanDocument, Text } from './document';
import { codeOf, membersOf, ranked, read } from './document';
import type { Json, Op, Patch } from './patch';
import { at, parts, pointer, same } from './patch';
import { unitText } from './say';
import { actText } from './workflow';

/** One place an entry changed, with what stood there before and after. */
export interface Change {
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}
type Tree = Readonly<Record<string, Json>>;
const isTree = (value: Json | undefined): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
/** A text in two languages is one value. */
const isText = (value: Json | undefined): value is Text & Tree => isTree(value) && Object.entries(value).every(([key, one]) => (key === 'en' || key === 'zh') && typeof one === 'string') && Object.keys(value).length > 0;

/** How many names lead to a thing that has a name of its own, by the table it lives in. */
const ITEM_DEPTHS: readonly (readonly [table: RegExp, depth: number])[] = [
  [/^okr\/objectives\/[^/]+\/key_results\//, 5],
  [/^budget\/dimensions\/[^/]+\/members\//, 5],
  [/^budget\/(?:lines|groups|dimensions|levers|staffing|hiring|prices|contributions|policies|tables)\//, 3],
  [/^okr\/(?:objectives|milestones|initiatives|roles|checkins)\//, 3],
  [/^method\/findings\//, 3],
  [/^method\/positioning\/layers\//, 4],
  [/^method\/strategy\/goals\//, 4],
  [/^workflow\/(?:sections|steps|amendments)\//, 3],
  [/^scenarios\//, 2],
  [/^comments\/[^/]+\/replies\//, 4],
  [/^comments\/[^/]+\/resolved/, 3],
  [/^comments\//, 2],
];

/** The names that lead to the named thing a place is part of; null where there is none. */
function itemNames(names: readonly string[]): readonly string[] | null {
  const path = names.join('/');
  const depth = ITEM_DEPTHS.find(([table]) => table.test(path))?.[1];
  return depth === undefined || names.length < depth ? null : names.slice(0, depth);
}

/** The places a patch changed, whole trees of figures one by one; what stood there is read from its inverse and its tests. */
export function changesOf(patch: Patch, inverse: Patch): Change[] {
  return patch.flatMap((op, i) => {
    if (op.op === 'test') return [];
    const back = inverse.find((one) => one.path === op.path && one.op !== 'test');
    const tested = patch.slice(0, i).findLast((one) => one.op === 'test' && one.path === op.path);
    const before = back === undefined ? tested?.value : back.op === 'remove' ? undefined : back.value;
    return spread({ path: op.path, before, after: op.op === 'remove' ? undefined : op.value });
  });
}

/** Breaks a change of a tree up into the changes of what people name. */
export function spread(change: Change): Change[] {
  const { path, before, after } = change;
  if (same(before, after)) return [];
  const one = before ?? after;
  const names = parts(path);
  if (!isTree(one) || isText(one) || path === '') return [change];
  const made = before === undefined || after === undefined;
  // A thing that was added or deleted is one change; so are the figures it brought, beside it.
  if (made && itemNames(names)?.length === names.length) return names[0] === 'scenarios' && one['cells'] !== undefined ? [change, ...spread(below(change, 'cells'))] : [change];
  const keys = [...new Set([...Object.keys(isTree(before) ? before : {}), ...Object.keys(isTree(after) ? after : {})])].sort();
  return keys.flatMap((key) => spread(below(change, key)));
}

function below({ path, before, after }: Change, key: string): Change {
  const of = (value: Json | undefined): Json | undefined => (isTree(value) && Object.hasOwn(value, key) ? value[key] : undefined);
  return { path: path + pointer(key), before: of(before), after: of(after) };
}

const FIELD_WORDS: Readonly<Record<string, string>> = { en: 'language_en', zh: 'language_zh' };
const word = (name: string): string => maybe(`history.field.${FIELD_WORDS[name] ?? name}`, name);

interface Figure {
  readonly line: string;
  readonly member: readonly string[];
  readonly month: string;
  readonly scenario: string;
}
/** The figure a place is; null for everything else. */
function figureAt(names: readonly string[]): Figure | null {
  const month = names.at(-1) ?? '';
  if (!/^\d{4}-\d{2}$/.test(month)) return null;
  if (names[0] === 'budget' && names[1] === 'lines' && names[3] === 'values') return { line: names[2] ?? '', member: names.slice(4, -1), month, scenario: '' };
  if (names[0] === 'scenarios' && names[2] === 'cells') return { line: names[3] ?? '', member: names.slice(4, -1), month, scenario: names[1] ?? '' };
  return null;
}

/** A line's name, also of one that is gone. */
function lineName(document: PlanDocument, id: string): string {
  return read(document.budget?.lines?.[id]?.name, i18n.lang).text || id;
}
function memberNames(document: PlanDocument, line: string, member: readonly string[]): string[] {
  const by = document.budget?.lines?.[line]?.by ?? [];
  return member.map((code, i) => read(membersOf(document, by[i] ?? '').find((entry) => codeOf(entry) === code)?.item.name, i18n.lang).text || code);
}
function scenarioName(document: PlanDocument, id: string): string {
  return read(document.scenarios?.[id]?.name, i18n.lang).text || (id === 'base' ? t('scenario.base') : id);
}

/** What a thing calls itself: its name, or the sentence it is. */
function ownName(item: Json | undefined): string {
  if (!isTree(item)) return '';
  const text = item['name'] ?? item['statement'] ?? item['text'];
  return read(text as Text | string | undefined, i18n.lang).text;
}

const THINGS: Readonly<Record<string, string>> = { lines: 'line', groups: 'group', dimensions: 'dimension', members: 'member', objectives: 'objective', milestones: 'milestone', checkins: 'checkin', roles: 'role', findings: 'finding', layers: 'layer', goals: 'goal', key_results: 'key_result', scenarios: 'scenario', sections: 'section', steps: 'step', amendments: 'amendment', comments: 'comment', replies: 'reply' };
function kindWord(names: readonly string[]): string {
  const table = names.at(-2) ?? '';
  const kind = THINGS[table] ?? table;
  return maybe(`thing.${kind}`, maybe(`history.thing.${kind}`, kind));
}

const AREAS = new Set(['method', 'okr', 'budget', 'plan']);
/** A place as people name it: “Calls offered · Voice · Jan 2027”, “milestone “Go-live” · due”. */
export function placeName(document: PlanDocument, change: Change): string {
  const names = parts(change.path);
  if (names.length === 0) return t('thing.plan');
  if (names[0] === 'comments' && names.length > 1) return talkName(document, change, names);
  const figure = figureAt(names);
  if (figure) {
    const place = [lineName(document, figure.line), ...memberNames(document, figure.line, figure.member), i18n.formats.month(figure.month, true)].join(' · ');
    return figure.scenario === '' || figure.scenario === 'base' ? place : t('history.in_scenario', { place, scenario: scenarioName(document, figure.scenario) });
  }
  const item = itemNames(names);
  // What a plan is made of says nothing of the place in it.
  if (!item) return names.slice(names.length > 1 && AREAS.has(names[0] ?? '') ? 1 : 0).map(word).join(' · ');
  const whole = names.length === item.length ? (change.after ?? change.before) : undefined;
  const name = checkInName(document, item, whole) || ownName(at(document, pointer(...item))) || ownName(whole) || ownSection(item) || (item.at(-1) ?? '');
  const thing = item[0] === 'workflow' && item[1] === 'amendments' ? t('history.amendment', { number: item.at(-1) ?? '' }) : `${kindWord(item)} ${t('common.quoted', { text: name })}`;
  const rest = fieldWords(document, item, names.slice(item.length));
  return rest === '' ? thing : `${thing} · ${rest}`;
}

const LONGEST = 60;
/** What was said and what about: “comment on Calls offered · Jan 2027 “Why so many?””. */
function talkName(document: PlanDocument, change: Change, names: readonly string[]): string {
  const comment = at(document, pointer(...names.slice(0, 2))) ?? (names.length === 2 ? (change.after ?? change.before) : undefined);
  const on = isTree(comment) ? comment['on'] : undefined;
  const place = typeof on === 'string' ? placeName(document, { path: on, before: undefined, after: undefined }) : '';
  const reply = names[2] === 'replies';
  const head = place === '' ? t(reply ? 'thing.reply' : 'thing.comment') : t(reply ? 'comments.reply_on' : 'comments.on', { place });
  const item = itemNames(names) ?? names;
  if (names[2] === 'resolved') return head;
  if (names.length > item.length) return `${head} · ${word(names.at(-1) ?? '')}`;
  const said = ownName(change.after ?? change.before);
  return said === '' ? head : `${head} ${t('common.quoted', { text: said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said })}`;
}

/** A check-in is called by what it is on. */
function checkInName(document: PlanDocument, item: readonly string[], whole: Json | undefined): string {
  if (item[1] !== 'checkins') return '';
  const one = at(document, pointer(...item)) ?? whole;
  const on = isTree(one) && typeof one['of'] === 'string' ? one['of'] : '';
  return ownName(at(document, on)) || on;
}

/** A section that is one of the five links is called like its screen. */
function ownSection(item: readonly string[]): string {
  return item[1] === 'sections' || item[1] === 'steps' ? maybe(`nav.${item.at(-1) ?? ''}`, '') : '';
}

function fieldWords(document: PlanDocument, item: readonly string[], rest: readonly string[]): string {
  const [first, id = '', ...more] = rest;
  if (first === 'changes' && id !== '') {
    const change = at(document, pointer(...item, 'changes', id));
    const code = isTree(change) ? change['line'] : undefined;
    const line = ranked(document.budget?.lines).find((entry) => codeOf(entry) === code);
    return [t('history.change_of', { line: line ? lineName(document, line.id) : id }), ...more.map(word)].join(' · ');
  }
  if (first === 'approvals' && id !== '') return [word('approvals'), ownName(at(document, pointer('workflow', 'steps', id))), ...more.map(word)].filter(Boolean).join(' · ');
  return rest.map(word).join(' · ');
}

const ROLE_FIELDS = new Set(['owner', 'deputy']);
/** Fields of a mark of the workflow that name a person. */
const PERSON_FIELDS = new Set(['who', 'for']);
/** Words of the catalogue for the values of fields that have few. */
const VALUE_WORDS: Readonly<Record<string, readonly string[]>> = {
  status: ['okr.status.'], decision: ['method.decision.'], party: ['method.party.'], effect: ['method.effect.'], group: ['okr.group.'], state: ['workflow.state.', 'workflow.amendment.'], phase: ['workflow.phase.'], kind: ['workflow.kind.'], role: ['approval.role.'],
};

/** A value in words: figures with their unit, texts in the page's language, people and things by name. */
export function valueName(document: PlanDocument, path: string, value: Json | undefined): string {
  const names = parts(path);
  const field = names.at(-1) ?? '';
  if (value === undefined || value === null || value === '') return t('history.nothing');
  if (typeof value === 'number') return figureText(document, names, value);
  if (typeof value === 'boolean') return t(value ? 'history.yes' : 'history.no');
  if (typeof value === 'string') return names[0] === 'workflow' && PERSON_FIELDS.has(field) ? people.of(value) : stringText(document, field, value);
  if (isTree(value)) return isText(value) ? read(value, i18n.lang).text : ownName(value) || t('history.whole');
  return value.map((one) => valueName(document, path, one)).join(t('common.list_sign'));
}

function figureText(document: PlanDocument, names: readonly string[], value: number): string {
  const figure = figureAt(names);
  const unit = figure ? (document.budget?.lines?.[figure.line]?.unit ?? '') : '';
  return unit === '' || unit === '%' ? i18n.formats.exact(value, unit) : `${i18n.formats.full(value)} ${unitText(unit)}`;
}

function stringText(document: PlanDocument, field: string, value: string): string {
  if (ROLE_FIELDS.has(field)) return read(document.okr?.roles?.[value]?.name, i18n.lang).text || value;
  if (field === 'objective') return read(document.okr?.objectives?.[value]?.name, i18n.lang).text || value;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return i18n.formats.day(value);
  if (/^\d{4}-\d{2}$/.test(value)) return i18n.formats.month(value, true);
  for (const table of VALUE_WORDS[field] ?? []) {
    const found = maybe(table + value, '');
    if (found !== '') return found;
  }
  return value;
}

/** What became of a place. */
export type Deed = 'made' | 'added' | 'removed' | 'changed';
export function deedOf({ path, before, after }: Change): Deed {
  if (path === '') return 'made';
  const value = before ?? after;
  if (!isTree(value) || isText(value)) return 'changed';
  return before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
}

/** One change as a sentence, for the head of an entry. */
export function changeText(document: PlanDocument, change: Change): string {
  const place = placeName(document, change);
  if (/^\/comments\/[^/]+\/resolved$/.test(change.path)) return t(change.after === undefined ? 'comments.log_reopened' : 'comments.log_settled', { place });
  switch (deedOf(change)) {
    case 'made': return t('history.made');
    case 'added': return t('history.added', { place });
    case 'removed': return t('history.removed', { place });
    case 'changed': return t('history.changed', { place, before: valueName(document, change.path, change.before), after: valueName(document, change.path, change.after) });
  }
}

/** What many changes are about, each named once: the lines and things they touch. */
export function topics(document: PlanDocument, changes: readonly Change[]): string[] {
  const found = changes.map((change) => {
    const names = parts(change.path);
    const figure = figureAt(names);
    if (figure) return lineName(document, figure.line);
    const item = itemNames(names);
    return item ? placeName(document, { ...change, path: pointer(...item) }) : word(names[0] ?? '');
  });
  return [...new Set(found)];
}

/** What an entry did, in one sentence. */
export function entryText(document: PlanDocument, entry: { readonly patch: Patch; readonly inverse: Patch; readonly label: string; readonly undoes?: number; readonly hidden: number; readonly act?: Act }, changes: readonly Change[]): string {
  const [first] = changes;
  if (entry.act !== undefined) return actText(entry.act);
  if (entry.undoes !== undefined && entry.undoes > 0) return t('history.took_back', { rev: entry.undoes });
  if (first === undefined && entry.hidden === 0) return t('history.made');
  if (first === undefined) return entry.label === '' ? t('history.not_shown', { count: entry.hidden }) : entry.label;
  if (changes.length === 1) return changeText(document, first);
  const about = topics(document, changes);
  const some = about.slice(0, 2).join(t('common.list_sign'));
  return t(about.length > 2 ? 'history.many_more' : 'history.many', { count: changes.length, what: some });
}

/** The filters of the history, as the address has them. */
export interface Filter {
  readonly who: string;
  readonly since: string;
  readonly until: string;
  readonly text: string;
  readonly pointer: string;
}
export function filterOf(params: Readonly<Record<string, string>>): Filter {
  const day = (text: string | undefined): string => (text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '');
  return { who: params['who'] ?? '', since: day(params['since']), until: day(params['until']), text: (params['text'] ?? '').slice(0, 200), pointer: params['pointer'] ?? '' };
}
export const isFiltered = (filter: Filter): boolean => Object.values(filter).some((value: string) => value !== '');

/** The two revisions chosen, the earlier first; with one chosen it is compared with the newest. */
export function pairOf(chosen: readonly number[], newest: number): readonly [number, number] | null {
  const [one, other] = [...chosen].sort((a, b) => a - b);
  if (one === undefined) return null;
  const to = other ?? newest;
  return one === to ? null : [one, to];
}

/** How much an edit changes the number at a place: before, after and the share. */
export function shareOf(patch: readonly Op[], path: string): { readonly before: Json | undefined; readonly after: Json | undefined; readonly ratio: number | null } {
  const op = patch.find((one) => one.op !== 'test' && one.path === path) ?? patch.find((one) => one.op !== 'test');
  const before = patch.find((one) => one.op === 'test' && one.path === op?.path)?.value;
  const after = op?.op === 'remove' ? undefined : op?.value;
  const ratio = typeof before === 'number' && typeof after === 'number' && before !== 0 ? (after - before) / Math.abs(before) : null;
  return { before, after, ratio };
}
