import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import App from '../src/App.svelte';
import type { Account, Grant, Mode, Role, SessionState, Token } from '../src/api/accountTypes';
import { explain, use } from '../src/i18n/index.svelte';
import { router } from '../src/router.svelte';
import { WHOLE } from '../src/model/access';
import { AREA_VIEWS } from '../src/screens/areas';
import { VIEWS } from '../src/screens/index';
import { session } from '../src/state/session.svelte';
import { toasts } from '../src/state/toasts.svelte';
import { telecom } from './fixture/telecom';

const PASSWORD = 'correct horse';
const LINKS = (['positioning', 'retrospective', 'business', 'budget', 'action'] as const).map((link) => ({ link, answered: 3, required: 4, open: [] }));
const person = (id: string, name: string, ...grants: readonly Grant[]): Account => ({ id, name, grants, disabled: false, must_change: false, created_at: '2026-11-01T00:00:00Z', deputy: null });
const all = (role: Role): Grant => ({ center: '*', role });

/** A server of accounts in a few lines, with what the page sent to it. */
interface Server {
  mode: Mode;
  people: Account[];
  me: string | null;
  passwords: Map<string, string>;
  tokens: Token[];
  wait: number;
  readonly sent: { readonly who: string | null; readonly method: string; readonly path: string; readonly body: unknown }[];
}
let server: Server;

function state(): SessionState {
  const me = server.people.find((one) => one.id === server.me);
  return {
    mode: server.mode, demo: server.mode === 'demo' ? server.people.map(({ id, name, grants }) => ({ id, name, role: grants[0]?.role ?? 'viewer' })) : [],
    person: me ? { id: me.id, name: me.name, grants: me.grants, must_change: me.must_change, deputy: me.deputy, stands_for: [], administrator: me.grants.some((one) => one.role === 'administrator'), may_create: me.grants.some((one) => one.role === 'director') } : null,
  };
}
type Said = readonly [status: number, body: unknown];
const refuse = (status: number, key: string, args: Readonly<Record<string, string>> = {}): Said => [status, { problems: [{ key, args }] }];

function signing(path: string, method: string, body: Readonly<Record<string, string>>): Said | null {
  if (path === '/setup') {
    if (body['token'] !== 'good') return refuse(403, 'accounts.setup_token');
    server.people = [person(body['id'] ?? '', body['name'] ?? '', all('administrator'))];
    server.me = body['id'] ?? null;
    server.mode = 'accounts';
    return [200, state()];
  }
  if (path !== '/session') return null;
  if (method === 'DELETE') server.me = null;
  else if (method === 'POST') {
    if (server.wait > 0) return refuse(403, 'accounts.wait', { seconds: String(server.wait) });
    if (server.mode !== 'demo' && (server.passwords.get(body['id'] ?? '') ?? PASSWORD) !== body['password']) return refuse(403, 'accounts.wrong');
    server.me = body['id'] ?? null;
  }
  return [200, state()];
}

function respond(path: string, method: string, body: Readonly<Record<string, string>>): Said {
  const signed = signing(path, method, body);
  if (signed) return signed;
  const me = server.people.find((one) => one.id === server.me);
  if (!me) return refuse(401, 'accounts.sign_in');
  if (path === '/plans') return [200, [{ id: 'telecom', name: { en: 'Telecom hotline 2027' }, center: '', start: '2027-01', months: 12, sealed: false, rev: 1, updated_at: '2026-11-20T00:00:00Z', problems: [] }]];
  if (path === '/people' && method === 'GET') return me.grants.some((one) => one.role === 'administrator') ? [200, server.people] : refuse(403, 'accounts.administrator');
  if (path === '/people') {
    const added = { ...person(body['id'] ?? '', body['name'] ?? ''), grants: body['grants'] as unknown as Grant[], must_change: true };
    server.people = [...server.people, added];
    return [200, { account: added, temporary: 'k7tm-4qzx-9bhe-wn3c' }];
  }
  const one = /^\/people\/([^/]+)(\/reset)?$/.exec(path);
  if (one) {
    server.people = server.people.map((who) => (who.id === one[1] ? { ...who, ...(one[2] ? { must_change: true } : body) } : who));
    return [200, one[2] ? { account: server.people[0], temporary: 'k7tm-4qzx-9bhe-wn3c' } : server.people[0]];
  }
  if (path === '/people-log') return [200, [{ when: '2026-11-20T00:00:00Z', who: 'console', key: 'no.such.key', args: {} }]];
  if (path === '/names') return [200, server.people.map(({ id, name }) => ({ id, name }))];
  if (path === '/password') {
    if (body['old'] !== (server.passwords.get(me.id) ?? PASSWORD)) return refuse(422, 'accounts.old_password');
    server.people = server.people.map((who) => (who.id === me.id ? { ...who, must_change: false } : who));
    return [200, {}];
  }
  if (path === '/tokens' && method === 'POST') {
    const token: Token = { id: 't1', name: body['name'] ?? '', scope: 'read', created_at: '', until: body['until'] ?? '', last_used: null };
    server.tokens = [token];
    return [200, { token, secret: 'the-secret' }];
  }
  if (path.startsWith('/tokens/')) server.tokens = [];
  if (path.startsWith('/tokens')) return [200, server.tokens];
  if (path === '/deputy') {
    server.people = server.people.map((who) => (who.id === me.id ? { ...who, deputy: method === 'PUT' ? (body as unknown as Account['deputy']) : null } : who));
    return [200, {}];
  }
  if (path === '/rights') return [200, { rules: [{ pattern: '/budget/**', title: 'no.such.title', director: 'edit', finance: 'edit', lead: 'own', viewer: 'read', administrator: 'none' }] }];
  if (path === '/open') return [200, []];
  if (path.endsWith('/workflow')) return [200, { phase: 'draft', amount: null, amount_line: '', why_above: 0, sections: [], steps: [] }];
  if (path.endsWith('/results')) return [200, { rev: 1, results: [] }];
  if (method === 'PATCH') return [200, { rev: 2, problems: [], results: [], notes: [], links: LINKS, can_undo: null, can_redo: null, access: WHOLE }];
  return [200, { id: 'telecom', rev: 1, document: telecom(), problems: [], notes: [], links: LINKS, can_undo: null, can_redo: null, access: WHOLE }];
}

