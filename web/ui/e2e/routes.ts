import type { Page } from 'playwright-core';

import { emptied } from './emptied';
import { grouped } from './grouped';
import { sealed } from './sealed';
import { STATES } from './states';

export interface Shot {
  readonly name: string;
  readonly hash: string;
  /** The role of the demo that looks; the director, if none is named. */
  readonly as?: string;
  before?(page: Page): Promise<void>;
}

/** Scrolls the page's own content to its end. */
async function toEnd(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector('#content')?.scrollTo(0, 1e6));
}

/** Puts the caret into the formula, with the editor there, and types. */
async function writes(page: Page, keys: string, select = true): Promise<void> {
  await page.locator('.bar .formula').click();
  await page.locator('.cm-content').waitFor();
  await page.keyboard.press(select ? 'Control+a' : 'End');
  await page.keyboard.type(keys);
}
/** Opens the menu of the active cell, and the entry of the name in either language. */
const chosen = (entry: RegExp) => async (page: Page): Promise<void> => {
  await page.locator('.grid-row .k-value').first().waitFor();
  await page.locator('.grid-input').focus();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: entry }).click();
  await page.locator('dialog').waitFor();
};
/** Waits for the chart of a card and scrolls to it. */
async function toCard(page: Page, heading: string): Promise<void> {
  await page.locator(`section:has(${heading}) svg path, section:has(${heading}) svg rect`).first().waitFor({ state: 'attached' });
  await page.waitForTimeout(200);
  await page.evaluate((at) => { document.querySelector(at)?.scrollIntoView({ block: 'start' }); }, heading);
}

/** Waits for a chart of the page. */
async function drawn(page: Page): Promise<void> {
  await page.locator('.picture svg path').first().waitFor({ state: 'attached' });
  await page.waitForTimeout(200);
}

/** Goes to a screen of the sealed plan, and waits for what it shows. */
async function asSealed(page: Page, screen: string, shown: string): Promise<void> {
  const { origin } = new URL(page.url());
  const plan = await sealed(page.request, origin);
  await page.goto(`${origin}/#/p/${plan}/${screen}`);
  await page.locator(shown).first().waitFor();
}

/** Goes to a screen of a plan in which there is nothing yet, and waits for what it says. */
const asEmpty = (screen: string, shown = '.empty') => async (page: Page): Promise<void> => {
  const { origin } = new URL(page.url());
  await page.goto(`${origin}/#/p/${await emptied(page.request, origin)}/${screen}`);
  await page.locator(shown).first().waitFor();
};

/** Goes to an address with answers of a kind that do not come, or come with a fault of the server's own. */
const without = (answers: RegExp, how: 'failed' | 'held', hash: string, shown = how === 'failed' ? '.failure' : '.skeleton') => async (page: Page): Promise<void> => {
  await page.route(answers, (route) => (how === 'held' ? undefined : route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ problems: [{ kind: 'internal', key: 'web.failed', args: { id: 'a1b2c3' } }] }) })));
  const { origin } = new URL(page.url());
  if (page.url().endsWith(hash)) await page.reload();
  else await page.goto(`${origin}/${hash}`);
  await page.locator(shown).first().waitFor();
};

