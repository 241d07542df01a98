/** A Chromium with a fresh profile, and pages that report every console error. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium, type BrowserContext, type Page } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export interface Browser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/** How many times slower the pages run, and their calls answer late: SLOW=6 finds tests that only a fast machine passes. */
const SLOW = Number(process.env['SLOW'] ?? 1);
const LATE_MS = 150;

async function slow(context: BrowserContext): Promise<void> {
  context.on('page', (page) => {
    void context.newCDPSession(page).then((client) => client.send('Emulation.setCPUThrottlingRate', { rate: SLOW })).catch(() => undefined);
  });
  await context.route('**/api/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, LATE_MS * SLOW));
    await route.continue().catch(() => undefined);
  });
}

/** Starts Chromium; CHROMIUM names another one than Debian's. */
export async function launch(width = 1440, height = 900): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'centerplan-e2e-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
    viewport: { width, height },
    locale: 'en-US',
    timezoneId: 'Asia/Shanghai',
  });
  context.setDefaultTimeout(45_000);
  if (SLOW > 1) await slow(context);
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** Takes a role of the demo for every page of the browser. */
export async function become(context: Pick<BrowserContext, 'request'>, address: string, id = 'director'): Promise<void> {
  const answer = await context.request.post(`${address}/api/v1/session`, { data: { id } });
  if (!answer.ok()) throw new Error(`no demo as ${id}: ${answer.status()} ${await answer.text()}`);
}

/** Takes away what closed windows left of their edits: one that is closed between "Saved" and its last note leaves an edit the next would send again. */
export async function forget(context: BrowserContext, origin: string): Promise<void> {
  const [page] = context.pages();
  if (!page) return;
  const client = await context.newCDPSession(page);
  await client.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await client.detach();
}

/** What a page shows, in a few lines: for the report of a test that failed. */
export async function seen(page: Page): Promise<string> {
  const text = await page.evaluate(() => {
    const said = (of: string): string => [...document.querySelectorAll(of)].map((one) => one.textContent.replace(/\s+/g, ' ').trim()).filter((one) => one !== '').join(' | ').slice(0, 300);
    const focus = document.activeElement;
    return `sync: ${said('.sync')}\n  dialogs: ${said('dialog[open], [role=dialog]')}\n  told: ${said('.toast, .banner, .conflict')}\n  focus: ${focus?.tagName ?? ''} ${focus?.className ?? ''}`;
  }).catch((error: unknown) => String(error));
  return `${page.url()}\n  ${text}`;
}

/** Collects what a page complains of; the answer gives it and forgets it. */
export function complaints(page: Page): () => string[] {
  let heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(`${message.type()}: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => heard.push(`exception: ${error.message}`));
  return () => {
    const now = heard;
    heard = [];
    return now;
  };
}

/** Waits until nothing on the page is still to come. */
export async function ready(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton') === null);
}

/** A narrow phone, and a window of 1440 by 900 at 200 %. */
export const NARROW = [[320, 640], [720, 450]] as const;

/** What of the page is wider than its room: the page itself, its content or an open dialog. Tables and grids scroll by themselves. */
export async function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => ['html', '#content', 'dialog[open]', 'dialog[open] .body'].flatMap((at) => {
    const box = document.querySelector(at);
    const over = box ? box.scrollWidth - box.clientWidth : 0;
    return over > 0 ? [`${at}: ${over} px`] : [];
  }));
}

/** Sets language and theme before the page runs. */
export async function prefer(page: Page, lang: 'zh' | 'en', theme: 'light' | 'dark'): Promise<void> {
  await page.addInitScript(([one, other]) => {
    if (self !== top) return; // what the page frames has no store
    localStorage.setItem('centerplan.lang', one ?? 'zh');
    localStorage.setItem('centerplan.theme', other ?? 'light');
  }, [lang, theme]);
}
