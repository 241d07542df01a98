import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import App from '../src/App.svelte';
import type { LineResult } from '../src/api/types';
import { explain, use } from '../src/i18n/index.svelte';
import { ranked } from '../src/model/document';
import { WHOLE } from '../src/model/access';
import { apply } from '../src/model/patch';
import { router, SCREENS } from '../src/router.svelte';
import { VIEWS } from '../src/screens/index';
import { session } from '../src/state/session.svelte';
import { telecom } from './fixture/telecom';

const plan = telecom();
const lines = Object.fromEntries(ranked(plan.budget?.lines).map(({ id, item }): [string, LineResult] => [id, { unit: item.unit ?? '', by: [], values: Array.from({ length: 12 }, () => 1), total: 12, errors: [] }]));
const LINKS = (['positioning', 'retrospective', 'business', 'budget', 'action'] as const).map((link) => ({ link, answered: 3, required: 4, open: ['statement'] }));
const sent: { readonly method: string; readonly path: string; readonly body: unknown }[] = [];
const DONE = { rev: 2, problems: [], results: [], notes: [], links: LINKS, can_undo: { rev: 2, label: '' }, can_redo: null, access: WHOLE };
const SECTION = { id: 'retrospective', name: {}, covers: ['/method/findings'], owner: 'r_ops', deadline: '2026-11-20', overdue: true, state: 'handed_in', handed_in: { who: 'planner', on: '2026-11-19', note: 'complete' }, returned: null, approvals: [], next: 'director', acts: ['approve', 'return'] };
const WORKFLOW = { phase: 'draft', amount: 1200, amount_line: 'total_cost', why_above: 0, sections: [SECTION], steps: [{ id: 'director', name: {}, role: 'director', from: 0, needed: true }] };
const CELL = '/budget/lines/aht/values/2027-03';
const HISTORY = [
  { rev: 5, who: 'planner', for: 'analyst', when: '2026-11-28T08:00:00Z', why: 'new contract', label: '', op_id: 'a', hidden: 1, patch: [{ op: 'replace', path: CELL, value: 170 }], inverse: [{ op: 'replace', path: CELL, value: 150 }] },
  { rev: 1, who: 'local', when: '2026-11-20T08:00:00Z', why: '', label: '', op_id: 'b', hidden: 0, patch: [{ op: 'add', path: '', value: {} }], inverse: [] },
];
const MARK = { rev: 4, hash: '3f2a91bc04de'.padEnd(64, '0'), short: '3f2a-91bc-04de', who: 'analyst', on: '2026-12-18', engine: 'e1', scenarios: ['base', 'growth'] };

/** What a test wants answered in another way: a body, or a status with problems. */
let special: (path: string, method: string, body: unknown) => unknown = () => undefined;
let access: typeof WHOLE = WHOLE;
const refused = (status: number, key: string, more: object = {}): Response => new Response(JSON.stringify({ status, problems: [{ key, ...more }] }), { status, headers: { 'Content-Type': 'application/problem+json' } });

