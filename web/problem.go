package web

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v3"

	"centerplan/planning/document"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/templates/locale"
)

// problemType is the media type of a problem document.
const problemType = "application/problem+json"

// A Failure is an RFC 9457 problem document. Problems is what clients go by;
// Detail is the first one's sentence, for people who read the answer itself.
type Failure struct {
	Type     string        `json:"type" example:"about:blank"`
	Title    string        `json:"title" example:"Conflict"`
	Status   int           `json:"status" example:"409"`
	Detail   string        `json:"detail,omitempty"`
	Problems []ProblemInfo `json:"problems"`
	// retryAfter is how many seconds to wait before the next try, empty if that is
	// not what keeps it from being answered.
	retryAfter string
}

// A ProblemInfo is one problem as the API writes it.
type ProblemInfo struct {
	Kind    string        `json:"kind" enum:"internal,invalid,not_found,conflict,forbidden"`
	Pointer string        `json:"pointer" doc:"JSON pointer into the plan document, empty if it is about none"`
	Span    *problem.Span `json:"span,omitempty" doc:"characters of the formula at the pointer"`
	Key     string        `json:"key" doc:"names the message in the catalogues"`
	Args    problem.Args  `json:"args" doc:"what the message names"`
	// Position is set for what is wrong with a plan file that was sent.
	Position *FilePosition `json:"position,omitempty" doc:"where in the plan file that was sent"`
}

// A FilePosition is a place in a plan file, both counted from 1.
type FilePosition struct {
	Line   int `json:"line"`
	Column int `json:"column" doc:"in characters"`
}

// A fileError is what was wrong with a plan file.
type fileError struct {
	error
	source planfile.Source // empty if it is not even YAML
}

// Unwrap returns the problems.
func (e fileError) Unwrap() error { return e.error }

// positions tells each problem's place in the file.
func (e fileError) positions(infos []ProblemInfo, problems problem.List) {
	for i, p := range problems {
		if at := e.source.PositionOf(p); at.Line > 0 {
			infos[i].Position = &FilePosition{Line: at.Line, Column: at.Column}
		}
	}
}

// Error implements error.
func (f *Failure) Error() string { return f.Title + ": " + f.Detail }

// GetStatus implements huma.StatusError.
func (f *Failure) GetStatus() int { return f.Status }

// GetHeaders implements huma.HeadersError.
func (f *Failure) GetHeaders() http.Header {
	headers := http.Header{}
	if f.retryAfter != "" {
		headers.Set(fiber.HeaderRetryAfter, f.retryAfter)
	}
	return headers
}

// ContentType implements huma.ContentTypeFilter.
func (f *Failure) ContentType(string) string { return problemType }

// init has huma use our problem documents for what it refuses itself (its own
// repeat the value that was sent) and take names of fields to the letter.
func init() {
	huma.DefaultArrayNullable = false
	huma.ValidateStrictCasing = true
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		return refusal(status, document.English, errs)
	}
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		language := document.English
		if ctx != nil {
			language = languageOf(ctx.Header("Accept-Language"))
		}
		return refusal(status, language, errs)
	}
}

// refusal returns the document for a request that does not fit the API.
func refusal(status int, language document.Locale, errs []error) *Failure {
	var problems problem.List
	for _, err := range errs {
		if detail, ok := errors.AsType[*huma.ErrorDetail](err); ok {
			problems = append(problems, problem.Problem{
				Kind: problem.Invalid, Key: "web.request",
				Args: problem.Args{"where": detail.Location, "reason": detail.Message},
			})
		}
	}
	if len(problems) == 0 {
		problems = problem.List{statusProblem(status)}
	}
	return failure(status, language, problems)
}

// statusProblem returns the problem for a status that comes from the server's
// own workings.
func statusProblem(status int) problem.Problem {
	key, ok := map[int]string{
		http.StatusBadRequest: "web.bad_request", http.StatusNotFound: "web.no_page",
		http.StatusMethodNotAllowed: "web.method", http.StatusNotAcceptable: "web.media_type",
		http.StatusUnsupportedMediaType: "web.media_type", http.StatusRequestEntityTooLarge: "web.too_large",
		http.StatusRequestHeaderFieldsTooLarge: "web.headers_too_large", http.StatusRequestTimeout: "web.slow_request",
		http.StatusServiceUnavailable: "web.busy", http.StatusTooManyRequests: "web.too_many",
	}[status]
	if !ok && status < http.StatusInternalServerError {
		key, ok = "web.bad_request", true
	}
	if !ok {
		return problem.Problem{Key: "internal"}
	}
	kind := problem.Invalid
	switch status {
	case http.StatusNotFound:
		kind = problem.NotFound
	case http.StatusServiceUnavailable:
		kind = problem.Internal
	}
	return problem.Problem{Kind: kind, Key: key}
}

