package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"centerplan/budget/capacity"
	"centerplan/planning"
	"centerplan/planning/document"
	"centerplan/planning/patch"
	"centerplan/planning/planfile"
	"centerplan/planning/problem"
	"centerplan/planning/seal"
	"centerplan/store"
	"centerplan/templates/locale"
	"centerplan/templates/report"
)

// sealFlags say which seal a plan is held against.
type sealFlags struct{ path, hash string }

func (flags *sealFlags) add(cmd *cobra.Command, c *console) {
	cmd.Flags().StringVar(&flags.path, "seal", "", c.say("cli.help.seal_file"))
	cmd.Flags().StringVar(&flags.hash, "hash", "", c.say("cli.help.hash"))
}

// verifyFile verifies a plan file against its seal, or a sealed file alone.
// What is examined is told by the name: plan files are YAML, seals JSON.
func (c *console) verifyFile(cmd *cobra.Command, path string, flags sealFlags) error {
	if cmd.Flags().Changed("data") {
		return verifyEither()
	}
	if strings.HasSuffix(path, ".json") {
		if flags.path != "" {
			return verifyEither()
		}
		flags.path = path
		_, err := c.verifySeal(flags, file{path: path})
		return err
	}
	f, err := c.open(path)
	if err != nil {
		return err
	}
	flags.path = cmp.Or(flags.path, sealPath(path))
	if mark := f.plan.Workflow.Seal; mark != nil {
		flags.hash = cmp.Or(flags.hash, mark.Hash)
	}
	sealed, verdict := c.verifySeal(flags, f)
	if sealed.Bytes == nil {
		return verdict
	}
	if sealed.Plan.ID != f.plan.ID {
		return otherPlan(sealed, f.plan)
	}
	if err := c.verifyPlan(f, sealed); err != nil {
		return err
	}
	return verdict
}

// verifyEither refuses arguments that belong to the other thing to verify.
func verifyEither() error {
	return problem.Problem{Kind: problem.Invalid, Key: "cli.verify_either"}
}

func otherPlan(sealed seal.Sealed, plan planning.Plan) error {
	return problem.Problem{Kind: problem.Invalid, Key: "seal.other_plan", Args: problem.Args{
		"sealed": string(sealed.Plan.ID), "plan": string(plan.ID),
	}}
}

// verifySeal gives the two verdicts on sealed bytes. It returns what they hold,
// the zero Sealed if that cannot be read. Differences are placed in the file.
func (c *console) verifySeal(flags sealFlags, f file) (seal.Sealed, error) {
	text, err := os.ReadFile(flags.path)
	if err != nil {
		return seal.Sealed{}, readProblem(flags.path, err)
	}
	good := c.tellVerdict(seal.Verify(text, flags.hash, engine, capacity.NewSizer()), f, flags.path)
	sealed, err := seal.Open(text)
	if err != nil || !good {
		return sealed, errSaid
	}
	return sealed, nil
}

// tellVerdict writes the two verdicts on a seal and reports whether both are
// good. Differences are placed in the file, what is wrong with the bytes at the
// path.
func (c *console) tellVerdict(v seal.Verdict, f file, path string) (good bool) {
	args := problem.Args{
		"hash": v.Hash, "short": seal.Short(v.Hash), "want": v.WantHash, "sealed_by": v.SealedBy, "engine": v.CheckedBy,
	}
	good = v.Recalculated
	switch {
	case v.BytesSame:
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.seal_bytes_same", args))
	case v.WantHash == "":
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.seal_bytes_unknown", args))
	default:
		good = false
		fmt.Fprintln(c.err, locale.Message(c.lang, "cli.seal_bytes_other", args))
	}
	switch {
	case v.Recalculated:
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.seal_numbers_same", args))
	case v.First != nil:
		c.list(f, problem.List{v.First.Problem(v.SealedBy, engine)})
		fmt.Fprintln(c.err, locale.Message(c.lang, "cli.seal_numbers_other", args))
	default:
		c.list(file{path: path}, v.Problems)
		fmt.Fprintln(c.err, locale.Message(c.lang, "cli.seal_numbers_none", args))
	}
	return good
}