function answer(path: string, method: string): unknown {
  if (path === '/api/v1/session') return { mode: 'demo', demo: [], person: { id: 'director', name: 'Director', grants: [{ center: '*', role: 'director' }], administrator: false, may_create: true, must_change: false, deputy: null, stands_for: [] } };
  if (path === '/api/v1/names') return [{ id: 'planner', name: 'The planner' }, { id: 'analyst', name: 'The analyst' }];
  if (path === '/api/v1/rights') return { rules: [] };
  if (path === '/api/v1/open') return [{ plan: 'telecom', plan_name: { en: 'Telecom hotline 2027' }, kind: 'hand_in', section: 'budget', name: {}, overdue: true, deadline: '2026-11-01' }, { plan: 'telecom', plan_name: {}, kind: 'news', name: {}, act: { kind: 'return', section: 'budget' }, overdue: false, rev: 5, who: 'planner' }];
  if (path.endsWith('/workflow') && method === 'GET') return WORKFLOW;
  if (path.endsWith('/seal') && method === 'GET') return access.sealed ? { sealed: MARK, blocked: [], verdict: { bytes_same: true, recalculated: false, sealed_by: 'e1', checked_by: 'e2', first: { scenario: 'base', line: 'aht', member: [], month: '2027-03', sealed: 180, now: 181 } } } : { sealed: null, blocked: [{ key: 'workflow.section_closed', args: { section: 'Budget' }, pointer: '/workflow/sections/budget' }], verdict: null };
  if (path.endsWith('/progress')) return { scenario: 'base', planned: null, measured: null, objectives: [] };
  if (path.endsWith('/amendments')) return { sealed: true, blocked: [], amendments: [], table: [{ line: 'labour_cost', unit: 'CNY', original: 100, transfers: -30, supplements: 0, reserve: 0, current: 70, difference: 0, amended: true, follows: false }] };
  if (path.endsWith('/revisions')) return { from: 1, to: 5, more: 0, changes: [{ pointer: CELL, before: 150, after: 170 }], rows: [{ line: 'total_cost', unit: 'CNY', from: 100, to: 120, difference: 20, verdict: 'unfavourable' }] };
  if (method === 'POST') return DONE;
  if (method === 'PATCH') return { ...DONE, access };
  if (path === '/api/v1/plans') return [{ id: 'telecom', name: plan.plan?.name, center: '', start: '2027-01', months: 12, sealed: false, rev: 1, updated_at: '2026-11-20T00:00:00Z', problems: [] }];
  if (path.endsWith('/results')) return { rev: 1, results: [{ scenario: 'base', calendar: { start: '2027-01', months: 12 }, lines }] };
  if (path.endsWith('/compare')) return { base: 'base', scenarios: ['base'], rows: Object.keys(lines).map((line) => ({ line, unit: '', sense: 'bad', cells: [{ scenario: 'base', total: 12, difference: 0, ratio: 0, verdict: 'same', error: null }, { scenario: 'growth', total: 15, difference: 3, ratio: 0.25, verdict: 'unfavourable', error: null }] })) };
  if (path.endsWith('/history')) return HISTORY;
  return { id: 'telecom', rev: 1, document: plan, problems: [], notes: [], links: LINKS, can_undo: null, can_redo: null, access };
}

beforeAll(async () => {
  await use('en');
  // Fetched before, so that a screen is there as soon as it is opened.
  await Promise.all([explain(), ...Object.values(VIEWS).map((one) => one.load()), import('../src/screens/Open.svelte'), import('../src/screens/FormulaHelp.svelte'), import('../src/kit/WhyDialog.svelte'), import('../src/kit/Conflicts.svelte'), import('../src/kit/Presence.svelte'), import('../src/kit/SyncBanner.svelte'), import('../src/screens/Welcome.svelte'), import('../src/screens/CellPanel.svelte'), import('../src/kit/Help.svelte')]);
}, 60_000);
let running: Record<string, unknown> | null = null;
beforeEach(() => {
  sent.length = 0;
  special = () => undefined;
  access = WHOLE;
  sessionStorage.clear();
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname } = new URL(request.url);
    const body: unknown = request.method === 'GET' ? null : await request.clone().json();
    sent.push({ method: request.method, path: pathname, body });
    const other = special(pathname, request.method, body);
    if (other instanceof Response) return other;
    return new Response(JSON.stringify(other ?? answer(pathname, request.method)), { headers: { 'Content-Type': 'application/json' } });
  });
});
afterEach(async () => {
  if (running) await unmount(running);
  running = null;
  document.body.replaceChildren();
});

async function open(hash: string): Promise<HTMLElement> {
  location.hash = hash;
  const stop = router.start();
  await session.start();
  running = mount(App, { target: document.body });
  await settled();
  stop();
  return document.body;
}
async function settled(): Promise<void> {
  for (let i = 0; i < 8; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    flushSync();
  }
}
function button(name: string | RegExp): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((one) => {
    const text = one.getAttribute('aria-label') ?? one.textContent.trim();
    return typeof name === 'string' ? text === name : name.test(text);
  });
  if (!found) throw new Error(`no button ${String(name)}`);
  return found;
}
function field(label: string): HTMLInputElement | HTMLTextAreaElement {
  const found = [...document.querySelectorAll('label')].find((one) => one.htmlFor !== '' && one.textContent.trim() === label);
  const control = found ? document.getElementById(found.htmlFor) : null;
  if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)) throw new Error(`no field ${label}`);
  return control;
}
const edits = (): unknown[] => sent.filter((one) => one.method === 'PATCH').map((one) => (one.body as { readonly patch: unknown }).patch);

