/**
 * What the capacity screen shows, found in the plan itself: the lines whose
 * formulas ask a staffing policy how many people are needed, or a hiring plan
 * how many there are, and the lines those rest on.
 */
import type { LineResult, SeriesValues } from '../api/types';
import { figureOf, isFormula, lanesOf } from './cells';
import type { Entry, Line, Part, PlanDocument } from './document';
import { codeOf, linesByCode, membersOf, ranked } from './document';
import { lineNamed, partsOf } from './parts';

/** A line, of one member of each of its dimensions; of all of them where it names none. */
export interface Ref {
  readonly line: Entry<Line>;
  readonly member: readonly string[];
}
/** Where a figure comes from: a line, or a number that the policy or the hiring plan holds. */
export type Source = Ref | number;
export const ROWS = ['volume', 'aht', 'occupancy', 'occupancy_cap', 'shrinkage', 'required', 'available', 'gap', 'service', 'target', 'attrition', 'classes', 'in_training', 'hires', 'leavers'] as const;
export type RowKind = (typeof ROWS)[number];

/** People for one queue by its policy, or for all that a hiring plan staffs. */
export interface View {
  readonly id: string;
  readonly kind: 'staffing' | 'hiring';
  readonly part: Entry<Part>;
  /** The queue whose volume the policy is asked about, where it is picked from a dimension. */
  readonly queue: string | undefined;
  /** The dimension over which the people are spread, such as sites. */
  readonly by: string | undefined;
  readonly rows: Readonly<Partial<Record<RowKind, Source>>>;
}

