/** Results rolled up to quarters or years, by each line's own rule. */
import { answer, client, type Answer } from './client';
import type { LineResult } from './types';

/** What a roll-up has: the labels of its steps, and the figures of each line by step. */
export interface Rolled {
  readonly labels: readonly string[];
  readonly lines: Readonly<Record<string, LineResult>>;
}
interface Body {
  readonly results: readonly { readonly calendar: { readonly buckets?: readonly string[] }; readonly lines: Readonly<Record<string, LineResult>> }[];
}

export async function rolled(id: string, scenario: string, by: 'quarter' | 'year', rev: number | null): Promise<Answer<Rolled>> {
  const got = await answer<Body>(client.GET('/api/v1/plans/{id}/results', { params: { path: { id }, query: { scenario: [scenario], by, ...(rev === null ? {} : { rev }) } } }));
  if (!got.ok) return got;
  const [set] = got.value.results;
  return { ok: true, value: { labels: set?.calendar.buckets ?? [], lines: set?.lines ?? {} } };
}
