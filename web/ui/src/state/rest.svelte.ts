/** When the plan has had time to show itself: what can wait is fetched then. */
const REST_MS = 1000;
let at = $state(false);
let timer: ReturnType<typeof setTimeout> | undefined;

export const rest = {
  get is(): boolean {
    return at;
  },
  /** Told once there are figures to show. */
  come(): void {
    timer ??= setTimeout(() => { at = true; }, REST_MS);
  },
};
