package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"centerplan/budget"
	"centerplan/budget/calendar"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/templates/pdf"
	"centerplan/templates/report"
)

// update says to rewrite the golden files: GOLDEN=write, or make golden.
var update = os.Getenv("GOLDEN") == "write"

func TestDocumentsAreAsAgreed(t *testing.T) {
	for name, plan := range plans(t) {
		for _, l := range document.Locales() {
			var got bytes.Buffer
			encoder := json.NewEncoder(&got)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", " ")
			if err := encoder.Encode(build(t, plan, l)); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+"."+string(l)+".json")
			if update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("%s differs; run with make golden and read the change:\n%s", golden, diff)
			}
		}
	}
}

func TestReportsRenderToTheSameBytes(t *testing.T) {
	for name, plan := range plans(t) {
		var files [2][]byte
		for i := range files {
			file, err := pdf.Render(build(t, plan, document.Chinese))
			if err != nil {
				t.Fatal(err)
			}
			files[i] = file
		}
		if !bytes.Equal(files[0], files[1]) {
			t.Errorf("%s: two reports differ", name)
		}
	}
}

func TestAnUnknownScenarioIsNotFound(t *testing.T) {
	for _, change := range []func(*report.Input){
		func(in *report.Input) { in.Scenario = "nowhere" },
		func(in *report.Input) { in.Compare = []scenarios.Code{"nowhere"} },
	} {
		in := input(t, telecom(t), document.English)
		change(&in)
		_, err := report.Build(in)
		if p, ok := errors.AsType[problem.Problem](err); !ok || p.Kind != problem.NotFound {
			t.Errorf("got %v, want a problem of kind NotFound", err)
		}
	}
}

// An archived scenario stands in the report only where it is asked for.
func TestAnArchivedScenarioIsLeftOutUnlessItIsNamed(t *testing.T) {
	const name = "Growth, FCR +3 points"
	archived := telecom(t)
	i := slices.IndexFunc(archived.Scenarios, func(s scenarios.Scenario) bool { return s.Code == "growth_fcr3" })
	archived.Scenarios = slices.Clone(archived.Scenarios)
	archived.Scenarios[i].Archived = true
	cases := map[string]struct {
		change func(*report.Input)
		shown  bool
	}{
		"by itself":            {func(*report.Input) {}, false},
		"beside others":        {func(in *report.Input) { in.Compare = []scenarios.Code{"growth"} }, false},
		"named for comparison": {func(in *report.Input) { in.Compare = []scenarios.Code{"growth", "growth_fcr3"} }, true},
		"reported itself":      {func(in *report.Input) { in.Scenario = "growth_fcr3" }, true},
	}
	for what, c := range cases {
		in := input(t, archived, document.English)
		c.change(&in)
		doc, err := report.Build(in)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(chapter(t, doc, "comparison"))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(text), name); got != c.shown {
			t.Errorf("%s: shown %v, want %v", what, got, c.shown)
		}
	}
}

// chapter returns a chapter by its anchor.
func chapter(t testing.TB, doc report.Document, anchor string) report.Chapter {
	t.Helper()
	i := slices.IndexFunc(doc.Chapters, func(c report.Chapter) bool { return c.Anchor == anchor })
	if i < 0 {
		t.Fatalf("the report has no chapter %s", anchor)
	}
	return doc.Chapters[i]
}

func table(t testing.TB, c report.Chapter) report.Table {
	t.Helper()
	for _, b := range c.Blocks {
		if b.Table != nil {
			return *b.Table
		}
	}
	t.Fatalf("chapter %s has no table", c.Anchor)
	return report.Table{}
}

func row(t testing.TB, table report.Table, name string) []report.Cell {
	t.Helper()
	for _, r := range table.Rows {
		if r.Cells[0].Text == name {
			return r.Cells
		}
	}
	t.Fatalf("the table has no row %s", name)
	return nil
}

func TestTheSourcesCaseIsPrinted(t *testing.T) {
	doc := build(t, telecom(t), document.English)
	var values []string
	for _, tile := range chapter(t, doc, "summary").Blocks[0].Figures.Tiles {
		values = append(values, tile.Value)
	}
	if want := []string{"84M", "3,870.6", "¥473.7M", "¥5.64", "¥7.94", "71.0%"}; !slices.Equal(values, want) {
		t.Errorf("key figures: got %q, want %q", values, want)
	}
	compared := table(t, chapter(t, doc, "comparison"))
	got := row(t, compared, "Growth of 12%")
	if got[3].Text != "4,334.8" || got[3].Note != "▲ +12.0%" || got[3].NoteTone != report.Unfavourable {
		t.Errorf("FTE of growth: got %+v", got[3])
	}
}

