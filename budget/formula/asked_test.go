package formula_test

import (
	"fmt"
	"testing"

	"centerplan/budget/formula"
)

func TestAskedFindsTheLineAFunctionIsHanded(t *testing.T) {
	cases := map[string]string{
		`required_fte(volume, aht, "voice")`:                          `[{volume []}]`,
		`required_fte( volume["voice"] , aht["voice"], "voice") * 2`:  `[{volume [voice]}]`,
		`required_fte（话务量［“在线”］，aht，“chat”）`:                          `[{话务量 [在线]}]`,
		`required_fte(a["x"]["y"], 1, "p") + required_fte(b, 1, "p")`: `[{a [x y]} {b []}]`,
		`required_fte(volume * 2, aht, "voice")`:                      `[]`,
		`required_fte(sum(volume), aht, "voice")`:                     `[]`,
		`agent_hours(volume, aht, "voice")`:                           `[]`,
		`required_fte(`:                                               `[]`,
		`required_fte(volume["x"`:                                     `[]`,
	}
	for text, want := range cases {
		if got := fmt.Sprint(formula.Asked(text, "required_fte")); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}
