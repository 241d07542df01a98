/** The endpoints of lines; one function each. */
import { answer, client } from './client';
import type { components } from './schema';
import type { Applied } from './types';

export type CalendarInfo = components['schemas']['CalendarInfo'];
const PLAN = '/api/v1/plans/{id}';

export const lines = {
  /** The months of a plan and their days. */
  calendar: (id: string) => answer<CalendarInfo>(client.GET(`${PLAN}/calendar`, { params: { path: { id } } })),
  /** Gives a line another code, wherever it stands. */
  rename: (id: string, body: { readonly op_id: string; readonly line: string; readonly code: string; readonly label: string; readonly why?: string }) =>
    answer<Applied>(client.POST(`${PLAN}/rename`, { params: { path: { id } }, body })),
};
