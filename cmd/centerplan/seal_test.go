package main_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// agreed is a plan whose one section is approved.
const agreed = `centerplan: 1
plan: {id: north-2027, name: {en: North, zh: 北区}, currency: CNY}
calendar: {start: 2027-01, months: 3}
lines:
  - {code: pay, unit: CNY, values: [1000, 1100, 1200]}
  - {code: rent, unit: CNY, values: 50}
  - {code: total, unit: CNY, formula: "pay + rent"}
scenarios:
  - {code: base}
  - {code: lean, changes: [{line: pay, scale: 0.9}]}
workflow:
  sections:
    - {id: all, covers: [/budget], state: approved, handed_in: {who: lead, on: 2026-12-01}, approvals: {director: {who: director, on: 2026-12-02}}}
`

// planFile writes a plan file and returns its path.
func planFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "north.plan.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// sealedFile seals a plan file and returns the seal's path and its hash.
func sealedFile(t *testing.T, plan string, args ...string) (path, hash string) {
	t.Helper()
	path = filepath.Join(filepath.Dir(plan), "north.seal.json")
	if out, errs, code := run(t, append([]string{"seal", plan}, args...)...); code != 0 {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	return path, hex.EncodeToString(sum[:])
}

func TestSealWritesTheBytesAndSaysTheirHash(t *testing.T) {
	plan := planFile(t, agreed)
	before, _ := os.ReadFile(plan)
	path, hash := sealedFile(t, plan)
	for lang, parts := range map[string][]string{
		"en": {path, hash, hash[:4] + "-" + hash[4:8] + "-" + hash[8:12], "Scenarios: base", "Centerplan"},
		"zh": {path, hash, "情景：base"},
	} {
		out, errs, code := run(t, "seal", plan, "--lang", lang) // the same bytes again
		for _, part := range parts {
			if code != 0 || !strings.Contains(out, part) {
				t.Errorf("%s: exit %d %s lacks %q:\n%s", lang, code, errs, part, out)
			}
		}
	}
	if after, _ := os.ReadFile(plan); !bytes.Equal(before, after) {
		t.Error("the plan file was rewritten")
	}
	if _, errs, code := run(t, "seal", plan, "--scenario", "lean"); code != 1 || !strings.Contains(errs, "never overwritten") {
		t.Errorf("exit %d %s, want the seal that is there kept", code, errs)
	}
	other := filepath.Join(t.TempDir(), "x.json")
	if out, errs, code := run(t, "seal", plan, "--scenario", "lean", "-o", other); code != 0 || !strings.Contains(out, "base, lean") {
		t.Errorf("exit %d %s%s, want both scenarios sealed", code, out, errs)
	}
}

func TestSealSaysWhatIsInTheWay(t *testing.T) {
	bare, _, _ := strings.Cut(agreed, "workflow:")
	for name, c := range map[string]struct{ text, en, zh string }{
		"no approval": {strings.Replace(agreed, "state: approved", "state: handed_in", 1), "not approved yet", "尚未批准"},
		"no workflow": {bare, "5 things are in the way", "5 项待解决"},
		"a fault":     {strings.Replace(agreed, "pay + rent", "pay + rant", 1), "north.plan.yaml:7:", "north.plan.yaml:7:"},
	} {
		plan := planFile(t, c.text)
		for lang, want := range map[string]string{"en": c.en, "zh": c.zh} {
			out, errs, code := run(t, "seal", plan, "--lang", lang)
			if code != 1 || out != "" || !strings.Contains(errs, want) {
				t.Errorf("%s: exit %d, %q and %q, want %q", name, code, out, errs, want)
			}
		}
		if found, _ := filepath.Glob(filepath.Join(filepath.Dir(plan), "*.json")); len(found) > 0 {
			t.Errorf("%s: a refused seal was written: %v", name, found)
		}
	}
}

func TestVerifyGivesBothVerdictsOnASeal(t *testing.T) {
	plan := planFile(t, agreed)
	path, hash := sealedFile(t, plan)
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file := func(name string, text []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	said := func(from, to string) []byte {
		if !bytes.Contains(written, []byte(from)) {
			t.Fatalf("the seal does not hold %s", from)
		}
		return bytes.Replace(written, []byte(from), []byte(to), 1)
	}
	marked := file("marked.plan.yaml", []byte(agreed+"  seal: {rev: 0, hash: "+hash+", who: director, on: 2026-12-03, scenarios: [base]}\n"))
	edited := file("edited.plan.yaml", []byte(strings.Replace(agreed, "1100", "1111", 1)))
	forecast := file("forecast.plan.yaml", []byte(strings.Replace(agreed, "scale: 0.9", "scale: 0.8", 1)))
	results := file("results.seal.json", said(`"total":3450`, `"total":3451`))
	flipped := file("flipped.seal.json", said(`"zh":"北区"`, `"zh":"南区"`))
	short := hash[:4] + "-" + hash[4:8] + "-" + hash[8:12]
	for name, c := range map[string]struct {
		args []string
		code int
		want []string
	}{
		"the plan and its seal":         {[]string{plan}, 0, []string{"compare it", "came out again", "unchanged"}},
		"the plan that names its seal":  {[]string{marked, "--seal", path}, 0, []string{"to the last one", "came out again", "unchanged"}},
		"the seal alone":                {[]string{path}, 0, []string{hash, "compare it", "came out again"}},
		"the seal and the hash":         {[]string{path, "--hash", hash}, 0, []string{"to the last one", "came out again"}},
		"the seal and what is on paper": {[]string{path, "--hash", short}, 0, []string{"to the last one"}},
		"another hash":                  {[]string{path, "--hash", "0000-0000-0000"}, 1, []string{"not those that were sealed", "came out again"}},
		"a byte flipped":                {[]string{marked, "--seal", flipped}, 1, []string{"not those that were sealed", "came out again", "/plan/name/zh"}},
		"a result altered":              {[]string{plan, "--seal", results}, 1, []string{"north.plan.yaml:7:", "total, total, scenario base: 3451 was sealed", "reckons 3450", "Numbers: not those"}},
		"the plan edited": {[]string{edited, "--seal", path, "--hash", hash}, 1, []string{
			"to the last one", "edited.plan.yaml:5:", "/budget/lines/pay/values/2027-02", "pay, 2027-02, scenario base: 1100 was sealed, this file comes to 1111",
		}},
		"another scenario edited": {[]string{forecast, "--seal", path}, 0, []string{"unchanged"}},
		"no seal there":           {[]string{plan, "--seal", "nowhere.json"}, 1, []string{"There is no file nowhere.json"}},
		"no seal at all":          {[]string{file("plain.json", []byte("{}"))}, 1, []string{"format 0", "not reckoned again"}},
		"another plan's seal":     {[]string{sample, "--seal", path}, 1, []string{"north-2027", "belong together"}},
		"a data file beside":      {[]string{plan, "--data", "x.db"}, 1, []string{"either a plan file"}},
		"two seals":               {[]string{path, "--seal", path}, 1, []string{"either a plan file"}},
		"a hash and no file":      {[]string{"--hash", hash}, 1, []string{"either a plan file"}},
	} {
		out, errs, code := run(t, append([]string{"verify", "--lang", "en"}, c.args...)...)
		if code != c.code {
			t.Errorf("%s: exit %d, want %d", name, code, c.code)
		}
		for _, want := range c.want {
			if !strings.Contains(out+errs, want) {
				t.Errorf("%s: %q is not said:\n%s%s", name, want, out, errs)
			}
		}
	}
}

func TestTheReportOfASealedPlanIsTheSealedOne(t *testing.T) {
	plan := planFile(t, agreed)
	path, hash := sealedFile(t, plan)
	edited := planFile(t, strings.Replace(agreed, "1100", "1111", 1)+"  seal: {rev: 0, hash: "+hash+", who: the director, on: 2026-12-03, scenarios: [base]}\n")
	pdf := filepath.Join(t.TempDir(), "plan.pdf")
	if out, errs, code := run(t, "report", edited, "--seal", path, "--lang", "en", "-o", pdf); code != 0 {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	if tool, err := exec.LookPath("pdftotext"); err == nil {
		text, err := exec.CommandContext(t.Context(), tool, "-raw", pdf, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{hash[:32], hash[32:], "the director", "Sealed " + hash[:4] + "-"} {
			if !strings.Contains(string(text), want) {
				t.Errorf("the report lacks %q", want)
			}
		}
		if strings.Contains(string(text), "1,111") || !strings.Contains(string(text), "1,100") {
			t.Error("the report does not have the sealed numbers")
		}
	}
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	forged := filepath.Join(t.TempDir(), "forged.seal.json")
	if err := os.WriteFile(forged, bytes.Replace(written, []byte(`"total":3450`), []byte(`"total":3451`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"another seal than the plan names": {"report", edited, "--seal", forged},
		"numbers that came out otherwise":  {"report", plan, "--seal", forged},
		"a scenario that was not sealed":   {"report", plan, "--seal", path, "--scenario", "lean"},
		"another plan's seal":              {"report", sample, "--seal", path},
	} {
		none := filepath.Join(t.TempDir(), "none.pdf")
		if _, errs, code := run(t, append(args, "-o", none)...); code != 1 || errs == "" {
			t.Errorf("%s: exit %d %q, want a refusal", name, code, errs)
		}
		if _, err := os.Stat(none); err == nil {
			t.Errorf("%s: it was printed all the same", name)
		}
	}
}
