import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { faults } from './axe';
import { become, complaints, launch, prefer, ready, type Browser } from './browser';
import { pick, saved, session } from './session';
import { startFresh, type Fresh } from './target';

const PASSWORD = 'many small words';
const SECOND = 'quite other words';

describe('the demo', () => {
  const s = session();
  afterEach(() => become(s.browser.context, s.target.address));

  it('shows the same page to another role, by keyboard', async () => {
    const page = await s.open('positioning');
    await page.getByText('Demo: Director').waitFor();
    await page.getByRole('button', { name: /^Demo: Director, switch/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: /^Director/, checked: true }).waitFor();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    await page.getByText('Demo: Viewer').waitFor();
    await page.getByRole('heading', { name: 'Positioning', exact: true }).waitFor();
    await page.reload();
    await page.getByText('Demo: Viewer').waitFor();
  });

  it('tells the other windows of the browser', async () => {
    const [one, other] = [await s.open('#/rights'), await s.open('#/rights')];
    await one.getByRole('button', { name: /^Demo: .*switch/ }).click();
    await one.getByRole('menuitemradio', { name: /^Finance/ }).click();
    await other.getByText('Demo: Finance').waitFor();
    await other.getByRole('columnheader', { name: /^Finance your role/ }).waitFor();
  });

  it('gives people to look at and not to change, and offers plans only to who may make them', async () => {
    await become(s.browser.context, s.target.address, 'administrator');
    const page = await s.open('#/people');
    await page.getByRole('row', { name: /Team lead/ }).waitFor();
    expect(await page.getByRole('button', { name: 'Add person' }).count()).toBe(0);
    await become(s.browser.context, s.target.address, 'viewer');
    s.allow(/403/);
    const kept = await s.open('#/people');
    await kept.getByRole('alert').waitFor();
    expect(await kept.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    const welcome = await s.open('#/plans');
    await welcome.getByRole('link', { name: /2027/ }).first().waitFor();
    expect(await welcome.getByRole('button', { name: /Open the sample plan/ }).count()).toBe(0);
  });
});

describe('a server of people', () => {
  let server: Fresh;
  let browser: Browser;
  let watched: (() => string[])[] = [];
  let allowed: RegExp[] = [];
  let temporary = '';

  async function open(hash: string, lang: 'zh' | 'en' = 'en', theme: 'light' | 'dark' = 'light'): Promise<Page> {
    const page = await browser.context.newPage();
    watched.push(complaints(page));
    await prefer(page, lang, theme);
    await page.goto(`${server.address}/${hash}`);
    await ready(page);
    return page;
  }
  async function signIn(page: Page, id: string, password: string): Promise<void> {
    await page.getByLabel('Account name', { exact: true }).fill(id);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
  }
  const planOf = (page: Page): string => /#\/p\/([^/?]+)/.exec(page.url())?.[1] ?? '';
  /** A window without a network, in which the first months of a line were typed. */
  async function typedOffline(values: readonly number[]): Promise<Page> {
    const page = await open('#/plans');
    await page.getByRole('link', { name: /2027/ }).first().click();
    await page.locator('.topbar').waitFor();
    await page.goto(`${server.address}/#/p/${planOf(page)}/budget`);
    await pick(page, 'Talk time', 0);
    await saved(page);
    await browser.context.setOffline(true);
    for (const [month, value] of values.entries()) {
      await pick(page, 'Talk time', month);
      await page.keyboard.type(String(value));
      await page.keyboard.press('Enter');
    }
    await page.getByRole('button', { name: `${values.length} edits not saved` }).waitFor();
    return page;
  }
  /** What the server has of the first months of that line. */
  async function kept(page: Page): Promise<readonly unknown[]> {
    const { document } = (await (await page.request.get(`${server.address}/api/v1/plans/${planOf(page)}`)).json()) as { readonly document: { readonly budget: { readonly lines: Readonly<Record<string, { readonly values: Readonly<Record<string, unknown>> }>> } } };
    const values = document.budget.lines['talk']?.values ?? {};
    return ['01', '02', '03'].map((month) => values[`2027-${month}`]);
  }
  /** Every form that only strangers see, in both languages and themes. */
  async function look(hash: string): Promise<void> {
    for (const lang of ['zh', 'en'] as const) {
      for (const theme of ['light', 'dark'] as const) {
        const page = await open(hash, lang, theme);
        await expect.poll(async () => [hash, lang, theme, await faults(page)]).toEqual([hash, lang, theme, []]);
        await page.close();
      }
    }
  }

  beforeAll(async () => {
    server = await startFresh();
    browser = await launch();
  });
  afterEach(async () => {
    const heard = watched.flatMap((one) => one()).filter((text) => !allowed.some((pattern) => pattern.test(text)));
    watched = [];
    allowed = [];
    for (const page of browser.context.pages().slice(1)) await page.close();
    expect(heard).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it('says where the set-up link is, and makes the first administrator with it', async () => {
    await look('#/plans');
    await look(server.setup);
    const stranger = await open('#/people');
    await stranger.getByText('the set-up link that the server printed').waitFor();
    const page = await open(server.setup);
    await page.getByLabel('Account name', { exact: true }).fill('office');
    await page.getByLabel('Name', { exact: true }).fill('Planning office');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('The same password again', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('Signed in: Planning office').waitFor();
  });

  it('has people added with roles', async () => {
    const page = await open('#/people');
    await page.getByRole('button', { name: 'Edit: Planning office' }).click();
    await page.getByRole('button', { name: 'Add role' }).click();
    const rows = page.locator('dialog li');
    await rows.last().getByLabel('All centers', { exact: true }).check();
    await rows.last().getByLabel('Role', { exact: true }).selectOption('finance');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /Planning office/ }).getByText('Finance').waitFor();

    await page.getByRole('button', { name: 'Add person' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name', { exact: true }).fill('Other');
    await form.getByLabel('Account name', { exact: true }).fill('other');
    await form.getByLabel('All centers', { exact: true }).check();
    await form.getByLabel('Role', { exact: true }).selectOption('director');
    await expect.poll(() => faults(page)).toEqual([]);
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    temporary = (await page.locator('dialog code').textContent()) ?? '';
    expect(temporary.length).toBeGreaterThan(8);
    await page.getByRole('button', { name: 'I have noted it' }).click();
    await page.getByRole('row', { name: /Other/ }).getByText('Temporary password').waitFor();
    await page.getByRole('region', { name: 'Account log' }).getByText('other').waitFor();
    await expect.poll(() => faults(page)).toEqual([]);
  });

  it('signs out and leads a stranger to the address asked for', async () => {
    const page = await open('#/account');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await look('#/people');
    allowed.push(/403/);
    const stranger = await open('#/rights');
    await signIn(stranger, 'other', 'not it');
    await stranger.getByRole('alert').getByText(/password/).waitFor();
    await signIn(stranger, 'other', temporary);
    await stranger.getByRole('heading', { name: 'Choose a password of your own' }).waitFor();
    await expect.poll(() => faults(stranger)).toEqual([]);
    await stranger.getByLabel('Present password', { exact: true }).fill(temporary);
    await stranger.getByLabel('New password', { exact: true }).fill(SECOND);
    await stranger.getByLabel('The same password again', { exact: true }).fill(SECOND);
    await stranger.keyboard.press('Enter');
    await stranger.getByRole('heading', { name: 'Rights' }).waitFor();
  });

  it('takes a session up again where it ended, and sends the edit that waited', async () => {
    allowed.push(/401/);
    const page = await open('#/plans');
    await page.getByRole('button', { name: /Open the sample plan/ }).click();
    const vision = page.getByLabel('Vision', { exact: true });
    await vision.waitFor();
    await vision.fill('Not lost');
    // The dialog may come at once, and takes the focus from the field then.
    await browser.context.clearCookies();
    await vision.blur();
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.waitFor();
    await expect.poll(() => faults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.getByLabel('Password', { exact: true }).fill(SECOND);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.sync', { hasText: /^\s*Saved\s*$/ }).waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel('Vision', { exact: true }).inputValue()).toBe('Not lost');
  });

  it('takes a session up again that ended in an outage, and sends all that waited', async () => {
    allowed.push(/401|net::ERR_/);
    const page = await typedOffline([201, 202, 203]);
    await browser.context.clearCookies();
    await browser.context.setOffline(false);
    const dialog = page.getByRole('dialog', { name: 'Sign in again' });
    await dialog.getByText('not sent yet are kept in this browser').waitFor();
    await dialog.getByLabel('Password', { exact: true }).fill(SECOND);
    await page.keyboard.press('Enter');
    await saved(page);
    expect(await kept(page)).toEqual([201, 202, 203]);
  });

  it('says at the sign-in what waits in the browser, and sends it when its author is back', async () => {
    allowed.push(/401|net::ERR_/);
    const page = await typedOffline([211, 212, 213]);
    await browser.context.clearCookies();
    await browser.context.setOffline(false);
    await page.reload();
    await page.getByText('3 edits that were not sent yet are kept in this browser').waitFor();
    await expect.poll(() => faults(page)).toEqual([]);
    await signIn(page, 'other', SECOND);
    await page.locator('.grid-row').first().waitFor();
    await saved(page);
    expect(await kept(page)).toEqual([211, 212, 213]);
  });

  it('makes a key for a program, which works and is shown once', async () => {
    const page = await open('#/account');
    await page.getByRole('button', { name: 'Add token' }).click();
    await page.getByLabel('What it is for', { exact: true }).fill('Ledger');
    await page.getByRole('button', { name: 'Make the token' }).click();
    const secret = (await page.locator('dialog code').textContent()) ?? '';
    const asked = await fetch(`${server.address}/api/v1/plans`, { headers: { Authorization: `Bearer ${secret}` } });
    expect(asked.status).toBe(200);
    await page.getByRole('button', { name: 'I have noted it' }).click();
    expect(await page.getByText(secret).count()).toBe(0);
    await page.getByRole('button', { name: 'Delete: Ledger' }).click();
    await page.getByRole('button', { name: 'Remove the token' }).click();
    await page.getByText('No tokens yet.').waitFor();
    expect((await fetch(`${server.address}/api/v1/plans`, { headers: { Authorization: `Bearer ${secret}` } })).status).toBe(401);
    await expect.poll(() => faults(page)).toEqual([]);
  });
});
