package main_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/planfile"
	"centerplan/planning/rights"
	"centerplan/planning/workflow"
	"centerplan/store"
	"centerplan/store/bolt"
	"centerplan/web/live"
)

// stored makes a data file with plan p at revision 4, n counting along.
func stored(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plans.db")
	data, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	err = data.Create(t.Context(), "p", document.Object{"n": 1.0}, store.Change{OpID: "1"})
	for n := 1; n < 4 && err == nil; n++ {
		_, err = data.Append(t.Context(), "p", store.Rev(n), store.Change{
			OpID: strings.Repeat("i", n), Patch: []patch.Op{{Op: patch.Replace, Path: "/n", Value: float64(n + 1)}},
		})
	}
	if err := errors.Join(err, data.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// spoiled makes such a file with entry 3 damaged.
func spoiled(t *testing.T) string {
	t.Helper()
	path := stored(t)
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		entries, key := tx.Bucket([]byte("entries")).Bucket([]byte("p")), []byte{0, 0, 0, 0, 0, 0, 0, 3}
		record := bytes.Clone(entries.Get(key))
		record[len(record)-1] ^= 1
		return entries.Put(key, record)
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// sealed makes such a file that is sealed at revision 4, with a record of a
// person.
func sealed(t *testing.T) string {
	t.Helper()
	path := stored(t)
	data, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	_, sealErr := data.Seal(t.Context(), "p", 4, store.Change{OpID: "seal"}, store.Seal{Rev: 4, Hash: sealedHash, Bytes: []byte("sealed\n")})
	_, recordErr := data.PutRecord(t.Context(), store.Record{Kind: "person", ID: "li", Body: []byte(`{"name":"班长 of the first team"}`)})
	if err := errors.Join(sealErr, recordErr, data.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// sealedPlan makes a file with a plan that two directors agreed on and sealed.
func sealedPlan(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sealed.db")
	data, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	source, err := planfile.Decode([]byte(smallPlan))
	if err != nil {
		t.Fatal(err)
	}
	hub := live.New(data, time.Now, live.WithEngine("Centerplan of old"))
	as := func(id string) *live.Access {
		return hub.As(live.Alone(rights.Person{ID: id, Grants: []rights.Grant{{Center: rights.Everywhere, Role: rights.Director}}}))
	}
	if _, err := as("first").Create(t.Context(), source.Document); err != nil {
		t.Fatal(err)
	}
	for _, section := range workflow.Links() {
		if _, err := as("first").Act(t.Context(), "small", "in "+string(section), workflow.Act{Kind: workflow.HandIn, Section: section}); err != nil {
			t.Fatal(err)
		}
		if _, err := as("second").Act(t.Context(), "small", "ok "+string(section), workflow.Act{Kind: workflow.Approve, Section: section}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := as("second").Seal(t.Context(), "small", "seal", "agreed", nil); err != nil {
		t.Fatal(err)
	}
	return path
}

const smallPlan = `
centerplan: 1
plan: {id: small, name: {en: Small, zh: 小}, currency: CNY}
calendar: {start: 2027-01, months: 2}
lines:
  - {code: rent, unit: CNY, values: [5000, 5000]}
  - {code: total, unit: CNY, formula: rent * 2}
`

// sealedHash is what sha256sum says of "sealed", as a line.
const sealedHash = "24f2f924f16716eeae930dfc7ca01dd50e4b58754997d9ac3c7e630a0c9d3b71"

// flipped makes such a file and flips a bit in the middle of the record under
// the key, in the file itself.
func flipped(t *testing.T, bucket, of, key string) string {
	t.Helper()
	path := sealed(t)
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	var record []byte
	err = db.View(func(tx *bbolt.Tx) error {
		record = bytes.Clone(tx.Bucket([]byte(bucket)).Bucket([]byte(of)).Get([]byte(key)))
		return nil
	})
	whole, readErr := os.ReadFile(path)
	if err := errors.Join(err, db.Close(), readErr); err != nil {
		t.Fatal(err)
	}
	other := bytes.Clone(record)
	other[len(other)/2] ^= 1
	if !bytes.Contains(whole, record) {
		t.Fatalf("the file lacks the record %q", record)
	}
	if err := os.WriteFile(path, bytes.ReplaceAll(whole, record, other), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// written makes a file with a text.
func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// cut makes a data file that lacks its end.
func cut(t *testing.T) string {
	t.Helper()
	path := stored(t)
	if err := os.Truncate(path, 12288); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestVerify(t *testing.T) {
	served := filepath.Join(t.TempDir(), "served.db")
	start(t, served)
	for name, tc := range map[string]struct {
		path      string
		code      int
		out, errs []string
	}{
		"a sound file":             {stored(t), 0, []string{"p: revisions 1–4, sound", "sound."}, nil},
		"a damaged record":         {spoiled(t), 1, []string{"p: damaged", "whole: 1–2 (newest: 4)"}, []string{"entry 3 of plan p", "centerplan restore"}},
		"a sealed plan":            {sealedPlan(t), 0, []string{"small: sealed at revision 11", "Bytes: those that were sealed", "Numbers: all those sealed came out again", "sound."}, nil},
		"a seal that is none":      {sealed(t), 1, []string{"p: revisions 1–5, sound", "p: sealed at revision 4, SHA-256 " + sealedHash, "beside the plans: 1, sound"}, []string{"no sealed plan"}},
		"a byte of the seal":       {flipped(t, "seals", "p", "seal"), 1, []string{"p: damaged", "whole: 1–5 (newest: 5)"}, []string{"seal of plan p", "centerplan restore"}},
		"a byte of a record":       {flipped(t, "records", "person", "li"), 1, []string{"p: revisions 1–5, sound", "p: sealed"}, []string{"record person li", "centerplan restore"}},
		"a truncated file":         {cut(t), 1, nil, []string{"is damaged"}},
		"something else":           {written(t, strings.Repeat("notes\n", 4000)), 1, nil, []string{"not a Centerplan store"}},
		"an empty file":            {written(t, ""), 1, nil, []string{"not a Centerplan store"}},
		"a file that is not there": {filepath.Join(t.TempDir(), "none.db"), 1, nil, []string{"There is no plan store"}},
		"a file a server serves":   {served, 1, nil, []string{"in use", "Ctrl+C"}},
	} {
		t.Run(name, func(t *testing.T) {
			before, _ := os.ReadFile(tc.path)
			out, errs, code := run(t, "verify", "--data", tc.path)
			if code != tc.code {
				t.Errorf("exit %d", code)
			}
			for _, part := range tc.out {
				if !strings.Contains(out, part) {
					t.Errorf("stdout lacks %q:\n%s", part, out)
				}
			}
			for _, part := range append(tc.errs, tc.path) {
				if !strings.Contains(errs+out, part) {
					t.Errorf("stderr lacks %q:\n%s", part, errs)
				}
			}
			if after, _ := os.ReadFile(tc.path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestVerifySpeaksChinese(t *testing.T) {
	out, errs, code := run(t, "verify", "--lang", "zh", "--data", spoiled(t))
	if code != 1 || !strings.Contains(out, "可完整读取的修订版：1–2（最新：4）") || !strings.Contains(errs, "已损坏") {
		t.Errorf("exit %d\n%s\n%s", code, out, errs)
	}
}

func TestAReadOnlyFileIsVerifiedAndBackedUp(t *testing.T) {
	path := stored(t)
	if err := errors.Join(os.Chmod(path, 0o400), os.Chmod(filepath.Dir(path), 0o500)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Dir(path), 0o700) })
	if _, errs, code := run(t, "verify", "--data", path); code != 0 {
		t.Errorf("verify: exit %d, %s", code, errs)
	}
	if _, errs, code := run(t, "backup", "--data", path, "-o", filepath.Join(t.TempDir(), "copy")); code != 0 {
		t.Errorf("backup: exit %d, %s", code, errs)
	}
	nowhere := "/sys/copy.db" // where not even root may write
	if _, errs, code := run(t, "backup", "--data", path, "-o", nowhere); code != 1 || !strings.Contains(errs, nowhere+" was not written") {
		t.Errorf("backup to where nothing can be written: exit %d, %s", code, errs)
	}
}

func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	data, backup := filepath.Join(dir, "plans.db"), filepath.Join(dir, "backup.db")
	must := func(parts []string, args ...string) {
		t.Helper()
		out, errs, code := run(t, args...)
		for _, part := range parts {
			if code != 0 || !strings.Contains(out, part) {
				t.Fatalf("%v: exit %d, %q lacks %q, %s", args, code, out, part, errs)
			}
		}
	}
	mustFail := func(part string, args ...string) {
		t.Helper()
		if out, errs, code := run(t, args...); code != 1 || out != "" || !strings.Contains(errs, part) {
			t.Fatalf("%v: exit %d, %s, %q lacks %q", args, code, out, errs, part)
		}
	}
	s := start(t, data)
	if _, err := s.call("PATCH", set("first", 0.71, 0.73), nil); err != nil {
		t.Fatal(err)
	}
	hot := filepath.Join(dir, "hot.db")
	must([]string{"Wrote " + hot, "checked"}, "backup", "--data", data, "-o", hot)
	s.stop()
	must([]string{"telecom-2027: revisions 1–2, sound"}, "verify", "--data", hot)
	must([]string{"Wrote " + backup, "checked"}, "backup", "--data", data, "-o", backup)
	mustFail("--force", "backup", "--data", data, "-o", backup)
	must([]string{"checked"}, "backup", "--compact", "--force", "--data", data, "-o", backup)
	must([]string{"telecom-2027: revisions 1–2, sound"}, "verify", "--data", backup)

	s = start(t, data)
	if _, err := s.call("PATCH", set("second", 0.73, 0.75), nil); err != nil {
		t.Fatal(err)
	}
	mustFail("Ctrl+C", "restore", backup, "--data", data, "--force")
	s.stop()
	mustFail("--force", "restore", backup, "--data", data)
	must([]string{"Restored " + data, data + ".before-restore"}, "restore", backup, "--data", data, "--force")
	s = start(t, data)
	if got := s.fcr(); got != 0.73 {
		t.Errorf("restored: fcr is %v", got)
	}
	s.stop()
	s = start(t, data+".before-restore")
	if got := s.fcr(); got != 0.75 {
		t.Errorf("the file kept: fcr is %v", got)
	}
	s.stop()
	mustFail("Nothing was restored, and "+data, "restore", written(t, "notes"), "--data", data, "--force")
	mustFail("没有恢复任何内容", "restore", written(t, "notes"), "--data", data, "--force", "--lang", "zh")
	mustFail("entry 3 of plan p", "restore", spoiled(t), "--data", data, "--force")
	mustFail("entry 3 of plan p", "backup", "--data", spoiled(t), "-o", filepath.Join(dir, "other.db"))
	mustFail("There is no plan store", "backup", "--data", filepath.Join(dir, "none.db"), "-o", filepath.Join(dir, "other.db"))
	if _, err := os.Stat(filepath.Join(dir, "other.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a copy was left: %v", err)
	}
}