func TestAFindingLeadsToItsObjectiveAndItsInitiative(t *testing.T) {
	doc, err := report.Build(twocity(t, document.English))
	if err != nil {
		t.Fatal(err)
	}
	finding := "Customers tell the same matter twice, once to the bot or the telephone and once to the ticket team."
	cells := row(t, table(t, chapter(t, doc, "findings")), finding)
	got := cells[len(cells)-1]
	want := report.Cell{
		Text: "→ Matters are settled the first time", Link: got.Link, Note: "→ Coaching on the ten commonest causes (initiative)",
	}
	if got != want || got.Link == "" {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestAFailedCellPrintsItsReasonAndSoDoesItsTotal(t *testing.T) {
	doc := build(t, plans(t)["hard"], document.English)
	months := table(t, chapter(t, doc, "months"))
	cells := row(t, months, "Cost by agent")
	for i, cell := range cells[1:] {
		failed := i == 11 || i == 24
		if (cell.Text == "÷ 0") != failed || (cell.Tone == report.Failed) != failed {
			t.Errorf("column %d: got %+v", i, cell)
		}
	}
	for _, name := range []string{"Subtotal", "Total"} {
		if cell := row(t, months, name)[12]; cell.Tone != report.Failed {
			t.Errorf("%s of the month: got %+v, want a failure", name, cell)
		}
		if cell := row(t, months, name)[11]; cell.Tone == report.Failed {
			t.Errorf("%s of the month before: got %+v, want a number", name, cell)
		}
	}
	if !strings.Contains(strings.Join(months.Footnotes, "\n"), "Agents") {
		t.Errorf("footnotes: got %q, want the line where it began", months.Footnotes)
	}
}

func TestATextMissingInOneLanguageIsMarked(t *testing.T) {
	hard := plans(t)["hard"]
	if got, want := build(t, hard, document.English).Title, hard.Name.Zh+" [Chinese original]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := build(t, hard, document.Chinese).Title, hard.Name.Zh; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOpenPointsAreSentences(t *testing.T) {
	list := chapter(t, build(t, plans(t)["hard"], document.Chinese), "open").Blocks[1].List
	if len(list.Items) < 5 {
		t.Errorf("got %d open points, want more", len(list.Items))
	}
}

// amount reads a printed number.
func amount(t interface{ Fatalf(string, ...any) }, text string) float64 {
	value, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSuffix(text, "%"), ",", ""), 64)
	if err != nil {
		t.Fatalf("%q is no number", text)
	}
	return value
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6*max(1, math.Abs(a)) }

// Whatever the amounts, printed rows add up to the printed totals, across and
// down.
func TestTablesFoot(t *testing.T) {
	say := map[document.Locale]func(string, problem.Args) string{}
	for _, l := range document.Locales() {
		say[l] = catalogue(l)
	}
	rapid.Check(t, func(rt *rapid.T) {
		plan := anyPlan(rt)
		l := rapid.SampledFrom(document.Locales()).Draw(rt, "locale")
		in := input(t, plan, l)
		in.Say = say[l]
		doc, err := report.Build(in)
		if err != nil {
			rt.Fatalf("build: %v", err)
		}
		months := table(t, chapter(t, doc, "months"))
		columns := len(months.Columns) - 1
		sums := make([]float64, columns)
		for _, r := range months.Rows {
			switch r.Kind {
			case report.Leaf:
				across := 0.0
				for i := range columns {
					v := amount(rt, r.Cells[i+1].Text)
					sums[i] += v
					if i < columns-1 {
						across += v
					}
				}
				if whole := amount(rt, r.Cells[columns].Text); !near(whole, across) {
					rt.Fatalf("%s: months add to %v, printed is %v", r.Cells[0].Text, across, whole)
				}
			case report.Total:
				for i := range columns {
					if got := amount(rt, r.Cells[i+1].Text); !near(got, sums[i]) {
						rt.Fatalf("column %d: lines add to %v, printed is %v", i, sums[i], got)
					}
				}
			default:
			}
		}
		checkAccounts(rt, table(t, chapter(t, doc, "accounts")))
	})
}

