package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"centerplan/scenarios"
)

const sample = "../../templates/starters/telecom.plan.yaml"

// program is the built command, made once for all tests of the package.
var program string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "centerplan")
	if err != nil {
		panic(err)
	}
	program = filepath.Join(dir, "centerplan")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		panic(string(out))
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// run runs the command as a user does and returns what it printed and its exit
// code.
func run(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

func TestHelpSpeaksTheLanguageAskedFor(t *testing.T) {
	for lang, parts := range map[string][]string{
		"en": {"Usage:", "Available Commands:", "Serve the sample plan", "help for this command"},
		"zh": {"用法：", "可用命令：", "启动示例计划", "本命令的帮助"},
	} {
		out, errs, code := run(t, "--lang", lang, "--help")
		for _, part := range parts {
			if code != 0 || !strings.Contains(out, part) {
				t.Errorf("%s: exit %d %s lacks %q:\n%s", lang, code, errs, part, out)
			}
		}
	}
	if out, _, _ := run(t, "calc", "--help", "--lang=zh"); !strings.Contains(out, "要计算的情景") {
		t.Errorf("the flags of calc are not in Chinese:\n%s", out)
	}
}

func TestOutputCutShortIsSaid(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no device that is always full")
	}
	defer full.Close()
	cmd := exec.Command(program, "calc", sample, "--format", "csv")
	var errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = full, &errs
	if err := cmd.Run(); err == nil || !strings.Contains(errs.String(), "no space left") {
		t.Errorf("got %v and %q, want exit 1 and the reason", err, errs.String())
	}
}

// near reports whether two numbers agree to 1e-9 of their size.
func near(got, want float64) bool {
	return math.Abs(got-want) <= 1e-9*math.Max(math.Abs(want), 1e-3)
}

func TestCalcReproducesTheSourcesCase(t *testing.T) {
	text, err := os.ReadFile("testdata/case_seed001.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]struct {
		Volume   float64 `json:"volume_month"`
		Workload float64 `json:"workload_hours"`
		Hours    float64 `json:"agent_hours"`
		Peak     float64 `json:"peak_agents"`
		Occ      float64 `json:"avg_occupancy"`
		FTE      float64 `json:"fte"`
		Month    float64 `json:"cost_month"`
		Year     float64 `json:"cost_year"`
		PerCall  float64 `json:"cost_per_call"`
		PerIssue float64 `json:"cost_per_resolved_issue"`
		Saved    float64 `json:"calls_saved"`
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	for scenario, w := range want {
		out, errs, code := run(t, "calc", sample, "--scenario", scenario, "--format", "json", "--lines",
			"volume,workload,agent_hours,peak_agents,occupancy,fte,total_cost,cost_per_contact,cost_per_resolution,first_contacts")
		if code != 0 || errs != "" {
			t.Fatalf("%s: exit %d: %s", scenario, code, errs)
		}
		var sheet scenarios.Sheet
		if err := json.Unmarshal([]byte(out), &sheet); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			line         string
			month, total float64
		}{
			{"volume", w.Volume, 12 * w.Volume},
			{"workload", w.Workload, 12 * w.Workload},
			{"agent_hours", w.Hours, 12 * w.Hours},
			{"peak_agents", w.Peak, w.Peak},
			{"occupancy", w.Occ, w.Occ},
			{"fte", w.FTE, w.FTE},
			{"total_cost", w.Month, w.Year},
			{"cost_per_contact", w.PerCall, w.PerCall},
			{"cost_per_resolution", w.PerIssue, w.PerIssue},
		} {
			column := sheet.Lines[c.line]
			months, _ := column.Values.([]any)
			if len(months) != 12 || column.Total == nil {
				t.Fatalf("%s %s: got %v", scenario, c.line, column)
			}
			for i, value := range months {
				if got, _ := value.(float64); !near(got, c.month) {
					t.Errorf("%s %s month %d: got %v, want %v", scenario, c.line, i+1, value, c.month)
				}
			}
			if !near(*column.Total, c.total) {
				t.Errorf("%s %s: got total %v, want %v", scenario, c.line, *column.Total, c.total)
			}
		}
	}
}

func TestCompareSaysWhatFiveMorePointsAreWorth(t *testing.T) {
	out, errs, code := run(t, "compare", sample, "--base", "today", "--with", "today_fcr5", "--line", "volume,fte,total_cost", "--format", "json")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var comparison scenarios.Comparison
	if err := json.Unmarshal([]byte(out), &comparison); err != nil {
		t.Fatal(err)
	}
	want := map[string]float64{"volume": -12 * 460526.3157894737, "fte": -254.26705570026024, "total_cost": -31118256.11165887}
	for _, row := range comparison.Rows {
		cell := row.Cells[1]
		if cell.Difference == nil || math.Abs(*cell.Difference-want[row.Line]) > 1e-9*473682087 {
			t.Errorf("%s: got %v, want %v", row.Line, cell.Difference, want[row.Line])
		}
		if row.Line != "volume" && cell.Verdict != scenarios.Favourable {
			t.Errorf("%s: got %s, want favourable", row.Line, cell.Verdict)
		}
	}
}

