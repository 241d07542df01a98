/** Short messages at the edge of the page, each with at most one action. */
export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'bad';
  /** A toast takes the place of the one before it on the same topic. */
  readonly topic: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}
const SECONDS = 10;
let next = 1;
let list = $state.raw<readonly Toast[]>([]);

export const toasts = {
  get list(): readonly Toast[] {
    return list;
  },
  show(text: string, options: { readonly tone?: Toast['tone']; readonly topic?: string; readonly action?: Toast['action'] } = {}): void {
    const toast: Toast = { id: next, text, tone: options.tone ?? 'plain', topic: options.topic ?? text, ...(options.action ? { action: options.action } : {}) };
    next += 1;
    list = [...list.filter((one) => one.topic !== toast.topic), toast].slice(-3);
    setTimeout(() => toasts.close(toast.id), SECONDS * 1000);
  },
  close(id: number): void {
    list = list.filter((toast) => toast.id !== id);
  },
};
