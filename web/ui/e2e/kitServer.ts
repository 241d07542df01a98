/** Vite's own server, which alone has the page of the kit: a build leaves it out. */
import { fileURLToPath } from 'node:url';

import { createServer } from 'vite';

export interface KitServer {
  /** The address of the page of the kit. */
  readonly kit: string;
  close(): Promise<void>;
}

export async function kitServer(): Promise<KitServer> {
  const server = await createServer({
    root: fileURLToPath(new URL('..', import.meta.url)), logLevel: 'error', server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    // A data folder of its own, so that it meets no other server's.
    cacheDir: `/tmp/centerplan-kit-${process.pid}`,
    // What is found only when the first chart is drawn would be bundled anew, and the page, which nobody tells to reload, would ask for what is gone.
    optimizeDeps: { include: ['echarts/charts', 'echarts/components', 'echarts/core', 'echarts/renderers'] },
  });
  await server.listen();
  return { kit: `${server.resolvedUrls?.local[0] ?? ''}#/kit`, close: () => server.close() };
}
