/** A person's first steps with a plan, kept in this browser. */
import { NONE, readProgress, type Item, type Progress } from '../model/checklist';

let key = '';
let progress = $state.raw<Progress>(NONE);

function keep(next: Progress): void {
  progress = next;
  localStorage.setItem(key, JSON.stringify(next));
}

export const checklist = {
  get progress(): Progress {
    return progress;
  },
  /** Takes up the list of a person and a plan. */
  open(person: string, plan: string): void {
    key = `centerplan.first.${encodeURIComponent(person)}/${plan}`;
    progress = readProgress(localStorage.getItem(key));
  },
  tick(items: readonly Item[]): void {
    const fresh = items.filter((item) => !progress.done.includes(item));
    if (key !== '' && fresh.length > 0 && !progress.away) keep({ ...progress, done: [...progress.done, ...fresh] });
  },
  putAway(): void {
    keep({ ...progress, away: true });
  },
};
