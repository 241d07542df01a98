/** One server and one browser for a file of tests; every test fails on what the page complained of. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

import { complaints, forget, launch, prefer, seen, type Browser } from './browser';
import { start, type Target } from './target';

export interface OpenOptions {
  readonly lang?: 'zh' | 'en';
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}
export interface Session {
  readonly target: Target;
  readonly browser: Browser;
  /** Opens a route of the sample plan, or an address that begins with #. */
  open(route: string, options?: OpenOptions): Promise<Page>;
  /** Lets the page complain of what the test provokes. */
  allow(pattern: RegExp): void;
  /** What the server has at a pointer of the document. */
  stored(...path: readonly string[]): Promise<unknown>;
  /** Edits the plan beside the page. */
  patch(patch: readonly object[]): Promise<number>;
}

export function session(): Session {
  let target: Target | undefined;
  let browser: Browser | undefined;
  let watched: (() => string[])[] = [];
  let allowed: RegExp[] = [];
  const server = (): Target => {
    if (!target) throw new Error('the server is not up yet');
    return target;
  };
  const chromium = (): Browser => {
    if (!browser) throw new Error('the browser is not up yet');
    return browser;
  };
  const api = (): string => `${server().address}/api/v1/plans/${server().plan}`;

  beforeAll(async () => {
    target = await start();
    browser = await launch(1440, 1900);
  });
  afterEach(async ({ task }) => {
    const shown = task.result?.state === 'fail' ? await Promise.all(chromium().context.pages().slice(1).map(seen)) : [];
    const heard = watched.flatMap((one) => one()).filter((text) => !allowed.some((pattern) => pattern.test(text)));
    watched = [];
    allowed = [];
    for (const page of chromium().context.pages().slice(1)) await page.close();
    await forget(chromium().context, server().address);
    if (shown.length > 0) throw new Error(`What was seen:\n${shown.join('\n')}`);
    expect(heard).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await target?.stop();
  });

  return {
    get target() { return server(); },
    get browser() { return chromium(); },
    async open(route, { lang = 'en', theme = 'light', width = 1440, height = 1900 } = {}) {
      const page = await chromium().context.newPage();
      watched.push(complaints(page));
      await page.setViewportSize({ width, height });
      await prefer(page, lang, theme);
      await page.goto(`${server().address}/${route.startsWith('#') ? route : `#/p/${server().plan}/${route}`}`);
      await page.locator('main').first().waitFor();
      return page;
    },
    allow(pattern) { allowed.push(pattern); },
    async stored(...path) {
      const { document } = (await (await fetch(api())).json()) as { readonly document: unknown };
      return path.reduce<unknown>((node, key) => (node as Readonly<Record<string, unknown>> | undefined)?.[key], document);
    },
    async patch(patch) {
      const answer = await fetch(api(), { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ op_id: `beside-${Math.random()}`, patch }) });
      return answer.status;
    },
  };
}

/** The text of a figure in the grid: a line by its name, a month from 0, or -1 for the total. */
export async function figure(page: Page, line: string, month: number): Promise<string> {
  const row = page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: new RegExp(`^${line}$`) }) });
  return (await row.locator(`[data-c="${month + 3}"] .grid-text`).textContent()) ?? '';
}

/** Puts the cursor on a figure. */
export async function pick(page: Page, line: string, month: number): Promise<void> {
  const row = page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: new RegExp(`^${line}$`) }) });
  await row.locator(`[data-c="${month + 3}"]`).click();
}

/** Waits until every edit is on the server. */
export async function saved(page: Page): Promise<void> {
  await page.locator('.sync', { hasText: /^\s*(Saved|已保存)\s*$/ }).waitFor();
}

/** Presses what sends edits that wait. The page tries again by itself as well, and may be faster. */
export const press = (sender: Locator): Promise<void> => sender.click({ timeout: 2000 }).catch(() => undefined);
