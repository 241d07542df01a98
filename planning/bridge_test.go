package planning_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/planfile"
	"centerplan/scenarios"
)

// starter reads a starter plan's book.
func starter(t testing.TB, name string) *scenarios.Book {
	t.Helper()
	text, err := os.ReadFile("../templates/starters/" + name + ".plan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	source, err := planfile.Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := planning.Read(source.Document)
	if err != nil {
		t.Fatal(err)
	}
	return plan.Book()
}

// TestTheStartersBridgesFoot walks from scenario to scenario of the starter
// plans and back.
func TestTheStartersBridgesFoot(t *testing.T) {
	for plan, walks := range map[string][]string{
		"telecom": {"base growth", "growth growth_answered", "growth_answered today_fcr5", "today base"},
		"twocity": {"base on_time", "base lean", "forecast base"},
	} {
		book, sizer := starter(t, plan), capacity.NewSizer()
		for _, walk := range walks {
			from, to, _ := strings.Cut(walk, " ")
			there := bridgeWith(t, book, sizer, from, to)
			back := bridgeWith(t, book, sizer, to, from)
			sum := 0.0
			for n, part := range there.Parts {
				sum += part.Value
				if n < len(back.Parts) && back.Parts[n].Value != -part.Value {
					t.Errorf("%s, %s: part %s is %v there, %v back", plan, walk, part.Code, part.Value, back.Parts[n].Value)
				}
			}
			if sum != *there.End-*there.Start || len(back.Parts) != len(there.Parts) {
				t.Errorf("%s, %s: the parts add up to %v, the difference is %v", plan, walk, sum, *there.End-*there.Start)
			}
		}
	}
}

func bridgeWith(t testing.TB, book *scenarios.Book, sizer *capacity.Sizer, from, to string) scenarios.Bridge {
	t.Helper()
	a, err := book.Evaluate(scenarios.Code(from), sizer)
	if err != nil {
		t.Fatal(err)
	}
	b, err := book.Evaluate(scenarios.Code(to), sizer)
	if err != nil {
		t.Fatal(err)
	}
	found, err := scenarios.NewBridge(context.Background(), a, b, "total_cost", sizer)
	if err != nil || found.Error != nil {
		t.Fatalf("from %s to %s: %v %v", from, to, err, found.Error)
	}
	return found
}

// BenchmarkBridge takes ten drivers of a plan apart, which are 256 evaluations
// after 22 that find the smallest.
func BenchmarkBridge(b *testing.B) {
	book, sizer := starter(b, "twocity"), capacity.NewSizer()
	from, errFrom := book.Evaluate("hot_summer", sizer)
	to, errTo := book.Evaluate("headwind", sizer)
	if errFrom != nil || errTo != nil {
		b.Fatal(errFrom, errTo)
	}
	b.ReportAllocs()
	for b.Loop() {
		found, err := scenarios.NewBridge(context.Background(), from, to, "total_cost", sizer)
		if err != nil || found.Error != nil {
			b.Fatal(err, found.Error)
		}
	}
}

// BenchmarkSensitivity moves every input of a plan's cost.
func BenchmarkSensitivity(b *testing.B) {
	book, sizer := starter(b, "twocity"), capacity.NewSizer()
	base, err := book.Evaluate("base", sizer)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := scenarios.NewSensitivity(context.Background(), base, scenarios.SensitivityAsk{Line: "total_cost", Range: 0.1}, sizer); err != nil {
			b.Fatal(err)
		}
	}
}
