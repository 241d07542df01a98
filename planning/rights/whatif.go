package rights

import (
	"slices"

	"centerplan/budget/formula"
	"centerplan/planning/problem"
	"centerplan/scenarios"
)

// MayVary reports whether the person may be told what a line would come to were
// things otherwise than in any scenario. It is so if the line shows and neither
// it nor anything it rests on, however far, is hidden: the difference of two
// such numbers would be one of a hidden line, and a release covers the results
// there are, not those one could ask for.
func (s *Sight) MayVary(line string) bool {
	return s.Whole() || s.veil.Shown[line] && !s.secret()[line]
}

// restsOnHidden returns what finds the hidden lines and all that rest on them,
// once.
func (s *Sight) restsOnHidden(book *scenarios.Book) func() map[string]bool {
	return func() map[string]bool { return book.Dependencies().Downstream(s.hidden) }
}

// Bridge returns a bridge as the person may see it. The outcomes are those the
// person sees; whole makes the bridge as it is, and is asked for it only where
// nothing of it is kept. Of a line whose ends show alone the parts are withheld.
func (s *Sight) Bridge(from, to *scenarios.Outcome, line string, whole func() (scenarios.Bridge, error)) (scenarios.Bridge, error) {
	ends, err := scenarios.Ends(from, to, line)
	switch {
	case err != nil:
		return scenarios.Bridge{}, err
	case !s.MayVary(line):
		return ends.Withheld(), nil
	case ends.Error != nil:
		return ends, nil
	}
	return whole()
}

// Effects returns effects of initiatives as the person may see them: whole tells
// them as they are. An effect on a line of which the person may not be told what
// it would come to otherwise is withheld.
func (s *Sight) Effects(seen *scenarios.Outcome, line string, whole func() (scenarios.Effects, error)) (scenarios.Effects, error) {
	if _, err := scenarios.NoEffects(seen, line); err != nil {
		return scenarios.Effects{}, err
	}
	found, err := whole()
	if err != nil {
		return scenarios.Effects{}, err
	}
	return found.Withheld(s.MayVary), nil
}

// Sensitivity returns a sensitivity as the person may see it, in the way of
// Bridge. A hidden or withheld driver that is asked for is Forbidden.
func (s *Sight) Sensitivity(seen *scenarios.Outcome, ask scenarios.SensitivityAsk,
	whole func() (scenarios.Sensitivity, error),
) (scenarios.Sensitivity, error) {
	unmoved, err := scenarios.Unmoved(seen, ask)
	if err != nil {
		return scenarios.Sensitivity{}, err
	}
	kept := func(code string) bool {
		_, known := seen.Model.ByCode(code)
		return known && !s.Whole() && (s.veil.Closed[code] || !s.veil.Shown[code])
	}
	if i := slices.IndexFunc(ask.Drivers, kept); i >= 0 {
		return scenarios.Sensitivity{}, problem.Problem{
			Kind: problem.Forbidden, Key: formula.Withheld, Args: problem.Args{"line": ask.Drivers[i]},
		}
	}
	switch {
	case !s.MayVary(ask.Line):
		return unmoved.Withheld(), nil
	case unmoved.Error != nil:
		return unmoved, nil
	}
	return whole()
}

// Gap returns a gap as the person may see it. Of a hiring plan, or a line of
// people needed, that reads anything they may not vary it is Forbidden; whole
// makes it otherwise. Where they may not vary the line of the cost, the options
// have no prices.
func (s *Sight) Gap(ask scenarios.GapAsk, whole func() (scenarios.Gap, error)) (scenarios.Gap, error) {
	for _, line := range ask.Reads(s.plan.Budget) {
		if _, known := s.plan.Budget.ByCode(line); known && !s.MayVary(line) {
			return scenarios.Gap{}, problem.Problem{Kind: problem.Forbidden, Key: formula.Withheld, Args: problem.Args{"line": line}}
		}
	}
	gap, err := whole()
	if err != nil || ask.Cost == "" || s.MayVary(ask.Cost) {
		return gap, err
	}
	return gap.WithoutPrices(), nil
}
