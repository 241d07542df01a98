/** The unit in which tables show money: one choice for the page, kept between visits. */
import type { Lang } from '../i18n/types';
import { MONEY_UNITS, type MoneyUnit } from '../lib/num';

const STORED = 'centerplan.money';
const ONE: MoneyUnit = { key: 'one', shift: 0 };
let chosen = $state.raw<MoneyUnit | null>(null);

function stored(lang: Lang): MoneyUnit {
  const key = localStorage.getItem(STORED) ?? (lang === 'zh' ? 'wan' : 'thousand');
  return [...MONEY_UNITS.zh, ...MONEY_UNITS.en].find((one) => one.key === key) ?? ONE;
}

export const money = {
  /** The unit chosen, or the next smaller one that the language has. */
  in(lang: Lang): MoneyUnit {
    const wanted = chosen ?? stored(lang);
    return MONEY_UNITS[lang].find((one) => one.key === wanted.key) ?? MONEY_UNITS[lang].findLast((one) => one.shift <= wanted.shift) ?? ONE;
  },
  set(next: MoneyUnit): void {
    chosen = next;
    localStorage.setItem(STORED, next.key);
  },
};
