package web_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestABridgeAndASensitivityAreAnswered(t *testing.T) {
	s := newStaffed(t)
	chief := s.visit(t, "chief")
	bridge := read(t, chief.get("/api/v1/plans/pay/bridge?from=base&to=raise&line=total"), http.StatusOK)
	// 27182 more for 10 and for 11 people.
	if got := at(t, bridge, "parts", 0, "value"); got != 570822.0 || at(t, bridge, "parts", 0, "code") != "wage" || at(t, bridge, "error") != nil {
		t.Errorf("got %v", bridge)
	}
	swings := read(t, chief.get("/api/v1/plans/pay/sensitivity?line=total&range=0.2&most=1"), http.StatusOK)
	if at(t, swings, "range") != 0.2 || at(t, swings, "drivers", 0, "high", "difference") != 131943.0 || at(t, swings, "left") != 2.0 {
		t.Errorf("got %v", swings)
	}
	for path, want := range map[string]struct {
		status int
		key    string
	}{
		"bridge?from=base&to=nowhere&line=total":            {http.StatusNotFound, "scenarios.unknown"},
		"bridge?from=base&to=raise&line=nowhere":            {http.StatusNotFound, "budget.unknown_line"},
		"effects?line=nowhere":                              {http.StatusNotFound, "budget.unknown_line"},
		"effects?line=total&scenario=nowhere":               {http.StatusNotFound, "scenarios.unknown"},
		"sensitivity?line=nowhere":                          {http.StatusNotFound, "budget.unknown_line"},
		"sensitivity?line=total&scenario=nowhere":           {http.StatusNotFound, "scenarios.unknown"},
		"sensitivity?line=total&driver=labour":              {http.StatusUnprocessableEntity, "scenarios.not_input"},
		"sensitivity?line=total&driver=rent&driver=nowhere": {http.StatusNotFound, "budget.unknown_line"},
	} {
		refused(t, chief.get("/api/v1/plans/pay/"+path), want.status, want.key)
	}
	for _, path := range []string{"bridge?from=base&line=total", "sensitivity", "sensitivity?line=total&range=0", "sensitivity?line=total&range=2", "sensitivity?line=total&most=0"} {
		if status, text := chief.text("GET", "/api/v1/plans/pay/"+path, nil); status != http.StatusUnprocessableEntity && status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", path, status, text)
		}
	}
}

// TestWhatIfsKeepTheWages asks for all bridges and sensitivities as those who may
// not know the wages, after somebody who may has had them worked out.
func TestWhatIfsKeepTheWages(t *testing.T) {
	s := newStaffed(t)
	lines := []string{"calls", "heads", "wage", "labour", "rent", "total", "per_call"}
	var paths []string
	for _, line := range lines {
		for _, to := range []string{"raise", "fewer"} {
			paths = append(paths, "effects?scenario="+to+"&line="+line, "bridge?from=base&to="+to+"&line="+line, "bridge?from="+to+"&to=base&line="+line)
		}
		paths = append(paths, "capacity/gap?scenario=raise&line="+line, "capacity/gap?scenario=fewer&line=heads&cost="+line,
			"sensitivity?line="+line, "sensitivity?range=1&line="+line, "sensitivity?scenario=raise&line="+line+"&driver=wage")
	}
	chief := s.visit(t, "chief")
	for _, path := range paths {
		chief.text("GET", "/api/v1/plans/pay/"+path, nil)
	}
	for _, who := range []string{"viewer", "lead", "administrator", "far"} {
		visitor := s.visit(t, who)
		for _, path := range paths {
			status, text := visitor.text("GET", "/api/v1/plans/pay/"+path, nil)
			for _, secret := range append(secretNumbers, "570822", "570,822", "-571") {
				// What a released total comes to is told; the difference of two of them is.
				released := strings.Contains(path, "line=total") || strings.Contains(path, "line=per_call")
				if strings.Contains(text, secret) && (!released || secret != "570822") {
					t.Errorf("%s learns %s from %s: %d %s", who, secret, path, status, text)
				}
			}
			if strings.Contains(text, `"parts":[{`) && !strings.Contains(path, "line=heads") && !strings.Contains(path, "line=calls") {
				t.Errorf("%s is told the parts of %s: %s", who, path, text)
			}
		}
		if status, text := visitor.text("GET", "/api/v1/plans/pay/sensitivity?line=rent&driver=wage", nil); status != http.StatusForbidden && who != "far" {
			t.Errorf("%s moves the wage: %d %s", who, status, text)
		}
	}
}
