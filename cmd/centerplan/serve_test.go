package main_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"centerplan/planning/document"
	"centerplan/store"
	"centerplan/store/bolt"
)

// A server is a running demo.
type server struct {
	t       *testing.T
	cmd     *exec.Cmd
	address string
	errs    *bytes.Buffer // to be read once it has stopped
}

var addressPattern = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// start runs `demo` on a free port and waits until it has printed its address.
func start(t *testing.T, data string) *server {
	t.Helper()
	return startWith(t, "demo", "--data", data)
}

// startWith is start for any command that serves.
func startWith(t *testing.T, args ...string) *server {
	t.Helper()
	cmd := exec.Command(program, append(args, "--listen", "127.0.0.1:0")...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, cmd: cmd, errs: &errs}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address := addressPattern.FindString(lines.Text()); address != "" {
			s.address = address
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return s
		}
	}
	t.Fatalf("the demo printed no address: %s", errs.String())
	return nil
}

// stop ends the server as Ctrl+C does and waits for it.
func (s *server) stop() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("the server did not stop cleanly: %v", err)
	}
}

// call sends a request about the sample plan and decodes the answer into out.
func (s *server) call(method string, in, out any) (int, error) {
	var body io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return 0, err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, s.address+"/api/v1"+planPath, body)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	answer, err := (&http.Client{Timeout: 20 * time.Second}).Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err
	}
	if out != nil {
		if err := json.Unmarshal(text, out); err != nil {
			return answer.StatusCode, fmt.Errorf("%w: %s", err, text)
		}
	}
	return answer.StatusCode, nil
}

type edit struct {
	Base  int    `json:"base"`
	OpID  string `json:"op_id"`
	Patch []op   `json:"patch"`
}

type op struct {
	Op    string  `json:"op"`
	Path  string  `json:"path"`
	Value float64 `json:"value"`
}

const planPath = "/plans/telecom-2027"

// set makes the edit that puts a value into fcr's first month.
func set(opID string, from, to float64) edit {
	const cell = "/budget/lines/fcr/values/2027-01"
	return edit{Base: 1, OpID: opID, Patch: []op{{"test", cell, from}, {"replace", cell, to}}}
}

func (s *server) fcr() float64 {
	s.t.Helper()
	return s.cells("fcr")["2027-01"]
}

// cells returns the values of a line by month.
func (s *server) cells(line string) map[string]float64 {
	s.t.Helper()
	var plan struct {
		Document struct {
			Budget struct {
				Lines map[string]struct {
					Values map[string]float64 `json:"values"`
				} `json:"lines"`
			} `json:"budget"`
		} `json:"document"`
	}
	if status, err := s.call("GET", nil, &plan); err != nil || status != http.StatusOK {
		s.t.Fatalf("get the plan: %d %v", status, err)
	}
	return plan.Document.Budget.Lines[line].Values
}

func TestAnEditToACellThatChangedMeanwhileIsAConflict(t *testing.T) {
	s := start(t, filepath.Join(t.TempDir(), "plans.db"))
	if status, err := s.call("PATCH", set("first", 0.71, 0.73), nil); err != nil || status != http.StatusOK {
		t.Fatalf("first edit: %d %v", status, err)
	}
	var refused struct {
		Problems []struct {
			Key     string            `json:"key"`
			Kind    string            `json:"kind"`
			Pointer string            `json:"pointer"`
			Args    map[string]string `json:"args"`
		} `json:"problems"`
	}
	status, err := s.call("PATCH", set("second", 0.71, 0.75), &refused)
	if err != nil || status != http.StatusConflict || len(refused.Problems) != 1 {
		t.Fatalf("got %d %v %v, want 409 with one problem", status, err, refused)
	}
	p := refused.Problems[0]
	if p.Key != "patch.test_failed" || p.Pointer != "/budget/lines/fcr/values/2027-01" || p.Args["met"] != "0.73" {
		t.Errorf("got %+v", p)
	}
	if got := s.fcr(); got != 0.73 {
		t.Errorf("a refused edit changed the cell to %v", got)
	}
}

