// Package seal freezes a plan: one revision of its document, the results of
// its sealed scenarios and the name of the engine that reckoned them, as
// canonical bytes under one SHA-256.
//
//	Make → Sealed.Bytes, Sealed.Hash → kept for ever
//	Open, Verify                     → are they the bytes, does the engine still find the numbers
//	Ready, Unmoved                   → what keeps a plan from being sealed, what may not change afterwards
//	Reconcile                        → sealed original + amendments = current budget
//
// Nothing here writes a seal again: what later versions read differently they
// convert on reading. DESIGN.md says what is under the hash, and how to check
// it without this program.
package seal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gowebpki/jcs"

	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/problem"
	"centerplan/scenarios"
)

// Version is the format version of sealed bytes.
const Version = 1

// A Sealed is a sealed plan as its bytes say it.
type Sealed struct {
	// Bytes are the canonical bytes, Hash their SHA-256 in 64 hexadecimal digits.
	Bytes []byte
	Hash  string
	// Document is the plan's document at the revision Rev, Plan what it reads as.
	// A plan file has revision 0.
	Document document.Node
	Plan     planning.Plan
	Rev      int
	// Engine names the program that reckoned the results.
	Engine string
	// Scenarios are those sealed, base first, and Results what each came to, in
	// the same order: by month, all lines. Their values are as JSON has them.
	Scenarios []scenarios.Code
	Results   []scenarios.Sheet
}

// An envelope is what the bytes hold.
type envelope struct {
	Version   int               `json:"centerplan_seal"`
	Plan      planning.ID       `json:"plan"`
	Revision  int               `json:"revision"`
	Engine    string            `json:"engine"`
	Scenarios []scenarios.Code  `json:"scenarios"`
	Document  document.Node     `json:"document"`
	Results   []scenarios.Sheet `json:"results"`
}

// Make seals a revision of a plan with the outcomes of the scenarios that
// Scenarios names. The same arguments give the same bytes. The error is that
// of a document that is no plan, or a problem of kind Invalid where the
// outcomes are not those of base and of whole lines of descent.
func Make(doc document.Node, rev int, outcomes []*scenarios.Outcome, engine string) (Sealed, error) {
	plan, err := planning.Read(doc)
	if err != nil {
		return Sealed{}, err
	}
	e := envelope{Version: Version, Plan: plan.ID, Revision: rev, Engine: engine, Document: doc}
	for _, outcome := range outcomes {
		sheet, err := outcome.Sheet(nil, scenarios.ByMonth)
		if err != nil {
			return Sealed{}, err
		}
		e.Scenarios = append(e.Scenarios, outcome.Scenario.Code)
		e.Results = append(e.Results, sheet)
	}
	want, err := Scenarios(plan, e.Scenarios)
	if err != nil {
		return Sealed{}, err
	}
	if !slices.Equal(want, e.Scenarios) {
		return Sealed{}, problem.Problem{Kind: problem.Invalid, Key: "seal.scenarios", Args: problem.Args{
			"got": listed(e.Scenarios), "want": listed(want),
		}}
	}
	canonical, err := canonical(e)
	if err != nil {
		return Sealed{}, err
	}
	return Open(canonical)
}

// Scenarios returns what is sealed with the scenarios of the codes: base, they
// themselves and those they descend from, base first and then in display
// order. No codes mean base alone. A code the plan does not have is a problem
// of kind NotFound.
func Scenarios(plan planning.Plan, codes []scenarios.Code) ([]scenarios.Code, error) {
	byID, book := map[string]scenarios.Scenario{}, plan.Scenarios
	for _, s := range book {
		byID[s.ID] = s
	}
	taken := map[scenarios.Code]bool{scenarios.Base: true}
	for _, code := range codes {
		i := slices.IndexFunc(book, func(s scenarios.Scenario) bool { return s.Code == code })
		if i < 0 {
			return nil, unknownScenario(plan, code)
		}
		for s := book[i]; ; s = byID[s.Parent] {
			taken[s.Code] = true
			if s.Parent == "" {
				break
			}
		}
	}
	sealed := []scenarios.Code{scenarios.Base}
	for _, s := range book {
		if taken[s.Code] && s.Code != scenarios.Base {
			sealed = append(sealed, s.Code)
		}
	}
	return sealed, nil
}

