import { createHash } from 'node:crypto';

import { expect, it } from 'vitest';

import { pick, saved, session } from './session';

const s = session();
const api = (path: string): string => `${s.target.address}/api/v1${path}`;
const plan = (tail = ''): string => api(`/plans/${s.target.plan}${tail}`);
const JSON_BODY = { 'Content-Type': 'application/json' };
let made = 0;

/** The cookie of someone of the demo. */
async function cookieOf(person: string): Promise<string> {
  const answer = await fetch(api('/session'), { method: 'POST', headers: JSON_BODY, body: JSON.stringify({ id: person }) });
  expect(answer.status).toBe(200);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
/** The browser acts as someone from now on. */
async function become(person: string): Promise<void> {
  const [name = '', value = ''] = (await cookieOf(person)).split('=');
  await s.browser.context.addCookies([{ name, value, url: s.target.address }]);
}
/** A step of the workflow by someone, beside the page. */
async function act(person: string, body: object): Promise<void> {
  made += 1;
  const answer = await fetch(plan('/workflow'), { method: 'POST', headers: { ...JSON_BODY, Cookie: await cookieOf(person) }, body: JSON.stringify({ op_id: `act-${made}`, ...body }) });
  expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([200, '']);
}

/** Edits the plan beside the page, with a reason where one is asked. */
async function set(patch: readonly object[], why = 'set up'): Promise<void> {
  made += 1;
  const answer = await fetch(plan(), { method: 'PATCH', headers: JSON_BODY, body: JSON.stringify({ op_id: `set-${made}`, why, patch }) });
  expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([200, '']);
}

it('the change log tells of an edit, puts a value back with a reason, and takes a change back', async () => {
  const page = await s.open('budget');
  await pick(page, 'Average handle time', 2);
  await page.keyboard.type('195');
  await page.keyboard.press('Enter');
  await saved(page);
  await page.goto(`${s.target.address}/#/p/${s.target.plan}/history`);
  const entry = page.locator('main li', { hasText: 'Average handle time · Mar 2027' }).first();
  await entry.getByRole('button', { expanded: false }).click();
  await entry.getByRole('button', { name: /^Put back/ }).first().click();
  await page.getByLabel('Reason').fill('typed by mistake');
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('“typed by mistake”').waitFor();
  const newest = page.locator('main li', { hasText: '“typed by mistake”' });
  await newest.getByRole('button', { expanded: false }).click();
  await newest.getByRole('button', { name: 'Take this change back' }).click();
  await page.getByText(/^took back revision/).waitFor();
});

it('a past revision is read only, with a way back; two revisions stand beside each other', async () => {
  const page = await s.open('budget?rev=1');
  await page.getByText(/^The plan as of revision 1/).waitFor();
  await pick(page, 'Average handle time', 2);
  await page.keyboard.type('1');
  expect(await page.locator('.editing').count()).toBe(0);
  await page.getByRole('link', { name: 'Back to today' }).click();
  await page.getByText(/^The plan as of revision/).waitFor({ state: 'detached' });
  await page.goto(`${s.target.address}/#/p/${s.target.plan}/history?from=1&to=2`);
  await page.getByRole('heading', { name: 'Revision 1 beside 2' }).waitFor();
  await page.locator('.compare').getByText('Average handle time · Mar 2027').waitFor();
});

it('in negotiation each edit asks for a reason; without one it is taken back', async () => {
  s.allow(/422/);
  await set([{ op: 'add', path: '/workflow/phase', value: 'negotiation' }]);
  const page = await s.open('budget');
  await page.getByText('each change asks for a reason').waitFor();
  await pick(page, 'Average handle time', 3);
  await page.keyboard.type('201');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Take the change back' }).click();
  await page.locator('.toast', { hasText: 'Taken back' }).waitFor();
  await pick(page, 'Average handle time', 3);
  await page.keyboard.type('202');
  await page.keyboard.press('Enter');
  await page.locator('dialog').getByLabel('Reason', { exact: true }).fill('agreed with operations');
  await page.getByRole('button', { name: 'Save with reason' }).click();
  await saved(page);
  await page.goto(`${s.target.address}/#/p/${s.target.plan}/history`);
  await page.getByText('“agreed with operations”').waitFor();
  await set([{ op: 'remove', path: '/workflow/phase' }]);
});

it('a section is handed in, closed on its own screen, and opened again with a reason', async () => {
  const page = await s.open('approval');
  const section = page.locator('.section', { hasText: 'Retrospective' });
  await section.getByRole('button', { name: 'Hand in' }).click();
  await page.locator('dialog').getByRole('button', { name: 'Hand in' }).click();
  await section.getByText('Handed in').first().waitFor();
  await page.goto(`${s.target.address}/#/p/${s.target.plan}/retrospective`);
  await page.locator('.strip', { hasText: 'is handed in and closed' }).getByRole('link').click();
  await section.getByRole('button', { name: 'Reopen' }).click();
  await page.locator('dialog').getByLabel('Reason').fill('one finding is missing');
  await page.locator('dialog').getByRole('button', { name: 'Reopen' }).click();
  await section.getByRole('button', { name: 'Hand in' }).waitFor();
});

it('pay is not shown to a viewer, by words and not as a fault', async () => {
  await become('viewer');
  const page = await s.open('#/p/twocity-2027/budget?cell=base_pay%2Fcoast%2F2027-03');
  await page.getByText('Your role does not change it').waitFor();
  await page.locator('.f-withheld').first().waitFor();
  await expect.poll(() => page.locator('.f-withheld').first().textContent()).toBe('not shown');
  await page.goto(`${s.target.address}/#/open`);
  await page.getByRole('heading', { name: 'My open items' }).waitFor();
  await become('director');
});

it('a lead edits the figures of their own lines, is offered nothing else, and reads why costs are not shown', async () => {
  await become('lead');
  const page = await s.open('budget');
  await page.locator('.strip', { hasText: 'your own lines and team' }).waitFor();
  await pick(page, 'Talk time', 4);
  await page.keyboard.type('149');
  await page.keyboard.press('Enter');
  await saved(page);
  expect(await s.stored('budget', 'lines', 'talk', 'values', '2027-05')).toBe(149);
  await pick(page, 'Growth of demand', 4);
  await page.keyboard.type('1');
  expect(await page.locator('.editing').count()).toBe(0);
  const refused = await fetch(plan(), { method: 'PATCH', headers: { ...JSON_BODY, Cookie: await cookieOf('lead') }, body: JSON.stringify({ op_id: 'lead-elsewhere', patch: [{ op: 'replace', path: '/budget/lines/growth/values/2027-05', value: 0.5 }] }) });
  expect(refused.status).toBe(403);

  await page.goto(`${s.target.address}/#/p/twocity-2027/budget`);
  await page.locator('.strip', { hasText: 'costs from which it could be worked out' }).getByRole('link', { name: 'Who sees what' }).waitFor();
  await page.goto(`${s.target.address}/#/p/twocity-2027/scenarios`);
  await page.getByText('Not shown to you: Total cost').waitFor();
  await page.locator('.compare .withheld').first().waitFor();
  await become('director');
});

it('what waits for someone is in their open items: to approve, and what came back with its reason', async () => {
  await act('lead', { kind: 'hand_in', section: 'action', note: 'please look' });
  await become('finance');
  const page = await s.open('#/open');
  await page.getByRole('link', { name: /Approve: Action/ }).click();
  const section = page.locator('.section', { hasText: 'Action & growth' });
  await section.getByRole('button', { name: 'Return' }).click();
  const dialog = page.locator('dialog');
  await dialog.getByRole('button', { name: 'Return' }).click();
  await dialog.getByText('Say in a few words why').waitFor();
  await dialog.getByLabel('Reason').fill('two owners are missing');
  await dialog.getByRole('button', { name: 'Return' }).click();
  await section.getByText('two owners are missing').first().waitFor();
  await become('lead');
  await page.reload();
  await page.goto(`${s.target.address}/#/open`);
  await page.getByRole('link', { name: /two owners are missing/ }).first().waitFor();
  await become('director');
});

it('who approves is told before handing in that they cannot approve it then', async () => {
  const page = await s.open('approval');
  const section = page.locator('.section', { hasText: 'Business plan' });
  await section.getByRole('button', { name: 'Hand in' }).click();
  await page.locator('dialog').getByText(/cannot approve it: if nobody else can do “Approved by the director”/).waitFor();
  await page.locator('dialog').getByRole('button', { name: 'Hand in' }).click();
  await section.getByText('Handed in').first().waitFor();
  await act('finance', { kind: 'approve', section: 'business' });
  await section.getByText('the next step is someone else').waitFor();
  expect(await section.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  await act('director', { kind: 'reopen', section: 'business', note: 'its owner hands it in' });
});

it('the plan is sealed, shows its hash everywhere, and is amended by a transfer that foots', async () => {
  // One step, so that two people of the demo are enough.
  const second = { path: '/workflow/steps/director' };
  await set([{ op: 'test', ...second, value: await s.stored('workflow', 'steps', 'director') }, { op: 'remove', ...second }]);
  for (const section of ['positioning', 'retrospective', 'business', 'budget', 'action']) {
    await act('director', { kind: 'hand_in', section });
    await act('finance', { kind: 'approve', section });
  }
  await become('director');
  const page = await s.open('seal');
  await page.getByRole('button', { name: 'Seal the plan' }).click();
  await page.locator('dialog').getByLabel('Reason').fill('board of 18 December');
  await page.locator('dialog').getByLabel(/^To confirm/).fill('seal');
  await page.locator('dialog').getByRole('button', { name: 'Seal the plan' }).click();
  const short = (await page.locator('.short code').textContent()) ?? '';
  expect(short).toMatch(/^[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}$/);
  const bytes = Buffer.from(await (await fetch(plan('/seal.json'))).arrayBuffer());
  await page.getByText(createHash('sha256').update(bytes).digest('hex')).waitFor();
  await expect.poll(() => page.locator('.verdicts .fav').count()).toBe(2);

  await page.getByRole('button', { name: 'Propose an amendment' }).click();
  const form = page.locator('dialog');
  await form.getByLabel('What it is for').fill('Training in spring');
  await form.getByLabel('Reason').fill('new hires');
  await form.getByLabel('Line').nth(0).selectOption({ index: 1 });
  await form.getByLabel('Line').nth(1).selectOption({ index: 2 });
  await form.getByLabel(/^Amount/).nth(0).fill('-1000');
  await form.getByLabel(/^Amount/).nth(1).fill('600');
  await form.getByText('+400 is missing to 0').waitFor();
  await form.getByLabel(/^Amount/).nth(1).fill('1000');
  await form.getByRole('button', { name: 'Propose', exact: true }).click();
  await page.getByRole('heading', { name: 'Training in spring' }).waitFor();
  await act('finance', { kind: 'approve_amendment', amendment: 1 });
  await page.getByText('It foots').waitFor();

  for (const screen of ['positioning', 'budget', 'history', 'approval']) {
    await page.goto(`${s.target.address}/#/p/${s.target.plan}/${screen}`);
    await page.locator('.strip', { hasText: short }).waitFor();
  }
  await page.goto(`${s.target.address}/#/p/${s.target.plan}/budget`);
  await pick(page, 'Average handle time', 2);
  await page.keyboard.type('1');
  expect(await page.locator('.editing').count()).toBe(0);
  const name = { path: '/budget/lines/aht/name/en' };
  expect(await s.patch([{ op: 'test', ...name, value: 'Average handle time' }, { op: 'replace', ...name, value: 'Moved' }])).toBe(403);
});
