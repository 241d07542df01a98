import { expect, it } from 'vitest';

import { session } from './session';

const s = session();

it('the document is looked at in the page, told to be old when an option changes, and put away', async () => {
  const page = await s.open('documents');
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  const frame = page.locator('iframe');
  await frame.waitFor();
  await expect.poll(() => frame.getAttribute('title')).toBe('Preview of the document: Base, English');
  const first = (await frame.getAttribute('src')) ?? '';
  expect(first).toMatch(/^blob:/);
  await page.getByLabel('Scenario', { exact: true }).last().selectOption('growth');
  await page.getByText('the preview shows what was before').waitFor();
  await page.getByRole('button', { name: 'Update the preview' }).click();
  await page.locator('iframe[title="Preview of the document: Growth of 12%, English"]').waitFor();
  expect(await frame.getAttribute('src')).not.toBe(first);
  await page.getByRole('button', { name: 'Close the preview' }).click();
  expect(await frame.count()).toBe(0);
});

it('a refusal is told, and can be tried again', async () => {
  s.allow(/503/);
  const page = await s.open('documents');
  await page.route('**/report.pdf*', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{}' }), { times: 1 });
  await page.getByRole('button', { name: 'Preview', exact: true }).click();
  await page.locator('.failure', { hasText: 'The preview could not be made' }).waitFor();
  await page.locator('.failure').getByRole('button').click();
  await page.locator('iframe').waitFor();
});

it('the page frames no address, not even our own', async () => {
  s.allow(/Content Security Policy|frame-src|Framing/);
  const page = await s.open('documents');
  const heard = await page.evaluate(() => new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', (event) => { resolve(event.effectiveDirective); });
    const frame = document.createElement('iframe');
    frame.src = '/api/v1/plans';
    document.body.append(frame);
  }));
  expect(heard).toBe('frame-src');
});
