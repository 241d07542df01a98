/** People, their roles and the table of rights, as the screens show them. */
import type { Account, Grant, Role } from '../api/accountTypes';
import type { PlanDocument, Text } from './document';
import { ranked, read } from './document';

/** The mark of every center. */
export const EVERYWHERE = '*';

/** One or two letters for a person: the initials of a Latin name, the last characters of a Chinese one. A name in both counts as what it begins with. */
export function initials(name: string): string {
  const han = (word: string): boolean => /\p{Script=Han}/u.test(word);
  const all = name.trim().split(/[\s·.,-]+/).filter((word) => word !== '');
  const [first = ''] = all;
  const signs = (word: string): string[] => Array.from(word);
  if (han(first)) return signs(first).slice(-2).join('');
  const words = all.filter((word) => !han(word));
  const letters = words.length > 1 ? [...signs(first).slice(0, 1), ...signs(words.at(-1) ?? '').slice(0, 1)] : signs(first).slice(0, 2);
  return letters.join('').toUpperCase();
}

/** Grants as the log writes them, `role@center`, in words. */
export function saidGrants(text: string, role: (role: string) => string, everywhere: string): string {
  return text.replace(/([a-z]+)@(\*|[^,(]*[^,( ])/g, (_, code: string, center: string) => `${role(code)} · ${center === EVERYWHERE ? everywhere : center}`);
}

/** A name that is given in both languages, in the one of the page; other names as they are. */
export function nameFor(name: string, lang: 'zh' | 'en'): string {
  const parts = name.split(' · ');
  if (parts.length !== 2) return name;
  const wanted = parts.filter((part) => /\p{Script=Han}/u.test(part) === (lang === 'zh'));
  return wanted.length === 1 ? (wanted[0] ?? name) : name;
}

/** The roles of a person, each once, in the order of the table. */
export function rolesOf(grants: readonly Grant[], order: readonly Role[]): Role[] {
  return order.filter((role) => grants.some((grant) => grant.role === role));
}

/** What keeps a grant from being sent: the member that is missing. */
export function missingIn(grant: Grant): 'center' | 'position' | null {
  if (grant.center.trim() === '') return 'center';
  return grant.role === 'lead' && (grant.position ?? '').trim() === '' ? 'position' : null;
}

/** A grant as it is sent: what belongs to a lead only goes with a lead, and nothing is sent empty. */
export function tidy(grant: Grant): Grant {
  const { role } = grant;
  const center = grant.center.trim();
  const position = (grant.position ?? '').trim();
  const members = (grant.members ?? []).map((one) => one.trim()).filter((one) => one !== '');
  if (role !== 'lead') return { center, role };
  return { center, role, ...(position === '' ? {} : { position }), ...(members.length === 0 ? {} : { members }) };
}

/** What of an account changed, to be sent; null where nothing did. */
export function changed(before: Account, name: string, grants: readonly Grant[]): { name?: string; grants?: readonly Grant[] } | null {
  const next = grants.map(tidy);
  const same = JSON.stringify(before.grants.map(tidy)) === JSON.stringify(next);
  const renamed = name.trim() !== before.name;
  if (same && !renamed) return null;
  return { ...(renamed ? { name: name.trim() } : {}), ...(same ? {} : { grants: next }) };
}

/** What the plans of a center offer for a lead. */
export interface CenterOffer {
  readonly center: string;
  readonly positions: readonly { readonly id: string; readonly name: Text | undefined }[];
  readonly members: readonly { readonly id: string; readonly name: Text | undefined }[];
}

/** A center's name, by which grants know it: its word, else its English, else its Chinese name. */
export function centerOf(document: PlanDocument): string {
  const center = document.plan?.center;
  if (center === undefined || typeof center === 'string') return center ?? '';
  return center.en ?? center.zh ?? '';
}

/** The centers of the plans with the positions and members that occur in them. */
export function offers(documents: readonly PlanDocument[]): CenterOffer[] {
  const names = [...new Set(documents.map(centerOf).filter((name) => name !== ''))].sort((a, b) => a.localeCompare(b));
  return names.map((center) => {
    const own = documents.filter((document) => centerOf(document) === center);
    const positions = new Map(own.flatMap((document) => ranked(document.okr?.roles).map(({ id, item }) => [id, item.name] as const)));
    const members = new Map(own.flatMap((document) => ranked(document.budget?.dimensions).flatMap(({ item }) => ranked(item.members).map((member) => [member.item.code ?? member.id, member.item.name] as const))));
    return { center, positions: listed(positions), members: listed(members) };
  });
}

/** What is offered for a center; for all of them, and for one that no plan is of, what any plan has. */
export function offerFor(known: readonly CenterOffer[], center: string): CenterOffer {
  const names = (pick: (one: CenterOffer) => CenterOffer['positions']): CenterOffer['positions'] => listed(new Map(known.flatMap(pick).map((one) => [one.id, one.name])));
  return known.find((one) => one.center === center) ?? { center, positions: names((one) => one.positions), members: names((one) => one.members) };
}

function listed(names: ReadonlyMap<string, Text | undefined>): { id: string; name: Text | undefined }[] {
  return [...names].map(([id, name]) => ({ id, name }));
}

/** The name of an offered position or member, or its id where no plan names it. */
export function nameIn(list: CenterOffer['positions'], id: string, lang: 'zh' | 'en'): string {
  return read(list.find((one) => one.id === id)?.name, lang).text || id;
}

/** A day some days after another one. */
export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** Today, where the reader is. */
export function today(now = new Date()): string {
  return daysAfter('1970-01-01', Math.floor((now.getTime() - now.getTimezoneOffset() * 60_000) / 86_400_000));
}
