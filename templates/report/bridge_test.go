package report_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/scenarios"
	"centerplan/templates/report"
	"centerplan/templates/starters"
)

// steps returns the bridges that a report draws, and its tables and paragraphs
// of the chapter that compares.
func steps(t testing.TB, in report.Input) (charts []report.Chart, tables []report.Table, said string) {
	t.Helper()
	doc, err := report.Build(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range chapter(t, doc, "comparison").Blocks {
		switch {
		case block.Chart != nil && block.Chart.Kind == report.Steps:
			charts = append(charts, *block.Chart)
		case block.Table != nil:
			tables = append(tables, *block.Table)
		case block.Paragraph != nil:
			said += block.Paragraph.Text + "\n"
		}
	}
	return charts, tables, said
}

func twocity(t testing.TB, l document.Locale) report.Input {
	t.Helper()
	text, ok := starters.Get("twocity")
	if !ok {
		t.Fatal("there is no starter twocity")
	}
	return input(t, read(t, text), l)
}

func TestABridgeLeadsFromOneTotalToTheOther(t *testing.T) {
	for _, l := range document.Locales() {
		for name, in := range map[string]report.Input{"telecom": input(t, telecom(t), l), "twocity": twocity(t, l)} {
			charts, tables, _ := steps(t, in)
			if len(charts) < 3 {
				t.Errorf("%s, %s: got %d bridges", name, l, len(charts))
			}
			for _, c := range charts {
				values := c.Series[0].Values
				level, last := 0.0, *values[len(values)-1]
				for _, v := range values[:len(values)-1] {
					level += *v
					if level < c.Floor {
						t.Errorf("%s: %s comes down to %v, below the axis at %v", name, c.Title, level, c.Floor)
					}
				}
				if math.Abs(level-last) > 1e-6*math.Abs(last) {
					t.Errorf("%s: %s leads to %v, not to %v", name, c.Title, level, last)
				}
				if c.Alt == "" || len(c.Labels) != len(values) || len(c.Labels) > 11 {
					t.Errorf("%s: %s says %q of %d labels", name, c.Title, c.Alt, len(c.Labels))
				}
			}
			footed := false
			for _, table := range tables {
				footed = footed || foots(t, table)
			}
			if !footed {
				t.Errorf("%s, %s: no table has the bridges", name, l)
			}
		}
	}
}

// foots reports whether a table has bridges, whose differences must then be the
// sum of what is printed above them.
func foots(t *testing.T, table report.Table) bool {
	t.Helper()
	if len(table.Columns) != 3 || table.Columns[1].Align != report.Right {
		return false
	}
	sum, found := 0.0, false
	for _, row := range table.Rows {
		if len(row.Cells) < 2 || row.Kind == report.Head {
			sum = 0
			continue
		}
		var v float64
		if _, err := fmt.Sscanf(strings.ReplaceAll(strings.TrimPrefix(row.Cells[1].Text, "+"), ",", ""), "%g", &v); err != nil {
			t.Errorf("%s: %v", table.Caption, err)
		}
		if row.Kind != report.Subtotal {
			sum += v
			continue
		}
		found = true
		if math.Abs(sum-v) > 1e-6 {
			t.Errorf("%s: the parts come to %v, the difference says %v", table.Caption, sum, v)
		}
	}
	return found
}

// Without a way to make them there are none, and what is withheld is not
// even hinted at by a number.
func TestBridgesAreLeftOutOrWithheld(t *testing.T) {
	in := input(t, telecom(t), document.English)
	whole := in.Bridge
	in.Bridge = func(from, to scenarios.Code, line string) (scenarios.Bridge, error) {
		bridge, err := whole(from, to, line)
		return bridge.Withheld(), err
	}
	charts, tables, said := steps(t, in)
	if len(charts) > 0 || len(tables) > 2 || !strings.Contains(said, "rests on figures you may not see") {
		t.Errorf("got %d bridges, %d tables and %q", len(charts), len(tables), said)
	}
	in.Bridge = nil
	charts, tables, said = steps(t, in)
	if len(charts) > 0 || len(tables) > 2 || strings.Contains(said, "driver") {
		t.Errorf("got %d bridges, %d tables and %q", len(charts), len(tables), said)
	}
}

// A bridge that would take too long is never asked for: the report says so.
func TestABridgeOfTooManyDriversIsLeftOut(t *testing.T) {
	var lines, changes, sum strings.Builder
	for i := range 70 {
		fmt.Fprintf(&lines, "    - {code: l%d, unit: CNY, values: %d}\n", i, i+1)
		fmt.Fprintf(&sum, " + l%d", i)
	}
	for i := range 9 {
		fmt.Fprintf(&changes, "      - {line: l%d, scale: 2}\n", i)
	}
	plan := read(t, []byte("centerplan: 1\nplan: {id: wide, name: {en: Wide}, currency: CNY}\ncalendar: {start: 2027-01, months: 60}\nlines:\n"+
		lines.String()+"    - {code: total_cost, unit: CNY, formula: \""+strings.TrimPrefix(sum.String(), " + ")+"\"}\n"+
		"scenarios:\n  - {code: base}\n  - code: few\n    changes: [{line: l1, scale: 3}, {line: l2, scale: 2}]\n  - code: many\n    changes:\n"+changes.String()))
	in := input(t, plan, document.English)
	asked := map[scenarios.Code]bool{}
	whole := in.Bridge
	in.Bridge = func(from, to scenarios.Code, line string) (scenarios.Bridge, error) {
		asked[to] = true
		return whole(from, to, line)
	}
	charts, _, said := steps(t, in)
	if asked["many"] || !asked["few"] || len(charts) != 1 || !strings.Contains(said, "many") {
		t.Errorf("asked for %v, got %d bridges and %q", asked, len(charts), said)
	}
}
