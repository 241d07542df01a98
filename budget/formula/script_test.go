package formula_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"centerplan/budget/calendar"
	"centerplan/budget/capacity"
	"centerplan/budget/formula"
	"centerplan/planning/document"
)

// TestScripts runs testdata/*.script, models a finance reviewer can read and
// write. A script is scenes, each begun by a comment; the words are:
//
//	plan   2027-01 12 [typical] [fiscal 2026-04]
//	dim    queue voice chat
//	given  x = 1 2 3 person, y[queue] = voice 1 2 chat 3 contact
//	open   x 5, y voice 4
//	past   x 1 2 3, the last one the month before the plan
//	live   initiative 2027-02, or never
//	empty  x zero
//	policy flat target=0.8 within_s=20 shrinkage=x
//	prices bpo 0:3.2 50000:x commit=1000 overage=y unit=CNY/contact
//	contributions city pension=0.16/4000/cap union=0.02
//	hiring team {"opening": 100, "attrition": "x"}
//	line   name[queue] (unit) = formula
//	rollup name weighted(y)
//	adjust name[voice] 2027-02..2027-03 scale 1.1
//	eval   label x=3
//
// and below eval what must come out: "name [member] 1 2 3" by month, "name
// total 6", "name unit hour", "name [member] 2027-02 fails at other 2027-01:
// division by zero" and "name problem unknown name". One number stands for
// every month; a dash for a month of no interest.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.script")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := newScript()
		for number, line := range strings.Split(string(text), "\n") {
			s.where = fmt.Sprintf("%s:%d", filepath.Base(file), number+1)
			s.line(t, line)
		}
	}
}

type script struct {
	where, scene string
	scope        formula.Scope
	in           formula.Inputs
	program      *formula.Program
	problems     map[string][]string
	results      *formula.Results
}

func newScript() *script {
	start, _ := calendar.Parse("2027-01")
	return &script{
		scope: formula.Scope{
			Calendar: calendar.Calendar{Start: start, Months: 3}, Staffing: map[string]capacity.Policy{}, Hiring: map[string]capacity.Hiring{},
			Prices: map[string]formula.PriceTable{}, Contributions: map[string]formula.ContributionTable{},
			Live: map[string]int{},
		},
		in: formula.Inputs{
			Values: map[string][]float64{}, Opening: map[string][]float64{}, History: map[string][]float64{},
			Adjust: map[string][]formula.Adjustment{},
		},
	}
}

func (s *script) line(t *testing.T, line string) {
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	rest = strings.TrimSpace(rest)
	switch {
	case word == "":
	case strings.HasPrefix(word, "#"):
		where := s.where
		*s = *newScript()
		s.where, s.scene = where, line
	case strings.HasPrefix(line, " "):
		s.expect(t, strings.Fields(line))
	case word == "eval":
		s.eval(t, strings.Fields(rest))
	default:
		s.declare(t, word, rest)
	}
}

