/** The currencies offered by name first; any other three letters can be typed into a plan file. */
import type { Lang } from '../i18n/types';

const CODES = ['CNY', 'HKD', 'TWD', 'MOP', 'USD', 'EUR', 'GBP', 'JPY', 'KRW', 'SGD', 'MYR', 'THB', 'VND', 'PHP', 'IDR', 'INR', 'AUD', 'NZD', 'CAD', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'HUF', 'RON', 'TRY', 'AED', 'SAR', 'ZAR', 'EGP', 'NGN', 'KES', 'BRL', 'MXN', 'COP', 'CLP', 'PEN', 'ARS'] as const;

/** The currencies as options: name in the page's language, found by the code and in the other language too. */
export function currencies(lang: Lang): { readonly id: string; readonly name: string; readonly words: string }[] {
  const names = new Intl.DisplayNames([lang === 'zh' ? 'zh-CN' : 'en'], { type: 'currency' });
  const other = new Intl.DisplayNames([lang === 'zh' ? 'en' : 'zh-CN'], { type: 'currency' });
  return CODES.map((code) => ({ id: code, name: `${code} · ${names.of(code) ?? code}`, words: `${code.toLowerCase()} ${other.of(code) ?? ''}` }));
}