beforeAll(async () => {
  // What the page loads when it is opened is at hand, so that no test waits for it.
  await use('en');
  await Promise.all([explain(), import('../src/screens/Welcome.svelte'), import('../src/screens/SignIn.svelte'), import('../src/screens/SignInAgain.svelte'), import('../src/screens/Setup.svelte'), import('../src/screens/NewPassword.svelte'), VIEWS.positioning.load(), ...Object.values(AREA_VIEWS).map((one) => one.load())]);
}, 60_000);
let running: Record<string, unknown> | null = null;
beforeEach(() => {
  sessionStorage.clear();
  for (const one of toasts.list) toasts.close(one.id);
  server = { mode: 'accounts', people: [person('ada', 'Planning office', all('director'), all('administrator')), person('other', 'Other', all('viewer'))], me: 'ada', passwords: new Map(), tokens: [], wait: 0, sent: [] };
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname.replace('/api/v1', '');
    const text = request.method === 'GET' ? '' : await request.clone().text();
    const body = (text === '' ? {} : JSON.parse(text)) as Readonly<Record<string, string>>;
    server.sent.push({ who: server.me, method: request.method, path, body });
    const [status, said] = respond(path, request.method, body);
    return new Response(JSON.stringify(said), { status, headers: { 'Content-Type': 'application/json' } });
  });
});
afterEach(async () => {
  if (running) await unmount(running);
  running = null;
  document.body.replaceChildren();
});