describe('each screen opens on the sample plan', () => {
  const heads: Readonly<Record<(typeof SCREENS)[number], string>> = {
    positioning: 'Six layers of positioning', retrospective: 'Customers call again on the same day', business: 'Solve it the first time',
    budget: 'First contact resolution', action: 'Direct way to a person in every menu', scenarios: 'Side by side', parts: 'Staffing policies', documents: 'Business plan as PDF',
    history: 'Average handle time · Mar 2027', approval: 'The planner', seal: 'What must be settled first',
    capacity: 'Capacity', goals: 'Goals', my: 'My page', comments: 'Comments', settings: 'Settings',
  };
  for (const screen of SCREENS) {
    it(screen, async () => {
      const page = await open(`#/p/telecom/${screen}`);
      expect(page.textContent).toContain(heads[screen]);
      expect([...page.querySelectorAll('[role=alert]')].filter((one) => one.textContent.trim() !== '')).toEqual([]);
    });
  }
  it('and the list of plans', async () => expect((await open('#/plans')).textContent).toContain('Telecom hotline 2027'));
});

describe('the parts of the model', () => {
  const input = (label: string): HTMLInputElement => {
    const found = [...document.querySelectorAll('input')].find((one) => (one.getAttribute('aria-label') ?? document.querySelector(`label[for="${one.id}"]`)?.textContent) === label);
    if (!found) throw new Error(`no field ${label}`);
    return found;
  };
  it('show each kind with its fields, lines by name, and what names no line', async () => {
    const page = await open('#/p/telecom/parts');
    for (const text of ['Hiring plans', 'Partner, price per contact', 'Pension', 'Robot', 'Knowledge', 'There is no line gone.', 'busiest at 08:00', 'Planned classes']) expect(page.textContent).toContain(text);
    expect([input('Service level target').value, input('Output in first months').value, input('Tier 2: Price').value, input('Rate').value]).toEqual(['80%', '60%  80%', 'pay', '16%']);
  });
  it('write a tier as a new list, with a test of the old', async () => {
    await open('#/p/telecom/parts');
    const price = input('Tier 1: Price');
    price.value = '3.1';
    price.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    const before = [{ from: 0, price: 3.2 }, { from: 50000, price: 'pay' }];
    expect(edits()).toEqual([[{ op: 'test', path: '/budget/prices/partner/tiers', value: before }, { op: 'replace', path: '/budget/prices/partner/tiers', value: [{ from: 0, price: 3.1 }, before[1]] }]]);
  });
  it('write a lever in the unit of its line', async () => {
    await open('#/p/telecom/parts');
    const change = input('Change of Calls offered');
    change.value = '0.85';
    change.dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    expect(edits()).toEqual([[{ op: 'test', path: '/budget/levers/bot/changes/c1/scale', value: 0.9 }, { op: 'replace', path: '/budget/levers/bot/changes/c1/scale', value: 0.85 }]]);
  });
});

describe('an edit', () => {
  it('of the positioning goes to the language in use, with a test of what stood there', async () => {
    await open('#/p/telecom/positioning');
    const input = field('Vision');
    input.value = 'New vision';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new Event('blur'));
    await settled();
    expect(edits()).toEqual([[
      { op: 'test', path: '/method/strategy/vision/en', value: 'The service every household trusts' },
      { op: 'replace', path: '/method/strategy/vision/en', value: 'New vision' },
    ]]);
  });
  it('of a finding is deleted as a whole and can be undone', async () => {
    await open('#/p/telecom/retrospective');
    button(/^Delete: Customers call again/).click();
    await settled();
    expect(edits()[0]).toMatchObject([{ op: 'test', path: '/method/findings/f_3' }, { op: 'remove', path: '/method/findings/f_3' }]);
    expect(button('Undo')).toBeDefined();
  });
  it('makes no initiative of a finding where initiatives are closed, and says why', async () => {
    access = { ...WHOLE, closed: ['action'] };
    special = (path, method) => (path.endsWith('/workflow') && method === 'GET' ? { ...WORKFLOW, sections: [{ ...SECTION, id: 'action', covers: ['/okr/initiatives'] }] } : undefined);
    const page = await open('#/p/telecom/retrospective');
    expect(page.textContent).toContain('No initiative can be made of a finding now. The section is handed in or approved.');
    expect(button(/^Delete: Customers call again/)).toBeDefined();
    expect([...page.querySelectorAll('button')].filter((one) => one.getAttribute('aria-label')?.startsWith('Make an initiative'))).toEqual([]);
  });
  it('of a form is one patch of what changed', async () => {
    await open('#/p/telecom/business');
    button(/^Edit: Solve it/).click();
    await settled();
    const weight = field('Weight');
    weight.value = '25%';
    weight.dispatchEvent(new Event('input', { bubbles: true }));
    document.querySelector('form')?.requestSubmit();
    await settled();
    expect(edits()).toEqual([[{ op: 'test', path: '/okr/objectives/o_fcr/weight', value: 0.3 }, { op: 'replace', path: '/okr/objectives/o_fcr/weight', value: 0.25 }]]);
  });
  it('that misses what it needs says so and sends nothing', async () => {
    await open('#/p/telecom/action');
    button('Add milestone').click();
    await settled();
    document.querySelector('form')?.requestSubmit();
    await settled();
    expect(document.body.textContent).toContain('Give the milestone a name.');
    expect(edits()).toEqual([]);
  });
});

