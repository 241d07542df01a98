/** The page's language and its messages. One catalogue is loaded at a time; what it says of problems comes with the first of them. */
import { Formats } from '../lib/num';
import type { Args, Catalogue, Key, Lang } from './types';
import { message } from './types';

const LOADERS: Readonly<Record<Lang, () => Promise<{ default: Catalogue }>>> = {
  zh: () => import('$words/zh'),
  en: () => import('$words/en'),
};
const SCREENS: typeof LOADERS = {
  zh: () => import('$screens/zh'),
  en: () => import('$screens/en'),
};
const PROBLEMS: typeof LOADERS = {
  zh: () => import('$problems/zh'),
  en: () => import('$problems/en'),
};
const STORED = 'centerplan.lang';

type Plural<K extends string> = K extends `${infer Stem}.other` ? Stem : never;
export type MessageKey = Key | Plural<Key>;

let lang = $state<Lang>('zh');
let catalogue = $state.raw<Catalogue>({});
/** The parts beside the first that were asked for: what screens say that are fetched by themselves, and what is said of problems. */
const parts = new Map<typeof LOADERS, Promise<void>>();
const formats = $derived(new Formats(lang));

/** The language in use; reading it makes a component follow it. */
export const i18n = {
  get lang(): Lang {
    return lang;
  },
  get other(): Lang {
    return lang === 'zh' ? 'en' : 'zh';
  },
  /** Numbers, money and dates as text in the language in use. */
  get formats(): Formats {
    return formats;
  },
};

/** The language chosen before, or the browser's. */
export function preferred(): Lang {
  const stored = localStorage.getItem(STORED);
  if (stored === 'zh' || stored === 'en') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Loads a language and shows the page in it. */
export async function use(next: Lang): Promise<void> {
  const loaded = await Promise.all([LOADERS, ...parts.keys()].map((part) => part[next]()));
  catalogue = Object.assign({}, ...loaded.map(({ default: words }) => words)) as Catalogue;
  lang = next;
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
}

/** Loads one more part of the language in use, once. */
function more(part: typeof LOADERS): Promise<void> {
  const known = parts.get(part);
  if (known) return known;
  const of = lang;
  const loading = part[of]().then(
    ({ default: words }) => {
      // Whoever changed the language meanwhile has loaded this part in the other one.
      if (lang === of) catalogue = { ...catalogue, ...words };
    },
    (failed: unknown) => {
      parts.delete(part);
      throw failed;
    },
  );
  parts.set(part, loading);
  return loading;
}

/** A screen or dialog that is fetched by itself, with the words for it. */
export async function later<T>(module: Promise<{ readonly default: T }>): Promise<T> {
  const [{ default: thing }] = await Promise.all([module, more(SCREENS)]);
  return thing;
}

/** A part of the first view that is fetched beside it: its words are among the first, see firstWords.ts. */
export const soon = async <T>(module: Promise<{ readonly default: T }>): Promise<T> => (await module).default;

/** Loads what the page says of problems, once there is one. Without it a problem is told by its key. */
export async function explain(): Promise<void> {
  await more(PROBLEMS).catch(() => undefined);
}

/** Changes to the other language, for this visit and the next. */
export async function change(): Promise<void> {
  localStorage.setItem(STORED, i18n.other);
  await use(i18n.other);
}

/** A message of the catalogue. */
export function t(key: MessageKey, args: Args = {}): string {
  return message(catalogue, lang, key, args) ?? key;
}

/** A message whose key is made elsewhere (a problem's key), or the fallback. */
export function maybe(key: string, fallback: string, args: Args = {}): string {
  const found = message(catalogue, lang, key, args);
  if (found === undefined && key.startsWith('problem.')) void Promise.resolve().then(explain);
  return found ?? fallback;
}