// verifyStored gives the two verdicts on the seal of a plan in a data file that
// is otherwise sound. The hash it must have is what the plan's document says.
func (c *console) verifyStored(ctx context.Context, data store.Store, id store.PlanID) (good bool, err error) {
	stored, ok, err := data.Sealed(ctx, id)
	if err != nil || !ok {
		return true, err
	}
	loaded, err := data.Load(ctx, id)
	if err != nil {
		return false, err
	}
	doc := loaded.Document
	for _, entry := range loaded.Entries {
		if doc, _, err = patch.Apply(doc, entry.Patch); err != nil {
			return false, err
		}
	}
	hash, _ := document.Get(doc, "workflow", "seal", "hash")
	want, _ := hash.(string)
	verdict := seal.Verify(stored.Bytes, cmp.Or(want, stored.Hash), engine, capacity.NewSizer())
	return c.tellVerdict(verdict, file{path: string(id)}, string(id)), nil
}

// verifyPlan says whether what the seal freezes stands unchanged in a plan
// file, and if not, where and which number is the first to differ.
func (c *console) verifyPlan(f file, sealed seal.Sealed) error {
	args := problem.Args{"path": f.path}
	frozen := sealed
	frozen.Document = asFile(sealed.Document)
	moved := frozen.Moved(asFile(f.source.Document))
	if len(moved) == 0 {
		fmt.Fprintln(c.out, locale.Message(c.lang, "cli.seal_plan_same", args))
		return nil
	}
	first, err := sealed.Against(f.plan, capacity.NewSizer())
	switch {
	case err != nil:
		moved = append(moved, problem.Of(err)...)
	case first != nil:
		p := first.Problem(sealed.Engine, engine)
		if p.Key = "cli.seal_number"; first.Month == "" {
			p.Key = "cli.seal_number_total"
		}
		moved = append(moved, p)
	}
	c.list(f, moved)
	fmt.Fprintln(c.err, locale.Message(c.lang, "cli.seal_plan_other", args))
	return errSaid
}

// asFile returns a document as a plan file has it, where ranks are no more than
// an order.
func asFile(doc document.Node) document.Node {
	source, err := planfile.Decode(planfile.Encode(doc))
	if err != nil {
		return doc
	}
	return source.Document
}

// printSealed makes the input of a report into that of the plan as it was
// sealed. It refuses a seal of another plan, or another one than the plan file
// names, and numbers that differ from the sealed ones.
func printSealed(f file, path string, input *report.Input) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return readProblem(path, err)
	}
	sealed, err := seal.Open(text)
	if err != nil {
		return err
	}
	if sealed.Plan.ID != f.plan.ID {
		return otherPlan(sealed, f.plan)
	}
	input.Seal = &report.SealMark{Hash: sealed.Hash, Short: seal.Short(sealed.Hash), Engine: sealed.Engine}
	if mark := f.plan.Workflow.Seal; mark != nil {
		if mark.Hash != sealed.Hash {
			return problem.Problem{Kind: problem.Conflict, Pointer: "/workflow/seal", Key: "seal.other_seal", Args: problem.Args{
				"want": seal.Short(mark.Hash), "got": seal.Short(sealed.Hash),
			}}
		}
		input.Seal.On, input.Seal.Who = mark.On, mark.Who
	}
	input.Plan, input.Problems, input.Rev = sealed.Plan, sealed.Plan.Check(sealed.Plan.Book()), int64(sealed.Rev)
	if len(input.Compare) == 0 {
		input.Compare = sealed.Scenarios
	}
	input.Outcome, err = sealed.Outcomes(engine, capacity.NewSizer())
	return err
}