const WIDE: Readonly<Record<string, string>> = { '（': '(', '）': ')', '，': ',', '“': '"', '”': '"', '＂': '"', "'": '"', '［': '[', '］': ']' };
/** A formula in plain signs, without blanks outside of quotes. */
function plain(formula: string): string {
  return formula.replace(/[（），“”＂'［］]/g, (sign) => WIDE[sign] ?? sign).trim();
}

/** The arguments of a formula that is one call of a function, undefined where it is anything else. */
export function callOf(formula: string | undefined, name: string): string[] | undefined {
  const text = plain(formula ?? '');
  if (!text.startsWith(`${name}(`) || !text.endsWith(')')) return undefined;
  const args: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = name.length + 1;
  for (let i = from; i < text.length; i += 1) {
    const sign = text.charAt(i);
    if (sign === '"') quoted = !quoted;
    if (quoted) continue;
    if (sign === '(' || sign === '[') depth += 1;
    if (sign === ')' || sign === ']') depth -= 1;
    if (depth < 0 && i < text.length - 1) return undefined;
    if (depth < 0 || (depth === 0 && sign === ',')) {
      args.push(text.slice(from, i).trim());
      from = i + 1;
    }
  }
  return depth < 0 ? args : undefined;
}

const unquoted = (text: string | undefined): string | undefined => (text !== undefined && /^"[^"]*"$/.test(text) ? text.slice(1, -1) : undefined);

/** The line an argument names, with the member it picks. */
export function refOf(document: PlanDocument, argument: string | undefined): Ref | undefined {
  const found = /^([\p{L}_][\p{L}\p{N}_]*)((?:\["[^"]+"\])*)$/u.exec(argument ?? '');
  const line = found && linesByCode(document).get(found[1] ?? '');
  if (!line) return undefined;
  const picks = [...(found[2] ?? '').matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '');
  const by = line.item.by ?? [];
  if (picks.length === 0) return { line, member: [] };
  const member = by.map((dimension) => picks.find((pick) => membersOf(document, dimension).some((one) => codeOf(one) === pick)));
  return member.includes(undefined) ? undefined : { line, member: member as string[] };
}

/** The line that is exactly this call about a part. */
function lineOf(lines: readonly Entry<Line>[], name: string, code: string): Entry<Line> | undefined {
  return lines.find(({ item }) => unquoted(callOf(item.formula, name)?.at(-1)) === code);
}
const whole = (line: Entry<Line> | undefined): Ref | undefined => (line ? { line, member: [] } : undefined);

/** What a field of a part says: a number, or the line it names. */
function fieldOf(document: PlanDocument, part: Entry<Part>, name: string): Source | undefined {
  const value = part.item[name];
  return typeof value === 'number' ? value : whole(lineNamed(document, value as string | undefined));
}

function given(rows: Readonly<Partial<Record<RowKind, Source | undefined>>>): View['rows'] {
  return Object.fromEntries(Object.entries(rows).filter(([, source]) => source !== undefined));
}

function staffingView(document: PlanDocument, lines: readonly Entry<Line>[], part: Entry<Part>): View | undefined {
  const code = codeOf(part);
  const required = lineOf(lines, 'required_fte', code);
  if (!required) return undefined;
  const [volume, aht] = callOf(required.item.formula, 'required_fte') ?? [];
  const hours = lineOf(lines, 'agent_hours', code);
  const asked = refOf(document, volume);
  const busy = hours && lines.find(({ item }) => item.unit === '%' && new RegExp(`/\\s*${codeOf(hours)}$`).test((item.formula ?? '').trim()));
  return {
    id: `staffing.${code}`, kind: 'staffing', part, queue: asked?.member[0], by: undefined,
    rows: given({
      volume: asked, aht: refOf(document, aht), occupancy: whole(busy), occupancy_cap: fieldOf(document, part, 'max_occupancy'), shrinkage: fieldOf(document, part, 'shrinkage'),
      required: whole(required), service: whole(lineOf(lines, 'achieved_service', code)), target: fieldOf(document, part, 'target'),
    }),
  };
}

function hiringRows(document: PlanDocument, lines: readonly Entry<Line>[], part: Entry<Part>): Partial<Record<RowKind, Source | undefined>> {
  const code = codeOf(part);
  const of = (name: string): Ref | undefined => whole(lineOf(lines, name, code));
  return {
    required: fieldOf(document, part, 'required'), available: of('effective_fte'), gap: of('gap'), attrition: fieldOf(document, part, 'attrition'),
    classes: fieldOf(document, part, 'classes'), in_training: of('in_training'), hires: of('hires'), leavers: of('leavers'),
  };
}

/** Everything that can be looked at: hiring plans that say how many people there are, then the policies. */
export function views(document: PlanDocument): View[] {
  const lines = ranked(document.budget?.lines);
  const staffing = partsOf(document, 'staffing').flatMap((part) => staffingView(document, lines, part) ?? []);
  const hiring = partsOf(document, 'hiring').flatMap((part): View[] => {
    const rows = given(hiringRows(document, lines, part));
    if (rows.available === undefined || rows.required === undefined) return [];
    const served = staffing.find((view) => view.rows.service !== undefined)?.rows;
    const dimension = typeof rows.available === 'number' ? undefined : rows.available.line.item.by?.[0];
    return [{ id: `hiring.${codeOf(part)}`, kind: 'hiring', part, queue: undefined, by: dimension, rows: { ...rows, ...(served?.service ? { service: served.service } : {}), ...(served?.target !== undefined ? { target: served.target } : {}) } }];
  });
  // A hiring plan for exactly what one policy asks for is that policy's people.
  const line = (source: Source | undefined): string => (source === undefined || typeof source === 'number' ? '' : source.line.id);
  const joined = staffing.map((view) => {
    const own = hiring.find((plan) => line(plan.rows.required) === line(view.rows.required));
    return own ? { ...view, by: own.by, rows: { ...own.rows, ...view.rows } } : view;
  });
  return [...hiring.filter((plan) => !staffing.some((view) => line(view.rows.required) === line(plan.rows.required))), ...joined];
}

/** Whether figures of a line add up over members: people do, rates do not. */
const adds = (line: Line): boolean => ['person', 'contact', 'hour'].includes(line.unit ?? '');

/** One row of the month table. */
export interface Row {
  readonly kind: RowKind;
  readonly source: Source;
  /** The members it is of; several lanes are added. */
  readonly lanes: readonly (readonly string[])[];
  readonly unit: string;
  /** Its figures are put in, and can be changed here. */
  readonly input: boolean;
}

/** The rows of a view, of one member of its dimension or of all. Figures that are put in, and rates, have a row for each member. */
export function rowsOf(document: PlanDocument, view: View, member: string): Row[] {
  return ROWS.flatMap((kind): Row[] => {
    const source = view.rows[kind];
    if (source === undefined) return [];
    if (typeof source === 'number') return [{ kind, source, lanes: [], unit: '%', input: false }];
    const { item } = source.line;
    const unit = item.unit ?? '';
    const input = !isFormula(item);
    const all = source.member.length > 0 ? [[...source.member]] : lanesOf(document, item);
    const lanes = member !== '' && view.by !== undefined && (item.by ?? []).includes(view.by) ? all.filter((lane) => lane.includes(member)) : all;
    if (lanes.length > 1 && (input || !adds(item))) return lanes.map((lane) => ({ kind, source, lanes: [lane], unit, input }));
    return [{ kind, source, lanes, unit, input: input && lanes.length === 1 }];
  });
}

/** The figures of a row, month by month; null where one failed, undefined while they are on their way. */
export function figures(row: Row, results: Readonly<Record<string, LineResult>> | undefined, months: number): (number | null | undefined)[] {
  const { source } = row;
  if (typeof source === 'number') return Array.from({ length: months }, () => source);
  const values: SeriesValues | undefined = results?.[codeOf(source.line)]?.values;
  return Array.from({ length: months }, (_, month) => {
    const cells = row.lanes.map((lane) => figureOf(values, lane, month));
    if (cells.includes(undefined)) return undefined;
    if (cells.includes(null)) return null;
    return cells.reduce<number>((sum, cell) => sum + (cell ?? 0), 0);
  });
}

/** The people there less the people needed, month by month: by the plan's own line if it has one. */
export function gaps(rows: readonly Row[], of: (row: Row) => readonly (number | null | undefined)[]): (number | null)[] | null {
  const find = (kind: RowKind): readonly (number | null | undefined)[] | undefined => {
    const row = rows.find((one) => one.kind === kind);
    return row && of(row);
  };
  const own = find('gap');
  if (own) return own.map((value) => value ?? null);
  const [needed, there] = [find('required'), find('available')];
  if (!needed || !there) return null;
  return needed.map((value, i) => {
    const other = there[i];
    return value === null || value === undefined || other === null || other === undefined ? null : other - value;
  });
}
