import type en from '$locale/en.json';

/** The languages of the page. */
export type Lang = 'zh' | 'en';
export const LANGS: readonly Lang[] = ['zh', 'en'];

/** A key of the catalogues. */
export type Key = keyof typeof en;

/** What fills a message's placeholders. */
export type Args = Readonly<Record<string, string | number>>;
export type Catalogue = Readonly<Record<string, string>>;

/** Puts the arguments in the place of `{name}`; an unknown name stays as it is. */
export function fill(message: string, args: Args = {}): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => (name in args ? String(args[name]) : whole));
}

/** Made once: making one takes longer than all that is said in a render. */
const PLURALS: Readonly<Record<Lang, Intl.PluralRules>> = { zh: new Intl.PluralRules('zh'), en: new Intl.PluralRules('en') };

/**
 * The message of a key. Where a message depends on a count, English has two
 * keys, `x.one` and `x.other`, and Chinese the same text in both.
 */
export function message(catalogue: Catalogue, lang: Lang, key: string, args: Args = {}): string | undefined {
  const plain = catalogue[key];
  if (plain !== undefined) return fill(plain, args);
  const count = args['count'];
  if (typeof count !== 'number') return undefined;
  const form = PLURALS[lang].select(count) === 'one' ? 'one' : 'other';
  const counted = catalogue[`${key}.${form}`];
  return counted === undefined ? undefined : fill(counted, args);
}
