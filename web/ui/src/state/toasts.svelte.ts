/** Short messages at the edge of the page, each with at most one action. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'bad';
  /** A toast takes the place of the one before it on the same topic. */
  readonly topic: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}
const LIFE_MS = 10_000;
let next = 1;
let list = $state.raw<readonly Toast[]>([]);
const clocks = new Map<number, ReturnType<typeof setTimeout>>();
let held = false;

function stop(id: number): void {
  clearTimeout(clocks.get(id));
  clocks.delete(id);
}
function start(id: number): void {
  stop(id);
  if (!held) clocks.set(id, setTimeout(() => toasts.close(id), LIFE_MS));
}

export const toasts = {
  get list(): readonly Toast[] {
    return list;
  },
  show(text: string, options: { readonly tone?: Toast['tone']; readonly topic?: string; readonly action?: Toast['action'] } = {}): void {
    const toast: Toast = { id: next, text, tone: options.tone ?? 'plain', topic: options.topic ?? text, ...(options.action ? { action: options.action } : {}) };
    next += 1;
    list = [...list.filter((one) => one.topic !== toast.topic), toast].slice(-3);
    start(toast.id);
  },
  close(id: number): void {
    stop(id);
    list = list.filter((toast) => toast.id !== id);
    if (list.length === 0) held = false;
  },
  /** None goes while one reads them or reaches for what they offer; their time begins anew after that. */
  hold(on: boolean): void {
    held = on;
    for (const { id } of list) {
      if (on) stop(id);
      else start(id);
    }
  },
};