// mostProblems is how many problems one answer tells of.
const mostProblems = 500

func failure(status int, language document.Locale, problems problem.List) *Failure {
	problems = problems[:min(len(problems), mostProblems)]
	return &Failure{
		Type: "about:blank", Title: http.StatusText(status), Status: status,
		Detail: locale.Problem(language, problems[0]), Problems: problemInfos(problems),
	}
}

func problemInfos(problems problem.List) []ProblemInfo {
	infos := make([]ProblemInfo, len(problems))
	for i, p := range problems {
		infos[i] = ProblemInfo{Kind: p.Kind.String(), Pointer: p.Pointer, Key: p.Key, Args: p.Args}
		if p.Span != (problem.Span{}) {
			infos[i].Span = &p.Span
		}
		if infos[i].Args == nil {
			infos[i].Args = problem.Args{}
		}
	}
	return infos
}

// kindStatus is the status of each kind of problem.
var kindStatus = map[problem.Kind]int{
	problem.Internal:  http.StatusInternalServerError,
	problem.Invalid:   http.StatusUnprocessableEntity,
	problem.NotFound:  http.StatusNotFound,
	problem.Conflict:  http.StatusConflict,
	problem.Forbidden: http.StatusForbidden,
}

// keyStatus has the problems whose status is not that of their kind.
var keyStatus = map[string]int{
	"accounts.sign_in": http.StatusUnauthorized,
	"accounts.wait":    http.StatusTooManyRequests,
}

// toldStatus has the problems of kind Internal whose own sentence, and nothing
// else of them, is for the reader of the answer, and their status.
var toldStatus = map[string]int{
	"store.full":      http.StatusInsufficientStorage,
	"live.unreadable": http.StatusInternalServerError,
}

// A place is the request an error belongs to.
type place struct {
	method, path string
	language     document.Locale
}

func placeOf(c fiber.Ctx) place {
	return place{c.Method(), c.Path(), languageOf(c.Get(fiber.HeaderAcceptLanguage))}
}

// failureOf returns the document of any error, and logs it if it is ours. The
// reader of the answer then learns only that it was, and under which id the log
// has it.
func (s *Server) failureOf(at place, err error) *Failure {
	if known, ok := errors.AsType[*Failure](err); ok {
		return known
	}
	if known, ok := errors.AsType[*fiber.Error](err); ok && known.Code < http.StatusInternalServerError {
		return failure(known.Code, at.language, problem.List{statusProblem(known.Code)})
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return failure(http.StatusServiceUnavailable, at.language, problem.List{statusProblem(http.StatusServiceUnavailable)})
	}
	problems := problem.Of(err)
	status := kindStatus[problem.KindOf(err)]
	if special, ok := keyStatus[problems[0].Key]; ok {
		status = special
	}
	if status == http.StatusTooManyRequests {
		answer := failure(status, at.language, problems)
		answer.retryAfter = problems[0].Args["seconds"]
		return answer
	}
	for _, p := range problems {
		if p.Kind == problem.Internal {
			id := faultID()
			s.log.LogAttrs(context.Background(), slog.LevelError, "request failed", slog.String("id", id),
				slog.String("method", at.method), slog.String("path", at.path), slog.Any("error", err))
			if told, ok := toldStatus[p.Key]; ok {
				return failure(told, at.language, problem.List{{Key: p.Key}})
			}
			return failure(http.StatusInternalServerError, at.language,
				problem.List{{Key: "web.failed", Args: problem.Args{"id": id}}})
		}
	}
	answer := failure(status, at.language, problems)
	if in, ok := errors.AsType[fileError](err); ok {
		in.positions(answer.Problems, problems[:len(answer.Problems)])
	}
	return answer
}

// answerError is Fiber's error handler: it answers what no operation did.
func (s *Server) answerError(c fiber.Ctx, err error) error {
	answer := s.failureOf(placeOf(c), err)
	s.metrics.observe(c, answer.Status)
	text, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	if answer.Status == http.StatusRequestEntityTooLarge {
		linger(c.RequestCtx().Conn())
	}
	allow, retry := c.GetRespHeader(fiber.HeaderAllow), c.GetRespHeader(fiber.HeaderRetryAfter)
	c.Response().Reset()
	for name, value := range map[string]string{fiber.HeaderAllow: allow, fiber.HeaderRetryAfter: retry} {
		if value != "" {
			c.Set(name, value)
		}
	}
	setSecurityHeaders(c)
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, problemType)
	return c.Status(answer.Status).Send(text)
}

// languageOf returns the first language of ours the header names, or English.
func languageOf(accept string) document.Locale {
	for part := range strings.SplitSeq(accept, ",") {
		tag, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), ";")
		primary, _, _ := strings.Cut(tag, "-")
		if l := document.Locale(primary); l.Valid() {
			return l
		}
	}
	return document.English
}