func TestTraceLeadsDownToTheInputs(t *testing.T) {
	out, errs, code := run(t, "trace", sample, "--scenario", "growth_fcr5", "--line", "volume", "--month", "2027-03")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	for _, part := range []string{"contacts_from_issues(first_contacts, repeat_share)", "fcr 2027-03 = 0.76", "add 0.05: 0.71 → 0.76  (530:10)", "calls_today 2027-03 = 7000000 contact  (56:13)"} {
		if !strings.Contains(out, part) {
			t.Errorf("the trace lacks %q:\n%s", part, out)
		}
	}
}

func TestTraceOfAFailedCellLeadsToWhereItBegan(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.plan.yaml")
	text := `centerplan: 1
plan: {id: t, currency: CNY}
calendar: {start: 2027-01, months: 2}
lines:
  - {code: calls, unit: contact, values: [100, 110]}
  - {code: share, unit: "", values: [0.5, 0]}
  - {code: each, formula: calls / share}
  - {code: stock, unit: contact, opening: 5, formula: prev(stock) + each}
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := run(t, "trace", path, "--line", "stock", "--month", "2027-02")
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	for _, part := range []string{
		"! Division by zero. (began in each 2027-02)\n", "    ! Division by zero.\n    = calls / share\n    = 110 / 0\n",
		"share 2027-02 = 0 ratio  (6:43)", "stock opening = 5 contact  (8:43)",
	} {
		if !strings.Contains(out, part) {
			t.Errorf("the trace lacks %q:\n%s", part, out)
		}
	}
	out, _, _ = run(t, "trace", path, "--line", "stock", "--month", "2027-02", "--format", "json")
	var step struct {
		Pointer  string
		Position struct{ Line, Column int }
		Operands []struct{ Pointer string }
	}
	if err := json.Unmarshal([]byte(out), &step); err != nil {
		t.Fatal(err)
	}
	if step.Pointer != "/budget/lines/stock/formula" || step.Position.Line != 8 || len(step.Operands) != 2 {
		t.Errorf("got %+v", step)
	}
}

// faulty is a plan with one of each fault a formula can have.
const faulty = `centerplan: 1
plan: {id: t, currency: CNY}
calendar: {start: 2027-01, months: 2}
lines:
  - {code: calls, unit: contact, values: [100, 0]}
  - {code: cost, unit: CNY, values: 50}
  - {code: typo, formula: "cals * 2"}
  - {code: mixed, formula: "calls + cost"}
  - {code: ring, formula: "bell + 1"}
  - {code: bell, formula: "ring + 1"}
  - {code: each, formula: "cost / calls"}
`

func TestCheckNamesEveryProblemAndItsPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.plan.yaml")
	if err := os.WriteFile(path, []byte(faulty), 0o600); err != nil {
		t.Fatal(err)
	}
	_, errs, code := run(t, "check", path)
	if code != 1 {
		t.Errorf("got exit %d, want 1", code)
	}
	for _, part := range []string{":7:28:", "»cals« * 2", ":8:", "calls + »cost«", "ring", "bell"} {
		if !strings.Contains(errs, part) {
			t.Errorf("check lacks %q:\n%s", part, errs)
		}
	}
	zh, _, _ := run(t, "--lang", "zh", "check", sample)
	if !strings.Contains(zh, "没有问题") {
		t.Errorf("in Chinese: got %q", zh)
	}
}

func TestCheckListsNotesAndPassesThem(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.plan.yaml")
	if err := os.WriteFile(path, []byte(`centerplan: 1
plan: {id: t}
calendar: {start: 2027-01, months: 2}
lines:
  - {code: heads, unit: FTE, values: [1, 0]}
  - {code: safe, formula: "otherwise(1 / heads, 0)"}
scenarios: [{code: base}, {code: s, changes: [{line: heads, formula: "3"}]}]
`), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := run(t, "check", path)
	want := []string{":5:6: note: “FTE” is no known unit", ":6:28: note: safe replaces failed values", "no problems"}
	for _, part := range want {
		if strings.Count(out, part) != 1 {
			t.Errorf("check lacks %q, or has it twice:\n%s", part, out)
		}
	}
	if code != 0 || errs != "" || strings.Count(out, "note:") != 2 {
		t.Errorf("notes are no problems, and told once: exit %d, %s%s", code, out, errs)
	}
}

func TestCalcKeepsFaultsToTheirCells(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.plan.yaml")
	if err := os.WriteFile(path, []byte(faulty), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _, code := run(t, "calc", path, "--lines", "each,calls", "--format", "json")
	if code != 1 {
		t.Errorf("got exit %d, want 1", code)
	}
	var sheet scenarios.Sheet
	if err := json.Unmarshal([]byte(out), &sheet); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	each := sheet.Lines["each"]
	values, _ := each.Values.([]any)
	if len(values) != 2 || values[0] != 0.5 || values[1] != nil || each.Total != nil {
		t.Errorf("got %v total %v, want 0.5, null, null", values, each.Total)
	}
	if len(each.Errors) == 0 || each.Errors[0].Month != "2027-02" || each.Errors[0].Cause != "each" {
		t.Errorf("got errors %v", each.Errors)
	}
	if calls := sheet.Lines["calls"]; len(calls.Errors) != 0 || calls.Total == nil {
		t.Errorf("a fault elsewhere touched calls: %v", calls)
	}
}

func TestATableSaysWhyACellFailed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.plan.yaml")
	if err := os.WriteFile(path, []byte(faulty), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"calc", path, "--lines", "each"}, {"calc", path, "--lines", "each", "--format", "csv"}, {"compare", path, "--line", "each"},
	} {
		_, errs, code := run(t, args...)
		if want := "each 2027-02: Division by zero."; code != 1 || strings.Count(errs, want) != 1 {
			t.Errorf("%v: exit %d, want %q once in\n%s", args, code, want, errs)
		}
	}
	if _, errs, _ := run(t, "calc", path, "--lines", "typo"); strings.Count(errs, "cals") != 2 {
		t.Errorf("a formula's problem is not told once:\n%s", errs)
	}
}

func TestEachRowOfATableHasItsOwnTotal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.plan.yaml")
	if err := os.WriteFile(path, []byte(`centerplan: 1
plan: {id: t}
calendar: {start: 2027-01, months: 2}
dimensions: {queue: {members: [voice, chat]}}
lines:
  - {code: calls, unit: contact, by: [queue], values: {voice: [100, 200], chat: 10}}
  - {code: aht, unit: second/contact, by: [queue], values: {voice: 200, chat: 300}, rollup: weighted(calls)}
  - {code: cost, unit: CNY, values: 5}
`), 0o600); err != nil {
		t.Fatal(err)
	}
	out, errs, code := run(t, "calc", path, "--format", "csv")
	want := `line,member,unit,2027-01,2027-02,total
calls,voice,contact,100,200,300
calls,chat,contact,10,10,20
calls,,contact,110,210,320
aht,voice,second/contact,200,200,200
aht,chat,second/contact,300,300,300
aht,,second/contact,209.0909090909091,204.76190476190476,206.25
cost,,CNY,5,5,10
`
	if out != want || code != 0 {
		t.Errorf("exit %d, %s got\n%s\nwant\n%s", code, errs, out, want)
	}
}

func TestBadInputEndsWithOneAndSaysWhatToDo(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	head := "centerplan: 1\nplan: {id: t}\ncalendar: {start: 2027-01, months: 1}\nlines:\n"
	cases := map[string]struct {
		args []string
		part string
	}{
		"a file that is not there":   {[]string{"check", filepath.Join(dir, "none")}, "no file"},
		"broken YAML":                {[]string{"check", write("broken", "a: [1\nb: 2\n")}, ":2:1:"},
		"a 10 MB formula":            {[]string{"check", write("big", head+"  - {code: a, formula: \""+strings.Repeat("1+", 5<<20)+"1\"}\n")}, ":5:"},
		"an unknown scenario":        {[]string{"calc", sample, "--scenario", "x"}, "growth_fcr5"},
		"an unknown line":            {[]string{"calc", sample, "--lines", "x"}, "“x”"},
		"an unknown format":          {[]string{"calc", sample, "--format", "xml"}, "json, csv, table"},
		"a flag that does not exist": {[]string{"calc", sample, "--wrong"}, "--wrong"},
		"an address of the network":  {[]string{"serve", "--data", filepath.Join(dir, "db"), "--listen", "0.0.0.0:0"}, "accounts"},
		"a data file that is none":   {[]string{"serve", "--data", write("text.db", strings.Repeat("x", 70_000)), "--listen", "127.0.0.1:0"}, "text.db"},
	}
	for name, c := range cases {
		_, errs, code := run(t, c.args...)
		if code != 1 || !strings.Contains(errs, c.part) {
			t.Errorf("%s: exit %d, %q lacks %q", name, code, errs, c.part)
		}
	}
}