// checkAccounts checks that top accounts add up to the total and accounts below
// them to theirs.
func checkAccounts(t *rapid.T, accounts report.Table) {
	columns := len(accounts.Columns) - 2
	top, below := make([]float64, columns), make([]float64, columns)
	flush := func() {
		clear(below)
	}
	var parent []float64
	check := func() {
		for i := range parent {
			if !near(parent[i], below[i]) {
				t.Fatalf("column %d: accounts add to %v, printed is %v", i, below[i], parent[i])
			}
		}
		flush()
	}
	for _, r := range accounts.Rows {
		values := make([]float64, columns)
		for i := range columns {
			values[i] = amount(t, r.Cells[i+1].Text)
		}
		switch {
		case r.Kind == report.Total:
			check()
			for i := range columns {
				if !near(values[i], top[i]) {
					t.Fatalf("column %d: accounts add to %v, printed is %v", i, top[i], values[i])
				}
			}
		case r.Indent == 0:
			check()
			for i := range columns {
				top[i] += values[i]
			}
			if parent = nil; r.Kind == report.Subtotal {
				parent = values
			}
		default:
			for i := range columns {
				below[i] += values[i]
			}
		}
	}
}

// anyPlan is a plan of a few lines of money on accounts with any amounts.
func anyPlan(t *rapid.T) planning.Plan {
	months := rapid.IntRange(1, 15).Draw(t, "months")
	cal, problems := calendar.New(calendar.Calendar{Start: calendar.Of(2027, rapid.IntRange(1, 12).Draw(t, "start")), Months: months})
	if problems.Err() != nil {
		t.Fatalf("calendar: %v", problems)
	}
	model := budget.Model{
		Currency: "CNY", Calendar: cal,
		Groups: []budget.Group{{ID: "a", Code: "a"}, {ID: "b", Code: "b"}},
		Accounts: []budget.Account{
			{ID: "1", Code: "1"}, {ID: "11", Code: "11", Parent: "1"}, {ID: "12", Code: "12", Parent: "1"}, {ID: "2", Code: "2"},
		},
	}
	size := math.Pow10(rapid.IntRange(0, 10).Draw(t, "size"))
	for i := range rapid.IntRange(1, 7).Draw(t, "lines") {
		code := "line" + strconv.Itoa(i)
		line := budget.Line{
			ID: budget.LineID(code), Code: code, Unit: "CNY", Rollup: "sum",
			Group:   rapid.SampledFrom([]string{"a", "b", ""}).Draw(t, "group"),
			Account: rapid.SampledFrom([]string{"11", "12", "2"}).Draw(t, "account"),
		}
		for range months {
			line.Values = append(line.Values, rapid.Float64Range(-1, 1).Draw(t, "value")*size)
		}
		model.Lines = append(model.Lines, line)
	}
	return planning.Plan{ID: "any", Currency: "CNY", Budget: model, Scenarios: []scenarios.Scenario{{ID: "base", Code: "base"}}}
}

func TestAPlanOfNothingIsStillADocument(t *testing.T) {
	cal, problems := calendar.New(calendar.Calendar{Start: calendar.Of(2027, 1), Months: 1})
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	plan := planning.Plan{
		ID: "new", Currency: "CNY", Budget: budget.Model{Currency: "CNY", Calendar: cal},
		Scenarios: []scenarios.Scenario{{ID: "base", Code: "base"}},
	}
	for _, l := range document.Locales() {
		in := input(t, plan, l)
		in.Date, in.Rev, in.Problems = calendar.Date{}, 0, nil
		doc, err := report.Build(in)
		if err != nil {
			t.Fatal(err)
		}
		if doc.Date != "" || doc.Title != "new" {
			t.Errorf("got date %q and title %q", doc.Date, doc.Title)
		}
		for _, c := range doc.Chapters {
			if len(c.Blocks) == 0 {
				t.Errorf("chapter %s is empty", c.Anchor)
			}
		}
		if _, err := pdf.Render(doc); err != nil {
			t.Fatal(err)
		}
	}
}

func BenchmarkReport(b *testing.B) {
	in := input(b, telecom(b), document.Chinese)
	b.ReportAllocs()
	for b.Loop() {
		doc, err := report.Build(in)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := pdf.Render(doc); err != nil {
			b.Fatal(err)
		}
	}
}

func TestTheBasisSaysWhichPaidHoursATypicalMonthHas(t *testing.T) {
	for l, want := range map[document.Locale]string{document.English: "165.33 hours", document.Chinese: "165.33 小时"} {
		doc, err := report.Build(input(t, telecom(t), l))
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), want) {
			t.Errorf("%s: the basis of preparation lacks %q", l, want)
		}
	}
}
