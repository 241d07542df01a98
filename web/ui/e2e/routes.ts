import type { Page } from 'playwright-core';

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

/** Every route of the page, and the states worth looking at. */
export const SCREENS = (plan: string): readonly Shot[] => [
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
  { name: 'retrospective', hash: `#/p/${plan}/retrospective` },
  { name: 'business', hash: `#/p/${plan}/business` },
  { name: 'business-end', hash: `#/p/${plan}/business`, before: toEnd },
  { name: 'budget', hash: `#/p/${plan}/budget?cell=fte%2F2027-03` },
  { name: 'budget-viewer', hash: `#/p/${plan}/budget?cell=base_pay%2F2027-03`, as: 'viewer' },
  { name: 'budget-lead', hash: '#/p/twocity-2027/budget?cell=total_cost%2F2027-03', as: 'lead' },
  { name: 'scenarios-lead', hash: '#/p/twocity-2027/scenarios', as: 'lead' },
  { name: 'budget-scenario', hash: `#/p/${plan}/budget?scenario=${process.env['SCENARIO'] ?? 'growth_fcr3'}&cell=fcr%2F2027-05` },
  { name: 'action', hash: `#/p/${plan}/action` },
  { name: 'action-board', hash: `#/p/${plan}/action?view=board` },
  { name: 'scenarios', hash: `#/p/${plan}/scenarios` },
  { name: 'scenarios-end', hash: `#/p/${plan}/scenarios`, before: toEnd },
  { name: 'parts', hash: `#/p/${plan}/parts` },
  { name: 'parts-end', hash: `#/p/${plan}/parts`, before: toEnd },
  { name: 'documents', hash: `#/p/${plan}/documents` },
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
      await page.keyboard.press('Home');
      await page.locator('aside .cursor .entry').waitFor();
    },
  },
  { name: 'help', hash: `#/p/${plan}/action`, before: async (page) => { await page.keyboard.press('?'); } },
];
