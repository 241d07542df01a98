package web_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"centerplan/planning/document"
	"centerplan/planning/rights"
)

// What these starters keep from people is looked for in everything that those
// people are answered: no list of places, just the numbers.

// A hunt looks for what one person may not know in what they are told.
type hunt struct {
	*visitor
	chief *visitor
	base  string
	// sought has numbers as they may be written, with where they come from.
	sought map[string]string
	lines  []string
	codes  []string // of scenarios
	// members are the codes of members by that of their dimension.
	members map[string][]string
}

var number = regexp.MustCompile(`\d[0-9,]*(\.\d+)?(e[+-]?\d+)?`)

// fewestDigits is how many digits a number has at least that nobody meets by
// chance.
const fewestDigits = 5

// spellings are the ways in which a number may be written: in full, to some
// digits, and with separators.
func spellings(x float64) []string {
	x = math.Abs(x)
	exact, _ := json.Marshal(x)
	all := []string{string(exact)}
	for decimals := range 3 {
		all = append(all, strconv.FormatFloat(x, 'f', decimals, 64), printed(x, decimals))
	}
	return slices.DeleteFunc(all, func(text string) bool { return digits(text) < fewestDigits })
}

// printed writes a number as reports do.
func printed(x float64, decimals int) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(x, 'f', decimals, 64), ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return whole
}

// pair is how two numbers beside each other are known in a printed table, in
// which each alone is too short to tell it from others.
func pair(a, b string) string { return a + "|" + b }

// pairsOf lists the pairs of neighbours in the series of a line and in their sum,
// as tables print them in units, thousands, ten thousands and millions.
func pairsOf(values document.Node, with func(string)) {
	all := seriesOf(nil, values)
	for _, series := range append(all, sum(all)) {
		for i := range len(series) - 1 {
			for _, scale := range []float64{1, 1e3, 1e4, 1e6} {
				a, b := printed(series[i]/scale, 0), printed(series[i+1]/scale, 0)
				if a != b && digits(a)+digits(b) > fewestDigits+1 {
					with(pair(a, b))
				}
			}
		}
	}
}

// seriesOf returns each list of numbers in the values of a sheet's line.
func seriesOf(all [][]float64, values document.Node) [][]float64 {
	switch values := values.(type) {
	case document.Object:
		for _, name := range slices.Sorted(maps(values)) {
			all = seriesOf(all, values[name])
		}
	case []document.Node:
		var series []float64
		for _, element := range values {
			x, ok := element.(float64)
			if !ok {
				return append(all, series)
			}
			series = append(series, x)
		}
		all = append(all, series)
	}
	return all
}

func sum(all [][]float64) (total []float64) {
	for _, series := range all {
		for i, x := range series {
			if i == len(total) {
				total = append(total, 0)
			}
			total[i] += x
		}
	}
	return total
}

// digits counts the digits that say something: none of zeros around them.
func digits(text string) int {
	text, _, _ = strings.Cut(text, "e")
	return len(strings.Trim(strings.NewReplacer(",", "", ".", "").Replace(text), "0"))
}

// numbersIn calls with every number of a JSON value.
func numbersIn(node document.Node, with func(float64)) {
	switch node := node.(type) {
	case float64:
		with(node)
	case []document.Node:
		for _, element := range node {
			numbersIn(element, with)
		}
	case document.Object:
		for _, member := range node {
			numbersIn(member, with)
		}
	}
}

// words are the codes in a list of a JSON answer.
func words(node document.Node) (all []string) {
	list, _ := node.([]document.Node)
	for _, element := range list {
		text, _ := element.(string)
		all = append(all, text)
	}
	return all
}