async function type(label: string, text: string): Promise<void> {
  const input = field(label);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}
const posts = (end: string): unknown[] => sent.filter((one) => one.method === 'POST' && one.path.endsWith(end)).map((one) => one.body);
async function vision(text: string): Promise<void> {
  const input = field('Vision');
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('blur'));
  await settled();
}

describe('a reason that the server asks', () => {
  const asking = (_path: string, method: string, body: unknown): unknown => (method === 'PATCH' && (body as { readonly why?: string }).why === undefined ? refused(422, 'workflow.why_needed', { pointer: '/method/strategy/vision/en', args: { place: 'x' } }) : undefined);

  it('is asked for in a dialog and goes with the same edit', async () => {
    special = asking;
    await open('#/p/telecom/positioning');
    await vision('New vision');
    expect(document.querySelector('dialog')?.textContent).toContain('New vision');
    button('Save with reason').click();
    await settled();
    expect(document.querySelector('dialog')?.textContent).toContain('Say in a few words why.');
    await type('Reason', 'agreed on Monday');
    button('Save with reason').click();
    await settled();
    expect(sent.filter((one) => one.method === 'PATCH').map((one) => (one.body as { readonly why?: string }).why)).toEqual([undefined, 'agreed on Monday']);
    expect(document.querySelector('dialog')).toBeNull();
    expect(field('Vision').value).toBe('New vision');
  });
  it('takes the edit back when none is given', async () => {
    special = asking;
    await open('#/p/telecom/positioning');
    await vision('New vision');
    button('Take the change back').click();
    await settled();
    expect(field('Vision').value).toBe('The service every household trusts');
    expect(edits()).toHaveLength(1);
  });
});

describe('an undo', () => {
  const able = { ...(answer('', 'GET') as object), can_undo: { rev: 5, label: 'talk time' } };
  const back = (told: (body: { readonly why?: string }) => unknown) => (path: string, method: string, body: unknown): unknown =>
    (method === 'GET' && path.endsWith('/plans/telecom') ? able : method === 'POST' && path.endsWith('/undo') ? told(body as { readonly why?: string }) : path.endsWith('/leave') ? { can_undo: null, can_redo: null } : undefined);
  const undo = async (): Promise<void> => {
    button(/^Undo/).click();
    await settled();
  };

  it('asks for its reason where an edit does, and leaves all as it is without one', async () => {
    special = back(({ why }) => (why === undefined ? refused(422, 'workflow.why_needed', { pointer: CELL, args: { place: 'x' } }) : undefined));
    await open('#/p/telecom/positioning');
    await undo();
    expect(document.querySelector('dialog')?.textContent).toContain('Why take this back?');
    expect(document.querySelector('dialog')?.textContent).toContain('150');
    button('Cancel').click();
    await settled();
    expect(document.querySelector('dialog')).toBeNull();
    await undo();
    await type('Reason', 'typed too early');
    button('Save with reason').click();
    await settled();
    expect(posts('/undo').map((body) => (body as { readonly why?: string }).why)).toEqual([undefined, undefined, 'typed too early']);
  });
  it('over which somebody else has written is asked about once', async () => {
    special = back(() => refused(409, 'patch.test_failed', { args: { path: CELL, met: '175', want: '170' } }));
    await open('#/p/telecom/positioning');
    await undo();
    expect(posts('/leave')).toEqual([{ rev: 5 }]);
    button('Take theirs').click();
    await settled();
    expect(button('Nothing to undo').disabled).toBe(true);
    expect(posts('/undo')).toHaveLength(1);
  });
});

