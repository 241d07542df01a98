// Package planfile turns plan files into plan documents and back.
//
// A plan file is YAML with the names of the document. It differs from the
// document only in form: what the document keeps as maps by id with a rank is
// a list in display order, the members of /budget stand at the top, and input
// values are written as short as they can be: one number, a list of one number
// per period, or a map by month, each of them per member where the line has
// dimensions. Decoding and encoding lose nothing but comments and layout.
//
//	Decode: text → node tree with positions → document, position of each pointer
//	Encode: document → file-shaped tree → text
//
// Sections and their forms:
//
//	centerplan: 1                       format version
//	plan, calendar                      objects, as in the document
//	dimensions                          {queue: {name, members: [voice, {code: chat, name: …}]}}
//	groups, accounts, lines             lists of {code, name, …}
//	staffing                            {policy: {…}}
//	hiring                              {plan: {…}}, see below
//	prices                              {table: {name, unit, tiers: [{from, price}], commit, overage}}
//	contributions                       {table: {name, items: [{code, name, rate, floor, cap}]}}
//	levers                              list of {code, name, changes: […], requires: […], excludes: […]}
//	history, actuals                    {line: values}, see below
//	scenarios                           list of {code, name, parent, levers: […], changes: […], cells: {…},
//	                                    initiatives: {initiative: on, off or month}, actuals_through: month,
//	                                    locked: true, archived: true}
//	method: strategy.goals, positioning.layers, findings      lists of {code, …}
//	okr: roles, objectives (with key_results), milestones     lists of {code, …}
//	okr: initiatives                    list of {code, name, owner, objective, status, go_live or milestone, changes: […]}
//	okr: checkins                       {id: {of: pointer, day, value, confidence, note, blocker}}
//	comments                            {id: {on, text, who, day, …}}, see below
//	workflow: sections, steps           lists of {id, …}, see below; seal and amendments as in the document
//
// A hiring plan of the section hiring, whose series formulas take as
// hires("agents"), effective_fte("agents") and so on:
//
//	agents:
//	  opening: 200                      tenured people when the plan begins
//	  attrition: 0.05                   share of them who leave in a month
//	  new_attrition: [0.08, 0.06]       that of people in their 1st, 2nd … month of production
//	  training_months: 1                whole months, paid and not productive; left out 0
//	  yield: 0.9                        share of a class that graduates; left out 1
//	  ramp: [0.5, 0.75, 0.9]            productivity in the 1st, 2nd … month of production, then 1
//	  required: required_fte            full-timers a month needs, for the gap and the planner
//	  classes: {2026-12: 8, 2027-03: 12}    people who begin, by month; or the code of a line
//	  planned: true                     more classes are planned where people would be missing
//	  earliest_class: 2027-02           the first month they can begin in; left out the plan's first
//	  class_min: 6                      their limits; left out none
//	  class_max: 24
//	  notice_months: 1                  replace only leavers known so long ahead; left out all expected
//
// Every number may be the code of a line. Opening and attrition must be there,
// and required where classes are planned. Only there may the four fields below
// planned stand. Classes that are in training when the plan begins have their
// months before it.
//
// A listed thing's id is its code unless it says id; changes have no code and
// get the ids c1, c2 … in their order.
//
// A line's history and actuals are a map by month or a list, per member where
// the line has dimensions. A list of actuals begins in the plan's first month
// and ends where they end; a list of history ends in the month before the plan
// and may go back 60 months. Levers, initiatives and what a scenario makes of
// them look like this:
//
//	levers:
//	  - {code: chatbot, changes: [{line: volume, member: {queue: chat}, from: 2027-04, scale: 0.8}], excludes: [voicebot]}
//	  - {code: voicebot, changes: [{line: volume, scale: 0.9}], requires: [menu]}
//	  - {code: menu, changes: [{line: aht, add: 5}]}
//	history:
//	  volume: {voice: [98000, 97000, …, 101000], chat: {2026-11: 4800, 2026-12: 4900}}
//	actuals:
//	  volume: {voice: [101500, 99800], chat: [5100, 5150]}
//	scenarios:
//	  - {code: lean, levers: [menu, voicebot], initiatives: {coaching: off}}
//	  - {code: forecast, actuals_through: 2027-02, initiatives: {coaching: 2027-09}}
//	okr:
//	  milestones: [{code: trained, due: 2027-06-30, …}]
//	  initiatives:
//	    - {code: coaching, status: approved, milestone: trained, changes: [{line: aht, scale: 0.97}]}
//
// An initiative changes the model from the month it goes live if its status is
// approved or live; idea, the default, and stopped change nothing. With a
// milestone it goes live in the month that is due, so a slip moves the
// forecast; go_live states a month of its own. Its changes set, scale or add;
// a formula asks live("coaching") instead. A scenario turns an initiative on in
// its own month or another, whatever its status, or off.
//
// What people said about places of the plan, as in the document. On is the
// document's pointer to a cell, a line, a scenario, a milestone, an objective or
// a finding; who is the id of a person, mentions are roles. It is a record and not
// for writing by hand; who makes a plan from a file drops it (comments.SetUp):
//
//	comments:
//	  c1:
//	    on: /budget/lines/volume/values/voice/2027-01
//	    text: "Why so many?"
//	    who: finance
//	    day: 2026-11-21
//	    mentions: [operations]
//	    replies: {r1: {text: A launch., who: lead, day: 2026-11-22}}
//	    resolved: {who: finance, day: 2026-11-23}
//
// How the plan is agreed. Without sections the five links of the planning method
// are handed in, positioning, retrospective, business, budget and action; a
// section of such an id has the link's name and covers unless it says others.
// Without steps a director approves:
//
//	workflow:
//	  phase: negotiation                every edit that moves a number says why; left out draft
//	  why_above: 0.2                    as does, in any phase, one by more than this share; left out none
//	  amount: total_cost                the line whose total decides which steps are needed
//	  sections:
//	    - {id: budget, owner: finance, deadline: 2026-11-20}
//	    - {id: people, name: {en: People}, covers: [/okr/objectives, /okr/roles], owner: director, deadline: 2026-11-27}
//	  steps:                            approvals in their order
//	    - {id: finance, role: finance}
//	    - {id: director, role: director, from: 1000000}
//
// What has been handed in, approved, sealed and amended stands in the file of
// such a plan as in the document: state, handed_in, returned and approvals of a
// section, seal, and amendments by number. It is state and not for writing by
// hand; who makes a plan from a file drops it (workflow.SetUp).
package planfile