// newHunt learns by the chief's eyes what the visitor may not know.
func newHunt(t testing.TB, v, chief *visitor, plan string) *hunt {
	t.Helper()
	h := &hunt{visitor: v, chief: chief, base: "/api/v1/plans/" + plan, sought: map[string]string{}}
	state := read(t, v.get(h.base), http.StatusOK)
	withheld, hidden := words(at(t, state, "access", "withheld")), words(at(t, state, "access", "hidden"))
	if len(withheld) < 2 || len(hidden) < 2 {
		t.Fatalf("nothing is kept from %s: %v, %v", v.id, withheld, hidden)
	}
	whole := at(t, read(t, chief.get(h.base), http.StatusOK), "document")
	scenarios, _ := at(t, whole, "scenarios").(document.Object)
	query := url.Values{}
	for _, scenario := range scenarios {
		code, _ := at(t, scenario, "code").(string)
		h.codes = append(h.codes, code)
		query.Add("scenario", code)
	}
	slices.Sort(h.codes)
	open := map[string]bool{}
	for _, by := range []string{"month", "quarter", "year"} {
		query.Set("by", by)
		for _, sheet := range at(t, read(t, chief.get(h.base+"/results?"+query.Encode()), http.StatusOK), "results").([]document.Node) {
			lines, _ := at(t, sheet, "lines").(document.Object)
			for code, line := range lines {
				pairsOf(at(t, line, "values"), func(text string) {
					if slices.Contains(withheld, code) {
						h.sought[text] = code
					} else {
						open[text] = true
					}
				})
				numbersIn(line, func(x float64) {
					for _, text := range spellings(x) {
						if slices.Contains(withheld, code) {
							h.sought[text] = code
						} else {
							open[text] = true
						}
					}
				})
			}
			h.lines = slices.Sorted(maps(lines))
		}
	}
	lines, _ := at(t, whole, "budget", "lines").(document.Object)
	for _, line := range lines {
		code, _ := at(t, line, "code").(string)
		numbersIn(at(t, line, "values"), func(x float64) {
			for _, text := range spellings(x) {
				if slices.Contains(hidden, code) {
					h.sought[text] = code + "'s values"
				} else {
					open[text] = true
				}
			}
		})
	}
	for text := range open {
		delete(h.sought, text) // it is told by something that is open
	}
	// The chief is told all of them, so what is sought can be found.
	found := []string{"", "/results", "/file", "/history"}
	if len(withheld) > 10 { // so that some of them are printed
		found = append(found, "/report.pdf?lang=en")
	}
	for _, path := range found {
		if _, text := chief.text("GET", h.base+path, nil); h.tells(text) == "" {
			t.Errorf("none of %d numbers is found in %s", len(h.sought), path)
		}
	}
	return h
}

// maps walks the names of an object.
func maps(o document.Object) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range o {
			if !yield(name) {
				return
			}
		}
	}
}

// tells returns the first number in a text that is sought, and where it stands.
func (h *hunt) tells(text string) (leak string) {
	for _, span := range number.FindAllStringIndex(text, -1) {
		found := text[span[0]:span[1]]
		if of, secret := h.sought[found]; secret {
			return fmt.Sprintf("%s of %s: …%s…", found, of, text[max(0, span[0]-80):min(len(text), span[1]+40)])
		}
	}
	cells := strings.Split(text, `"},{"text":"`)
	for i := range len(cells) - 1 {
		a, b := cells[i], cells[i+1]
		a = a[strings.LastIndexByte(a, '"')+1:]
		b, _, _ = strings.Cut(b, `"`)
		if of, secret := h.sought[pair(a, b)]; secret {
			return fmt.Sprintf("%s, %s of %s", a, b, of)
		}
	}
	return ""
}

// search fails if a text tells a number that is sought.
func (h *hunt) search(t testing.TB, where, text string) {
	t.Helper()
	if leak := h.tells(text); leak != "" {
		t.Errorf("%s %s tells %s", h.id, where, leak)
	}
}

// look searches the answer to one request.
func (h *hunt) look(t testing.TB, method, path string, body any) (status int, text string) {
	t.Helper()
	status, text = h.text(method, h.base+path, body)
	if status >= http.StatusInternalServerError {
		t.Errorf("%s %s: %d %s", h.id, path, status, text)
	}
	h.search(t, method+" "+path, text)
	return status, text
}

