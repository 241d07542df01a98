package web

import (
	"context"

	"centerplan/budget/formula"
	"centerplan/planning/document"
)

// A Reference is the formula language: its function table, its signs and
// names, and the names no line may have.
type Reference struct {
	// Functions and Words stand in the order help shows them.
	Functions []FunctionInfo `json:"functions"`
	Words     []WordInfo     `json:"words"`
	Reserved  []string       `json:"reserved"`
}

// A FunctionInfo is one entry of the function table.
type FunctionInfo struct {
	Name string `json:"name"`
	// Group is the heading it stands under.
	Group     string      `json:"group"`
	Signature string      `json:"signature"`
	Params    []ParamInfo `json:"params"`
	// Repeats says that the last parameter may come any number of times.
	Repeats  bool          `json:"repeats"`
	Unit     string        `json:"unit" doc:"the result's unit: a unit, ratio for a plain number, same for that of the parameters, empty where it depends"`
	Doc      document.Text `json:"doc"`
	Examples []ExampleInfo `json:"examples"`
}

// A ParamInfo is one parameter of a function.
type ParamInfo struct {
	Name     string   `json:"name"`
	Kind     string   `json:"kind" enum:"number,month,dimension,option,policy,price_table,contribution_table,contribution_item,hiring_plan,initiative" doc:"the last six are codes of parts of the model, in quotes"`
	Unit     string   `json:"unit" doc:"of a number: as the function's unit, empty for any"`
	Optional bool     `json:"optional"`
	Options  []string `json:"options" doc:"the words an option may be"`
}

// A WordInfo is a sign or a name of the language that is no function.
type WordInfo struct {
	Texts    []string      `json:"texts" doc:"the ways to write it"`
	Group    string        `json:"group"`
	Doc      document.Text `json:"doc"`
	Examples []ExampleInfo `json:"examples"`
}

// An ExampleInfo is a formula and what it gives in the help's small plan.
type ExampleInfo struct {
	Formula string  `json:"formula"`
	Month   string  `json:"month"`
	Value   float64 `json:"value"`
}

// NewReference returns the formula language as help, completion and the
// command line tell it.
func NewReference() Reference {
	r := Reference{Functions: []FunctionInfo{}, Words: []WordInfo{}, Reserved: formula.Reserved()}
	for _, f := range formula.Functions() {
		r.Functions = append(r.Functions, functionInfo(f))
	}
	for _, w := range formula.Words() {
		r.Words = append(r.Words, WordInfo{Texts: w.Texts, Group: w.Group, Doc: w.Doc, Examples: exampleInfos(w.Examples)})
	}
	return r
}

func functionInfo(f formula.Function) FunctionInfo {
	info := FunctionInfo{
		Name: f.Name, Group: f.Group, Signature: f.Signature(), Params: []ParamInfo{}, Repeats: f.Repeats,
		Unit: f.Unit, Doc: f.Doc, Examples: exampleInfos(f.Examples),
	}
	for _, p := range f.Params {
		info.Params = append(info.Params, ParamInfo{
			Name: p.Name, Kind: p.Kind.String(), Unit: p.Unit, Optional: p.Optional,
			Options: append([]string{}, p.Options...),
		})
	}
	return info
}

func exampleInfos(examples []formula.Example) []ExampleInfo {
	infos := []ExampleInfo{}
	for _, e := range examples {
		infos = append(infos, ExampleInfo{Formula: e.Formula, Month: e.Month, Value: e.Want})
	}
	return infos
}

func (s *Server) functions(context.Context, *struct{}) (*one[Reference], error) {
	return &one[Reference]{NewReference()}, nil
}