async function settled(): Promise<void> {
  for (let i = 0; i < 10; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    flushSync();
  }
}
async function open(hash: string): Promise<void> {
  location.hash = hash;
  const stop = router.start();
  await session.start();
  running = mount(App, { target: document.body });
  await settled();
  stop();
}
function control(label: string | RegExp): HTMLInputElement {
  const fits = (text: string): boolean => (typeof label === 'string' ? text === label : label.test(text));
  const found = [...document.querySelectorAll('label')].filter((one) => fits(one.textContent.trim())).at(-1);
  const input = found ? document.getElementById(found.htmlFor) ?? found.querySelector('input') : null;
  if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement || input instanceof HTMLTextAreaElement)) throw new Error(`no field ${String(label)}`);
  return input as HTMLInputElement;
}
function type(label: string, value: string): void {
  const input = control(label);
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
async function press(name: string | RegExp): Promise<void> {
  const found = [...document.querySelectorAll<HTMLElement>('button, [role=menuitem]')].filter((one) => {
    const text = one.getAttribute('aria-label') ?? one.textContent.trim();
    return typeof name === 'string' ? text === name : name.test(text);
  }).at(-1);
  if (!found) throw new Error(`no button ${String(name)}`);
  found.click();
  await settled();
}
/** Sends the form that is on top. jsdom does not submit by a button outside the form. */
async function send(): Promise<void> {
  const form = [...document.querySelectorAll('form')].at(-1);
  form?.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
  await settled();
}
const page = (): string => document.body.textContent;
const calls = (method: string, path: string): unknown[] => server.sent.filter((one) => one.method === method && one.path === path).map((one) => one.body);

describe('the set-up', () => {
  beforeEach(() => Object.assign(server, { mode: 'setup', people: [], me: null }));
  it('without its link says where to find it', async () => {
    await open('#/plans');
    expect(page()).toContain('the set-up link that the server printed');
  });
  it('makes the first administrator when both passwords are the same', async () => {
    await open('#/setup/good');
    type('Account name', ' grace ');
    type('Name', 'Grace Hopper');
    type('Password', 'a long password');
    type('The same password again', 'another');
    await send();
    expect([page().includes('The two passwords differ.'), calls('POST', '/setup')]).toEqual([true, []]);
    type('The same password again', 'a long password');
    await send();
    expect(calls('POST', '/setup')).toEqual([{ token: 'good', id: 'grace', name: 'Grace Hopper', password: 'a long password' }]);
    expect([location.hash, session.person?.name]).toEqual(['#/plans', 'Grace Hopper']);
  });
  it('says what is wrong with the link', async () => {
    await open('#/setup/stale');
    for (const [label, value] of [['Account name', 'g'], ['Name', 'G'], ['Password', 'a long password'], ['The same password again', 'a long password']] as const) type(label, value);
    await send();
    expect(document.querySelector('[role=alert]')?.textContent).toMatch(/accounts\.setup_token|link/);
  });
});

describe('signing in', () => {
  beforeEach(() => { server.me = null; });
  it('is asked for in place of the screen, and leads to what one asked for', async () => {
    await open('#/people');
    expect([document.querySelector('h1')?.textContent, server.sent.map((one) => one.path)]).toEqual(['Sign in', ['/session']]);
    type('Account name', 'ada');
    type('Password', PASSWORD);
    await send();
    expect(document.querySelector('h1')?.textContent).toBe('People and roles');
  });
  it('tells of a wrong password, forgets it and waits where one tried too often', async () => {
    await open('#/plans');
    type('Account name', 'ada');
    type('Password', 'no');
    await send();
    expect([document.querySelector('[role=alert]')?.textContent === '', control('Password').value]).toEqual([false, '']);
    server.wait = 3;
    type('Password', 'no');
    await send();
    expect(page()).toContain('Try again in 3 seconds.');
    const before = server.sent.length;
    await send();
    expect(server.sent.length).toBe(before);
  });
  it('with a temporary password is only for choosing another one', async () => {
    server.people = server.people.map((one) => ({ ...one, must_change: true }));
    server.me = 'ada';
    await open('#/people');
    expect([document.querySelector('h1')?.textContent, document.querySelector('a[href="#/people"]')]).toEqual(['Choose a password of your own', null]);
    type('Present password', PASSWORD);
    type('New password', 'a better password');
    type('The same password again', 'a better password');
    await send();
    expect(document.querySelector('h1')?.textContent).toBe('People and roles');
  });
});

describe('a session that ends while one works', () => {
  async function editing(): Promise<void> {
    await open('#/p/telecom/positioning');
    server.me = null;
    const vision = control('Vision');
    vision.value = 'Still here';
    vision.dispatchEvent(new Event('input', { bubbles: true }));
    vision.dispatchEvent(new Event('blur'));
    await settled();
  }
  const edits = (): (string | null)[] => server.sent.filter((one) => one.method === 'PATCH').map((one) => one.who);

  it('is taken up again by the same person, and the edit goes on', async () => {
    await editing();
    expect([document.querySelector('dialog h2')?.textContent, control('Vision').value]).toEqual(['Sign in again', 'Still here']);
    type('Password', PASSWORD);
    await send();
    expect([document.querySelector('dialog'), control('Vision').value, edits()]).toEqual([null, 'Still here', [null, 'ada']]);
  });
  it('keeps the edit out of the hands of somebody else', async () => {
    await editing();
    await press('Sign in as someone else');
    expect([document.querySelector('h1')?.textContent, document.querySelector('.toast')]).toEqual(['Sign in', null]);
    type('Account name', 'other');
    type('Password', PASSWORD);
    await send();
    expect([session.person?.id, edits()]).toEqual(['other', [null]]);
    await session.signOut();
    await session.signIn('ada', PASSWORD);
    await settled();
    expect(edits()).toEqual([null, 'ada']);
  });
});

describe('the demo', () => {
  beforeEach(() => Object.assign(server, { mode: 'demo', people: [person('director', 'Director · 总监', all('director')), person('viewer', 'Viewer · 查看者', all('viewer'))], me: 'director' }));
  it('changes the role by the chip, reads everything anew and offers no way to create', async () => {
    await open('#/plans');
    expect([page().includes('Open the sample plan'), page().includes('Demo: Director')]).toEqual([true, true]);
    await press(/^Demo: Director, switch/);
    const choices = [...document.querySelectorAll('[role=menuitemradio]')];
    expect(choices.map((one) => one.getAttribute('aria-checked'))).toEqual(['true', 'false']);
    const before = calls('GET', '/plans').length;
    (choices[1] as HTMLElement).click();
    await settled();
    expect([session.person?.id, page().includes('Open the sample plan'), calls('GET', '/plans').length - before]).toEqual(['viewer', false, 1]);
  });
  it('walks its menu by keyboard', async () => {
    await open('#/plans');
    await press(/^Demo: .*switch/);
    const key = (name: string): boolean => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true })) ?? false;
    const walked = ['', 'ArrowDown', 'ArrowDown', 'End', 'Home'].map((name) => {
      if (name !== '') key(name);
      return document.activeElement?.textContent.trim().split(/(?=Makes|Reads)/)[0];
    });
    expect(walked).toEqual(['Director', 'Viewer', 'Director', 'Viewer', 'Director']);
    key('Escape');
    flushSync();
    expect([document.querySelector('[role=menu]'), document.activeElement?.getAttribute('aria-haspopup')]).toEqual([null, 'menu']);
  });
});