// looksAround searches the answers of all routes.
func (h *hunt) looksAround(t testing.TB, random *rand.Rand, traces int) {
	t.Helper()
	all := url.Values{"scenario": h.codes}.Encode()
	with := url.Values{"with": h.codes}.Encode()
	for _, path := range []string{
		"", "/results?" + all, "/results?by=quarter&" + all, "/results?by=year&" + all, "/compare?" + with, "/history?limit=200", "/file",
		"/workflow", "/seal", "/amendments", "/seal.json", "/progress",
	} {
		h.look(t, "GET", path, nil)
	}
	newest := int(at(t, read(t, h.get(h.base), http.StatusOK), "rev").(float64))
	for rev := range newest {
		h.look(t, "GET", fmt.Sprint("?rev=", rev+1), nil)
		h.look(t, "GET", fmt.Sprint("/results?rev=", rev+1, "&", all), nil)
		h.look(t, "GET", fmt.Sprint("/revisions?from=1&to=", rev+1), nil)
	}
	for _, code := range []string{"base", h.codes[random.IntN(len(h.codes))]} {
		for _, language := range []string{"zh", "en"} {
			if status, text := h.look(t, "GET", "/report.pdf?lang="+language+"&scenario="+code, nil); status != http.StatusOK {
				t.Errorf("the report: %d %s", status, text)
			}
		}
	}
	for _, path := range []string{"/api/v1/open", "/api/v1/plans", "/api/v1/names"} {
		_, text := h.text("GET", path, nil)
		h.search(t, path, text)
	}
	sheets := at(t, read(t, h.chief.get(h.base+"/results?by=year"), http.StatusOK), "results", 0)
	for range traces {
		line := h.lines[random.IntN(len(h.lines))]
		query := url.Values{
			"line": {line}, "month": {fmt.Sprintf("2027-%02d", 1+random.IntN(12))}, "scenario": {h.codes[random.IntN(len(h.codes))]},
			"member": drawMembers(t, random, h, at(t, sheets, "lines", line, "by")),
		}
		if status, text := h.look(t, "GET", "/trace?"+query.Encode(), nil); status != http.StatusOK && !strings.Contains(text, "rights.withheld") {
			t.Errorf("no trace: %d %s", status, text)
		}
	}
}

// drawMembers draws one member of each dimension.
func drawMembers(t testing.TB, random *rand.Rand, h *hunt, by document.Node) (codes []string) {
	t.Helper()
	if h.members == nil {
		h.members = map[string][]string{}
		dimensions, _ := at(t, read(t, h.chief.get(h.base), http.StatusOK), "document", "budget", "dimensions").(document.Object)
		for _, dimension := range dimensions {
			code, _ := at(t, dimension, "code").(string)
			members, _ := at(t, dimension, "members").(document.Object)
			for _, member := range members {
				word, _ := at(t, member, "code").(string)
				h.members[code] = append(h.members[code], word)
			}
			slices.Sort(h.members[code])
		}
	}
	for _, code := range words(by) {
		members := h.members[code]
		codes = append(codes, members[random.IntN(len(members))])
	}
	return codes
}

// pointersOf lists every place of a document.
func pointersOf(all []string, pointer string, node document.Node) []string {
	all = append(all, pointer)
	if object, ok := node.(document.Object); ok {
		for name, member := range object {
			all = pointersOf(all, document.Pointer(pointer, name), member)
		}
	}
	return all
}

