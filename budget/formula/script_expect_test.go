package formula_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/formula"
)

// expect checks one line below eval.
func (s *script) expect(t *testing.T, fields []string) {
	t.Helper()
	code, fields := fields[0], fields[1:]
	series, ok := s.results.Series(code)
	if !ok {
		t.Errorf("%s: no line %s", s.where, code)
		return
	}
	lane := -1
	for i, members := range s.program.Lanes(code) {
		if len(members) > 0 && len(fields) > len(members) && slices.Equal(members, fields[:len(members)]) {
			lane, fields = i, fields[len(members):]
			break
		}
	}
	switch {
	case fields[0] == "unit":
		if got := series.Unit.String(); got != fields[1] {
			t.Errorf("%s: %s is in %s, want %s", s.where, code, got, fields[1])
		}
	case fields[0] == "problem":
		want := strings.Join(fields[1:], " ")
		if !slices.Contains(s.problems["/"+code], want) {
			t.Errorf("%s: %s has the problems %q, want %q", s.where, code, s.problems["/"+code], want)
		}
	case fields[0] == "total":
		got, fault := s.results.Roll(code, lane, 0, s.scope.Calendar.Months-1)
		if fault != nil {
			s.failed(t, code, fields[1:], *fault)
			return
		}
		s.same(t, code+" in total", got, fields[1])
	case slices.Contains(fields, "fails"):
		s.expectFault(t, code, max(lane, 0), series, fields)
	default:
		s.expectValues(t, code, lane, series, fields)
	}
}

func (s *script) same(t *testing.T, what string, got float64, text string) {
	t.Helper()
	if want := s.number(t, text); !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s: %s\n%s is %v, want %v", s.where, s.scene, what, got, want)
	}
}

func (s *script) expectValues(t *testing.T, code string, lane int, series formula.Series, fields []string) {
	t.Helper()
	for period := range s.scope.Calendar.Months {
		text := fields[min(period, len(fields)-1)]
		for i := range series.Lanes {
			at := period*series.Lanes + i
			if lane >= 0 && i != lane || text == "-" {
				continue
			}
			if fault, failed := series.Faults[at]; failed {
				t.Errorf("%s: %s\n%s in month %d fails at %s %d: %s %v", s.where, s.scene, code, period+1, fault.Line, fault.Period+1, words(fault.Key), fault.Args)
				continue
			}
			s.same(t, code+" in "+s.scope.Calendar.Month(period).String(), series.Values[at], text)
		}
	}
}

// expectFault reads "[2027-02] fails at other [2027-01]: division by zero".
// Without a month every cell fails so.
func (s *script) expectFault(t *testing.T, code string, lane int, series formula.Series, fields []string) {
	t.Helper()
	from, to := 0, s.scope.Calendar.Months-1
	if month, ok := calendar.Parse(fields[0]); ok {
		from, _ = s.scope.Calendar.Index(month)
		to, fields = from, fields[1:]
	}
	for period := from; period <= to; period++ {
		fault, failed := series.Faults[period*series.Lanes+lane]
		if !failed {
			t.Errorf("%s: %s\n%s in month %d is %v", s.where, s.scene, code, period+1, series.Values[period*series.Lanes+lane])
			continue
		}
		s.failed(t, code, fields, fault)
	}
}

func (s *script) failed(t *testing.T, code string, fields []string, fault formula.Fault) {
	t.Helper()
	where, want, _ := strings.Cut(strings.TrimPrefix(strings.Join(fields, " "), "fails at "), ": ")
	parts := strings.Fields(where)
	got := []string{fault.Line}
	if fault.Lane >= 0 {
		got = append(got, s.program.Lanes(fault.Line)[fault.Lane]...)
	}
	got = append(got, s.scope.Calendar.Month(fault.Period).String())
	if _, dated := calendar.Parse(parts[len(parts)-1]); !dated {
		got = got[:len(got)-1]
	}
	if !slices.Equal(got, parts) || words(fault.Key) != want {
		t.Errorf("%s: %s\n%s fails at %s: %s, want at %s: %s", s.where, s.scene, code, strings.Join(got, " "), words(fault.Key), where, want)
	}
}
