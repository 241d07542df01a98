package starters_test

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/scenarios"
)

// goldenLines are the figures of the year that the golden file holds.
var goldenLines = []string{
	"contacts", "queue_volume", "fte", "voice_fte", "voice_fte_c", "chat_fte_low", "chat_fte_high", "backlog",
	"service_level", "hires", "leavers", "headcount", "labour_cost", "running_cost", "partner_cost", "total_cost",
	"cost_per_contact", "cost_per_resolution", "cost_to_serve", "assist_npv", "assist_irr", "assist_payback",
}

func TestTwoCityComputesWithoutAFault(t *testing.T) {
	eachOutcome(t, func(t *testing.T, outcome *scenarios.Outcome) {
		sheet, err := outcome.Sheet(nil, scenarios.ByMonth)
		if err != nil {
			t.Fatal(err)
		}
		for code, column := range sheet.Lines {
			if len(column.Errors) > 0 {
				t.Errorf("%s fails: %v", code, column.Errors[0])
			}
		}
	})
}

// TestTwoCityComesToTheseFigures holds the year of every scenario, so that a
// change of the engine that moves a plan is seen.
func TestTwoCityComesToTheseFigures(t *testing.T) {
	var text strings.Builder
	eachOutcome(t, func(t *testing.T, outcome *scenarios.Outcome) {
		sheet, err := outcome.Sheet(goldenLines, scenarios.ByYear)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&text, "%s\n", outcome.Scenario.Code)
		for _, code := range goldenLines {
			fmt.Fprintf(&text, "    %-20s %s %s\n", code, figure(sheet.Lines[code].Total), sheet.Lines[code].Unit)
		}
	})
	const path = "testdata/twocity.txt"
	if os.Getenv("GOLDEN") == "write" {
		if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// figure writes nine digits, so that the last bits of a machine do not matter.
func figure(value *float64) string {
	if value == nil {
		return "fails"
	}
	return fmt.Sprintf("%.9g", *value)
}

// TestTwoCityAddsUp holds what must be true of the plan by arithmetic that a
// reader can repeat.
func TestTwoCityAddsUp(t *testing.T) {
	eachOutcome(t, func(t *testing.T, outcome *scenarios.Outcome) {
		b := &books{t: t, outcome: outcome}
		onAccounts := 0.0
		for _, line := range outcome.Model.Lines {
			if line.Account != "" {
				onAccounts += b.total(line.Code)
			}
		}
		b.same("the accounts add up to the total cost", onAccounts, b.total("total_cost"))
		for month := range outcome.Model.Calendar.Months {
			b.month(month)
		}
		if outcome.Scenario.ActualsThrough == 0 { // actual leavers are not those the plan reckons with
			b.people()
		}
	})
}

// books reads a scenario's numbers and compares them.
type books struct {
	t       *testing.T
	outcome *scenarios.Outcome
}

// month checks what holds in each month.
func (b *books) month(m int) {
	at := func(code string, lane int) float64 { return b.at(code, m, lane) }
	const voice, chat, tickets = 0, 1, 2
	where := fmt.Sprintf("month %d: ", m+1)
	var mix, offered float64
	for queue := range 4 {
		mix += at("mix", queue)
		offered += at("offered", queue)
	}
	b.same(where+"the channels are all there is", mix, 1)
	b.same(where+"the channels add up to the contacts", offered, at("contacts", 0))
	b.same(where+"the cities share all the work", at("site_share", 0)+at("site_share", 1), 1)
	for _, queue := range []int{voice, chat} {
		all := at("offered", queue) * at("aht_all", queue)
		left := all - at("bot_settled", queue)*at("aht_easy", queue)
		got := at("for_people", queue) * (at("aht", queue) + b.assist(m, queue))
		b.same(where+"the bot takes the easy work away and no more", got, left)
	}
	if b.outcome.Scenario.ActualsThrough == 0 {
		before := 26_000.0
		if m > 0 {
			before = b.at("backlog", m-1, 0)
		}
		b.same(where+"tickets are done or wait", before+at("queue_volume", tickets), at("tickets_done", 0)+at("backlog", 0))
	}
	for site := range 2 {
		b.same(where+"whoever is paid is in training or in production",
			at("paid_headcount", site), at("in_training", site)+at("production", site))
	}
	b.holds(where+"patience saves staff, never costs it", at("voice_fte", 0) <= at("voice_fte_c", 0)+1e-9)
	b.holds(where+"service is a share", at("service_level", 0) >= 0 && at("service_level", 0) <= 1)
}

// people checks that nobody is lost between the months: those there at first,
// and of each class the 92% who graduate, less those who leave.
func (b *books) people() {
	for site, there := range []float64{490, 460} {
		for m := range b.outcome.Model.Calendar.Months {
			if m > 0 {
				there += b.at("hires", m-1, site) * 0.92
			}
			leavers := b.at("leavers", m, site)
			b.same(fmt.Sprintf("month %d, site %d: people are there or have left", m+1, site),
				b.at("production", m, site), there-leavers/2)
			there -= leavers
		}
	}
}

// TestTwoCityByHand reckons January's figures of the plan without the engine.
func TestTwoCityByHand(t *testing.T) {
	eachOutcome(t, func(t *testing.T, outcome *scenarios.Outcome) {
		if outcome.Scenario.Code != "base" {
			return
		}
		const (
			demand     = 1_027_000 * 0.96 * 1.06
			issues     = demand * (1 - 0.24)
			contacts   = issues / (1 - (1-0.73)*0.88)
			chats      = contacts * 0.4
			chatsBot   = chats * 0.92 * 0.44 * (1 - 0.12)
			calls      = contacts * 0.5 * (1 - 0.3*0.18*(1-0.12))
			paidHours  = 248 * 8 / 12.0
			wageCoast  = 4700 + 1700.0
			shrinkage  = 1 - (1-0.12)*(1-0.16)
			connects   = 7000 / 0.07
			outboundHr = (connects/0.36*11 + connects*125) / 3600
		)
		january := map[string]float64{
			"demand": demand, "issues": issues, "contacts": contacts, "paid_hours": paidHours,
			"partner_calls": calls * 0.05,
			"partner_cost":  28_000 * 6.9, // the commitment is more than comes
			"outbound_fte":  outboundHr / 0.85 / (1 - shrinkage) / paidHours,
			"bot_cost":      500_000*0.2 + (contacts*0.5*0.3+chats*0.92-500_000)*0.16,
			"fitout_cost":   0,
			"resolved":      issues * 0.73 / (1 - (1-0.73)*0.88),
		}
		b := &books{t: t, outcome: outcome}
		for code, want := range january {
			b.same(code, b.at(code, 0, 0), want)
		}
		b.same("chat's handle time", b.at("aht", 0, 1), (chats*690-chatsBot*420)/(chats-chatsBot))
		b.same("social insurance on the coast", b.at("social_charge", 0, 0), wageCoast*(0.16+0.09+0.005+0.003))
		b.same("depreciation in May", b.at("fitout_cost", 4, 0), 1_500_000/60.0)
	})
}

// assist is the seconds that the assistant takes from a call.
func (b *books) assist(month, queue int) float64 {
	if queue != 0 || b.at("assist_running", month, 0) == 0 {
		return 0
	}
	return b.at("assist_seconds", month, 0)
}

func (b *books) at(code string, month, lane int) float64 {
	b.t.Helper()
	series, ok := b.outcome.Results.Series(code)
	if !ok {
		b.t.Fatalf("there is no line %s", code)
	}
	return series.Values[month*(len(series.Values)/b.outcome.Model.Calendar.Months)+lane]
}

func (b *books) total(code string) float64 {
	b.t.Helper()
	sheet, err := b.outcome.Sheet([]string{code}, scenarios.ByYear)
	if err != nil || sheet.Lines[code].Total == nil {
		b.t.Fatalf("%s has no total: %v", code, err)
	}
	return *sheet.Lines[code].Total
}

func (b *books) same(what string, got, want float64) {
	b.t.Helper()
	if math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) {
		b.t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func (b *books) holds(what string, ok bool) {
	b.t.Helper()
	if !ok {
		b.t.Error(what)
	}
}

// eachOutcome evaluates every scenario of the two-city plan in turn.
func eachOutcome(t *testing.T, check func(*testing.T, *scenarios.Outcome)) {
	t.Helper()
	plan, err := planning.Read(decode(t, "twocity"))
	if err != nil {
		t.Fatal(err)
	}
	book, sizer := plan.Book(), capacity.NewSizer()
	for _, scenario := range book.Scenarios() {
		outcome, err := book.Evaluate(scenario.Code, sizer)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(string(scenario.Code), func(t *testing.T) { check(t, outcome) })
	}
}
