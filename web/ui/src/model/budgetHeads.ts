/** The heads of the budget's columns: titles, and widths that hold the longest figure. */
import type { LineResult } from '../api/types';
import type { ColInfo } from '../grid/types';
import type { Sheet, Words } from './budgetSheet';
import { shiftOf, unitOf } from './budgetSheet';
import type { SheetColumn } from './columns';
import type { Line, PlanDocument } from './document';
import { codeOf, foundIn, keepsCode, ranked } from './document';
import { carried } from './patch';

/** Titles and widths of the columns. */
export function headsOf(sheet: Sheet, columns: readonly SheetColumn[], w: Words): ColInfo[] {
  const { zoom = 1 } = sheet;
  return plainHeads(sheet, columns, w).map((info) => (zoom === 1 ? info : { ...info, width: Math.round(info.width * zoom) }));
}

function plainHeads(sheet: Sheet, columns: readonly SheetColumn[], w: Words): ColInfo[] {
  const { narrow } = sheet;
  const frozen = sheet.freeze !== false;
  const year = sheet.months.length > 12;
  const longest = widest(sheet);
  const room = Math.max(104, longest * 8 + 24);
  const month = Math.max(year ? 104 : 84, (longest - 1) * 8 + 22);
  return columns.map((column, i): ColInfo => {
    switch (column.kind) {
      case 'name': return { id: 'name', title: w.name, width: narrow ? 136 : 240, kind: 'name', frozen };
      case 'unit': return { id: 'unit', title: w.unit, width: narrow ? 84 : 98, kind: 'unit', frozen: frozen && !narrow };
      case 'total': return { id: 'total', title: w.total, width: room, kind: 'total', frozen: frozen && !narrow };
      case 'trend': return { id: 'trend', title: w.trend, width: 112, kind: 'trend', frozen: false };
      case 'last': return { id: 'last', title: w.last, width: room, kind: 'extra', frozen: false };
      case 'bucket': return { id: column.label, title: w.bucket(column.label), width: Math.max(month, 96), kind: 'extra', frozen: false };
      case 'month': return { id: column.month, title: sheet.formats.month(column.month, year), width: month, kind: 'value', frozen: false, rule: column.period > 0 && column.period % 3 === 0 };
      case 'other':
      case 'delta': {
        const band = w.scenario(column.scenario);
        const of = column.period < 0 ? w.total : sheet.formats.month(column.month, year);
        const title = column.kind === 'delta' ? `Δ ${of}` : of;
        const begins = column.kind === 'other' && columns[i - 1]?.kind !== 'delta';
        return { id: `${column.scenario}:${column.kind}:${column.period}`, title, band, label: column.kind === 'delta' ? `${band}, ${w.delta}, ${of}` : `${band}, ${of}`, width: (column.period < 0 ? room : month) + (column.kind === 'delta' ? 26 : 0), kind: column.kind === 'delta' ? 'delta' : 'extra', frozen: false, rule: begins };
      }
    }
  });
}

/**
 * How many characters the longest total takes. It is the largest amount or the
 * least of each unit, so that not every line must be written for it.
 */
function widest(sheet: Sheet): number {
  let longest = 0;
  for (const set of [sheet.results, ...(sheet.beside?.values() ?? [])]) {
    if (!set) continue;
    for (const [unit, { least, most }] of endsOf(set, sheet.document)) for (const end of [least, most]) longest = Math.max(longest, sheet.formats.figure(end, unit, shiftOf(sheet, unit)).length);
  }
  return longest;
}

interface End {
  readonly least: number;
  readonly most: number;
}
type Ends = ReadonlyMap<string, End>;
type Results = Readonly<Record<string, LineResult>>;

/** The codes and units of a table of lines: the same list while they are the same. */
const unitsIn = foundIn<Line, ReadonlyMap<string, string>>(
  (lines) => new Map(ranked(lines).map((entry) => [codeOf(entry), entry.item.unit ?? ''])),
  (found, others) => (others.every((other) => keepsCode(other) && (other.before.unit ?? '') === (other.after.unit ?? '')) ? found : undefined),
);
const ends = new WeakMap<ReadonlyMap<string, string>, (results: Results) => Ends>();

/** The least and the most of the totals of each unit, of all lines whether they are shown or not: a column does not change with a filter. */
export function endsOf(results: Results, document: PlanDocument): Ends {
  const lines = document.budget?.lines;
  if (!lines) return new Map();
  const units = unitsIn(lines);
  let of = ends.get(units);
  if (!of) ends.set(units, (of = endsBy(units)));
  return of(results);
}

function endsBy(units: ReadonlyMap<string, string>): (results: Results) => Ends {
  const take = (made: Map<string, End>, code: string, result: LineResult | undefined): void => {
    const own = units.get(code);
    if (own === undefined || typeof result?.total !== 'number') return;
    const unit = unitOf({ unit: own }, result);
    const end = made.get(unit);
    if (!end || result.total < end.least || result.total > end.most) made.set(unit, { least: Math.min(result.total, end?.least ?? result.total), most: Math.max(result.total, end?.most ?? result.total) });
  };
  /** Whether a line was an end itself and is none now, so that a nearer one counts. */
  const leavesEnd = (code: string, found: Ends, was: LineResult | undefined, is: LineResult | undefined): boolean => {
    const own = units.get(code);
    if (own === undefined || typeof was?.total !== 'number') return false;
    const unit = unitOf({ unit: own }, was);
    const end = found.get(unit);
    const now = typeof is?.total === 'number' && unitOf({ unit: own }, is) === unit ? is.total : undefined;
    return (was.total === end?.least && !(now !== undefined && now <= end.least)) || (was.total === end?.most && !(now !== undefined && now >= end.most));
  };
  return carried<Results, Ends>(
    (results) => {
      const made = new Map<string, End>();
      for (const code of Object.keys(results)) take(made, code, results[code]);
      return made;
    },
    (found, names, before, results) => {
      const made = new Map(found);
      for (const code of names) {
        const [was, is] = [before[code], results[code]];
        if (was === is) continue;
        if (leavesEnd(code, found, was, is)) return undefined;
        take(made, code, is);
      }
      return made;
    },
  );
}
