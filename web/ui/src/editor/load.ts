/** Brings the editor, once, when a formula is first edited. */
import type { mount as Mount } from './codemirror';

let mount: typeof Mount | null = null;
let coming: Promise<void> | null = null;

/** The editor's maker, if it is here. */
export const loaded = (): typeof Mount | null => mount;

export function load(): Promise<void> {
  coming ??= import('./codemirror').then((module) => { mount = module.mount; }, (error: unknown) => {
    coming = null;
    throw error;
  });
  return coming;
}
