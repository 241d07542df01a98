/** How the goals of a plan stand, as the server reckons it. */
import { answer, client } from './client';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Reading = Schemas['ReadingInfo'];
export type ObjectiveProgress = Schemas['ObjectiveProgress'];
export type GoalProgress = Schemas['GoalProgress'];

export const goals = {
  progress: (id: string, scenario: string) => answer<GoalProgress>(client.GET('/api/v1/plans/{id}/progress', { params: { path: { id }, query: { scenario } } })),
};
