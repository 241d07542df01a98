// The linter cannot read types out of components, such as the name of an icon.
/* eslint-disable @typescript-eslint/no-unsafe-assignment */
/** What the palette can find and do: made from the same tables as the rail and the keys. */
import type { PlanInfo } from '../../api/types';
import type { PageAction } from '../../grid/keys';
import { i18n, t } from '../../i18n/index.svelte';
import type { Key } from '../../i18n/types';
import type { Option } from '../../kit/options';
import { milestonePointer } from '../../model/checkins';
import { codeOf, linesByCode, monthsOf, ranked, read, scenarioName, openScenarios, type PlanDocument, type Text } from '../../model/document';
import type { Findable } from '../../model/find';
import { pointer } from '../../model/patch';
import { stepText } from '../../model/say';
import { keysOf, PLACES, placeHref } from '../../nav';
import { href } from '../../router.svelte';
import type { PlanState } from '../../state/plan.svelte';

export const KINDS = ['screen', 'command', 'line', 'scenario', 'milestone', 'objective', 'plan'] as const;
export type Kind = (typeof KINDS)[number];

/** What an entry does beyond leading somewhere. */
export type Deed = { readonly act: PageAction } | { readonly run: 'pdf' | 'language' | 'theme' | 'fold' } | { readonly scenario: string };

export interface Entry extends Findable, Option {
  readonly kind: Kind;
  /** Where it leads, or what it does. */
  readonly href?: string;
  readonly deed?: Deed;
}

const both = (text: Text | undefined): string => `${text?.zh ?? ''} ${text?.en ?? ''}`;
type Params = Readonly<Record<string, string>>;

function screens(plan: PlanState, params: Params): Entry[] {
  const places = PLACES.map((place): Entry => ({
    id: `screen:${place.screen}`, kind: 'screen', icon: place.icon, name: t(`nav.${place.screen}` as Key), words: place.screen, keys: keysOf(place.action), href: placeHref(plan.id, place.screen, params, plan.past),
  }));
  const rest: readonly (readonly [string, NonNullable<Option['icon']>, Key, string, string?])[] = [
    ['open', 'inbox', 'nav.open', '#/open', keysOf('open')],
    ['plans', 'plans', 'nav.all_plans', '#/plans'],
    ['functions', 'help', 'help.formulas', `#/help/functions?from=${encodeURIComponent(plan.id)}`, keysOf('functions')],
    ['rights', 'key', 'rights.page.title', '#/rights'],
    ['account', 'person', 'account.title', '#/account'],
  ];
  return [...places, ...rest.map(([id, icon, key, to, keys]): Entry => ({ id: `screen:${id}`, kind: 'screen', icon, name: t(key), words: id, href: to, ...(keys === undefined ? {} : { keys }) }))];
}

function commands(plan: PlanState, params: Params): Entry[] {
  const act = (action: PageAction, icon: NonNullable<Option['icon']>, name: string): Entry => ({ id: `do:${action}`, kind: 'command', icon, name, words: action, keys: keysOf(action), deed: { act: action } });
  const idle = plan.queue.edits.length === 0;
  return [
    ...(plan.undoable && idle ? [act('undo', 'undo', t('undo.what', { what: stepText(plan.undoable, plan.document) }))] : []),
    ...(plan.redoable && idle ? [act('redo', 'redo', t('redo.what', { what: stepText(plan.redoable, plan.document) }))] : []),
    { id: 'do:pdf', kind: 'command', icon: 'pdf', name: t('top.pdf'), words: 'pdf report 报告', deed: { run: 'pdf' } },
    ...(plan.lock('/scenarios/x') === null ? [{ id: 'do:scenario', kind: 'command', icon: 'plus', name: t('palette.new_scenario'), words: 'scenario new 新建情景', href: href(plan.id, 'scenarios', { scenario: params['scenario'], new: '1' }) } as const] : []),
    { id: 'do:language', kind: 'command', icon: 'language', name: t('palette.language'), words: 'language 语言 english 中文', deed: { run: 'language' } },
    { id: 'do:theme', kind: 'command', icon: 'moon', name: t('palette.theme'), words: 'theme dark light 深色 浅色 配色', deed: { run: 'theme' } },
    act('help', 'help', t('help.title')),
    act('nextScenario', 'scenarios', t('palette.next_scenario')),
  ];
}

function things(document: PlanDocument, plan: string, params: Params): Entry[] {
  const [month = ''] = monthsOf(document);
  const groups = new Map(ranked(document.budget?.groups).map((entry) => [codeOf(entry), read(entry.item.name, i18n.lang).text]));
  const lines = [...linesByCode(document)].map(([code, { id, item }]): Entry => ({
    id: `line:${code}`, kind: 'line', icon: 'table', name: read(item.name, i18n.lang).text || code, words: `${code} ${both(item.name)}`, hint: `${code} · ${groups.get(item.group ?? '') ?? ''}`,
    // A line with members has no cell of its own in the month: the budget goes to its first row.
    href: href(plan, 'budget', { scenario: params['scenario'], with: params['with'], cell: `${id}/${month}` }),
  }));
  const scenarios = openScenarios(document).map((entry): Entry => ({ id: `scenario:${codeOf(entry)}`, kind: 'scenario', icon: 'scenarios', name: scenarioName(entry, i18n.lang, t('scenario.base')), words: `${codeOf(entry)} ${both(entry.item.name)}`, deed: { scenario: codeOf(entry) } }));
  const milestones = ranked(document.okr?.milestones).map((entry): Entry => ({ id: `milestone:${entry.id}`, kind: 'milestone', icon: 'goals', name: read(entry.item.name, i18n.lang).text || codeOf(entry), words: `${codeOf(entry)} ${both(entry.item.name)}`, hint: entry.item.due === undefined ? '' : i18n.formats.day(entry.item.due), href: href(plan, 'goals', { scenario: params['scenario'], item: milestonePointer(entry.id) }) }));
  const objectives = ranked(document.okr?.objectives).map((entry): Entry => ({ id: `objective:${entry.id}`, kind: 'objective', icon: 'goals', name: read(entry.item.name, i18n.lang).text || codeOf(entry), words: `${codeOf(entry)} ${both(entry.item.name)}`, href: href(plan, 'business', { scenario: params['scenario'], item: pointer('okr', 'objectives', entry.id) }) }));
  return [...lines, ...scenarios, ...milestones, ...objectives];
}

export function entries(plan: PlanState, plans: readonly PlanInfo[], params: Params): Entry[] {
  const others = plans.filter((one) => one.id !== plan.id && one.problems.length === 0).map((one): Entry => ({ id: `plan:${one.id}`, kind: 'plan', icon: 'plans', name: read(one.name, i18n.lang).text || one.id, words: `${one.id} ${both(one.name)}`, hint: [one.center, one.start.slice(0, 4)].filter((part) => part !== '').join(' · '), href: href(one.id, 'budget') }));
  return [...screens(plan, params), ...commands(plan, params), ...things(plan.document, plan.id, params), ...others];
}
