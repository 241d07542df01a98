package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"centerplan/planning/problem"
	"centerplan/store/bolt"
	"centerplan/templates/locale"
	"centerplan/web/accounts"
)

// A serving Centerplan keeps every other process out of its data file. What an
// operator needs all the same goes through a socket beside the file, which has
// the file's permissions: who may use it could read the file.
const (
	// mostSocketPath is how long a socket's path may be on every system.
	mostSocketPath = 100
	// mostControlBody bounds what is sent, and what is answered beside a backup.
	mostControlBody = 64 << 10
	mostControlList = 16 << 20
	// controlTime is how long a request and its answer may take, a backup aside.
	controlTime = 30 * time.Second
	// stallTime is how long a backup waits for its reader. A reader that stopped
	// would keep the file from growing.
	stallTime = 30 * time.Second
)

// socketOf returns the path of the control socket of a data file.
func socketOf(data string) string {
	if led, err := filepath.EvalSymlinks(data); err == nil {
		data = led
	}
	return data + ".sock"
}

// A control answers on the control socket.
type control struct {
	data   *bolt.Store
	people *accounts.Service
	// copying is held while a backup is made: one at a time.
	copying sync.Mutex
}

// serveControl answers on the control socket of an open data file until stop is
// called. Where there can be no socket, it says so, and all else goes on.
func (c *console) serveControl(data *bolt.Store, people *accounts.Service) (stop func()) {
	path := socketOf(data.Path())
	listener, err := c.listenControl(path)
	if err != nil {
		fmt.Fprintln(c.err, locale.Message(c.lang, "cli.control_address", problem.Args{"path": path, "reason": err.Error()}))
		return func() {}
	}
	server := &http.Server{
		Handler:           (&control{data: data, people: people}).routes(),
		ReadHeaderTimeout: controlTime, ReadTimeout: controlTime, WriteTimeout: controlTime, IdleTimeout: controlTime,
		MaxHeaderBytes: 8 << 10,
	}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(listener)
	}()
	return func() {
		_ = server.Close() // a backup under way ends here, and its file is left out
		<-served
	}
}

// listenControl opens the socket. One that a killed server left is replaced,
// if it is a socket and nobody answers on it.
func (c *console) listenControl(path string) (net.Listener, error) {
	if len(path) > mostSocketPath {
		return nil, errors.New(c.say("cli.control_too_long"))
	}
	listener, err := listenPrivately(path)
	if !errors.Is(err, syscall.EADDRINUSE) {
		return listener, reason(err)
	}
	if info, err := os.Lstat(path); err != nil || info.Mode().Type() != fs.ModeSocket {
		return nil, errors.New(c.say("cli.control_not_socket"))
	}
	if answering, err := net.DialTimeout("unix", path, time.Second); err == nil {
		_ = answering.Close()
		return nil, errors.New(c.say("cli.control_in_use"))
	}
	if err := os.Remove(path); err != nil {
		return nil, reason(err)
	}
	listener, err = listenPrivately(path)
	return listener, reason(err)
}

// reason returns the innermost error of a system call, in whose words no path
// stands a second time.
func reason(err error) error {
	if code, ok := errors.AsType[syscall.Errno](err); ok {
		return code
	}
	return err
}

func (s *control) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /backup", s.backup)
	mux.HandleFunc("GET /users", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, s.people.People(), nil)
	})
	mux.HandleFunc("POST /users", func(w http.ResponseWriter, r *http.Request) {
		var account accounts.Account
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostControlBody)).Decode(&account); err != nil {
			answer(w, nil, problem.Problem{Kind: problem.Invalid, Key: "cli.control_path", Err: err})
			return
		}
		temporary, err := s.people.Add(r.Context(), accounts.Console, account)
		answer(w, temporary, err)
	})
	mux.HandleFunc("POST /users/{id}/reset", func(w http.ResponseWriter, r *http.Request) {
		temporary, err := s.people.Reset(r.Context(), accounts.Console, r.PathValue("id"))
		answer(w, temporary, err)
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, nil, problem.Problem{Kind: problem.NotFound, Key: "cli.control_path"})
	})
	return mux
}

