/** What jsdom leaves out and the page takes for granted. */
import { vi } from 'vitest';

vi.stubGlobal('ResizeObserver', class {
  observe(): void { /* nothing is laid out here */ }
  unobserve(): void { /* nothing is laid out here */ }
  disconnect(): void { /* nothing is laid out here */ }
});
vi.stubGlobal('matchMedia', (media: string) => ({ matches: false, media, addEventListener: () => undefined, removeEventListener: () => undefined }));
