/** The colour theme: the system's, light or dark. `boot.js` sets it before the first paint. */
export type Theme = 'system' | 'light' | 'dark';
const STORED = 'centerplan.theme';
const dark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

function stored(): Theme {
  const value = localStorage.getItem(STORED);
  return value === 'light' || value === 'dark' ? value : 'system';
}

let theme = $state<Theme>('system');

function show(): void {
  document.documentElement.dataset['theme'] = theme === 'system' ? (dark().matches ? 'dark' : 'light') : theme;
}

export const themes = {
  get theme(): Theme {
    return theme;
  },
  start(): void {
    theme = stored();
    show();
    dark().addEventListener('change', show);
  },
  set(next: Theme): void {
    theme = next;
    localStorage.setItem(STORED, next);
    show();
  },
};
