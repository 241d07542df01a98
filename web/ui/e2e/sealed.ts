/** A sealed plan beside the samples, whose milestones have moved since. */
import type { APIRequestContext, APIResponse } from 'playwright-core';

import { become } from './browser';

export const SEALED = 'as-sealed-2027';
const API = '/api/v1/plans';

/** Makes the plan where it is not there yet; one is the director afterwards. */
export async function sealed(request: APIRequestContext, address: string): Promise<string> {
  const at = (tail: string): string => `${address}${API}${tail}`;
  let made = 0;
  const told = async (answer: APIResponse): Promise<void> => {
    if (!answer.ok()) throw new Error(`${answer.url()}: ${answer.status()} ${await answer.text()}`);
  };
  const post = async (tail: string, data: object): Promise<void> => told(await request.post(at(tail), { data }));
  const act = (body: object): Promise<void> => post(`/${SEALED}/workflow`, { op_id: `sealed-${(made += 1)}`, ...body });
  const set = async (patch: readonly object[]): Promise<void> => told(await request.patch(at(`/${SEALED}`), { data: { op_id: `sealed-${(made += 1)}`, why: 'set up', patch } }));

  await become({ request }, address);
  if ((await request.get(at(`/${SEALED}`))).ok()) return SEALED;
  await post('', { template: 'telecom', begin: { name: { zh: '已封存的规划', en: 'As sealed' }, center: {} } });
  const second = '/workflow/steps/director';
  const { document } = (await (await request.get(at(`/${SEALED}`))).json()) as { readonly document: { readonly workflow?: { readonly steps?: Readonly<Record<string, object>> } } };
  await set([{ op: 'test', path: second, value: document.workflow?.steps?.['director'] }, { op: 'remove', path: second }]);
  const sections = ['positioning', 'retrospective', 'business', 'budget', 'action'];
  for (const section of sections) await act({ kind: 'hand_in', section });
  await become({ request }, address, 'finance');
  for (const section of sections) await act({ kind: 'approve', section });
  await become({ request }, address);
  await post(`/${SEALED}/seal`, { op_id: 'sealed-seal', why: 'board', scenarios: ['base'] });
  await set([
    { op: 'replace', path: '/okr/milestones/cause_list/due', value: '2027-04-09' },
    { op: 'replace', path: '/okr/milestones/authority/due', value: '2027-05-14' },
    { op: 'add', path: '/okr/milestones/since', value: { code: 'since', rank: 'z', name: { zh: '封存后补充的一步', en: 'A step found later' }, due: '2027-06-30', objective: 'settle' } },
  ]);
  return SEALED;
}
