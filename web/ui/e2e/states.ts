/** States of the page that come and go: without a server, refused, asked, ended. Each in a window whose waiting edits meet no other's. */
import type { Page, Route } from 'playwright-core';

import type { Shot } from './routes';

const LINE = 'talk';
const CELL = `${LINE}/2027-11`;
const PATH = `/budget/lines/${LINE}/values/2027-11`;

const problem = (status: number, key: string) => (route: Route): Promise<void> =>
  route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ status, problems: [{ key, kind: 'internal', pointer: '', args: {} }] }) });

/** Opens the page anew with a storage of its own. */
async function apart(page: Page): Promise<void> {
  await page.addInitScript({ content: `{ const open = indexedDB.open.bind(indexedDB); indexedDB.open = (_, version) => open('aside-${Math.random()}', version); }` });
  await page.reload();
  await page.locator('.grid-row .k-value').first().waitFor();
}
/** Sees to the calls by which the page saves. */
async function saves(page: Page, answer: (route: Route) => Promise<void>): Promise<void> {
  await page.route('**/api/v1/plans/*', (route) => (route.request().method() === 'PATCH' ? answer(route) : route.continue()));
}
/** A window that closes may still save what it held back, so that no value is typed twice: the same again would be no edit. */
let typed = 200;
async function types(page: Page, count = 1): Promise<void> {
  await page.locator('.grid-input').focus();
  for (let i = 0; i < count; i += 1) {
    await page.keyboard.type(String((typed += 1)));
    await page.keyboard.press('Enter');
  }
}

/** Pastes a table into what has the focus. */
async function pastes(page: Page, text: string): Promise<void> {
  await page.evaluate((tsv) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', tsv);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Another person of the demo puts a value, beside the page. */
async function elsewhere(page: Page, plan: string, value: number): Promise<void> {
  const { origin } = new URL(page.url());
  const json = { 'Content-Type': 'application/json' };
  const entered = await fetch(`${origin}/api/v1/session`, { method: 'POST', headers: json, body: '{"id":"finance"}' });
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  await fetch(`${origin}/api/v1/plans/${plan}`, { method: 'PATCH', headers: { ...json, Cookie: cookie }, body: JSON.stringify({ op_id: `beside-${Math.random()}`, patch: [{ op: 'replace', path: PATH, value }] }) });
}
/** A chunk that does not come. */
async function without(page: Page, chunk: string): Promise<void> {
  await page.route(`**/assets/${chunk}.*`, (route) => route.abort());
  await page.reload();
}

export const STATES = (plan: string): readonly Shot[] => {
  const budget = `#/p/${plan}/budget?cell=${encodeURIComponent(CELL)}`;
  /** The budget after something was typed that the server answers so. */
  const answered = (name: string, answer: (route: Route) => Promise<void>, shows: string, count = 1): Shot => ({
    name,
    hash: budget,
    before: async (page) => {
      await apart(page);
      await saves(page, answer);
      await types(page, count);
      await page.locator(shows).first().waitFor();
    },
  });
  return [
    answered('live-offline', (route) => route.abort(), '.banner', 2),
    answered('live-full', problem(507, 'store.full'), '.banner.bad'),
    answered('live-ended', problem(401, 'internal'), 'dialog form'),
    answered('live-refused', problem(403, 'workflow.state'), '.toast'),
    {
      name: 'live-conflict',
      hash: budget,
      before: async (page) => {
        await apart(page);
        let release: () => void = () => undefined;
        const held = new Promise<void>((resolve) => { release = resolve; });
        await saves(page, async (route) => {
          await held;
          await route.continue();
        });
        await types(page);
        await elsewhere(page, plan, 160 + Math.round(Math.random() * 1000) / 100);
        release();
        await page.locator('.conflict .mine').waitFor();
      },
    },
    {
      name: 'live-new-version',
      hash: budget,
      before: async (page) => {
        // A stream that tells of one build and then of another.
        await page.addInitScript({ content: `
          window.SharedWorker = undefined;
          window.EventSource = class extends EventTarget {
            constructor() {
              super();
              for (const build of ['before', 'after']) setTimeout(() => this.dispatchEvent(new MessageEvent('hello', { data: JSON.stringify({ rev: 0, build }) })), 100);
            }
            close() {}
          };` });
        await page.reload();
        await page.locator('.banner').waitFor();
      },
    },
    {
      name: 'live-refused-paste',
      hash: budget,
      before: async (page) => {
        await page.locator('.grid-row .k-value').first().waitFor();
        await page.locator('.grid-input').focus();
        await pastes(page, 'n/a\tto follow\nn/a\tsee mail');
        await page.locator('.toast').first().waitFor();
      },
    },
    {
      name: 'live-results-failed',
      hash: budget,
      before: async (page) => {
        await page.route('**/results*', problem(500, 'internal'));
        await page.reload();
        await page.locator('.failure').waitFor();
      },
    },
    { name: 'live-no-screen', hash: `#/p/${plan}/history`, before: async (page) => { await without(page, 'History'); await page.locator('.failure').waitFor(); } },
    {
      name: 'live-no-dialog',
      hash: budget,
      before: async (page) => {
        await without(page, 'LineForm');
        await page.locator('.grid-row .k-value').first().waitFor();
        await page.locator('.grid-input').focus();
        await page.keyboard.press('Shift+F10');
        await page.getByRole('menuitem', { name: /^(Add line|新增指标)/ }).click();
        await page.locator('dialog .failed').waitFor();
      },
    },
  ];
};
