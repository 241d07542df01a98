package seal_test

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/planning/seal"
	"centerplan/planning/workflow"
)

// amendment returns an approved amendment with its entries.
func amendment(number int, kind workflow.AmendmentKind, entries ...workflow.Entry) workflow.Amendment {
	return workflow.Amendment{Number: number, Kind: kind, Entries: entries, State: workflow.AmendmentApproved}
}

// entry returns an entry of the plan's month, for the lines by queue of voice.
func entry(line string, month int, amount float64) workflow.Entry {
	e := workflow.Entry{Line: budget.LineID(line), Month: calendar.Of(2027, month), Amount: amount}
	if line == "cost" {
		e.Member = map[string]string{"queue": "voice"}
	}
	return e
}

func reconcile(t rapid.TB, amendments ...workflow.Amendment) seal.Reconciliation {
	t.Helper()
	r, err := seal.Reconcile(sealedOf(t, decode(t, text), engine), amendments, engine, capacity.NewSizer())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func rowOf(t rapid.TB, r seal.Reconciliation, code string) seal.Row {
	t.Helper()
	for _, row := range r.Rows {
		if row.Code == code {
			return row
		}
	}
	t.Fatalf("there is no row %s", code)
	return seal.Row{}
}

func TestTheSealedOriginalAndTheAmendmentsAreTheCurrentBudget(t *testing.T) {
	rejected := amendment(4, workflow.Supplement, entry("training", 1, 99999))
	rejected.State = workflow.Rejected
	r := reconcile(t,
		amendment(1, workflow.Transfer, entry("薪酬", 2, -200), entry("training", 3, 200)),
		amendment(2, workflow.Supplement, entry("cost", 1, 50.5)),
		amendment(3, workflow.Reserve, entry("training", 1, -30), entry("薪酬", 1, 30)),
		rejected,
	)
	type sums struct {
		original, transfers, supplements, reserve, current, difference float64
		amended, follows                                               bool
	}
	want := map[string]sums{
		"cost":     {1323, 0, 50.5, 0, 1373.5, 0, true, false},
		"薪酬":       {3000, -200, 0, 30, 2830, 0, true, false},
		"training": {90, 200, 0, -30, 260, 0, true, false},
		"total":    {4413, 0, 0, 0, 4463.5, 50.5, false, true},
	}
	got := map[string]sums{}
	for _, row := range r.Rows {
		got[row.Code] = sums{*row.Original, row.Transfers, row.Supplements, row.Reserve, *row.Current, *row.Difference, row.Amended, row.Follows}
	}
	near := cmpopts.EquateApprox(1e-12, 1e-9)
	if diff := cmp.Diff(want, got, near, cmp.AllowUnexported(sums{})); diff != "" {
		t.Errorf("the table differs:\n%s", diff)
	}
	if len(r.Problems) > 0 || len(r.Months) != 3 {
		t.Errorf("got %v and the months %v", r.Problems, r.Months)
	}
	training := rowOf(t, r, "training").ByMonth
	wantMonths := []seal.Figures{
		{Original: new(90.0), Reserve: -30, Current: new(60.0), Difference: new(0.0)},
		{Original: new(0.0), Current: new(0.0), Difference: new(0.0)},
		{Original: new(0.0), Transfers: 200, Current: new(200.0), Difference: new(0.0)},
	}
	if diff := cmp.Diff(wantMonths, training, near); diff != "" {
		t.Errorf("the months differ:\n%s", diff)
	}
	if got := *rowOf(t, r, "total").ByMonth[1].Difference; math.Abs(got+200) > 1e-9 {
		t.Errorf("got %v, want the total to follow the transfer in its month by -200", got)
	}
}

func TestATransferLeavesTheTotalAndSaysThatItFollows(t *testing.T) {
	r := reconcile(t, amendment(1, workflow.Transfer, entry("薪酬", 2, -200), entry("training", 2, 200)))
	total := rowOf(t, r, "total")
	if *total.Difference != 0 || !total.Follows || total.Amended || *total.Current != *total.Original {
		t.Errorf("got %+v, want the total as it was, and said to follow", total)
	}
	if cost := rowOf(t, r, "cost"); cost.Follows || *cost.Difference != 0 {
		t.Errorf("got %+v, want cost to have no part in it", cost)
	}
}

func TestNoAmendmentLeavesTheSealedBudget(t *testing.T) {
	for _, row := range reconcile(t).Rows {
		if *row.Difference != 0 || row.Amended || row.Follows {
			t.Errorf("got %+v", row)
		}
	}
}

func TestAnAmendedLineThatIsNotItsSumIsReported(t *testing.T) {
	cases := map[string]struct {
		text       string
		amendments []workflow.Amendment
		want       problem.Args
		key        string
	}{
		"a line that follows others, amended itself": {
			text,
			[]workflow.Amendment{amendment(1, workflow.Supplement, entry("training", 1, 10), entry("total", 1, 5))},
			problem.Args{"line": "total", "month": "2027-01", "original": "1321", "current": "1336", "amended": "5", "difference": "10"},
			"seal.difference",
		},
		"a line that does not add up over the months": {
			text,
			[]workflow.Amendment{amendment(1, workflow.Supplement, entry("average", 1, 30))},
			problem.Args{"line": "average", "month": "", "original": "7", "current": "17", "amended": "30", "difference": "-20"},
			"seal.difference_total",
		},
		"a month whose actual stands": {
			text + "actuals: {薪酬: [900]}\n",
			[]workflow.Amendment{amendment(1, workflow.Supplement, entry("薪酬", 1, 30))},
			problem.Args{"line": "薪酬", "month": "2027-01", "original": "900", "current": "900", "amended": "30", "difference": "-30"},
			"seal.difference",
		},
		"a cell that fails": {
			text,
			[]workflow.Amendment{amendment(1, workflow.Supplement, entry("carried", 1, 30))},
			problem.Args{"line": "carried", "month": "2027-01", "original": "–", "current": "–", "amended": "30", "difference": "–"},
			"seal.difference",
		},
	}
	for name, c := range cases {
		doc := decode(t, c.text).(document.Object)
		lines := at(t, doc, "budget", "lines")
		month := document.Object{"2027-01": 7.0, "2027-02": 7.0, "2027-03": 7.0}
		lines["average"] = document.Object{"code": "average", "rank": "z", "unit": "CNY", "rollup": "average", "values": month}
		lines["carried"] = document.Object{"code": "carried", "rank": "zz", "unit": "CNY", "formula": "prev(training)"}
		if _, ok := doc["actuals"]; ok {
			at(t, doc, "scenarios", "base")["actuals_through"] = "2027-01"
		}
		r, err := seal.Reconcile(sealedOf(t, doc, engine), c.amendments, engine, capacity.NewSizer())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(r.Problems) != 1 || r.Problems[0].Key != c.key || r.Problems[0].Kind != problem.Conflict {
			t.Errorf("%s: got %v, want one %s", name, r.Problems, c.key)
			continue
		}
		if diff := cmp.Diff(c.want, r.Problems[0].Args); diff != "" {
			t.Errorf("%s: the problem says something else:\n%s", name, diff)
		}
	}
}

func TestOtherNumbersThanTheSealedAreNotReconciled(t *testing.T) {
	changed := edited(t, sealedOf(t, decode(t, text), engine).Bytes, func(root document.Object) {
		at(t, root["results"].([]any)[0], "lines", "training")["total"] = 91.0
	})
	other, err := seal.Open(changed)
	if err != nil {
		t.Fatal(err)
	}
	_, err = seal.Reconcile(other, nil, engine, capacity.NewSizer())
	if p, ok := errors.AsType[problem.Problem](err); !ok || p.Key != "seal.differs_total" || p.Kind != problem.Conflict {
		t.Errorf("got %v, want a Conflict seal.differs_total", err)
	}
}

func TestAmendmentsAddUp(t *testing.T) {
	sealed := sealedOf(t, decode(t, text), engine)
	leaves := []string{"cost", "薪酬", "training"}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(line string) workflow.Entry {
			cents := rapid.IntRange(-1e11, 1e11).Draw(t, "cents")
			return entry(line, rapid.IntRange(1, 3).Draw(t, "month"), float64(cents)/100)
		}
		var all []workflow.Amendment
		supplements := 0.0
		for i := range rapid.IntRange(0, 8).Draw(t, "amendments") {
			from, to := draw(rapid.SampledFrom(leaves).Draw(t, "from")), draw(rapid.SampledFrom(leaves).Draw(t, "to"))
			switch kind := rapid.SampledFrom(workflow.AmendmentKinds()).Draw(t, "kind"); kind {
			case workflow.Supplement:
				supplements += from.Amount
				all = append(all, amendment(i+1, kind, from))
			default:
				to.Amount = -from.Amount
				all = append(all, amendment(i+1, kind, from, to))
			}
		}
		r, err := seal.Reconcile(sealed, all, engine, capacity.NewSizer())
		if err != nil || len(r.Problems) > 0 {
			t.Fatalf("got %v and %v", err, r.Problems)
		}
		for _, row := range r.Rows {
			inMonths := 0.0
			for _, f := range append(row.ByMonth, row.Figures) {
				sum := *f.Original + f.Transfers + f.Supplements + f.Reserve + *f.Difference
				if math.Abs(sum-*f.Current) > 0.005 {
					t.Fatalf("%s: %+v does not add up", row.Code, f)
				}
				inMonths += *f.Current
			}
			if inMonths -= *row.Current; math.Abs(inMonths-*row.Current) > 0.02 {
				t.Fatalf("%s: the months come to %v, the total is %v", row.Code, inMonths, *row.Current)
			}
		}
		if got := *rowOf(t, r, "total").Difference; math.Abs(got-supplements) > 0.02 {
			t.Fatalf("the total moved by %v, the supplements are %v", got, supplements)
		}
	})
}
