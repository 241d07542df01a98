package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"centerplan/budget/formula"
	"centerplan/planning/document"
	"centerplan/templates/locale"
	"centerplan/web"
)

type functionsFlags struct {
	group  string
	format string
}

func (c *console) functions() *cobra.Command {
	var flags functionsFlags
	cmd := &cobra.Command{
		Use:   "functions [NAME]",
		Short: c.say("cli.help.functions"),
		Args:  cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.runFunctions(args, flags)
		},
	}
	cmd.Flags().StringVar(&flags.group, "group", "", c.say("cli.help.group"))
	cmd.Flags().StringVar(&flags.format, "format", "text", c.say("cli.help.format_text"))
	return cmd
}

func (c *console) runFunctions(args []string, flags functionsFlags) error {
	if err := oneOf("--format", flags.format, "text", "json"); err != nil {
		return err
	}
	reference := web.NewReference()
	groups := groupsOf(reference)
	if flags.group != "" {
		if err := oneOf("--group", flags.group, groups...); err != nil {
			return err
		}
		groups = []string{flags.group}
	}
	if len(args) == 1 {
		if err := pick(&reference, args[0]); err != nil {
			return err
		}
	}
	keep(&reference, groups)
	if flags.format == "json" {
		return c.writeJSON(reference)
	}
	c.writeReference(reference, groups, len(args) == 0 && flags.group == "")
	return nil
}

// groupsOf lists the headings in order, those of functions first.
func groupsOf(r web.Reference) []string {
	var groups []string
	for _, f := range r.Functions {
		groups = append(groups, f.Group)
	}
	for _, w := range r.Words {
		groups = append(groups, w.Group)
	}
	var once []string
	for _, group := range groups {
		if !slices.Contains(once, group) {
			once = append(once, group)
		}
	}
	return once
}

// pick leaves in the reference what has the name. A name nothing has is a
// problem that suggests the nearest.
func pick(r *web.Reference, name string) error {
	r.Words = slices.DeleteFunc(r.Words, func(w web.WordInfo) bool { return !slices.Contains(w.Texts, name) })
	if len(r.Words) > 0 {
		r.Functions = []web.FunctionInfo{}
		return nil
	}
	f, err := formula.Lookup(strings.TrimSuffix(name, "()"))
	if err != nil {
		return err
	}
	r.Functions = slices.DeleteFunc(r.Functions, func(info web.FunctionInfo) bool { return info.Name != f.Name })
	return nil
}

// keep leaves in the reference what stands under one of the headings.
func keep(r *web.Reference, groups []string) {
	r.Functions = slices.DeleteFunc(r.Functions, func(f web.FunctionInfo) bool { return !slices.Contains(groups, f.Group) })
	r.Words = slices.DeleteFunc(r.Words, func(w web.WordInfo) bool { return !slices.Contains(groups, w.Group) })
}

// writeReference writes each heading with what stands under it; a whole
// reference begins with how formulas work and ends with the reserved names.
func (c *console) writeReference(r web.Reference, groups []string, whole bool) {
	if whole {
		fmt.Fprintln(c.out, c.say("cli.functions_lead")+"\n"+c.say("functions.examples_plan"))
	}
	for _, group := range groups {
		var entries []string
		for _, f := range r.Functions {
			if f.Group == group {
				entries = append(entries, c.functionText(f))
			}
		}
		for _, w := range r.Words {
			if w.Group == group {
				entries = append(entries, strings.Join(w.Texts, "   ")+"\n"+c.bodyText(w.Doc, nil, w.Examples))
			}
		}
		if len(entries) > 0 {
			heading := c.say("functions.group." + group)
			fmt.Fprintf(c.out, "\n## %s (%s)\n\n%s", heading, group, strings.Join(entries, "\n"))
		}
	}
	if whole {
		fmt.Fprintf(c.out, "\n## %s\n\n%s\n    %s\n", c.say("functions.reserved"), c.say("functions.reserved_text"), strings.Join(r.Reserved, " "))
	}
}

// functionText writes one function: signature and unit, sentence, parameters,
// examples.
func (c *console) functionText(f web.FunctionInfo) string {
	head := f.Signature
	if f.Unit != "" {
		head += " → " + c.unitText(f.Unit)
	}
	var params []string
	for _, p := range f.Params {
		params = append(params, c.paramText(p))
	}
	return head + "\n" + c.bodyText(f.Doc, params, f.Examples)
}

func (c *console) bodyText(doc document.Text, params []string, examples []web.ExampleInfo) string {
	var text strings.Builder
	sentence, _ := doc.In(c.lang)
	text.WriteString("    " + sentence + "\n")
	for _, param := range params {
		text.WriteString("    - " + param + "\n")
	}
	for _, e := range examples {
		fmt.Fprintf(&text, "    > %s  →  %s  (%s)\n", e.Formula, exact(&e.Value), e.Month)
	}
	return text.String()
}

// paramText says what a parameter takes.
func (c *console) paramText(p web.ParamInfo) string {
	text := p.Name + ": "
	switch {
	case p.Kind == "option":
		text += `"` + strings.Join(p.Options, `" | "`) + `"`
	case p.Unit == "same":
		text += c.say("functions.takes.same")
	case p.Kind == "number" && p.Unit != "":
		text += c.unitText(p.Unit)
	default:
		text += c.say("functions.takes." + p.Kind)
	}
	if p.Optional {
		text += c.say("functions.optional")
	}
	return text
}

// unitText writes a unit of the function table in words.
func (c *console) unitText(unit string) string {
	if unit == "same" || unit == "ratio" {
		return c.say("functions.unit." + unit)
	}
	return locale.Unit(c.lang, unit)
}