func (s *script) declare(t *testing.T, word, rest string) {
	fields := strings.Fields(rest)
	switch word {
	case "plan":
		s.plan(fields)
	case "dim":
		s.scope.Dimensions = append(s.scope.Dimensions, formula.Dimension{Code: fields[0], Members: fields[1:]})
	case "given":
		for one := range strings.SplitSeq(rest, ",") {
			s.given(t, one)
		}
	case "open":
		for one := range strings.SplitSeq(rest, ",") {
			f := strings.Fields(one)
			lanes := s.lanes(f[0])
			values := s.in.Opening[f[0]]
			for len(values) < len(lanes) {
				values = append(values, math.NaN())
			}
			for i, lane := range lanes {
				if slices.Equal(lane, f[1:len(f)-1]) || len(f) == 2 {
					values[i] = s.number(t, f[len(f)-1])
				}
			}
			s.in.Opening[f[0]] = values
		}
	case "past":
		for _, value := range fields[1:] {
			s.in.History[fields[0]] = append(s.in.History[fields[0]], s.number(t, value))
		}
	case "live":
		month, ok := calendar.Parse(fields[1])
		s.scope.Live[fields[0]], _ = s.scope.Calendar.Index(month)
		if !ok {
			s.scope.Live[fields[0]] = formula.Never
		}
	case "empty":
		s.find(fields[0]).Empty = map[string]formula.Empty{"zero": formula.EmptyZero, "hold": formula.EmptyHold}[fields[1]]
	case "policy":
		s.policy(t, fields)
	case "prices":
		s.prices(t, fields)
	case "contributions":
		s.contributions(t, fields)
	case "hiring":
		s.hiring(t, rest)
	case "line":
		name, text, _ := strings.Cut(rest, " = ")
		line := s.header(name)
		line.Formula = text
		s.scope.Lines = append(s.scope.Lines, line)
	case "rollup":
		kind, by, _ := strings.Cut(strings.TrimSuffix(fields[1], ")"), "(")
		s.find(fields[0]).Rollup = formula.Rollup{By: by, Kind: map[string]formula.RollupKind{
			"sum": formula.Sum, "average": formula.Average, "weighted": formula.Weighted, "last": formula.Last,
			"first": formula.First, "min": formula.Min, "max": formula.Max, "formula": formula.Formula,
		}[kind]}
	case "adjust":
		s.adjust(t, fields)
	default:
		t.Fatalf("%s: %q is no word of a script", s.where, word)
	}
}

func (s *script) plan(fields []string) {
	start, _ := calendar.Parse(fields[0])
	s.scope.Calendar.Start = start
	s.scope.Calendar.Months, _ = strconv.Atoi(fields[1])
	s.scope.Calendar.Typical = slices.Contains(fields, "typical")
	if i := slices.Index(fields, "fiscal"); i > 0 {
		fiscal, _ := calendar.Parse(fields[i+1])
		s.scope.Calendar.FiscalStart = fiscal.Number()
	}
}

// header reads name[dim,dim] (unit).
func (s *script) header(text string) formula.Line {
	name, unit, _ := strings.Cut(strings.TrimSpace(text), "(")
	name, by, _ := strings.Cut(strings.TrimSpace(name), "[")
	line := formula.Line{Code: name, Unit: strings.TrimSuffix(unit, ")"), Pointer: "/" + name}
	if by != "" {
		line.By = strings.Split(strings.TrimSuffix(by, "]"), "+")
	}
	return line
}

func (s *script) find(code string) *formula.Line {
	for i := range s.scope.Lines {
		if s.scope.Lines[i].Code == code {
			return &s.scope.Lines[i]
		}
	}
	panic(s.where + ": no line " + code)
}

func (s *script) lanes(code string) [][]string {
	lanes := [][]string{nil}
	for _, by := range s.find(code).By {
		var longer [][]string
		for _, lane := range lanes {
			for _, d := range s.scope.Dimensions {
				for _, member := range d.Members {
					if d.Code == by {
						longer = append(longer, append(slices.Clone(lane), member))
					}
				}
			}
		}
		lanes = longer
	}
	return lanes
}

// given reads "name[dim] = member 1 2 3 unit".
func (s *script) given(t *testing.T, text string) {
	name, values, _ := strings.Cut(text, "=")
	line := s.header(name)
	fields := strings.Fields(values)
	if last := fields[len(fields)-1]; len(fields) > 1 && !numeric(last) {
		line.Unit, fields = last, fields[:len(fields)-1]
	}
	s.scope.Lines = append(s.scope.Lines, line)
	s.set(t, line.Code, fields)
}

func numeric(text string) bool {
	_, err := strconv.ParseFloat(strings.ReplaceAll(text, "_", ""), 64)
	return err == nil || text == "-"
}

func (s *script) number(t *testing.T, text string) float64 {
	if text == "-" {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(text, "_", ""), 64)
	if err != nil {
		t.Fatalf("%s: %v", s.where, err)
	}
	return v
}

