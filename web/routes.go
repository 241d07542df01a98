package web

import (
	"context"
	"encoding/json"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v3"

	"centerplan/planning/patch"
)

// routes is every route there is, apart from the files of the page: those of
// plans, of people, and the rest.
func (s *Server) routes() {
	api := huma.NewAPI(apiConfig(), adapter{s.app})
	s.planRoutes(api)
	s.peopleRoutes(api)

	handle(s, api, "get-functions", "GET /api/v1/functions", "Explain the formula language: functions, signs, names", s.functions, open)

	handle(s, api, "alive", "GET /healthz", "Tell that the server runs", s.alive, open)
	handle(s, api, "ready", "GET /readyz", "Tell that the server can serve plans", s.ready, open)

	s.app.Get("/metrics", s.tell)
	s.openapi = describe(api)
	s.app.Get("/api/openapi.json", func(c fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, "application/json")
		return c.Send(s.openapi)
	})
}

// planRoutes are those about plans.
func (s *Server) planRoutes(api huma.API) {
	handle(s, api, "list-plans", "GET /api/v1/plans", "List the plans", s.listPlans)
	handle(s, api, "create-plan", "POST /api/v1/plans", "Create a plan from a starter or a plan file", s.createPlan, created)
	handle(s, api, "get-plan", "GET /api/v1/plans/{id}", "Get a plan's document, its open points and what can be undone", s.getPlan, cached)
	handle(s, api, "edit-plan", "PATCH /api/v1/plans/{id}", "Edit a plan by a JSON Patch", s.patchPlan)
	handle(s, api, "try-formula", "POST /api/v1/plans/{id}/try", "Try a formula on a line; nothing is stored", s.try, waits)
	handle(s, api, "undo", "POST /api/v1/plans/{id}/undo", "Take back one's newest edit, or the one named", s.undo)
	handle(s, api, "leave-undo", "POST /api/v1/plans/{id}/leave", "Take a revision out of what one can undo, as others have written over it", s.leave)
	handle(s, api, "redo", "POST /api/v1/plans/{id}/redo", "Take back one's newest undo", s.redo)
	handle(s, api, "rename-line", "POST /api/v1/plans/{id}/rename", "Give a line another code, wherever it stands", s.rename)
	handle(s, api, "get-calendar", "GET /api/v1/plans/{id}/calendar", "Tell the months of the plan and their days", s.calendar)
	handle(s, api, "get-results", "GET /api/v1/plans/{id}/results", "Get scenarios' results", s.results)
	handle(s, api, "compare", "GET /api/v1/plans/{id}/compare", "Set scenarios side by side", s.compare)
	handle(s, api, "bridge", "GET /api/v1/plans/{id}/bridge", "Explain the difference between two scenarios by driver", s.bridge)
	handle(s, api, "capacity-gap", "GET /api/v1/plans/{id}/capacity/gap", "Tell where people are missing and what would close the gap", s.gap)
	handle(s, api, "sensitivity", "GET /api/v1/plans/{id}/sensitivity", "Tell how far a total swings with each of its drivers", s.sensitivity)
	handle(s, api, "effects", "GET /api/v1/plans/{id}/effects", "Tell what each initiative does to a total", s.effects)
	handle(s, api, "get-progress", "GET /api/v1/plans/{id}/progress", "Tell how the objectives stand, by the plan and by check-ins", s.progress)
	handle(s, api, "trace", "GET /api/v1/plans/{id}/trace", "Explain one number", s.trace)
	handle(s, api, "get-history", "GET /api/v1/plans/{id}/history", "List who changed what, newest first", s.history)
	handle(s, api, "get-file", "GET /api/v1/plans/{id}/file", "Get the plan as a plan file", s.file, answers("text/yaml"))
	handle(s, api, "get-report", "GET /api/v1/plans/{id}/report.pdf", "Get the plan's report", s.report, answers("application/pdf"))
	handle(s, api, "watch-plan", "GET /api/v1/plans/{id}/events", "Hear of each change as it happens", s.events, streams(api), waits)
	handle(s, api, "be-present", "POST /api/v1/plans/{id}/presence", "Tell where in the plan one is", s.bePresent, waits)

	handle(s, api, "get-positions", "GET /api/v1/plans/{id}/positions", "List the plan's positions and who holds them", s.positions)
	handle(s, api, "restore", "POST /api/v1/plans/{id}/restore", "Put back what a place held at an earlier revision", s.restore)
	handle(s, api, "compare-revisions", "GET /api/v1/plans/{id}/revisions", "Set two revisions beside each other", s.revisions)
	handle(s, api, "get-workflow", "GET /api/v1/plans/{id}/workflow", "Tell where the sections stand and what one may do", s.workflow)
	handle(s, api, "act", "POST /api/v1/plans/{id}/workflow", "Hand in, return, approve, reopen; propose and decide amendments", s.act)
	handle(s, api, "get-seal", "GET /api/v1/plans/{id}/seal", "Tell how the seal stands, or what keeps the plan from being sealed", s.sealState)
	handle(s, api, "seal", "POST /api/v1/plans/{id}/seal", "Seal the plan", s.seal)
	handle(s, api, "get-seal-file", "GET /api/v1/plans/{id}/seal.json", "Get the sealed bytes, whose SHA-256 is the hash", s.sealFile, answers("application/json"))
	handle(s, api, "get-amendments", "GET /api/v1/plans/{id}/amendments", "List the amendments and reconcile them with the seal", s.amendments)
}

