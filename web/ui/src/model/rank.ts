/** Places in a list that one may change for one thing alone: texts that sort, with room between any two (as `patch.RankBetween` makes them). */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A rank after one and before another; an empty text stands for the beginning and for the end. Where there is no room, it sorts after the first. */
export function rankBetween(a: string, b: string): string {
  if (a === '' && b === '') return DIGITS.charAt(DIGITS.length / 2);
  const rank = b === '' ? after(a) : a === '' ? before(b) : amid(a, b);
  return rank <= a || (b !== '' && rank >= b) ? `${a}V` : rank;
}

/** Raises the first digit that has room and drops what follows, so that adding at the end lengthens a rank once in sixty times. */
function after(a: string): string {
  for (let i = 0; i < a.length; i += 1) {
    const digit = digitAt(a, i);
    if (digit < DIGITS.length - 1) return a.slice(0, i) + DIGITS.charAt(digit + 1);
  }
  return a + DIGITS.charAt(1);
}

function before(b: string): string {
  for (let i = 0; i < b.length; i += 1) {
    const digit = digitAt(b, i);
    if (digit > 1) return b.slice(0, i) + DIGITS.charAt(digit - 1);
    if (digit === 1) return b.slice(0, i) + DIGITS.charAt(0) + DIGITS.charAt(DIGITS.length - 1);
  }
  return '';
}

/** The shortest rank between two, the middle one where several are as short. */
function amid(a: string, b: string): string {
  let rank = '';
  let open = false;
  for (let i = 0; i < a.length || i < b.length || open; i += 1) {
    const low: number = digitAt(a, i);
    const high: number = open ? DIGITS.length : digitAt(b, i);
    if (high - low > 1) return rank + DIGITS.charAt(Math.floor((low + high) / 2));
    open ||= high > low;
    rank += DIGITS.charAt(low);
  }
  return '';
}

/** The value of a digit, 0 past the end; a foreign character counts as the digit that sorts next below it. */
function digitAt(rank: string, i: number): number {
  const at = rank.charAt(i);
  if (at === '') return 0;
  let value = 0;
  for (let d = 0; d < DIGITS.length; d += 1) if (DIGITS.charAt(d) <= at) value = d;
  return value;
}

/** So many ranks in order, evenly spread and as short as that allows. */
export function ranks(count: number): string[] {
  let width = 1;
  let room = DIGITS.length;
  while (room <= count) {
    width += 1;
    room *= DIGITS.length;
  }
  return Array.from({ length: count }, (_, i) => {
    let value = Math.floor(((i + 1) * room) / (count + 1));
    let text = '';
    for (let at = 0; at < width; at += 1) {
      text = DIGITS.charAt(value % DIGITS.length) + text;
      value = Math.floor(value / DIGITS.length);
    }
    return text.replace(/0+$/, '');
  });
}