func unknownScenario(plan planning.Plan, code scenarios.Code) error {
	var known []scenarios.Code
	for _, s := range plan.Scenarios {
		known = append(known, s.Code)
	}
	return problem.Problem{Kind: problem.NotFound, Pointer: "/scenarios", Key: "scenarios.unknown", Args: problem.Args{
		"scenario": string(code), "known": listed(known),
	}}
}

func listed(codes []scenarios.Code) string {
	var texts []string
	for _, code := range codes {
		texts = append(texts, string(code))
	}
	return strings.Join(texts, ", ")
}

// canonical writes a value as RFC 8785 has it.
func canonical(value any) ([]byte, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("write the sealed plan: %w", err)
	}
	text, err = jcs.Transform(text)
	if err != nil {
		return nil, fmt.Errorf("write the sealed plan in canonical form: %w", err)
	}
	return text, nil
}

// Hash returns the SHA-256 of the bytes in 64 hexadecimal digits, as sha256sum
// prints it.
func Hash(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// shortLength is how many digits of a hash stand on paper.
const shortLength = 12

// Short returns the first twelve digits of a hash in groups of four, such as
// 3f2a-91bc-04de. A text that is shorter is returned as it is.
func Short(hash string) string {
	if len(hash) < shortLength {
		return hash
	}
	return hash[:4] + "-" + hash[4:8] + "-" + hash[8:shortLength]
}

// Matches reports whether a hash is the one meant: all its digits or the twelve
// of the short form, with or without dashes, in either case.
func Matches(hash, meant string) bool {
	meant = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(meant), "-", ""))
	return meant == hash || len(meant) == shortLength && strings.HasPrefix(hash, meant)
}

// Open reads sealed bytes. What is not a seal, not in canonical form or of a
// later version, and a document that is no plan, are problems of kind Invalid.
// Open does not say whether the bytes are those that were sealed: nobody but
// the keeper of the hash can.
func Open(text []byte) (Sealed, error) {
	var e envelope
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&e); err != nil {
		return Sealed{}, unreadable(text, err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return Sealed{}, unreadable(text, fmt.Errorf("something follows the seal: %w", err))
	}
	if e.Version != Version {
		return Sealed{}, invalid("seal.version", problem.Args{
			"got": strconv.Itoa(e.Version), "version": strconv.Itoa(Version),
		})
	}
	if own, err := jcs.Transform(text); err != nil || !bytes.Equal(own, text) {
		return Sealed{}, invalid("seal.not_canonical", nil)
	}
	plan, err := planning.Read(e.Document)
	if err != nil {
		return Sealed{}, err
	}
	s := Sealed{
		Bytes: text, Hash: Hash(text), Document: e.Document, Plan: plan, Rev: e.Revision,
		Engine: e.Engine, Scenarios: e.Scenarios, Results: e.Results,
	}
	return s, s.coherent(e)
}

// coherent refuses an envelope whose parts speak of different things.
func (s Sealed) coherent(e envelope) error {
	own, err := Scenarios(s.Plan, s.Scenarios)
	if err != nil {
		return err
	}
	var results []scenarios.Code
	for _, sheet := range s.Results {
		results = append(results, sheet.Scenario)
	}
	if e.Plan != s.Plan.ID || !slices.Equal(own, s.Scenarios) || !slices.Equal(results, s.Scenarios) {
		return invalid("seal.incoherent", nil)
	}
	return nil
}

// unreadable says that the bytes are no seal: another version's, whose members
// this one does not know, or nothing of ours.
func unreadable(text []byte, err error) error {
	var other struct {
		Version int `json:"centerplan_seal"`
	}
	if json.Unmarshal(text, &other) == nil && other.Version > Version {
		return invalid("seal.version", problem.Args{
			"got": strconv.Itoa(other.Version), "version": strconv.Itoa(Version),
		})
	}
	p := invalid("seal.unreadable", nil)
	p.Err = err
	return p
}

func invalid(key string, args problem.Args) problem.Problem {
	return problem.Problem{Kind: problem.Invalid, Key: key, Args: args}
}
