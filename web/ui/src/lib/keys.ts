/** Keys as people read them on their keyboard. */
const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': 'Space', PageUp: 'PgUp', PageDown: 'PgDn', Delete: 'Del' };

/** The parts of a chord or a sequence: `Ctrl+Shift+z` is Ctrl, Shift, Z. */
export const spelled = (chord: string): string[] => chord.split(/(?<=.)\+|(?<=^g) /).map((part) => SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part));
