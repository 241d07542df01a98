/**
 * The name of this window: the same after a reload, another one for a copy of
 * it. It lies in the window's storage only while no page is there to hold it.
 */
const KEY = 'centerplan.tab';

export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function taken(): string {
  try {
    const known = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return known ?? randomId();
  } catch {
    return randomId();
  }
}

export const tab = taken();

if (typeof addEventListener === 'function') {
  addEventListener('pagehide', () => {
    try {
      sessionStorage.setItem(KEY, tab);
    } catch {
      // Without storage a reload is another window, which takes over what this one leaves.
    }
  });
  addEventListener('pageshow', () => {
    try {
      sessionStorage.removeItem(KEY);
    } catch {
      // Nothing was put there either.
    }
  });
}
