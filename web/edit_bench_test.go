package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"centerplan/templates/starters"
)

// largePlan is a plan file of 500 lines, 12 months and 3 scenarios, in chains
// of five lines: two inputs and what follows from them.
func largePlan() string {
	var b strings.Builder
	b.WriteString("centerplan: 1\nplan: {id: large, name: {en: Large, zh: 大}}\ncalendar: {start: 2027-01}\nlines:\n")
	for i := range 100 {
		fmt.Fprintf(&b, "  - {code: calls%d, unit: contact, values: [%s1]}\n", i, strings.Repeat("1000, ", 11))
		fmt.Fprintf(&b, "  - {code: aht%d, unit: second/contact, values: 240}\n", i)
		fmt.Fprintf(&b, "  - {code: hours%d, unit: hour, formula: hours(calls%d * aht%d)}\n", i, i, i)
		fmt.Fprintf(&b, "  - {code: paid%d, unit: hour, formula: hours%d / 0.7}\n", i, i)
		fmt.Fprintf(&b, "  - {code: so_far%d, unit: hour, formula: ytd(paid%d)}\n", i, i)
	}
	b.WriteString("scenarios:\n  - {code: more, changes: [{line: calls1, scale: 1.1}]}\n  - {code: less, changes: [{line: calls2, scale: 0.9}]}\n")
	return b.String()
}

// largestPlan is a plan file of 10,000 lines and 12 months in groups of twenty,
// each line a formula of the one before: the plan that the page is measured with.
func largestPlan() string {
	var b strings.Builder
	b.WriteString("centerplan: 1\nplan: {id: largest, name: {en: Largest, zh: 最大}}\ncalendar: {start: 2027-01}\ngroups:\n")
	for i := range 500 {
		fmt.Fprintf(&b, "  - {code: g%d, name: {en: Group %d, zh: 分组%d}}\n", i, i, i)
	}
	b.WriteString("lines:\n")
	for i := range 10_000 {
		content := fmt.Sprintf("formula: line_%d * 1.01", i-1)
		if i%20 == 0 {
			content = "values: [" + strings.Repeat("1000, ", 11) + "1000]"
		}
		fmt.Fprintf(&b, "  - {code: line_%d, name: {en: Line %d, zh: 指标%d}, group: g%d, unit: contact, rollup: sum, %s}\n", i, i, i, i/20, content)
	}
	return b.String()
}

// BenchmarkEdit is one edit of one cell over HTTP on this machine, with every
// scenario of the plan in use.
func BenchmarkEdit(b *testing.B) {
	sample, _ := starters.Get("telecom")
	for name, tc := range map[string]struct{ file, id, cell string }{
		"telecom":    {string(sample), "telecom-2027", "/budget/lines/fcr/values/2027-01"},
		"10000lines": {largestPlan(), "largest", "/budget/lines/line_0/values/2027-01"},
		"500lines":   {largePlan(), "large", "/budget/lines/calls1/values/2027-01"},
	} {
		b.Run(name, func(b *testing.B) {
			s := newServer(b)
			address := s.listening(b) + "/api/v1/plans"
			exchange(b, http.MethodPost, address, object{"file": tc.file})
			useScenarios(b, address+"/"+tc.id)
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				exchange(b, http.MethodPatch, address+"/"+tc.id, object{"op_id": strconv.Itoa(n), "patch": []object{
					{"op": "replace", "path": tc.cell, "value": 0.5 + float64(n%4000)/10000},
				}})
			}
		})
	}
}

// useScenarios asks for every scenario's results, as a comparison does.
func useScenarios(b *testing.B, plan string) {
	b.Helper()
	query := url.Values{"base": {"base"}}
	state := exchange(b, http.MethodGet, plan, nil)
	if problems := at(b, state, "problems").([]any); len(problems) > 0 {
		b.Fatal(problems[0])
	}
	scenarios, _ := at(b, state, "document", "scenarios").(object)
	for code := range scenarios {
		query.Add("with", code)
	}
	exchange(b, http.MethodGet, plan+"/compare?"+query.Encode(), nil)
}

// exchange sends a request and reads the answer, which must be a good one.
func exchange(b *testing.B, method, address string, body any) any {
	b.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		b.Fatal(err)
	}
	request, err := http.NewRequest(method, address, bytes.NewReader(text))
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode >= http.StatusMultipleChoices {
		said, _ := io.ReadAll(answer.Body)
		b.Fatalf("%s %s: %s %s", method, address, answer.Status, said)
	}
	if method == http.MethodPatch {
		_, _ = io.Copy(io.Discard, answer.Body) // the page's own work is not measured
		return nil
	}
	var node any
	if err := json.NewDecoder(answer.Body).Decode(&node); err != nil {
		b.Fatal(err)
	}
	return node
}
