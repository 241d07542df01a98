/** What may be meant by the beginning of a name in a formula. */
import type { Reference } from '../api/types';
import type { Lang } from '../i18n/types';
import { codeOf, membersOf, monthsOf, ranked, read, type Listed, type PlanDocument, type Table, type Text } from '../model/document';
import { callAt, parameterOf, stringAt } from './signature';
import { tokens } from './tokens';

export type OfferKind = 'line' | 'function' | 'word' | 'dimension' | 'text';
/** One thing that can be written at the caret. */
export interface Offer {
  readonly kind: OfferKind;
  /** What is written. */
  readonly text: string;
  /** A name or a signature beside it. */
  readonly detail: string;
  /** One line that explains it. */
  readonly info: string;
  /** All that it is found by. */
  readonly names: readonly string[];
  /** The unit of a line, as it is written. */
  readonly unit: string;
}
export interface Offers {
  readonly from: number;
  readonly to: number;
  readonly list: readonly Offer[];
}

const MOST = 60;

/** Everything that formulas of the plan may name. */
export function allOffers(document: PlanDocument, reference: Reference | null, lang: Lang): Offer[] {
  const lines = ranked(document.budget?.lines).map((entry): Offer => {
    const { item } = entry;
    const name = read(item.name, lang).text;
    return { kind: 'line', text: codeOf(entry), detail: name, info: item.formula ?? read(item.note, lang).text, names: both(item.name), unit: item.unit ?? '' };
  });
  const dimensions = ranked(document.budget?.dimensions).map((entry): Offer => ({ kind: 'dimension', text: codeOf(entry), detail: read(entry.item.name, lang).text, info: '', names: both(entry.item.name), unit: '' }));
  const functions = (reference?.functions ?? []).map((one): Offer => ({ kind: 'function', text: one.name, detail: one.signature.slice(one.name.length), info: read(one.doc, lang).text, names: both(one.doc), unit: '' }));
  const words = (reference?.words ?? []).flatMap((one) => one.texts.filter((text) => /^[a-z_]+$/.test(text)).map((text): Offer => ({ kind: 'word', text, detail: '', info: read(one.doc, lang).text, names: both(one.doc), unit: '' })));
  return [...lines, ...dimensions, ...functions, ...words];
}

const both = (text: Text | undefined): string[] => [text?.zh, text?.en].filter((one) => one !== undefined);

/** How well a query fits an offer: less is better, null is not at all. */
export function fit(offer: Offer, query: string): number | null {
  const wanted = query.normalize('NFKC').toLowerCase();
  const code = offer.text.toLowerCase();
  const rank = offer.kind === 'line' ? 0 : offer.kind === 'function' ? 1 : 2;
  if (code === wanted) return rank;
  if (code.startsWith(wanted)) return 10 + rank;
  if (code.split('_').some((part) => part.startsWith(wanted))) return 20 + rank;
  const named = offer.kind === 'function' || offer.kind === 'word' ? [] : offer.names;
  if (named.some((name) => name.toLowerCase().startsWith(wanted))) return 30 + rank;
  const han = /\p{Script=Han}/u.test(wanted);
  if ((han || wanted.length > 1) && named.some((name) => name.toLowerCase().includes(wanted))) return 40 + rank;
  if (wanted.length > 1 && code.includes(wanted)) return 50 + rank;
  // Of functions and words the sentence is searched too, once there is enough to search by.
  const enough = han ? wanted.length > 1 : wanted.length > 3;
  if (enough && named.length === 0 && offer.names.some((name) => name.toLowerCase().includes(wanted))) return 60 + rank;
  return null;
}

/** The offers for a query, best first, those that fit equally well in their own order. */
export function fitting(offers: readonly Offer[], query: string): Offer[] {
  return offers
    .map((offer, i) => ({ offer, i, score: query === '' ? (offer.kind === 'line' ? 0 : 1) : fit(offer, query) }))
    .filter((one): one is typeof one & { score: number } => one.score !== null)
    .sort((a, b) => a.score - b.score || a.i - b.i)
    .slice(0, MOST)
    .map(({ offer }) => offer);
}

/**
 * What can be written at a place of a formula. Nothing is offered unasked where
 * no name has begun; inside quotes it is what the call or the pick expects.
 */
export function offersAt(text: string, place: number, known: { readonly document: PlanDocument; readonly reference: Reference | null; readonly lang: Lang; readonly all: readonly Offer[]; readonly own?: string }, asked: boolean): Offers | null {
  const quoted = stringAt(text, place);
  if (quoted) {
    const list = fitting(textsAt(text, quoted.from, known), quoted.text);
    return list.length === 0 ? null : { from: quoted.from, to: quoted.to, list };
  }
  const word = tokens(text).find((token) => (token.kind === 'name' || token.kind === 'function' || token.kind === 'word') && token.from < place && place <= token.to);
  if (!word && (!asked || /[\p{N}.]$/u.test(text.slice(0, place)))) return null;
  const query = word ? text.slice(word.from, place) : '';
  const list = fitting(known.all.filter((offer) => offer.text !== known.own || query !== ''), query);
  return list.length === 0 ? null : { from: word?.from ?? place, to: word?.to ?? place, list };
}

/** The codes that a string at a place may hold. */
function textsAt(text: string, place: number, { document, reference, lang }: { readonly document: PlanDocument; readonly reference: Reference | null; readonly lang: Lang }): Offer[] {
  const of = (table: Table<Listed & { readonly name?: Text }> | undefined): Offer[] => ranked(table).map((entry) => ({ kind: 'text', text: codeOf(entry), detail: read(entry.item.name, lang).text, info: '', names: both(entry.item.name), unit: '' }));
  const before = tokens(text).filter((token) => token.to < place);
  const last = before.at(-1);
  if (last && (last.text === '[' || last.text === '【')) {
    const line = ranked(document.budget?.lines).find((entry) => codeOf(entry) === before.at(-2)?.text);
    const by = line?.item.by ?? ranked(document.budget?.dimensions).map(codeOf);
    return by.flatMap((dimension) => of(Object.fromEntries(membersOf(document, dimension).map(({ id, item }) => [id, item]))));
  }
  const compared = last?.text === '==' || last?.text === '!=' ? before.at(-2)?.text : undefined;
  if (compared !== undefined) return of(Object.fromEntries(membersOf(document, compared).map(({ id, item }) => [id, item])));
  const call = callAt(text, place - 1);
  const info = reference?.functions.find((one) => one.name === call?.name);
  const param = call && info ? parameterOf(info, call.argument) : undefined;
  switch (param?.kind) {
    case 'policy': return of(document.budget?.staffing);
    case 'price_table': return of(document.budget?.prices);
    case 'contribution_table': return of(document.budget?.contributions);
    case 'hiring_plan': return of(document.budget?.hiring);
    case 'initiative': return of(document.okr?.initiatives);
    case 'option': return param.options.map((option) => ({ kind: 'text', text: option, detail: '', info: '', names: [], unit: '' }));
    case 'month': return monthsOf(document).map((month) => ({ kind: 'text', text: month, detail: '', info: '', names: [], unit: '' }));
    default: return [];
  }
}
