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
//	prices                              {table: {name, unit, tiers: [{from, price}], commit, overage}}
//	contributions                       {table: {name, items: [{code, name, rate, floor, cap}]}}
//	scenarios                           list of {code, name, parent, changes: […], cells: {…}}
//	method: strategy.goals, positioning.layers, findings      lists of {code, …}
//	okr: roles, objectives (with key_results), milestones     lists of {code, …}
//
// A listed thing's id is its code unless it says id; changes have no code and
// get the ids c1, c2 … in their order.
package planfile
