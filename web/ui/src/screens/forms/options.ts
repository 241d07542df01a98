/** The things of the plan that a form lets one choose from, by name. */
import type { Listed, PlanDocument, Table, Text } from '../../model/document';
import { ranked } from '../../model/document';
import { nameOf } from '../goals/words';

interface Option {
  readonly id: string;
  readonly name: string;
}
const named = (table: Table<Listed & { readonly name?: Text }> | undefined): Option[] => ranked(table).map(({ id, item }) => ({ id, name: nameOf(item.name, id) }));

export const roleOptions = (document: PlanDocument): Option[] => named(document.okr?.roles);
export const objectiveOptions = (document: PlanDocument): Option[] => named(document.okr?.objectives);
export const initiativeOptions = (document: PlanDocument): Option[] => named(document.okr?.initiatives);
export const milestoneOptions = (document: PlanDocument): Option[] => named(document.okr?.milestones);
