/** Which lines of a sheet carry a mark that one can filter by. */
import type { Access } from '../api/trustTypes';
import type { LineResult, Problem } from '../api/types';
import { isWithheld } from './access';
import type { Sheet } from './budgetSheet';
import { codeOf, linesByCode, membersOf, ranked } from './document';
import type { Marked } from './filter';
import { carried, parts } from './patch';

/** Whether a line has an error that is none of rights. */
const fails = (result: LineResult | undefined): boolean => result?.errors.some((error) => !isWithheld(error)) === true;

const failedIn = carried<Readonly<Record<string, LineResult>>, ReadonlySet<string>>(
  (results) => new Set(Object.keys(results).filter((code) => fails(results[code]))),
  (found, names, _, results) => {
    if ([...names].every((code) => found.has(code) === fails(results[code]))) return found;
    const failed = new Set(found);
    for (const code of names) {
      if (fails(results[code])) failed.add(code);
      else failed.delete(code);
    }
    return failed;
  },
);

/** The codes of the lines whose results have errors. */
export const failedLines = (results: Readonly<Record<string, LineResult>> | undefined): ReadonlySet<string> => (results ? failedIn(results) : new Set());

/** The lines changed in the scenario, failed, commented and the reader's own, by id. */
export function markedLines(sheet: Omit<Sheet, 'rows'>, problems: readonly Problem[], access: Access): Marked {
  const lines = linesByCode(sheet.document);
  const { scenario } = sheet;
  const changed = new Set<string>(Object.keys(scenario.item.cells ?? {}).filter((id) => sheet.document.budget?.lines?.[id] !== undefined));
  for (const { item } of ranked(scenario.item.changes)) {
    const line = lines.get(item.line ?? '');
    if (line) changed.add(line.id);
  }
  const errors = new Set<string>();
  for (const code of failedLines(sheet.results)) {
    const line = lines.get(code);
    if (line) errors.add(line.id);
  }
  for (const { pointer } of problems) {
    const [area, table, id = ''] = parts(pointer ?? '');
    if (area === 'budget' && table === 'lines' && sheet.document.budget?.lines?.[id]) errors.add(id);
  }
  const comments = new Set([...(sheet.commented ?? [])].map((key) => key.split('/')[0] ?? ''));
  const mine = new Set(access.lines.flatMap((code) => lines.get(code)?.id ?? []));
  if (access.members.length > 0) {
    const own = new Set(access.members);
    const dimensions = new Set(ranked(sheet.document.budget?.dimensions).map(codeOf).filter((dimension) => membersOf(sheet.document, dimension).some((member) => own.has(codeOf(member)))));
    for (const line of lines.values()) if ((line.item.by ?? []).some((dimension) => dimensions.has(dimension))) mine.add(line.id);
  }
  return { changed, errors, comments, mine };
}