// peopleRoutes are those about people and what they may do.
func (s *Server) peopleRoutes(api huma.API) {
	handle(s, api, "get-session", "GET /api/v1/session", "Tell who one is signed in as", s.getSession, open)
	handle(s, api, "sign-in", "POST /api/v1/session", "Sign in", s.signIn, open, waits)
	handle(s, api, "sign-out", "DELETE /api/v1/session", "Sign out", s.signOut, open)
	handle(s, api, "sign-out-everywhere", "DELETE /api/v1/sessions", "Sign out everywhere", s.signOutEverywhere, unset)
	handle(s, api, "set-up", "POST /api/v1/setup", "Make the first administrator, by the link that the server printed", s.setUp, open)
	handle(s, api, "change-password", "POST /api/v1/password", "Change one's password", s.changePassword, unset, waits)
	handle(s, api, "set-deputy", "PUT /api/v1/deputy", "Name who stands in for oneself", s.setDeputy)
	handle(s, api, "remove-deputy", "DELETE /api/v1/deputy", "Name nobody any more", s.removeDeputy)
	handle(s, api, "list-people", "GET /api/v1/people", "List the people and their roles", s.listPeople)
	handle(s, api, "add-person", "POST /api/v1/people", "Add a person", s.addPerson, created)
	handle(s, api, "change-person", "PATCH /api/v1/people/{person}", "Change a person's name or roles, disable or enable them", s.changePerson)
	handle(s, api, "reset-person", "POST /api/v1/people/{person}/reset", "Give a person a temporary password", s.resetPerson)
	handle(s, api, "get-people-log", "GET /api/v1/people-log", "List what was done to accounts, newest first", s.peopleLog)
	handle(s, api, "list-names", "GET /api/v1/names", "List the names of people", s.listNames)
	handle(s, api, "list-tokens", "GET /api/v1/tokens", "List one's keys for programs", s.listTokens)
	handle(s, api, "add-token", "POST /api/v1/tokens", "Make a key for programs", s.addToken, created)
	handle(s, api, "remove-token", "DELETE /api/v1/tokens/{token}", "Remove a key for programs", s.removeToken)
	handle(s, api, "get-rights", "GET /api/v1/rights", "Explain what each role may see and change", s.rightsTable)
	handle(s, api, "list-open", "GET /api/v1/open", "List what waits for oneself in all plans, and news", s.listOpen)
	handle(s, api, "mark-seen", "POST /api/v1/open/seen", "Mark a plan's news as seen", s.markSeen)
}

