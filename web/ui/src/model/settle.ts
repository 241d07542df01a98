/** What a settling step is called: the initiative, the lever or the scenario it comes from. */
import type { TraceChange } from '../api/types';
import type { Lang } from '../i18n/types';
import type { Listed, PlanDocument, Table, Text } from './document';
import { codeOf, ranked, read } from './document';

interface Named extends Listed {
  readonly name?: Text;
}

export function changeName(document: PlanDocument, change: Pick<TraceChange, 'kind' | 'code'>, lang: Lang): string {
  const tables: Readonly<Record<TraceChange['kind'], Table<Named> | undefined>> = {
    initiative: document.okr?.initiatives,
    lever: document.budget?.levers,
    change: document.scenarios,
    cell: document.scenarios,
    risk: undefined,
    actual: undefined,
  };
  const found = ranked(tables[change.kind]).find((entry) => codeOf(entry) === change.code);
  return read(found?.item.name, lang).text || change.code;
}
