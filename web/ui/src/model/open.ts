/** Open items as the page lists them: by plan, what is overdue first. */
import type { OpenItem } from '../api/trustTypes';
import type { Lang } from '../i18n/types';
import { href } from '../router.svelte';
import { pieces } from './comments';
import { read, type Text } from './document';

export interface OpenGroup {
  readonly plan: string;
  readonly name: Text;
  /** What waits for the reader. */
  readonly tasks: readonly OpenItem[];
  /** What concerns the reader since last seen, newest first. */
  readonly news: readonly OpenItem[];
  /** The newest revision among the news. */
  readonly newest: number;
}

function order(a: OpenItem, b: OpenItem): number {
  if (a.overdue !== b.overdue) return a.overdue ? -1 : 1;
  const [first, second] = [a.deadline ?? '9999', b.deadline ?? '9999'];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** The items by plan; plans with something overdue come first, then those with something to do. */
export function openGroups(items: readonly OpenItem[]): OpenGroup[] {
  const plans = [...new Set(items.map((item) => item.plan))];
  const groups = plans.map((plan): OpenGroup => {
    const own = items.filter((item) => item.plan === plan);
    const news = own.filter((item) => item.kind === 'news').sort((a, b) => (b.rev ?? 0) - (a.rev ?? 0));
    return { plan, name: own[0]?.plan_name ?? {}, tasks: own.filter((item) => item.kind !== 'news').sort(order), news, newest: Math.max(0, ...news.map((item) => item.rev ?? 0)) };
  });
  const weight = (group: OpenGroup): number => (group.tasks.some((item) => item.overdue) ? 0 : group.tasks.length > 0 ? 1 : 2);
  return groups.sort((a, b) => weight(a) - weight(b));
}

/** Where an item is dealt with. */
export function openHref(item: OpenItem): string {
  switch (item.kind) {
    case 'hand_in':
    case 'returned':
    case 'approve': return href(item.plan, 'approval', { section: item.section });
    case 'amendment': return href(item.plan, 'seal', { amendment: item.amendment === undefined ? undefined : String(item.amendment) });
    case 'mention': return href(item.plan, 'comments', { thread: item.comment });
    case 'milestone': return href(item.plan, 'action');
    case 'news': return href(item.plan, 'history', { entry: item.rev === undefined ? undefined : String(item.rev) });
  }
}

/** What was said, with the names of the positions that it calls on. */
export function noteOf({ note = '', mentions }: Pick<OpenItem, 'note' | 'mentions'>, lang: Lang): string {
  const called = mentions ?? [];
  const name = (id: string): string => read(called.find((one) => one.id === id)?.name, lang).text || id;
  return pieces({ text: note, mentions: called.map((one) => one.id) }).map((piece) => (piece.role === '' ? piece.text : `@${name(piece.role)}`)).join('');
}
