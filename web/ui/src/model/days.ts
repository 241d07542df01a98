/** Days off and make-up workdays as one types them: a day or a run of days a line. */
export type DayFault = 'form' | 'none' | 'order' | 'long';
export interface DaysRead {
  /** In order, each once. */
  readonly days: readonly string[];
  readonly faults: readonly { readonly line: number; readonly text: string; readonly fault: DayFault }[];
}
const LONGEST = 60;
const DAY = String.raw`(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?`;

/** A day as the document writes it; null for one that does not exist. */
function dayAt(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}
const after = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** Reads days: `2027-02-10`, `2027年2月10日`, and runs of them: `2027-02-10 – 2027-02-16`. */
export function readDays(text: string): DaysRead {
  const days = new Set<string>();
  const faults: { line: number; text: string; fault: DayFault }[] = [];
  for (const [i, raw] of text.split(/\r?\n|[;；,，]/).entries()) {
    const line = raw.normalize('NFKC').trim();
    if (line === '') continue;
    const fail = (fault: DayFault): void => void faults.push({ line: i + 1, text: line, fault });
    const found = new RegExp(`^${DAY}(?:\\s*(?:–|—|-|~|\\.\\.|至|到|to)\\s*${DAY})?$`).exec(line);
    if (!found) {
      fail('form');
      continue;
    }
    const numbers = found.slice(1).map(Number);
    const from = dayAt(numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0);
    const to = found[4] === undefined ? from : dayAt(numbers[3] ?? 0, numbers[4] ?? 0, numbers[5] ?? 0);
    if (from === null || to === null) fail('none');
    else if (to < from) fail('order');
    else if ((Date.parse(to) - Date.parse(from)) / 86_400_000 >= LONGEST) fail('long');
    else for (let day = from; day <= to; day = after(day)) days.add(day);
  }
  return { days: [...days].sort(), faults };
}

/** Writes days as one reads them: neighbours as a run. */
export function writeDays(days: readonly string[]): string {
  const lines: string[] = [];
  const sorted = [...days].sort();
  for (let i = 0; i < sorted.length; i += 1) {
    const from = sorted[i] ?? '';
    let to = from;
    while (sorted[i + 1] === after(to)) {
      i += 1;
      to = sorted[i] ?? to;
    }
    lines.push(from === to ? from : `${from} – ${to}`);
  }
  return lines.join('\n');
}

export const isWeekend = (day: string): boolean => [0, 6].includes(new Date(Date.parse(day)).getUTCDay());
