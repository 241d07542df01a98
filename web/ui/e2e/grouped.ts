/** A small plan with a group whose lines add up, two of them typed and one computed. */
import type { APIRequestContext } from 'playwright-core';

export const GROUPED = 'grouped-2027';
const FILE = `centerplan: 1
plan: {id: ${GROUPED}, name: {en: Other costs, zh: 其他费用}, currency: CNY}
calendar: {start: 2027-01, months: 12}
groups:
  - {code: other, name: {en: Other costs, zh: 其他费用}}
lines:
  - {code: seats, name: {en: Seats, zh: 席位}, unit: seat, values: 100}
  - {code: water_price, name: {en: Water per seat, zh: 每席饮水费}, unit: CNY/seat, values: 20}
  - {code: travel, group: other, name: {en: Travel, zh: 差旅费}, unit: CNY, values: 30000}
  - {code: training, group: other, name: {en: Training, zh: 培训费}, unit: CNY, values: 50000}
  - {code: water, group: other, name: {en: Water, zh: 饮水费}, unit: CNY, formula: seats * water_price}
scenarios:
  - {code: base}
`;

/** Makes the plan where it is not there yet. */
export async function grouped(request: APIRequestContext, address: string): Promise<string> {
  const plans = `${address}/api/v1/plans`;
  if ((await request.get(`${plans}/${GROUPED}`)).ok()) return GROUPED;
  const answer = await request.post(plans, { data: { file: FILE } });
  if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`);
  return GROUPED;
}