describe('the change log', () => {
  it('says who did what for whom and why, and what is not shown', async () => {
    const page = await open('#/p/telecom/history?entry=5');
    for (const text of ['The planner for The analyst', 'new contract', '1 not shown', 'Before', '150 sec/contact', 'The plan was made']) expect(page.textContent).toContain(text);
  });
  it('puts a value back, with a reason', async () => {
    await open('#/p/telecom/history?entry=5');
    button(/^Put back 150 sec\/contact: Average/).click();
    await settled();
    await type('Reason', 'typed by mistake');
    button('Restore').click();
    await settled();
    expect(posts('/restore')).toMatchObject([{ pointer: CELL, rev: 4, why: 'typed by mistake' }]);
  });
  it('shows a conflict with both values where a change cannot be taken back', async () => {
    const now = { ...(answer('', 'GET') as object), document: apply(plan, [{ op: 'replace', path: CELL, value: 175 }]) };
    special = (path, method) => (method === 'POST' && path.endsWith('/undo') ? refused(409, 'patch.test_failed', { args: { path: CELL, met: '175', want: '170' } }) : path.endsWith('/plans/telecom') && posts('/undo').length > 0 ? now : undefined);
    const page = await open('#/p/telecom/history?entry=5');
    button('Take this change back').click();
    await settled();
    expect(posts('/undo')).toMatchObject([{ rev: 5 }]);
    const card = page.querySelector('.conflict');
    expect([card?.textContent.includes('150'), card?.textContent.includes('175')]).toEqual([true, true]);
    button('Keep mine').click();
    await settled();
    expect(edits()).toEqual([[{ op: 'test', path: CELL, value: 175 }, { op: 'replace', path: CELL, value: 150 }]]);
  });
  it('sets two revisions beside each other', async () => {
    const page = await open('#/p/telecom/history?from=1&to=5');
    for (const text of ['Revision 1 beside 5', '+20', 'unfavourable']) expect(page.textContent).toContain(text);
  });
});

describe('an earlier revision', () => {
  it('is read with a way back, and nothing can be edited', async () => {
    access = { ...WHOLE, past: true };
    const page = await open('#/p/telecom/positioning?rev=3');
    await expect.poll(() => page.textContent).toContain('The plan as of revision 3');
    expect((field('Vision') as HTMLTextAreaElement).readOnly).toBe(true);
    await vision('New vision');
    expect(edits()).toEqual([]);
    expect([...page.querySelectorAll<HTMLAnchorElement>('.strip a')].map((link) => link.getAttribute('href'))).toEqual(['#/p/telecom/positioning', '#/p/telecom/history']);
  });
});

describe('the approval', () => {
  it('returns a section with a reason, and not without', async () => {
    const page = await open('#/p/telecom/approval');
    expect(page.textContent).toContain('Overdue since');
    button('Return').click();
    await settled();
    [...document.querySelectorAll<HTMLButtonElement>('dialog button')].at(-1)?.click();
    await settled();
    expect(posts('/workflow')).toEqual([]);
    await type('Reason', 'no owner named');
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit();
    await settled();
    expect(posts('/workflow')).toMatchObject([{ kind: 'return', section: 'retrospective', note: 'no owner named' }]);
  });
  it('keeps what was typed when it is refused, and says why', async () => {
    special = (path, method) => (method === 'POST' && path.endsWith('/workflow') ? refused(403, 'workflow.four_eyes') : undefined);
    await open('#/p/telecom/approval');
    button('Approve').click();
    await settled();
    await type('Note (may be left out)', 'fine');
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit();
    await settled();
    expect(document.querySelector('dialog [role=alert]')?.textContent).toContain('Someone else must approve it');
    expect(field('Note (may be left out)').value).toBe('fine');
  });
  it('shows a closed section as closed on its own screen, without what would change it', async () => {
    access = { ...WHOLE, closed: ['retrospective'] };
    const page = await open('#/p/telecom/retrospective');
    expect(page.querySelector('.strip')?.textContent).toContain('is handed in and closed');
    expect([...page.querySelectorAll('main button')].some((one) => /^(Add|Edit|Delete)/.test(one.getAttribute('aria-label') ?? one.textContent))).toBe(false);
  });
});