// set puts values in: for each lane, members first if there are any.
func (s *script) set(t *testing.T, code string, fields []string) {
	lanes, months := s.lanes(code), s.scope.Calendar.Months
	values := make([]float64, len(lanes)*months)
	for i := range values {
		values[i] = math.NaN()
	}
	for len(fields) > 0 {
		var members []string
		for len(fields) > 0 && !numeric(fields[0]) {
			members, fields = append(members, fields[0]), fields[1:]
		}
		end := 0
		for end < len(fields) && numeric(fields[end]) {
			end++
		}
		for lane, codes := range lanes {
			for period := 0; period < months && (members == nil || slices.Equal(codes, members)); period++ {
				if end == 1 || period < end {
					values[period*len(lanes)+lane] = s.number(t, fields[min(period, end-1)])
				}
			}
		}
		fields = fields[end:]
	}
	s.in.Values[code] = values
}

func (s *script) policy(t *testing.T, fields []string) {
	p := capacity.DefaultPolicy()
	for _, setting := range fields[1:] {
		name, value, _ := strings.Cut(setting, "=")
		param := s.param(t, value)
		switch name {
		case "target":
			p.Target = param
		case "within_s":
			p.WithinS = param
		case "shrinkage":
			p.Shrinkage = param
		case "minimum_agents":
			p.MinimumAgents = param
		default:
			t.Fatalf("%s: no setting %s", s.where, name)
		}
	}
	s.scope.Staffing[fields[0]] = p
}

// hiring reads a hiring plan as plan documents have it.
func (s *script) hiring(t *testing.T, text string) {
	code, text, _ := strings.Cut(text, " ")
	var node document.Node
	if err := json.Unmarshal([]byte(text), &node); err != nil {
		t.Fatalf("%s: %v", s.where, err)
	}
	r := document.Read(node)
	s.scope.Hiring[code] = capacity.ReadHiring(r, s.scope.Calendar)
	if err := r.Problems().Err(); err != nil {
		t.Fatalf("%s: %v", s.where, err)
	}
}

func (s *script) adjust(t *testing.T, fields []string) {
	line := s.header(fields[0])
	from, to, _ := strings.Cut(fields[1], "..")
	start, _ := calendar.Parse(from)
	end, _ := calendar.Parse(to)
	a := formula.Adjustment{Value: s.number(t, fields[3]), Source: s.where}
	a.From, _ = s.scope.Calendar.Index(start)
	a.To, _ = s.scope.Calendar.Index(end)
	a.Op = map[string]formula.Op{"set": formula.Set, "scale": formula.Scale, "add": formula.Add}[fields[2]]
	for lane, members := range s.lanes(line.Code) {
		if line.By != nil && slices.Equal(members, line.By) {
			a.Lanes = append(a.Lanes, lane)
		}
	}
	s.in.Adjust[line.Code] = append(s.in.Adjust[line.Code], a)
}

func (s *script) eval(t *testing.T, fields []string) {
	program, problems := formula.Compile(s.scope)
	s.program, s.problems = program, map[string][]string{}
	for _, p := range problems {
		s.problems[p.Pointer] = append(s.problems[p.Pointer], words(p.Key))
	}
	in := s.in
	in.Values = map[string][]float64{}
	for code, values := range s.in.Values {
		in.Values[code] = slices.Clone(values)
	}
	if len(fields) == 0 {
		t.Fatalf("%s: an evaluation has a name", s.where)
	}
	for _, change := range fields[1:] {
		code, value, _ := strings.Cut(change, "=")
		for i := range in.Values[code] {
			in.Values[code][i] = s.number(t, value)
		}
	}
	s.results = program.Evaluate(in, nil)
}

// words turns a key into the words of a script.
func words(key string) string {
	_, name, _ := strings.Cut(key, ".")
	return strings.ReplaceAll(name, "_", " ")
}
