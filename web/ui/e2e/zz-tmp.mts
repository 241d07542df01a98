import { mkdirSync } from 'node:fs';
import { launch, prefer, complaints, ready } from '/work/wt/page2/web/ui/e2e/browser.ts';
import axeSource from 'axe-core';
const P = 'twocity-2027';
const list: [string, string, ((p: any) => Promise<void>)?][] = [
  ['history', `#/p/${P}/history`, async (p) => { await p.locator('.line').nth(2).click(); }],
  ['history-paste', `#/p/${P}/history?entry=9`],
  ['compare', `#/p/${P}/history?from=9&to=12`],
  ['restore', `#/p/${P}/history?entry=10`, async (p) => { await p.locator('td button').first().click(); }],
  ['past', `#/p/${P}/budget?rev=9&cell=maintenance%2F2027-03`],
  ['approval', `#/p/${P}/approval`],
  ['approval-return', `#/p/${P}/approval`, async (p) => { await p.locator('.section button').nth(2).click(); }],
  ['setup', `#/p/${P}/approval`, async (p) => { await p.locator('.top button').click(); }],
  ['seal', `#/p/${P}/seal`],
  ['seal-dialog', `#/p/${P}~ready/seal`, async (p) => { await p.locator('.body button.primary').click(); await p.locator('dialog button[type=submit]').click(); }],
  ['sealed', `#/p/${P}~sealed/seal`],
  ['sealed-end', `#/p/${P}~sealed/seal`, async (p) => { await p.evaluate(() => document.querySelector('#content')?.scrollTo(0, 1e6)); }],
  ['propose', `#/p/${P}~sealed/seal`, async (p) => { await p.locator('header button.primary').click(); const s = p.locator('dialog select'); await s.nth(0).selectOption('innovation_cost'); await s.nth(2).selectOption('rent_cost'); await p.locator('dialog li input').nth(0).fill('-30万'); await p.locator('dialog li input').nth(1).fill('120000'); await p.locator('dialog button[type=submit]').click(); }],
  ['sealed-budget', `#/p/${P}~sealed/budget?cell=maintenance%2F2027-03`],
  ['sealed-positioning', `#/p/${P}~sealed/positioning`],
  ['why', `#/p/${P}~asks/budget?cell=maintenance%2F2027-03`, async (p) => { await p.locator('[role=treegrid] .active').click(); await p.keyboard.type('200000'); await p.keyboard.press('Enter'); await p.locator('dialog').waitFor(); }],
  ['lead', `#/p/${P}~lead/budget?cell=base_pay%2Fcoast%2F2027-03`],
  ['lead-scenarios', `#/p/${P}~lead/scenarios?lines=labour_cost.total_cost.contacts`],
  ['viewer', `#/p/${P}~viewer/business`],
  ['closed', `#/p/${P}/retrospective`],
  ['open', '#/open'],
];
const out = process.argv[2] ?? '/tmp/page2/shots'; const filter = new RegExp(process.argv[3] ?? '.'); mkdirSync(out, { recursive: true });
const b = await launch();
for (const width of [1440, 390]) for (const lang of ['zh', 'en'] as const) for (const theme of ['light', 'dark'] as const) for (const [name, hash, before] of list) {
  const file = `${name}-${lang}-${theme}-${width}`; if (!filter.test(file)) continue;
  const page = await b.context.newPage(); const heard = complaints(page);
  await page.setViewportSize({ width, height: width === 390 ? 844 : 900 }); await prefer(page, lang, theme);
  try { await page.goto(`http://127.0.0.1:18098/${hash}`); await ready(page); await page.waitForTimeout(350); await before?.(page); await page.waitForTimeout(200);
    await page.screenshot({ path: `${out}/${file}.png` });
    if (process.env.AXE) { await page.evaluate((axeSource as any).source); const found = await page.evaluate(async () => { const r = await (globalThis as any).axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } }); return r.violations.map((o: any) => `${o.id}: ${o.nodes.slice(0, 3).map((n: any) => n.html.slice(0, 140)).join(' | ')}`); }); for (const f of found) console.log(`AXE ${file}: ${f}`); }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth + Math.max(0, (document.querySelector('#content')?.scrollWidth ?? 0) - (document.querySelector('#content')?.clientWidth ?? 0))); if (wide > 0) console.log(`WIDE ${file} ${wide}`);
  } catch (e) { console.log(`FAIL ${file}: ${String(e).slice(0, 300)}`); await page.screenshot({ path: `${out}/${file}-fail.png` }); }
  for (const t of heard()) if (!/409|422/.test(t)) console.log(`${file}: ${t}`);
  await page.close();
}
await b.close();
