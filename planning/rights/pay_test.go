package rights_test

// pay is a plan in which everybody who is not told wants to know the wage: it is
// 8123 and nothing else is; secrets lists what gives it away.
const pay = `centerplan: 1
plan: {id: pay-2027, center: north}
calendar: {start: 2027-01, months: 3, days: typical}
dimensions:
  team: {members: [red, blue]}
lines:
  - {code: heads, by: [team], unit: person, values: {red: 10, blue: 20}, rollup: sum}
  - {code: calls, by: [team], unit: contact, values: {red: 100, blue: 200}}
  - {code: rent, unit: CNY, values: 5000, owner: ops}
  - {code: wage, unit: CNY/person, values: 8123, opening: 8123, sensitive: true, owner: ops, note: {en: "8123 each"}}
  - {code: wage_grade, by: [team], unit: CNY/person, formula: "wage * 1.0 + 8123 - 8123", sensitive: true, rollup: weighted(heads)}
  - {code: pay, unit: CNY, formula: "sum(heads) * wage", opening: 243690}
  - {code: total, unit: CNY, formula: "pay + rent", released: true}
  - {code: per_call, unit: CNY/contact, rollup: formula, formula: "total / sum(calls)"}
  - {code: skill, by: [team], values: {red: 1, blue: 2}, rollup: weighted(wage_grade)}
  - {code: staff, unit: person, formula: 'required_fte(calls["red"], 60, "desk")'}
  - {code: fee, unit: CNY, formula: 'tiered(calls["red"], "tariff", "slab")'}
  - {code: hired, unit: person, formula: 'paid_headcount("crew")'}
  - {code: dues, unit: CNY/person, formula: 'employer_contributions(100, "city")'}
  - {code: before, unit: CNY/person, formula: "last_year(wage)"}
  - {code: fails, formula: "1 / (wage / wage - 1)"}
  - {code: price, unit: CNY/contact, formula: "wage * sum(heads) / sum(calls)"}
  - {code: open, unit: CNY, formula: "rent * 2"}
  - {code: bot_on, formula: 'live("bot")'}
staffing:
  desk: {interval_min: 60, profile: {weekday: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1], weekend: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}, target: 0.8, within_s: 20, shrinkage: fails}
prices:
  tariff: {unit: CNY/contact, tiers: [{price: price}]}
hiring:
  crew: {opening: 10, attrition: fails}
contributions:
  city: {items: [{code: old, rate: 0.1, floor: wage}]}
levers:
  - {code: raise, changes: [{line: wage, add: 8123}, {line: rent, add: 1}]}
  - {code: unpulled, changes: [{line: open, formula: "rent * wage"}]}
history:
  wage: {2026-01: 8123, 2026-02: 8123, 2026-03: 8123}
  pay: {2026-01: 243690}
actuals:
  wage: {2027-01: 8123}
  pay: {2027-01: 243690}
  rent: {2027-01: 5100}
scenarios:
  - {code: growth, levers: [raise], changes: [{line: wage, set: 8123}, {line: calls, scale: 2}], cells: {wage: {2027-02: 8123}}}
  - {code: past, actuals_through: 2027-01, changes: [{line: pay, formula: "sum(heads) * wage + 0"}]}
okr:
  roles:
    - {code: ops}
    - {code: boss}
  objectives:
    - {code: cost, owner: ops, weight: 1, key_results: [{code: cap, line: pay, baseline: 243690, target: 243690}, {code: calls_up, line: calls, baseline: 300, target: 900}]}
    - {code: other, owner: boss, key_results: [{code: theirs, line: calls, baseline: 1, target: 2}]}
  milestones:
    - {code: mine, owner: ops, due: 2027-02-10, objective: cost, status: planned}
    - {code: deputed, owner: boss, deputy: ops, due: 2027-02-10, objective: cost, status: planned}
    - {code: theirs, owner: boss, due: 2027-02-10, objective: other, status: planned}
  initiatives:
    - {code: bot, owner: boss, status: approved, milestone: theirs, changes: [{line: wage, add: 8123}, {line: calls, add: 1}]}
  checkins:
    a1: {of: /okr/objectives/cost/key_results/cap, day: 2027-01-31, value: 243690, note: "248690 with the rent", blocker: "8123"}
    a2: {of: /okr/objectives/cost/key_results/calls_up, day: 2027-01-31, value: 310, confidence: 3}
    a3: {of: /okr/objectives/cost/key_results/calls_up, day: 2027-02-28, value: 320, confidence: 4}
    a4: {of: /okr/objectives/other/key_results/theirs, day: 2027-01-31, value: 1.5}
    a5: {of: /okr/milestones/deputed, day: 2027-02-01, confidence: 2, blocker: keys}
    a6: {of: /okr/milestones/theirs, day: 2027-02-01, confidence: 2}
method:
  strategy: {vision: {en: First}, goals: [{code: g, text: {en: Best}}]}
  positioning: {statement: {en: Near}}
  findings: [{code: f, statement: {en: Slow}}]
`

// secrets are what gives the wage of pay away.
var secrets = []string{"8123", "243690", "248690", "81.23"}
