/** The parts of the model that functions name by their code: what they hold, field by field, and who uses them. */
import type { Key } from '../i18n/types';
import { parseNumber, shifted } from '../lib/num';
import type { Entry, Line, PlanDocument, Part } from './document';
import { linesByCode, ranked } from './document';
import type { Json } from './patch';
import { at, pointer } from './patch';

export type PartKind = 'staffing' | 'hiring' | 'prices' | 'contributions';
export const PART_KINDS: readonly PartKind[] = ['staffing', 'hiring', 'prices', 'contributions'];

/** One field of a part. */
export interface Field {
  /** The members that lead to it, below the part. */
  readonly path: readonly string[];
  readonly label: Key;
  /** Its unit, % for a share; text fields have none. */
  readonly unit: string;
  readonly kind: 'number' | 'choice' | 'text' | 'list';
  /** What it is when it is left out; a number as the document writes it. */
  readonly otherwise?: number | string;
  readonly choices?: readonly string[];
  /** It may not be left out. */
  readonly needed?: boolean;
}

const number = (name: string, unit: string, otherwise?: number | string): Field => ({ path: [name], label: `parts.field.${name}` as Key, unit, kind: 'number', ...(otherwise === undefined ? {} : { otherwise }) });
const needed = (field: Field): Field => ({ ...field, needed: true });
const choice = (name: string, choices: readonly string[]): Field => ({ path: [name], label: `parts.field.${name}` as Key, unit: '', kind: 'choice', choices, otherwise: choices[0] ?? '' });
const text = (name: string): Field => ({ path: [name], label: `parts.field.${name}` as Key, unit: '', kind: 'text' });
const list = (name: string): Field => ({ path: [name], label: `parts.field.${name}` as Key, unit: '%', kind: 'list' });
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The fields of a kind of part under their headings, those a director changes first. */
export const FIELDS: Readonly<Record<PartKind, readonly (readonly [heading: Key, fields: readonly Field[]])[]>> = {
  staffing: [
    ['parts.head.service', [
      needed(number('target', '%')), needed(number('within_s', 'second')), choice('basis', ['sl_offered', 'sl_answered', 'sl_incl_ab', 'sl_excl_short']),
      number('max_wait_s', 'second'), number('max_abandon', '%'), number('max_occupancy', '%', 1),
    ]],
    ['parts.head.people', [number('shrinkage', '%', 0), number('schedule_efficiency', '%', 1), number('paid_hours', 'hour/person', 'calendar'), number('minimum_agents', 'person', 0)]],
    ['parts.head.model', [choice('model', ['erlang_c', 'erlang_a']), number('patience_s', 'second'), number('concurrency', '', 1), choice('concurrency_method', ['slot', 'factor'])]],
    ['parts.head.days', [
      number('interval_min', 'minute', 30),
      ...DAYS.map((day): Field => ({ path: ['day_factors', day], label: `parts.field.${day}`, unit: '', kind: 'number', otherwise: 1 })),
      number('holiday_factor', '', 1),
    ]],
  ],
  hiring: [
    ['parts.head.staff', [needed(number('opening', 'person')), needed(number('attrition', '%')), list('new_attrition'), number('required', 'person')]],
    ['parts.head.training', [number('training_months', 'month', 0), number('yield', '%', 1), list('ramp')]],
    ['parts.head.planner', [text('earliest_class'), number('class_min', 'person', 0), number('class_max', 'person'), number('notice_months', 'month')]],
  ],
  prices: [['parts.head.commitment', [number('commit', 'contact'), number('overage', 'price')]]],
  contributions: [],
};

/** The fields a row of a contribution table has. */
export const CONTRIBUTION_FIELDS: readonly Field[] = [needed(number('rate', '%')), number('floor', 'money'), number('cap', 'money')];

/** The parts of a kind with their codes, in display order. */
export function partsOf(document: PlanDocument, kind: PartKind): Entry<Part>[] {
  return ranked(document.budget?.[kind]);
}

export const partPath = (kind: PartKind, id: string): string => pointer('budget', kind, id);

/** The lines whose formula names the part in quotes. */
export function usedBy(document: PlanDocument, code: string): Entry<Line>[] {
  return ranked(document.budget?.lines).filter(({ item }) => new RegExp(`["'“”＂]${code.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}["'“”＂]`).test(item.formula ?? ''));
}

/** The value of a field: a number, the code of a line, a text, or nothing. */
export function fieldValue(document: PlanDocument, path: string, field: Field): Json | undefined {
  return at(document, path + pointer(...field.path));
}

/** The line a value names. */
export function lineNamed(document: PlanDocument, value: Json | undefined): Entry<Line> | undefined {
  return typeof value === 'string' ? linesByCode(document).get(value) : undefined;
}

/** A share is written in per cent, everything else as it is. */
export function written(value: Json | undefined, unit: string): string {
  if (Array.isArray(value)) return value.map((one: Json) => written(one, unit)).join('  ');
  if (typeof value === 'number') return unit === '%' ? `${shifted(value, 2)}%` : String(value);
  return typeof value === 'string' ? value : '';
}

/** What someone typed into a field; undefined takes it away, null is neither a number nor a line. */
export function typed(document: PlanDocument, raw: string, field: Pick<Field, 'kind' | 'unit'>): Json | undefined | null {
  const input = raw.trim();
  if (input === '') return undefined;
  if (field.kind === 'text' || field.kind === 'choice') return input;
  if (field.kind === 'list') {
    const all = input.split(/[\s、；;]+/).map((one) => single(document, one, field.unit));
    return all.some((one) => one === null) ? null : (all);
  }
  return single(document, input, field.unit);
}

function single(document: PlanDocument, input: string, unit: string): number | string | null {
  if (linesByCode(document).has(input)) return input;
  const parsed = parseNumber(input);
  if (!parsed) return null;
  // 30 in a field of shares is 30 per cent; 0.3 is so too.
  return unit === '%' && !parsed.percent && Math.abs(parsed.value) > 1 ? shifted(parsed.value, -2) : parsed.value;
}

/** The parts as pointers have them, by the section of the document. */
export function partAt(path: string): { readonly kind: string; readonly id: string } | null {
  const found = /^\/budget\/(staffing|hiring|prices|contributions|levers)\/([^/]+)/.exec(path) ?? /^\/okr\/(initiatives)\/([^/]+)/.exec(path);
  return found ? { kind: found[1] ?? '', id: found[2] ?? '' } : null;
}
