/** Keys as people read them on their keyboard. */
const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': 'Space', PageUp: 'PgUp', PageDown: 'PgDn', Delete: 'Del' };

/** The parts of a chord or a sequence: `Ctrl+Shift+z` is Ctrl, Shift, Z. */
export const spelled = (chord: string): string[] => chord.split(/(?<=.)\+|(?<=^g) /).map((part) => SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part));

/** How long one may take from the first key of a sequence to the second. */
const SEQUENCE_MS = 1200;

/** What was pressed just before a key: `g ` after a `g`, for the sequences that go to a screen. */
export class Sequence {
  /** When the first key was pressed, as its event tells: a page that is busy takes no time from who types. */
  private began = -Infinity;

  /** Takes a key; null where it begins a sequence, else the prefix it comes after. */
  take({ key, ctrlKey, metaKey, altKey, timeStamp }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'timeStamp'>): string | null {
    const after = timeStamp - this.began <= SEQUENCE_MS;
    const begins = key === 'g' && !after && !ctrlKey && !metaKey && !altKey;
    this.began = begins ? timeStamp : -Infinity;
    if (begins) return null;
    return after ? 'g ' : '';
  }

  forget(): void {
    this.began = -Infinity;
  }
}
