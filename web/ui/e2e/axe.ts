/** What axe finds wrong with a page, by the rules of WCAG 2.2 AA. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (tags) => {
    const run = (globalThis as unknown as { axe: { run: (where: Document, options: object) => Promise<{ violations: Violation[] }> } }).axe.run;
    // Style sheets and sounds are not fetched once more: no rule of these needs the ones, the page has none of the others.
    const { violations } = await run(document, { preload: false, runOnly: { type: 'tag', values: tags } });
    return violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }, RULES);
}
