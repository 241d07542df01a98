import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import App from '../src/App.svelte';
import type { LineResult } from '../src/api/types';
import { use } from '../src/i18n/index.svelte';
import { ranked } from '../src/model/document';
import { router, SCREENS } from '../src/router.svelte';
import { session } from '../src/state/session.svelte';
import { telecom } from './fixture/telecom';

const plan = telecom();
const lines = Object.fromEntries(ranked(plan.budget?.lines).map(({ id, item }): [string, LineResult] => [id, { unit: item.unit ?? '', by: [], values: Array.from({ length: 12 }, () => 1), total: 12, errors: [] }]));
const LINKS = (['positioning', 'retrospective', 'business', 'budget', 'action'] as const).map((link) => ({ link, answered: 3, required: 4, open: ['statement'] }));
const sent: { readonly method: string; readonly path: string; readonly body: unknown }[] = [];

function answer(path: string, method: string): unknown {
  if (method === 'PATCH') return { rev: 2, problems: [], results: [], notes: [], links: LINKS, can_undo: { rev: 2, label: '' }, can_redo: null };
  if (path === '/api/v1/session') return { mode: 'demo', demo: [], person: { id: 'director', name: 'Director', grants: [{ center: '*', role: 'director' }], administrator: false, may_create: true, must_change: false, deputy: null, stands_for: [] } };
  if (path === '/api/v1/plans') return [{ id: 'telecom', name: plan.plan?.name, rev: 1, updated_at: '2026-11-20T00:00:00Z', problems: [] }];
  if (path.endsWith('/results')) return { rev: 1, results: [{ scenario: 'base', calendar: { start: '2027-01', months: 12 }, lines }] };
  if (path.endsWith('/compare')) return { base: 'base', scenarios: ['base'], rows: Object.keys(lines).map((line) => ({ line, unit: '', sense: 'bad', cells: [{ scenario: 'base', total: 12, difference: 0, ratio: 0, verdict: 'same', error: null }, { scenario: 'growth', total: 15, difference: 3, ratio: 0.25, verdict: 'unfavourable', error: null }] })) };
  if (path.endsWith('/history')) return [];
  return { id: 'telecom', rev: 1, document: plan, problems: [], notes: [], links: LINKS, can_undo: null, can_redo: null };
}

beforeAll(() => use('en'));
let running: Record<string, unknown> | null = null;
beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname } = new URL(request.url);
    const body: unknown = request.method === 'GET' ? null : await request.clone().json();
    sent.push({ method: request.method, path: pathname, body });
    return new Response(JSON.stringify(answer(pathname, request.method)), { headers: { 'Content-Type': 'application/json' } });
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
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent.trim() === label);
  const control = found ? document.getElementById(found.htmlFor) : null;
  if (!(control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)) throw new Error(`no field ${label}`);
  return control;
}
const edits = (): unknown[] => sent.filter((one) => one.method === 'PATCH').map((one) => (one.body as { readonly patch: unknown }).patch);

describe('each screen opens on the sample plan', () => {
  const heads: Readonly<Record<(typeof SCREENS)[number], string>> = {
    positioning: 'Six layers of positioning', retrospective: 'Customers call again on the same day', business: 'Solve it the first time',
    budget: 'First contact resolution', action: 'Direct way to a person in every menu', scenarios: 'Side by side', parts: 'Staffing policies', documents: 'Business plan as PDF',
  };
  for (const screen of SCREENS) {
    it(screen, async () => {
      const page = await open(`#/p/telecom/${screen}`);
      expect(page.textContent).toContain(heads[screen]);
      expect(page.querySelector('[role=alert]')).toBeNull();
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