// backup streams a consistent copy of the file. A copy that was cut short ends
// the connection, which the other side sees.
func (s *control) backup(w http.ResponseWriter, r *http.Request) {
	if !s.copying.TryLock() {
		answer(w, nil, problem.Problem{Kind: problem.Conflict, Key: "cli.control_busy"})
		return
	}
	defer s.copying.Unlock()
	to := &steady{to: w, deadline: http.NewResponseController(w)}
	err := s.data.Backup(r.Context(), to)
	switch {
	case err == nil:
	case to.begun:
		panic(http.ErrAbortHandler)
	default:
		answer(w, nil, err)
	}
}

// A steady writer gives every write as long as a reader may stall.
type steady struct {
	to       io.Writer
	deadline *http.ResponseController
	begun    bool
}

func (w *steady) Write(text []byte) (int, error) {
	if err := w.deadline.SetWriteDeadline(time.Now().Add(stallTime)); err != nil {
		return 0, err
	}
	w.begun = true
	return w.to.Write(text)
}

// A controlAnswer is what every request but a backup comes to.
type controlAnswer struct {
	Value    any              `json:"value,omitempty"`
	Problems []controlProblem `json:"problems,omitempty"`
}

// A controlProblem is a problem on its way to the command that asked.
type controlProblem struct {
	Kind problem.Kind `json:"kind"`
	Key  string       `json:"key"`
	Args problem.Args `json:"args,omitempty"`
}

func answer(w http.ResponseWriter, value any, err error) {
	w.Header().Set("Content-Type", "application/json")
	body := controlAnswer{Value: value}
	for _, p := range problem.Of(err) {
		if p.Args == nil && p.Err != nil && p.Key == "internal" {
			p.Args = problem.Args{"reason": p.Err.Error()}
		}
		body.Problems = append(body.Problems, controlProblem{p.Kind, p.Key, p.Args})
	}
	if err != nil {
		body.Value = nil
		w.WriteHeader(http.StatusConflict)
	}
	_ = json.NewEncoder(w).Encode(body) // who asked has gone
}

// A controlClient asks the server that has a data file open.
type controlClient struct {
	data string
	http http.Client
}

// dialControl returns a client of the server that has the data file open, or
// false if none answers.
func dialControl(data string) (*controlClient, bool) {
	path := socketOf(data)
	connection, err := net.DialTimeout("unix", path, time.Second)
	if err != nil {
		return nil, false
	}
	_ = connection.Close()
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", path)
	}
	return &controlClient{data: data, http: http.Client{Transport: &http.Transport{
		DialContext: dial, DisableKeepAlives: true, ResponseHeaderTimeout: controlTime,
	}}}, true
}

// send makes a request; the caller closes what it returns.
func (c *controlClient) send(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, "http://centerplan"+path, body)
	if err != nil {
		return nil, c.fault(err)
	}
	response, err := c.http.Do(request)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, c.fault(err)
	case response.StatusCode != http.StatusOK:
		defer response.Body.Close()
		return nil, c.refusal(response)
	}
	return response, nil
}

// ask makes a request and decodes what it comes to.
func (c *controlClient) ask(ctx context.Context, method, path string, body io.Reader, into any) error {
	ctx, cancel := context.WithTimeout(ctx, controlTime)
	defer cancel()
	response, err := c.send(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	answer := controlAnswer{Value: into}
	if err := json.NewDecoder(io.LimitReader(response.Body, mostControlList)).Decode(&answer); err != nil {
		return c.fault(err)
	}
	return nil
}

// refusal returns the problems of an answer.
func (c *controlClient) refusal(response *http.Response) error {
	var answer controlAnswer
	err := json.NewDecoder(io.LimitReader(response.Body, mostControlBody)).Decode(&answer)
	if err != nil || len(answer.Problems) == 0 {
		return c.fault(fmt.Errorf("status %d", response.StatusCode))
	}
	var list problem.List
	for _, p := range answer.Problems {
		if p.Key == "internal" {
			return c.fault(errors.New(p.Args["reason"]))
		}
		list = append(list, problem.Problem{Kind: p.Kind, Key: p.Key, Args: p.Args})
	}
	return list
}

func (c *controlClient) fault(err error) error {
	return problem.Problem{Kind: problem.Internal, Key: "cli.control_answer", Err: err, Args: problem.Args{
		"path": c.data, "reason": err.Error(),
	}}
}
