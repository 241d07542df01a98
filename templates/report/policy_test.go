package report_test

import (
	"encoding/json"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/templates/starters"
)

func TestPolicyOfImpatientCallersIsToldInFull(t *testing.T) {
	text, _ := starters.Get("telecom")
	changed := strings.Replace(string(text), "model: erlang_c",
		"model: erlang_a\n    patience_s: 120\n    max_abandon: 0.05\n    basis: sl_answered\n    concurrency: 3", 1)
	for locale, wants := range map[document.Locale][]string{
		document.English: {"Erlang A", "Answered in time ÷ all answered", "120 seconds", "Highest abandonment", "3, each a server of its own"},
		document.Chinese: {"Erlang A", "按时接起 ÷ 全部接起", "120 秒", "放弃率上限", "3，每个会话按一个服务台计算"},
	} {
		told, err := json.Marshal(build(t, read(t, []byte(changed)), locale))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(string(told), want) {
				t.Errorf("the report in %s lacks %q", locale, want)
			}
		}
	}
}