// triesPatches draws patches of any place and searches the answers.
func (h *hunt) triesPatches(t testing.TB, random *rand.Rand, tries int) {
	t.Helper()
	whole := at(t, read(t, h.chief.get(h.base), http.StatusOK), "document")
	places := pointersOf(nil, "", whole)
	slices.Sort(places)
	values := []any{0, 1, -1e9, "x", true, nil, object{}, []any{}, object{"code": "x"}, "sum(total_cost)", "2027-01"}
	for n := range tries {
		op := object{"op": []string{"test", "add", "replace", "remove"}[random.IntN(4)], "path": places[random.IntN(len(places))]}
		if op["op"] != "remove" {
			op["value"] = values[random.IntN(len(values))]
		}
		comment := object{"op": "add", "path": fmt.Sprint("/comments/", h.id, n), "value": about("/scenarios/base", "x")}
		h.look(t, "PATCH", "", object{"op_id": fmt.Sprint(h.id, n), "patch": []object{op, comment}})
	}
	for _, act := range []string{"/undo", "/redo"} {
		h.look(t, "POST", act, object{"op_id": h.id + act})
	}
	for rev := range 6 {
		h.look(t, "POST", "/undo", object{"op_id": fmt.Sprint(h.id, "rev", rev), "rev": rev + 1})
		place := places[random.IntN(len(places))]
		h.look(t, "POST", "/restore", object{"op_id": fmt.Sprint(h.id, "back", rev), "rev": rev + 1, "pointer": place})
	}
}

func TestNothingOfTheStartersThatIsKeptLeaksAnywhere(t *testing.T) {
	for _, starter := range []struct{ name, center string }{
		{"telecom", "Telecom service center"}, {"twocity", "Two-city service center"},
	} {
		t.Run(starter.name, func(t *testing.T) {
			seed := rand.Uint64()
			t.Logf("seed %d", seed)
			random := rand.New(rand.NewPCG(seed, 4))
			s := newStaffed(t)
			chief := s.visit(t, "chief")
			plan, _ := at(t, read(t, chief.send("POST", "/api/v1/plans", object{"template": starter.name}), http.StatusCreated), "id").(string)
			for id, grant := range map[string]rights.Grant{
				"seer": {Role: rights.Viewer}, "keeper": {Role: rights.Administrator},
				"leader": {Role: rights.Lead, Position: "operations", Members: []string{"voice", "coast"}},
			} {
				grant.Center = starter.center
				s.add(t, id, []rights.Grant{grant})
			}
			heard := s.raises(t, plan, "seer", "keeper", "leader")
			for _, id := range []string{"seer", "keeper", "leader"} {
				h := newHunt(t, s.visit(t, id), chief, plan)
				h.search(t, "an event", heard[id])
				h.looksAround(t, random, 60)
				h.triesPatches(t, random, 60)
			}
		})
	}
}

// raises has the chief change hidden values, so that there is a history to look
// into, and returns what people hear of it on their streams.
func (s *staffed) raises(t *testing.T, plan string, listeners ...string) map[string]string {
	t.Helper()
	address, chief := s.listening(t), s.visit(t, "chief")
	streams := map[string]<-chan string{}
	for _, id := range listeners {
		s.visit(t, id).text("GET", "/api/v1/plans/"+plan+"/results", nil) // so that results are told
		lines, stop := s.stream(t, address, s.visit(t, id), plan)
		t.Cleanup(stop)
		streams[id] = lines
	}
	whole := at(t, read(t, chief.get("/api/v1/plans/"+plan), http.StatusOK), "document")
	lines, _ := at(t, whole, "budget", "lines").(document.Object)
	edits := 0
	for _, id := range slices.Sorted(maps(lines)) {
		line, _ := lines[id].(document.Object)
		if line["sensitive"] != true || line["values"] == nil {
			continue
		}
		places := slices.DeleteFunc(pointersOf(nil, document.Pointer("/budget/lines", id, "values"), line["values"]), func(pointer string) bool {
			return !strings.Contains(pointer, "2027-")
		})
		edits++
		read(t, chief.send("PATCH", "/api/v1/plans/"+plan, object{"op_id": fmt.Sprint("raise", edits), "why": "raise", "patch": []object{
			{"op": "replace", "path": slices.Min(places), "value": 12345.678 * float64(edits)},
		}}), http.StatusOK)
	}
	heard := map[string]string{}
	for id, lines := range streams {
		for changes := 0; changes < edits; {
			line, ok := <-lines
			if !ok {
				t.Fatalf("%s hears no more after %d of %d edits", id, changes, edits)
			}
			heard[id] += line + "\n"
			if strings.HasPrefix(line, "data: {\"rev\"") && strings.Contains(line, "op_id") {
				changes++
			}
		}
	}
	return heard
}
