package web

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"runtime"
	"strings"

	"github.com/gofiber/fiber/v3"
)

// A panicError is a panic that was contained. Its text is for the log: the kind
// of thing that was thrown and where, but neither what it said nor the arguments
// of functions, for both may hold numbers of a plan.
type panicError struct{ what, stack string }

// Error implements error.
func (p panicError) Error() string { return "panic: " + p.what + "\n" + p.stack }

// deepest is how many functions of a panic's stack are kept.
const deepest = 64

// panicked counts and describes what recover returned, in the goroutine that
// recovered it.
func (s *Server) panicked(thrown any) error {
	s.metrics.panics.Add(1)
	what := fmt.Sprintf("%T", thrown)
	if err, ok := thrown.(runtime.Error); ok {
		what = err.Error() // names types, indexes and lengths alone
	}
	var stack strings.Builder
	callers := make([]uintptr, deepest)
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers)])
	for {
		frame, more := frames.Next()
		fmt.Fprintf(&stack, "%s\n\t%s:%d\n", frame.Function, frame.File, frame.Line)
		if !more {
			return panicError{what, stack.String()}
		}
	}
}

// contain turns a panic in a handler into an error.
func (s *Server) contain(c fiber.Ctx) (err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			err = s.panicked(thrown)
		}
	}()
	return c.Next()
}

// faultID returns a number that finds a failed request's line in the log.
func faultID() string {
	id := make([]byte, 6)
	_, _ = rand.Read(id) // never fails
	return hex.EncodeToString(id)
}
