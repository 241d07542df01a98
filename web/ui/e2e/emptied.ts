/** A plan in which there is nothing yet. */
import type { APIRequestContext } from 'playwright-core';

export const EMPTY = 'empty-2027';
const FILE = `centerplan: 1
plan: {id: ${EMPTY}, name: {en: Empty, zh: 空规划}, currency: CNY}
calendar: {start: 2027-01, months: 12}
scenarios:
  - {code: base}
`;

/** Makes the plan where it is not there yet. */
export async function emptied(request: APIRequestContext, address: string): Promise<string> {
  const plans = `${address}/api/v1/plans`;
  if ((await request.get(`${plans}/${EMPTY}`)).ok()) return EMPTY;
  const answer = await request.post(plans, { data: { file: FILE } });
  if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
  return EMPTY;
}