func TestAPortInUseIsSaid(t *testing.T) {
	s := start(t, filepath.Join(t.TempDir(), "plans.db"))
	address := strings.TrimPrefix(s.address, "http://")
	_, errs, code := run(t, "demo", "--listen", address, "--data", filepath.Join(t.TempDir(), "other.db"))
	if code != 1 || !strings.Contains(errs, address) || !strings.Contains(errs, "--listen") {
		t.Errorf("exit %d: %q", code, errs)
	}
}

func TestADataFileInUseIsSaid(t *testing.T) {
	data := filepath.Join(t.TempDir(), "plans.db")
	start(t, data)
	_, errs, code := run(t, "demo", "--listen", "127.0.0.1:0", "--data", data)
	if code != 1 || !strings.Contains(errs, data) {
		t.Errorf("exit %d: %q", code, errs)
	}
}

func TestAPlanFileWhoseIDIsStoredIsLeftAside(t *testing.T) {
	dir := t.TempDir()
	data, path := filepath.Join(dir, "plans.db"), filepath.Join(dir, "mine.plan.yaml")
	if err := os.WriteFile(path, []byte("centerplan: 1\nplan: {id: mine}\ncalendar: {start: 2027-01}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for round, said := range []bool{false, true} {
		s := startWith(t, "serve", path, "--data", data)
		s.stop()
		if got := strings.Contains(s.errs.String(), path) && strings.Contains(s.errs.String(), "“mine”"); got != said {
			t.Errorf("round %d: says %q", round, s.errs.String())
		}
	}
	for range 2 {
		s := start(t, data)
		s.stop()
		if text := s.errs.String(); text != "" {
			t.Errorf("the sample is not silent when it is there already: %q", text)
		}
	}
}

func TestAPlanThatCannotBeReadKeepsNobodyFromTheOthers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plans.db")
	data, err := bolt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []store.PlanID{"telecom-2027", "other"} {
		if err := data.Create(t.Context(), id, document.Object{"centerplan": 99.0}, store.Change{OpID: "create"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := data.Close(); err != nil {
		t.Fatal(err)
	}
	s := start(t, path)
	if status, err := s.call(http.MethodGet, nil, nil); status != http.StatusInternalServerError || err != nil {
		t.Errorf("got %d, %v", status, err)
	}
	s.stop()
	if text := s.errs.String(); !strings.Contains(text, "telecom-2027") {
		t.Errorf("says %q", text)
	}
}

func TestAFolderThatCannotBeIsSaid(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for command, data := range map[string]string{
		"demo": filepath.Join(file, "plans.db"), "serve": filepath.Join(dir, "none", "plans.db"),
	} {
		_, errs, code := run(t, command, "--listen", "127.0.0.1:0", "--data", data)
		if code != 1 || !strings.Contains(errs, data) || !strings.Contains(errs, "--data") {
			t.Errorf("%s: exit %d: %q", command, code, errs)
		}
	}
}

func TestATruncatedDataFileIsSaidAndLeftAsItIs(t *testing.T) {
	data := filepath.Join(t.TempDir(), "plans.db")
	s := start(t, data)
	s.stop()
	whole, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	// The file is longer than what it holds; these sizes cut into that.
	for _, size := range []int{1, 4096, 8192, 32768} {
		if err := os.WriteFile(data, whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		_, errs, code := run(t, "demo", "--listen", "127.0.0.1:0", "--data", data)
		if code != 1 || !strings.Contains(errs, data) {
			t.Errorf("cut to %d bytes: exit %d, %q", size, code, errs)
		}
		if after, err := os.ReadFile(data); err != nil || !bytes.Equal(after, whole[:size]) {
			t.Errorf("cut to %d bytes: the file was changed (%v)", size, err)
		}
	}
}
