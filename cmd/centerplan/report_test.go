package main_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheSummaryStaysOnOnePage holds that the chart of the sample's scenarios
// stands on the page of the summary it belongs to.
func TestTheSummaryStaysOnOnePage(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	const last = "3,983.9" // the FTE of the last scenario, at the end of its bar
	for _, lang := range []string{"en", "zh"} {
		file := filepath.Join(t.TempDir(), "plan.pdf")
		if _, errs, code := run(t, "report", sample, "--lang", lang, "-o", file); code != 0 {
			t.Fatalf("%s: exit %d: %s", lang, code, errs)
		}
		// The cover and the contents come first.
		text, err := exec.CommandContext(t.Context(), tool, "-f", "3", "-l", "3", "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), last) {
			t.Errorf("%s: the chart does not end on the summary's page:\n%s", lang, text)
		}
	}
}