describe('people', () => {
  it('are added with roles, and the temporary password is shown', async () => {
    await open('#/people');
    await press('Add person');
    type('Name', 'Lin Tao');
    type('Account name', 'analyst.tao');
    await send();
    expect([page().includes('Name the center'), calls('POST', '/people')]).toEqual([true, []]);
    type('Center', 'Telecom hotline');
    type('Role', 'lead');
    flushSync();
    await send();
    expect(page()).toContain('Name the lead’s position');
    type('Position', 'owner_quality');
    type('Members of the team', 'voice, chat');
    await send();
    expect(calls('POST', '/people')).toEqual([{ id: 'analyst.tao', name: 'Lin Tao', grants: [{ center: 'Telecom hotline', role: 'lead', position: 'owner_quality', members: ['voice', 'chat'] }] }]);
    expect(document.querySelector('dialog code')?.textContent).toBe('k7tm-4qzx-9bhe-wn3c');
    await press('I have noted it');
    expect([document.querySelector('dialog'), page().includes('Lin Tao')]).toEqual([null, true]);
  });
  it('are disabled only after a yes, and never oneself', async () => {
    await open('#/people');
    await expect(press('Disable Planning office')).rejects.toThrow();
    await press('Disable Other');
    expect(calls('PATCH', '/people/other')).toEqual([]);
    await press('Disable');
    expect([calls('PATCH', '/people/other'), page().includes('Disabled: Other.')]).toEqual([[{ disabled: true }], true]);
    await press('Enable Other');
    expect(calls('PATCH', '/people/other').at(-1)).toEqual({ disabled: false });
  });
  it('are renamed without touching their roles', async () => {
    await open('#/people');
    await press('Edit: Other');
    type('Name', 'Robert');
    await send();
    expect(calls('PATCH', '/people/other')).toEqual([{ name: 'Robert' }]);
  });
  it('are not shown to others, who are told so', async () => {
    server.me = 'other';
    await open('#/people');
    expect(document.querySelector('[role=alert] h2')?.textContent).toBe('The people could not be read.');
  });
});

describe('one’s own account', () => {
  it('makes a token whose secret is shown once, and removes it after a yes', async () => {
    await open('#/account');
    await press('Add token');
    type('What it is for', 'Ledger');
    await send();
    expect([calls('POST', '/tokens').length, document.querySelector('dialog code')?.textContent]).toEqual([1, 'the-secret']);
    await press('I have noted it');
    expect([page().includes('the-secret'), page().includes('Ledger')]).toEqual([false, true]);
    await press('Delete: Ledger');
    await press('Remove the token');
    expect([calls('DELETE', '/tokens/t1').length, page().includes('No tokens yet.')]).toEqual([1, true]);
  });
  it('names a deputy and ends it', async () => {
    await open('#/account');
    type('Who stands in', 'other');
    type('From', '2027-01-01');
    type('Until', '2027-01-10');
    const form = [...document.querySelectorAll('form')].find((one) => one.querySelector('select'));
    form?.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
    await settled();
    expect(calls('PUT', '/deputy')).toEqual([{ person: 'other', from: '2027-01-01', until: '2027-01-10' }]);
    await press('End it');
    expect(calls('DELETE', '/deputy').length).toBe(1);
  });
  it('signs out', async () => {
    await open('#/account');
    await press('Sign out');
    expect(document.querySelector('h1')?.textContent).toBe('Sign in');
  });
});

it('the rights say each level by a word, and the reader’s own role', async () => {
  await open('#/rights');
  const row = document.querySelector('tbody tr');
  expect([...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent.trim())).toEqual(['edits', 'edits', 'own only', 'reads', 'nothing']);
  expect([...document.querySelectorAll('th.mine')].map((head) => head.textContent)).toEqual(['Directoryour role', 'Administratoryour role']);
});
