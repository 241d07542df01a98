/** What somebody began to say and did not send, kept for as long as the window lives: by person, plan and place. */
import { session } from './session.svelte';

const key = (plan: string, place: string): string => `centerplan.draft/${encodeURIComponent(session.person?.id ?? '')}/${encodeURIComponent(plan)}/${place}`;

export const drafts = {
  read(plan: string, place: string): string {
    try {
      return sessionStorage.getItem(key(plan, place)) ?? '';
    } catch {
      return '';
    }
  },
  keep(plan: string, place: string, text: string): void {
    try {
      if (text.trim() === '') sessionStorage.removeItem(key(plan, place));
      else sessionStorage.setItem(key(plan, place), text);
    } catch {
      // Without storage a draft lives as long as its field.
    }
  },
};
