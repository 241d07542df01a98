/** The pieces of a formula, for colours, completion and hints. The server alone says what a formula means. */

export type TokenKind = 'name' | 'function' | 'word' | 'number' | 'string' | 'sign' | 'bracket' | 'other';
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Places in UTF-16 units, as the page counts. */
  readonly from: number;
  readonly to: number;
}

const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'let', 'if', 'else', 'and', 'or', 'not', 'in']);
const PIECES = /(?<space>\s+)|(?<string>"[^"]*"?|'[^']*'?)|(?<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*[%％]?)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<bracket>[()（）[\]【】{}｛｝])|(?<sign>\*\*|[=!<>]=|[-+*/^<>=?:,;%!&|#＋－−×÷＊／，；：？％＝＜＞])|(?<other>.)/gsu;

/** The tokens of a formula in order; spaces are none. A name before a bracket is a function. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const match of text.matchAll(PIECES)) {
    const [piece] = match;
    const kind = Object.entries(match.groups ?? {}).find(([, got]) => Boolean(got))?.[0] ?? 'other';
    if (kind === 'space') continue;
    // A space before a % that is not there belongs to nobody.
    const shown = kind === 'number' ? piece.trimEnd() : piece;
    found.push({ kind: kindOf(kind, shown, text.slice(match.index + piece.length)), text: shown, from: match.index, to: match.index + shown.length });
  }
  return found;
}

function kindOf(kind: string, piece: string, rest: string): TokenKind {
  if (kind !== 'name') return kind as TokenKind;
  if (WORDS.has(piece)) return 'word';
  return /^\s*[(（]/u.test(rest) ? 'function' : 'name';
}

export const isOpening = (text: string): boolean => '(（[【{｛'.includes(text);
export const isClosing = (text: string): boolean => ')）]】}｝'.includes(text);
