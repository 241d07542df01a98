package finance

import (
	"math"

	"centerplan/planning/problem"
)

// An Item is one contribution that an employer pays on a wage: the wage, but
// at least Floor and at most Cap, times Rate. The numbers are float64 where
// they are known, and something that may name a line where a plan holds them.
type Item[T any] struct {
	Rate, Floor, Cap T
	// HasCap says that there is a cap.
	HasCap bool
}

// ResolveItem makes the item of numbers from one of something else.
func ResolveItem[T any](item Item[T], value func(T) float64) Item[float64] {
	return Item[float64]{
		Rate: value(item.Rate), Floor: value(item.Floor), Cap: value(item.Cap), HasCap: item.HasCap,
	}
}

// CheckItem returns the first thing that is wrong with an item.
func CheckItem(item Item[float64]) error {
	err := firstFault(ContributionRate.Check(item.Rate), ContributionBound.Check(item.Floor))
	if err != nil || !item.HasCap {
		return err
	}
	if err := ContributionBound.Check(item.Cap); err != nil {
		return err
	}
	if item.Floor > item.Cap {
		return refuse("finance.floor_above_cap", problem.Args{"floor": number(item.Floor), "cap": number(item.Cap)})
	}
	return nil
}

// Contribution returns what the employer pays by one item on the wage of one
// person for a month.
func Contribution(item Item[float64], wage float64) (float64, error) {
	if err := firstFault(wageRange.Check(wage), CheckItem(item)); err != nil {
		return 0, err
	}
	base := max(wage, item.Floor)
	if item.HasCap {
		base = math.Min(base, item.Cap)
	}
	return float64(base * item.Rate), nil
}

// Contributions returns what the employer pays by all items on the wage of one
// person for a month, and each item's part.
func Contributions(items []Item[float64], wage float64) (total float64, parts []float64, err error) {
	if err := wageRange.Check(wage); err != nil {
		return 0, nil, err
	}
	for _, item := range items {
		part, err := Contribution(item, wage)
		if err != nil {
			return 0, nil, err
		}
		total += part
		parts = append(parts, part)
	}
	return total, parts, nil
}
