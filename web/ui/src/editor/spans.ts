/** Places in a formula: the server counts characters, the page UTF-16 units. They are converted here and nowhere else. */

export interface Span {
  readonly start: number;
  readonly end: number;
}
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** The UTF-16 place of so many characters from the start. */
function unitAt(text: string, characters: number): number {
  let unit = 0;
  for (let left = characters; left > 0 && unit < text.length; left -= 1) unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  return unit;
}

/** Where a span of the server lies in a text. No span is the whole text; one behind the end is its last character. */
export function placeOf(text: string, span: Span | null | undefined): Place {
  if (!span || (span.start === 0 && span.end === 0)) return { from: 0, to: text.length };
  const from = unitAt(text, span.start);
  const to = Math.max(from, unitAt(text, span.end));
  if (to > from) return { from, to };
  // Something is missing here: the character before it stands for the place.
  const last = Array.from(text.slice(0, from)).at(-1);
  return last === undefined ? { from: 0, to: Math.min(1, text.length) } : { from: from - last.length, to: from };
}

/** How long a formula may be, in bytes of UTF-8, as the server counts. */
export const MOST_BYTES = 4096;

/** Where a text passes the most that a formula may be, and how long it is; null where it does not. */
export function tooLong(text: string, most = MOST_BYTES): { readonly bytes: number; readonly at: number } | null {
  let bytes = 0;
  let at = -1;
  let unit = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (bytes > most && at < 0) at = unit;
    unit += character.length;
  }
  return at < 0 ? null : { bytes, at };
}
