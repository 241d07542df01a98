package finance

import (
	"math"

	"centerplan/planning/problem"
)

// MostLife is the longest life of an asset in months: a hundred years.
const MostLife = 1200

// Depreciate spreads amounts over the months of their life in equal parts, the
// first in the month in which the amount is spent, so that an asset of twelve
// months bought in January is written off within the year. months[i] is the
// life of what is spent in month i; what falls past the end of out is left to
// later years. A negative amount takes earlier ones back. Where a month's
// amount or life is refused, the months before it are in out all the same.
func Depreciate(amounts, months, out []float64) error {
	for at := range out {
		if err := firstFault(flowRange.Check(amounts[at]), checkLife(months[at])); err != nil {
			return err
		}
		total := 0.0
		for spent := range at + 1 {
			if float64(at-spent) < months[spent] {
				total += amounts[spent] / months[spent]
			}
		}
		out[at] = total
	}
	return nil
}

// checkLife refuses what is no whole number of months.
func checkLife(life float64) error {
	if life == math.Trunc(life) && life >= 1 && life <= MostLife {
		return nil
	}
	return refuse("finance.life_range", problem.Args{"got": number(life), "most": number(MostLife)})
}
