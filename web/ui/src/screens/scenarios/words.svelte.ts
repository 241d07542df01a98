import { i18n, t } from '../../i18n/index.svelte';
import { codeOf, linesByCode, ranked, read, scenariosOf, type Listed, type PlanDocument, type Table, type Text } from '../../model/document';
import type { Wording } from '../../model/whatif';

type Named = Listed & { readonly name?: Text };

function nameIn(table: Table<Named> | undefined, code: string): string {
  const found = ranked(table).find((entry) => codeOf(entry) === code);
  return read(found?.item.name, i18n.lang).text || code;
}

/** What the plan's things are called in the reader's language, and how figures of a line read. */
export function wording(document: PlanDocument, line: string): Wording {
  const lines = linesByCode(document);
  const currency = document.plan?.currency ?? 'CNY';
  const unit = lines.get(line)?.item.unit ?? '';
  const { formats } = i18n;
  const figure = (value: number | null | undefined): string => (unit === currency ? formats.money(value, currency) : formats.figure(value, unit));
  return {
    line: (code) => read(lines.get(code)?.item.name, i18n.lang).text || code,
    scenario: (code) => read(scenariosOf(document).find((entry) => codeOf(entry) === code)?.item.name, i18n.lang).text || (code === 'base' ? t('scenario.base') : code),
    lever: (code) => nameIn(document.budget?.levers, code),
    initiative: (code) => nameIn(document.okr?.initiatives, code),
    figure,
    change: (value) => (unit === currency ? `${value > 0 ? '+' : ''}${formats.money(value, currency)}` : formats.change(value, unit, (points) => t('common.points', { value: points }))),
    percent: (value) => formats.percent(value, Number.isInteger(Math.round(value * 1e4) / 100) ? 0 : 1),
  };
}