describe('the seal', () => {
  it('is set after a word is typed', async () => {
    special = (path, method) => (path.endsWith('/seal') ? (method === 'GET' ? { sealed: null, blocked: [], verdict: null } : { rev: 3, hash: MARK.hash, short: MARK.short }) : undefined);
    await open('#/p/telecom/seal');
    button('Seal the plan').click();
    await settled();
    await type('Reason', 'board of 18 December');
    await type('To confirm, type the plan\'s name “Telecom hotline 2027” or SEAL', 'no');
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit();
    await settled();
    expect(posts('/seal')).toEqual([]);
    await type('To confirm, type the plan\'s name “Telecom hotline 2027” or SEAL', 'seal');
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit();
    await settled();
    expect(posts('/seal')).toMatchObject([{ why: 'board of 18 December', scenarios: expect.arrayContaining(['base', 'growth']) as unknown }]);
  });
  it('shows hash, both verdicts, the first difference and the table that foots', async () => {
    access = { ...WHOLE, sealed: MARK };
    const page = await open('#/p/telecom/seal');
    for (const text of [MARK.short, MARK.hash, 'to the byte', 'gives other results', 'Average handle time · Mar 2027', 'Sealed 180, now 181', 'It foots']) expect(page.textContent).toContain(text);
    expect(page.querySelector('.rail')?.textContent).toContain(MARK.short);
  });
  it('leaves the budget to be read, with the way out', async () => {
    access = { ...WHOLE, sealed: MARK };
    const page = await open('#/p/telecom/budget');
    expect(page.querySelector('.strip')?.textContent).toContain('Change by amendment');
    expect(page.querySelector('[data-c="5"][role=gridcell]:not([aria-readonly])')).toBeNull();
  });
  it('proposes a transfer that sums to nothing', async () => {
    access = { ...WHOLE, sealed: MARK };
    await open('#/p/telecom/seal');
    button('Propose an amendment').click();
    await settled();
    await type('What it is for', 'Spring campaign');
    await type('Reason', 'prices');
    const set = (id: string, value: string): void => {
      const control = document.querySelector<HTMLInputElement>(`dialog [id$="${id}"]`);
      if (!control) throw new Error(id);
      control.value = value;
      control.dispatchEvent(new Event(control.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
    };
    set('-l-0', 'labour_cost');
    set('-l-1', 'site_cost');
    set('-a-0', '-1.2万');
    set('-a-1', '10000');
    await settled();
    expect(document.querySelector('dialog')?.textContent).toContain('+2,000 is missing to 0');
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit();
    await settled();
    expect(posts('/workflow')).toEqual([]);
    set('-a-1', '12000');
    await settled();
    document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit();
    await settled();
    expect(posts('/workflow')).toMatchObject([{ kind: 'propose', proposal: { kind: 'transfer', name: { en: 'Spring campaign' }, entries: [{ line: 'labour_cost', month: '2027-01', amount: -12000 }, { line: 'site_cost', amount: 12000 }] } }]);
  });
});

describe('what is open', () => {
  it('stands by plan with links, and news are marked as seen', async () => {
    const page = await open('#/open');
    for (const text of ['Hand in: Budget & return', 'Overdue since', 'Returned: Budget', 'The planner']) expect(page.textContent).toContain(text);
    button('Seen').click();
    await settled();
    expect(posts('/open/seen')).toEqual([{ plan: 'telecom', rev: 5 }]);
  });
});

describe('what is withheld', () => {
  it('says so in the grid without a fault, and is not in the list of errors', async () => {
    access = { ...WHOLE, roles: ['viewer'], may: [], hidden: ['pay'], withheld: ['pay'] };
    const errors = Array.from({ length: 12 }, (_, i) => ({ key: 'rights.withheld', args: {}, member: [], month: `2027-${String(i + 1).padStart(2, '0')}`, cause: 'pay', cause_month: '' }));
    special = (path) => (path.endsWith('/results') ? { rev: 1, results: [{ scenario: 'base', calendar: { start: '2027-01', months: 12 }, lines: { ...lines, pay: { unit: 'CNY/person', by: [], values: Array.from({ length: 12 }, () => null), total: null, errors } } }] } : undefined);
    const page = await open('#/p/telecom/budget?cell=pay/2027-03');
    expect(page.querySelectorAll('.f-withheld').length).toBeGreaterThan(10);
    expect(page.querySelector('.f-error')).toBeNull();
    expect(button(/problems$/).textContent).toContain('0 problems');
    expect(page.querySelector('.bar')?.textContent).toContain('Not shown to you');
  });
});