/** Every route of the page, and the states worth looking at. */
export const SCREENS = (plan: string): readonly Shot[] => [
  ...STATES(plan),
  { name: 'welcome', hash: '#/plans' },
  { name: 'new-plan', hash: '#/plans', before: async (page) => { await page.getByRole('button', { name: /^(New plan…|新建规划…)$/ }).click(); await page.locator('dialog').waitFor(); } },
  {
    name: 'import-table',
    hash: '#/plans',
    before: async (page) => {
      await page.getByRole('button', { name: /^(Import…|导入…)$/ }).click();
      await page.locator('dialog textarea').fill('编码\t项目\t单位\t2027年1月\t2027年2月\t合计\nvolume\t来电量\t通\t1,200\t1.3万\t14200\n1010\t基本工资\t万元\t45.5\t46\t95\n\t占用率\t%\t82\t83\t\n\t合计\t\t9\t9\t');
      await page.locator('dialog table').waitFor();
    },
  },
  { name: 'palette', hash: `#/p/${plan}/budget`, before: async (page) => { await page.keyboard.press('Control+k'); await page.locator('.palette input').fill('f'); } },
  { name: 'settings', hash: `#/p/${plan}/settings` },
  { name: 'settings-calendar', hash: '#/p/twocity-2027/settings?tab=calendar' },
  { name: 'settings-people', hash: `#/p/${plan}/settings?tab=people`, as: 'viewer' },
  { name: 'settings-data', hash: `#/p/${plan}/settings?tab=data` },
  { name: 'plan-switch', hash: `#/p/${plan}/positioning`, before: async (page) => { await page.evaluate(() => document.querySelector<HTMLElement>('.bottom button')?.click()); await page.locator('.menu.plan > button').click(); } },
  { name: 'welcome-viewer', hash: '#/plans', as: 'viewer' },
  { name: 'account-menu', hash: '#/plans', as: 'administrator', before: async (page) => { await page.locator('.menu.account > button').click(); } },
  { name: 'demo-menu', hash: `#/p/${plan}/positioning`, before: async (page) => { await page.locator('.menu.demo > button').click(); } },
  { name: 'account', hash: '#/account' },
  { name: 'people', hash: '#/people', as: 'administrator' },
  { name: 'rights', hash: '#/rights', as: 'lead' },
  { name: 'positioning', hash: `#/p/${plan}/positioning` },
  { name: 'positioning-checks', hash: `#/p/${plan}/positioning`, before: async (page) => { await page.locator('section:has(#p-checks) summary').click(); await page.locator('#p-checks').scrollIntoViewIfNeeded(); } },
  { name: 'retrospective', hash: `#/p/${plan}/retrospective` },
  { name: 'retrospective-history', hash: '#/p/twocity-2027/retrospective', before: async (page) => { await page.locator('.cards polyline').first().waitFor({ state: 'attached' }); } },
  { name: 'retrospective-lead', hash: '#/p/twocity-2027/retrospective', as: 'lead', before: async (page) => { await page.locator('.cards polyline').first().waitFor({ state: 'attached' }); } },
  { name: 'retrospective-repeats', hash: `#/p/${plan}/retrospective`, before: async (page) => { await page.locator('#repeats dl').waitFor(); await page.locator('#repeats').scrollIntoViewIfNeeded(); } },
  {
    name: 'retrospective-repeats-wrong',
    hash: `#/p/${plan}/retrospective`,
    before: async (page) => {
      await page.locator('#repeats input').nth(1).fill('290%');
      await page.locator('#repeats .error', { hasText: /\d/ }).waitFor();
      await page.locator('#repeats').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'retrospective-made',
    hash: `#/p/${plan}/retrospective`,
    before: async (page) => {
      // What one visit makes is there for the next.
      if (await page.locator('[data-made]').count() === 0) await page.getByRole('button', { name: /^(Make an initiative of: |转为举措：)/ }).first().click();
      await page.locator('[data-made]').first().waitFor();
      await page.locator('[data-made]').first().scrollIntoViewIfNeeded();
    },
  },
  { name: 'business', hash: `#/p/${plan}/business` },
  { name: 'business-end', hash: `#/p/${plan}/business`, before: toEnd },
  { name: 'business-item', hash: `#/p/${plan}/business?item=%2Fokr%2Fobjectives%2Fcauses` },
  { name: 'business-initiatives', hash: '#/p/twocity-2027/business', before: async (page) => { await drawn(page); await page.evaluate(() => { document.querySelector('#b-initiatives')?.scrollIntoView({ block: 'start' }); }); } },
  { name: 'business-bubbles', hash: '#/p/twocity-2027/business?effect=fcr', before: async (page) => { await drawn(page); await toEnd(page); } },
  { name: 'business-withheld', hash: '#/p/twocity-2027/business', as: 'lead', before: async (page) => { await page.locator('.initiatives .withheld').first().waitFor(); await page.evaluate(() => { document.querySelector('#b-initiatives')?.scrollIntoView({ block: 'start' }); }); } },
  {
    name: 'business-failed',
    hash: '#/p/twocity-2027/business',
    before: async (page) => {
      await page.route('**/effects?*', (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify({ problems: [{ kind: 'not_found', key: 'budget.unknown_line', args: { line: 'fcr' } }] }) }));
      await page.locator('section:has(#b-initiatives) select').selectOption('fcr');
      await page.locator('.failure').waitFor();
      await page.evaluate(() => { document.querySelector('#b-initiatives')?.scrollIntoView({ block: 'start' }); });
    },
  },
  { name: 'budget', hash: `#/p/${plan}/budget?cell=fte%2F2027-03` },
  { name: 'budget-viewer', hash: `#/p/${plan}/budget?cell=base_pay%2F2027-03`, as: 'viewer' },
  { name: 'budget-lead', hash: '#/p/twocity-2027/budget?cell=total_cost%2F2027-03', as: 'lead' },
  { name: 'scenarios-lead', hash: '#/p/twocity-2027/scenarios', as: 'lead' },
  { name: 'budget-scenario', hash: `#/p/${plan}/budget?scenario=${process.env['SCENARIO'] ?? 'growth_fcr3'}&cell=fcr%2F2027-05` },
  { name: 'line-spread', hash: `#/p/${plan}/budget?cell=calls_today%2F2027-03`, before: chosen(/^(Spread a total|分摊合计)/) },
  {
    name: 'group-spread',
    hash: `#/p/${plan}/budget`,
    before: async (page) => {
      const { origin } = new URL(page.url());
      await page.goto(`${origin}/#/p/${await grouped(page.request, origin)}/budget`);
      await page.locator('.grid-row', { has: page.locator('[role=rowheader]', { hasText: /^(Other costs|其他费用)$/ }) }).locator('.k-total').click();
      await page.keyboard.type('1.5m');
      await page.keyboard.press('Enter');
      await page.locator('dialog table').waitFor();
    },
  },
  { name: 'line-fill', hash: `#/p/${plan}/budget?cell=calls_today%2F2027-03`, before: chosen(/^(Fill…|填充…)/) },
  { name: 'line-new', hash: `#/p/${plan}/budget?cell=calls_today%2F2027-03`, before: chosen(/^(Add line|新增指标)/) },
  { name: 'line-edit', hash: `#/p/${plan}/budget?cell=fte%2F2027-03`, before: chosen(/^(Properties of the line|指标属性)/) },
  { name: 'line-delete', hash: `#/p/${plan}/budget?cell=calls_today%2F2027-03`, before: chosen(/^(Delete line|删除指标)/) },
  { name: 'line-menu', hash: `#/p/${plan}/budget?cell=fte%2F2027-03`, before: async (page) => {
    await page.locator('.grid-row .k-value').first().waitFor();
    await page.locator('.grid-input').focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menu').waitFor();
  } },
  { name: 'action', hash: `#/p/${plan}/action` },
  { name: 'action-end', hash: `#/p/${plan}/action`, before: toEnd },
  { name: 'goals', hash: `#/p/${plan}/goals` },
  { name: 'goals-twocity', hash: '#/p/twocity-2027/goals' },
  { name: 'goals-sealed', hash: `#/p/${plan}/goals`, before: (page) => asSealed(page, 'goals', '[data-sealed]') },
  { name: 'goals-sealed-details', hash: `#/p/${plan}/goals`, before: (page) => asSealed(page, 'goals?item=%2Fokr%2Fmilestones%2Fcause_list', 'dialog') },
  { name: 'goals-board', hash: `#/p/${plan}/goals?view=board` },
  { name: 'goals-list', hash: '#/p/twocity-2027/goals?view=list' },
  { name: 'goals-filtered', hash: `#/p/${plan}/goals?view=list&owner=operations&state=dropped` },
  { name: 'goals-details', hash: '#/p/twocity-2027/goals?item=%2Fokr%2Fmilestones%2Fassist_ready', before: async (page) => { await page.locator('dialog').waitFor(); } },
  {
    name: 'milestone-form',
    hash: `#/p/${plan}/goals`,
    before: async (page) => {
      await page.getByRole('button', { name: /^(Add milestone|添加里程碑|新增里程碑)$/ }).click();
      await page.locator('dialog').waitFor();
    },
  },
  { name: 'my', hash: `#/p/${plan}/my`, as: 'lead' },
  { name: 'my-director', hash: '#/p/twocity-2027/my?as=finance' },
  { name: 'my-viewer', hash: `#/p/${plan}/my`, as: 'viewer' },
  {
    name: 'check-in',
    hash: `#/p/${plan}/my`,
    as: 'lead',
    before: async (page) => {
      await page.locator('.all').first().click();
      await page.locator('dialog').waitFor();
    },
  },
  { name: 'scenarios', hash: `#/p/${plan}/scenarios` },
  { name: 'scenarios-end', hash: `#/p/${plan}/scenarios`, before: toEnd },
  { name: 'scenarios-bridge', hash: '#/p/twocity-2027/scenarios?from=hot_summer&to=headwind', before: (page) => toCard(page, '#s-bridge') },
  { name: 'scenarios-bridge-table', hash: `#/p/${plan}/scenarios?from=growth&to=growth_answered`, before: async (page) => { await toCard(page, '#s-bridge'); await page.locator('section:has(#s-bridge) .toggle').click(); } },
  { name: 'scenarios-tornado', hash: `#/p/${plan}/scenarios?range=15`, before: (page) => toCard(page, '#s-tornado') },
  { name: 'scenarios-withheld', hash: '#/p/twocity-2027/scenarios', as: 'lead', before: async (page) => { await page.locator('section:has(#s-tornado) .fault').waitFor(); await page.locator('#s-bridge').scrollIntoViewIfNeeded(); } },
  {
    name: 'scenarios-marked',
    hash: `#/p/${plan}/scenarios?show=today`,
    before: async (page) => {
      // Both marks stay for the rest of the visit: what follows meets them too.
      for (const [code, deed] of [['today', /^(Lock|锁定)/], ['today_fcr1', /^(Archive|归档)/]] as const) {
        if (await page.locator(`section:has(#s-changes) option[value=${code}]`).count() === 0) continue;
        await page.locator('section:has(#s-changes) select').selectOption(code);
        await page.locator('section:has(#s-changes) .menu > button').click();
        const item = page.getByRole('menuitem', { name: deed });
        if (await item.count() > 0) await item.click();
        else await page.keyboard.press('Escape');
      }
      await page.locator('section:has(#s-changes) select').selectOption('today');
      await page.locator('#s-archived').waitFor();
      await page.locator('section:has(#s-changes) .menu > button').click();
      await page.locator('#s-changes').scrollIntoViewIfNeeded();
    },
  },
  { name: 'capacity', hash: '#/p/twocity-2027/capacity', before: drawn },
  { name: 'capacity-table', hash: '#/p/twocity-2027/capacity', before: async (page) => { await drawn(page); await toEnd(page); } },
  { name: 'capacity-need', hash: `#/p/${plan}/capacity`, before: drawn },
  { name: 'capacity-gap', hash: '#/p/twocity-2027/capacity?scenario=headwind', before: async (page) => { await page.locator('section:has(#capacity-gap) article').first().waitFor(); await page.locator('#capacity-gap').scrollIntoViewIfNeeded(); } },
  { name: 'capacity-gap-need', hash: `#/p/${plan}/capacity?scenario=growth`, before: async (page) => { await page.locator('section:has(#capacity-gap) article').first().waitFor(); await page.locator('#capacity-gap').scrollIntoViewIfNeeded(); } },
  { name: 'parts', hash: `#/p/${plan}/parts` },
  { name: 'parts-end', hash: `#/p/${plan}/parts`, before: toEnd },
  { name: 'comments', hash: `#/p/${plan}/comments` },
  { name: 'comments-panel', hash: `#/p/${plan}/budget?cell=fte%2F2027-03&panel=comments`, before: async (page) => { await page.locator('aside textarea').waitFor(); } },
  { name: 'documents', hash: `#/p/${plan}/documents` },
  { name: 'documents-preview', hash: `#/p/${plan}/documents`, before: async (page) => { await page.getByRole('button', { name: /^(Preview|预览)$/ }).click(); await page.locator('iframe').waitFor(); await page.locator('iframe').scrollIntoViewIfNeeded(); } },
  {
    name: 'documents-failed',
    hash: `#/p/${plan}/documents`,
    before: async (page) => {
      await page.route('**/report.pdf*', (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify({ problems: [{ kind: 'not_found', key: 'web.no_report', args: {} }] }) }));
      await page.getByRole('button', { name: /^(Preview|预览)$/ }).click();
      await page.locator('.failure').waitFor();
    },
  },
  { name: 'history', hash: `#/p/${plan}/history` },
  {
    name: 'history-entry',
    hash: `#/p/${plan}/history?entry=1`,
    before: async (page) => { await page.locator('.body').first().waitFor(); },
  },
  { name: 'past', hash: `#/p/${plan}/budget?rev=1`, before: async (page) => { await page.locator('.strip').first().waitFor(); } },
  { name: 'approval', hash: `#/p/${plan}/approval` },
  {
    name: 'approval-setup',
    hash: `#/p/${plan}/approval`,
    before: async (page) => {
      await page.getByRole('button', { name: /^(Set up|设置)$/ }).click();
      await page.locator('dialog').waitFor();
    },
  },
  {
    name: 'approval-hand-in',
    hash: `#/p/${plan}/approval`,
    before: async (page) => {
      await page.getByRole('button', { name: /^(Hand in|提交)$/ }).first().click();
      await page.locator('dialog').waitFor();
    },
  },
  { name: 'approval-lead', hash: `#/p/${plan}/approval`, as: 'lead' },
  { name: 'seal', hash: `#/p/${plan}/seal` },
  { name: 'open', hash: '#/open' },
  { name: 'open-lead', hash: '#/open', as: 'lead' },
  { name: 'missing', hash: '#/p/no-such-plan/budget' },
  {
    name: 'finding-form',
    hash: `#/p/${plan}/retrospective`,
    before: async (page) => { await page.locator('section header button').first().click(); },
  },
  {
    name: 'objective-form',
    hash: `#/p/${plan}/business`,
    before: async (page) => { await page.locator('article header button').first().click(); },
  },
  {
    name: 'trace',
    hash: `#/p/${plan}/budget?scenario=${process.env['SCENARIO'] ?? 'growth_fcr3'}&cell=volume%2F2027-05`,
    before: async (page) => {
      if (await page.locator('aside').count() === 0) await page.getByRole('button', { name: /^(Explain|数据来源)$/ }).click();
      await page.locator('aside').getByRole('button', { name: /^(Whole trace|完整追溯)$/ }).click();
      await page.locator('dialog [role=treeitem]').first().waitFor();
    },
  },
  { name: 'functions', hash: `#/help/functions?from=${plan}` },
  {
    name: 'functions-topic',
    hash: `#/help/functions/required_fte?from=${plan}`,
    before: async (page) => { await page.locator('.entry.here').waitFor(); },
  },
  {
    name: 'functions-panel',
    hash: `#/p/${plan}/budget?cell=fte%2F2027-03&panel=functions`,
    before: async (page) => {
      await page.locator('.bar .formula').click();
      await page.locator('.cm-content').waitFor();
      await page.keyboard.press('Home');
      await page.locator('aside .cursor .entry').waitFor();
    },
  },
  { name: 'formula-completion', hash: `#/p/${plan}/budget?cell=aht%2F2027-03`, before: async (page) => { await writes(page, 'talk + af'); await page.locator('[role=listbox]').waitFor(); await page.locator('.cm-completionInfo').waitFor({ state: 'attached' }); } },
  { name: 'formula-chinese', hash: `#/p/${plan}/budget?cell=total_cost%2F2027-03`, before: async (page) => { await writes(page, '成本'); await page.locator('[role=listbox]').waitFor(); } },
  { name: 'formula-signature', hash: `#/p/${plan}/budget?cell=fte%2F2027-03`, before: async (page) => { await writes(page, 'required_fte(volume, '); await page.locator('.fx-signature').waitFor(); await page.locator('.problem').waitFor(); } },
  { name: 'formula-wrong', hash: `#/p/${plan}/budget?cell=aht%2F2027-03`, before: async (page) => { await writes(page, 'talk + after_cal + 份额'); await page.locator('.cm-lintRange-error').first().waitFor(); await page.locator('.cm-content').press('Escape'); await writes(page, 'talk + after_cal + 份额 '); await page.locator('.cm-lintRange-error').first().waitFor(); } },
  { name: 'formula-lines', hash: `#/p/${plan}/budget?cell=aht%2F2027-03`, before: async (page) => { await writes(page, 'talk +'); await page.keyboard.press('Alt+Enter'); await page.keyboard.type('  after_call +'); await page.keyboard.press('Alt+Enter'); await page.keyboard.type('  otherwise(10, 5)'); await page.locator('.outcome').waitFor(); } },
  { name: 'formula-scenario', hash: `#/p/${plan}/budget?scenario=${process.env['SCENARIO'] ?? 'growth_fcr3'}&cell=aht%2F2027-03`, before: async (page) => { await writes(page, ' * 0.95', false); await page.locator('.outcome').waitFor(); } },
  {
    name: 'explain-trace',
    hash: `#/p/${plan}/budget?cell=aht%2F2027-03`,
    before: async (page) => {
      if (await page.locator('aside').count() === 0) await page.getByRole('button', { name: /^(Explain|数据来源)$/ }).click();
      await page.getByRole('button', { name: /^(Trace|追踪)$/ }).click();
      await page.locator('.lines').first().waitFor();
    },
  },
  {
    name: 'explain-total',
    hash: `#/p/${plan}/budget?cell=total_cost%2F2027-03`,
    before: async (page) => {
      await page.locator('.grid-cell.k-total').nth(8).click();
      if (await page.locator('aside').count() === 0) await page.getByRole('button', { name: /^(Explain|数据来源)$/ }).click();
      await page.locator('.lines').first().waitFor();
    },
  },
  // Plans in which there is nothing yet.
  ...(['positioning', 'retrospective', 'business', 'budget', 'action', 'parts', 'scenarios', 'capacity', 'goals', 'my', 'comments'] as const).map((screen): Shot => ({ name: `${screen}-empty`, hash: '#/plans', before: asEmpty(screen, screen === 'retrospective' ? 'section header button' : '.empty') })),
  { name: 'documents-empty', hash: '#/plans', before: asEmpty('documents', '#d-pdf') },
  // Answers that do not come, and that come with a fault.
  { name: 'welcome-failed', hash: '#/plans', before: without(/\/api\/v1\/plans$/, 'failed', '#/plans') },
  { name: 'welcome-held', hash: '#/plans', before: without(/\/api\/v1\/plans$/, 'held', '#/plans') },
  { name: 'plan-failed', hash: '#/plans', before: without(new RegExp(`/plans/${plan}$`), 'failed', `#/p/${plan}/positioning`) },
  { name: 'plan-held', hash: '#/plans', before: without(new RegExp(`/plans/${plan}$`), 'held', `#/p/${plan}/positioning`) },
  { name: 'scenarios-failed', hash: '#/plans', before: without(/\/(compare|bridge|tornado)\?/, 'failed', '#/p/twocity-2027/scenarios') },
  { name: 'scenarios-held', hash: '#/plans', before: without(/\/(compare|bridge|tornado)\?/, 'held', '#/p/twocity-2027/scenarios') },
  { name: 'goals-failed', hash: '#/plans', before: without(/\/progress(\?|$)/, 'failed', '#/p/twocity-2027/goals', '[role=alert]') },
  { name: 'capacity-failed', hash: '#/plans', before: without(/\/(results|gap)\?/, 'failed', '#/p/twocity-2027/capacity') },
  { name: 'history-failed', hash: '#/plans', before: without(/\/history\?/, 'failed', `#/p/${plan}/history`) },
  { name: 'approval-failed', hash: '#/plans', before: without(/\/workflow$/, 'failed', `#/p/${plan}/approval`) },
  { name: 'seal-failed', hash: '#/plans', before: without(/\/(seal|amendments)$/, 'failed', `#/p/${plan}/seal`) },
  { name: 'open-failed', hash: '#/plans', before: without(/\/api\/v1\/open$/, 'failed', '#/open') },
  { name: 'people-denied', hash: '#/people', as: 'viewer', before: async (page) => { await page.locator('.failure').waitFor(); } },
  { name: 'goals-viewer', hash: `#/p/${plan}/goals`, as: 'viewer' },
  { name: 'positioning-viewer', hash: `#/p/${plan}/positioning`, as: 'viewer' },
  { name: 'settings-viewer', hash: `#/p/${plan}/settings`, as: 'viewer' },
  { name: 'help', hash: `#/p/${plan}/action`, before: async (page) => { await page.keyboard.press('?'); } },
];
