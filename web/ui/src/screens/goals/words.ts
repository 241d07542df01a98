/** What the screens of goals say of a milestone or a key result. */
import { i18n, t } from '../../i18n/index.svelte';
import type { CheckIn, Entry, KeyResult, Line, Milestone, PlanDocument, Text } from '../../model/document';
import { linesByCode, read } from '../../model/document';
import { ageOf } from '../../model/goals';
import { daysBetween, isDay, type Span } from '../../model/timeline';

export const nameOf = (text: Text | string | undefined, id: string): string => read(text, i18n.lang).text || id;
export const roleName = (document: PlanDocument, id: string | undefined): string => (id === undefined || id === '' ? t('common.no_owner') : nameOf(document.okr?.roles?.[id]?.name, id));

/** What stands in the disc of a position: of a Chinese name its first two characters, which tell positions apart. */
export const roleSign = (document: PlanDocument, id: string | undefined): string => {
  if (id === undefined || id === '') return '–';
  const name = nameOf(document.okr?.roles?.[id]?.name, id);
  return /^\p{Script=Han}/u.test(name) ? Array.from(name).slice(0, 2).join('') : name;
};

/** The unit of a key result: its own, else its line's. */
export function unitOf(document: PlanDocument, result: KeyResult, lines: ReadonlyMap<string, Entry<Line>> = linesByCode(document)): string {
  return result.unit ?? lines.get(result.line ?? '')?.item.unit ?? '';
}
/** A figure of a key result as it is read. */
export function figureOf(document: PlanDocument, result: KeyResult, value: number | null | undefined): string {
  const unit = unitOf(document, result);
  const currency = document.plan?.currency ?? 'CNY';
  return unit === currency ? i18n.formats.money(value, currency) : i18n.formats.figure(value, unit);
}

/** The days of a span: its one day, or from its first to its last. */
export const when = ({ start, due }: Span): string => (start === undefined ? i18n.formats.day(due) : t('goals.from_to', { from: i18n.formats.day(start), to: i18n.formats.day(due) }));

/** How far a milestone has moved from the day that was sealed; empty where only its start has. */
export function moveText(was: Span, now: Span | null): string {
  const days = now === null ? 0 : daysBetween(was.due, now.due);
  return days === 0 ? '' : t(days > 0 ? 'goals.later' : 'goals.earlier', { count: Math.abs(days) });
}

/** How far a milestone's day is: `in 12 days`, `3 days late`. */
export function distance(item: Milestone, today: string): string {
  if (!isDay(item.due) || item.status === 'done' || item.status === 'dropped') return '';
  const days = daysBetween(today, item.due);
  if (days === 0) return t('goals.today');
  if (days < 0) return t('goals.late', { count: -days });
  return days <= 60 ? t('goals.in_days', { count: days }) : t('goals.in_months', { count: Math.round(days / 30.44) });
}

/** How long ago something was checked in on, in few words. */
export function ageText(entry: Entry<CheckIn> | undefined, today: string): string {
  if (!entry) return t('checkin.never');
  const days = ageOf(entry, today);
  if (days === null) return i18n.formats.day(entry.item.day);
  return days === 0 ? t('checkin.today') : t('checkin.ago', { count: days });
}
export const confidenceText = (confidence: number | undefined): string => (confidence === undefined ? t('checkin.no_confidence') : t(`checkin.confidence_${confidence}` as 'checkin.confidence_3'));