// apiConfig has huma take JSON alone and serve nothing of its own.
func apiConfig() huma.Config {
	config := huma.DefaultConfig("Centerplan", "1")
	config.Info.Description = "Annual plans and budgets of contact centers. Every error is a problem document (RFC 9457)."
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.CreateHooks = nil
	config.RejectUnknownQueryParameters = true
	config.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[patch.Op](), reflect.TypeFor[Operation]())
	return config
}

// nullable lists the members that hold a thing or null. huma cannot say so of
// a reference.
var nullable = map[string][]string{
	"PlanState": {"can_undo", "can_redo"}, "Steps": {"can_undo", "can_redo"}, "EditResult": {"can_undo", "can_redo"},
	"SessionState": {"person"}, "PersonInfo": {"deputy"}, "AccountInfo": {"deputy"}, "AccessInfo": {"sealed"},
	"ResultProgress": {"planned", "measured"}, "SealState": {"sealed", "verdict"}, "SealVerdict": {"first"},
	"SectionState": {"handed_in", "returned"}, "AmendmentState": {"proposed", "closed"},
	"ChangeEvent": {"can_undo", "can_redo", "access"}, "Cell": {"error"},
	"Bridge": {"error"}, "Sensitivity": {"error"}, "Moved": {"error"}, "TraceStep": {"error", "set_by"}, "TraceChange": {"set_by"},
}

// describe returns the OpenAPI document, indented so that its file shows
// changes line by line.
func describe(api huma.API) []byte {
	schemas := api.OpenAPI().Components.Schemas.Map()
	for name, members := range nullable {
		for _, member := range members {
			properties := schemas[name].Properties
			properties[member] = &huma.Schema{AnyOf: []*huma.Schema{properties[member], {Type: "null"}}}
		}
	}
	text, err := json.MarshalIndent(api.OpenAPI(), "", "  ")
	if err != nil {
		panic(err) // the document is made of our own types
	}
	return append(text, '\n')
}

// handle registers an operation. Its handler's errors become problem
// documents.
func handle[I, O any](s *Server, api huma.API, id, route, summary string,
	handler func(context.Context, *I) (*O, error), change ...func(*huma.Operation),
) {
	method, path := cutRoute(route)
	operation := huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, MaxBodyBytes: -1, // Fiber limits bodies
		Errors: []int{
			http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict,
			http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity,
			http.StatusInternalServerError, http.StatusServiceUnavailable, http.StatusInsufficientStorage,
		},
	}
	for _, apply := range change {
		apply(&operation)
	}
	operation.Middlewares = append(operation.Middlewares, rememberPlace)
	huma.Register(api, operation, func(ctx context.Context, in *I) (*O, error) {
		var out *O
		err := admit(ctx, &operation)
		if err == nil {
			out, err = handler(ctx, in)
		}
		if err != nil {
			at, _ := ctx.Value(placeKey{}).(place)
			return nil, s.failureOf(at, err)
		}
		return out, nil
	})
}

func cutRoute(route string) (method, path string) {
	for i := range route {
		if route[i] == ' ' {
			return route[:i], route[i+1:]
		}
	}
	panic("a route is a method and a path: " + route)
}

type placeKey struct{}

// rememberPlace notes what is asked for, for the log.
func rememberPlace(ctx huma.Context, next func(huma.Context)) {
	next(huma.WithValue(ctx, placeKey{}, placeOf(fiberOf(ctx))))
}

// created is for operations that make something.
func created(o *huma.Operation) { o.DefaultStatus = http.StatusCreated }

// waits is for operations that may say to try again later.
func waits(o *huma.Operation) { o.Errors = append(o.Errors, http.StatusTooManyRequests) }

// cached is for operations that say when nothing changed.
func cached(o *huma.Operation) {
	o.Responses = map[string]*huma.Response{"304": {Description: http.StatusText(http.StatusNotModified)}}
}

// answers is for operations that answer with something other than JSON.
func answers(mediaType string) func(*huma.Operation) {
	return func(o *huma.Operation) {
		o.Responses = map[string]*huma.Response{"200": {
			Description: http.StatusText(http.StatusOK),
			Content: map[string]*huma.MediaType{
				mediaType: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
			},
		}}
	}
}
