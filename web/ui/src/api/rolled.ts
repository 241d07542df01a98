/** Results rolled up to quarters or years, by each line's own rule. */
import { answer, client } from './client';
import type { LineResult } from './types';

/** What a roll-up has: the labels of its steps, and the figures of each line by step. */
export interface Rolled {
  readonly labels: readonly string[];
  readonly lines: Readonly<Record<string, LineResult>>;
}
interface Body {
  readonly rev: number;
  readonly results: readonly { readonly calendar: { readonly buckets?: readonly string[] }; readonly lines: Readonly<Record<string, LineResult>> }[];
}

export async function rolled(id: string, scenario: string, by: 'quarter' | 'year', rev: number | null): Promise<(Rolled & { readonly rev: number }) | null> {
  const got = await answer<Body>(client.GET('/api/v1/plans/{id}/results', { params: { path: { id }, query: { scenario: [scenario], by, ...(rev === null ? {} : { rev }) } } }));
  const [set] = got.ok ? got.value.results : [];
  return got.ok && set ? { rev: got.value.rev, labels: set.calendar.buckets ?? [], lines: set.lines } : null;
}
