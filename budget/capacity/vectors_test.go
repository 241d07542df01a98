package capacity_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"centerplan/planning/problem"
)

// vectors reads a section of a file in testdata. The numbers are the correctly
// rounded results of computations to 60 digits and more; null is undefined.
func vectors[T any](t testing.TB, file, section string) T {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(text, &sections); err != nil {
		t.Fatal(err)
	}
	var value T
	if err := json.Unmarshal(sections[section], &value); err != nil {
		t.Fatalf("%s of %s: %v", section, file, err)
	}
	return value
}

// near fails unless got is want to a relative 1e-9 or an absolute 1e-12.
func near(t tester, name string, got, want float64) {
	t.Helper()
	within(t, name, got, want, 1e-12)
}

// nearLevel is near for service levels, to an absolute 1e-9.
func nearLevel(t tester, name string, got, want float64) {
	t.Helper()
	within(t, name, got, want, 1e-9)
}

func within(t tester, name string, got, want, absolute float64) {
	t.Helper()
	if d := math.Abs(got - want); !(d <= absolute || d <= 1e-9*math.Abs(want)) {
		t.Errorf("%s: got %v, want %v", name, got, want)
	}
}

// nearOrInf is near, where a want that is null stands for +Inf.
func nearOrInf(t *testing.T, name string, got float64, want *float64) {
	t.Helper()
	if want == nil {
		if !math.IsInf(got, 1) {
			t.Errorf("%s: got %v, want +Inf", name, got)
		}
		return
	}
	near(t, name, got, *want)
}

// must returns a value that no error comes with.
func must[T any](value T, err error) func(tester) T {
	return func(t tester) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// keyOf returns the key of the problem an error is, empty for none.
func keyOf(t tester, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	if kind := problem.KindOf(err); kind != problem.Invalid {
		t.Errorf("%v is %v, want invalid", err, kind)
	}
	return problem.Of(err)[0].Key
}

// A tester is a test of package testing or of package rapid.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
}
