package finance

import (
	"math"
	"slices"

	"centerplan/planning/problem"
)

// A Tier is a price per unit from a volume on.
type Tier[T any] struct {
	From, Price T
}

// Prices are the numbers of a price table: float64 where they are known, and
// something that may name a line where a plan holds the table.
type Prices[T any] struct {
	// Tiers are in ascending order. The first begins at a volume of 0.
	Tiers []Tier[T]
	// Commit is the volume that is billed at least.
	Commit T
	// Overage is the price of what exceeds Commit, instead of the tiers', where
	// HasOverage says so.
	Overage    T
	HasOverage bool
}

// Each lists the table's numbers: the tiers' one after the other, then those of
// the commitment.
func (p Prices[T]) Each() []T {
	all := make([]T, 0, 2*len(p.Tiers)+2)
	for _, tier := range p.Tiers {
		all = append(all, tier.From, tier.Price)
	}
	return append(all, p.Commit, p.Overage)
}

// Resolve makes the table of numbers from one of something else.
func Resolve[T any](p Prices[T], value func(T) float64) Tariff {
	t := Tariff{Prices[float64]{
		Tiers:  make([]Tier[float64], len(p.Tiers)),
		Commit: value(p.Commit), Overage: value(p.Overage), HasOverage: p.HasOverage,
	}}
	for i, tier := range p.Tiers {
		t.Tiers[i] = Tier[float64]{From: value(tier.From), Price: value(tier.Price)}
	}
	return t
}

// A Tariff is a price table whose numbers are all known. Its slices are not
// changed by anyone.
type Tariff struct {
	Prices[float64]
}

// A Mode says which units a tier's price is for.
type Mode int

// The modes.
const (
	// Graduated prices each unit by the tier it falls into.
	Graduated Mode = iota
	// Slab prices all units by the tier that the volume reaches.
	Slab
)

// Check returns the first thing that is wrong with the tariff.
func (t Tariff) Check() error {
	if len(t.Tiers) == 0 {
		return refuse("finance.no_tiers", nil)
	}
	before := math.Inf(-1)
	for _, tier := range t.Tiers {
		err := firstFault(TierStart.Check(tier.From), TierPrice.Check(tier.Price), CheckTierOrder(before, tier.From))
		if err != nil {
			return err
		}
		before = tier.From
	}
	return firstFault(CommitRange.Check(t.Commit), TierPrice.Check(t.Overage))
}

// CheckTierOrder refuses a tier that begins no higher than the one before it,
// and a first one, with -Inf before it, that does not begin at 0.
func CheckTierOrder(before, from float64) error {
	switch {
	case math.IsInf(before, -1) && from != 0:
		return refuse("finance.first_tier", problem.Args{"got": number(from)})
	case from <= before:
		return refuse("finance.tier_order", problem.Args{"got": number(from), "before": number(before)})
	}
	return nil
}

// Total returns what a volume costs. A volume below the commitment is billed
// as the commitment; of a larger one, the rest has the price of the overage
// where there is one.
func (t Tariff) Total(mode Mode, volume float64) (float64, error) {
	if err := firstFault(volumeRange.Check(volume), t.Check()); err != nil {
		return 0, err
	}
	return t.total(mode, volume), nil
}

func (t Tariff) total(mode Mode, volume float64) float64 {
	billed := max(volume, t.Commit)
	if t.HasOverage && billed > t.Commit {
		return t.tiers(mode, t.Commit) + float64((billed-t.Commit)*t.Overage)
	}
	return t.tiers(mode, billed)
}

// tiers prices a volume by the tiers alone.
func (t Tariff) tiers(mode Mode, volume float64) float64 {
	reached := t.reached(volume)
	if mode == Slab {
		return float64(volume * t.Tiers[reached].Price)
	}
	total := 0.0
	for i, tier := range t.Tiers[:reached+1] {
		to := volume
		if i < reached {
			to = t.Tiers[i+1].From
		}
		total += float64((to - tier.From) * tier.Price)
	}
	return total
}

// reached returns the last tier that begins at the volume or below it.
func (t Tariff) reached(volume float64) int {
	last := 0
	for i, tier := range t.Tiers {
		if tier.From <= volume {
			last = i
		}
	}
	return last
}

// A Cliff is a volume at which the price of all units falls, so that more
// volume costs less.
type Cliff struct {
	// At is the volume from which the lower price holds. Any volume between From
	// and At costs more than At does.
	From, At float64
	// Before is what a volume just below At costs, After what At costs.
	Before, After float64
}

// Cliffs lists the price cliffs of the tariff in slab mode, by volume. There
// are none in graduated mode, and none up to the commitment, where the bill
// does not depend on the volume. A tariff that Check refuses has none.
func (t Tariff) Cliffs() []Cliff {
	var cliffs []Cliff
	if t.Check() != nil || t.HasOverage {
		return nil
	}
	for i, tier := range t.Tiers {
		if i == 0 || tier.From <= t.Commit || tier.Price >= t.Tiers[i-1].Price {
			continue
		}
		after := tier.From * tier.Price
		cliffs = append(cliffs, Cliff{
			From: t.cheaperFrom(i, after), At: tier.From,
			Before: tier.From * t.Tiers[i-1].Price, After: after,
		})
	}
	return cliffs
}

// cheaperFrom returns the volume from which up to the i-th tier any volume
// costs more than amount.
func (t Tariff) cheaperFrom(i int, amount float64) float64 {
	for below, tier := range slices.Backward(t.Tiers[:i]) {
		start, end := max(tier.From, t.Commit), t.Tiers[below+1].From
		switch {
		case tier.Price*end <= amount:
			return end
		case tier.Price*start <= amount:
			return max(start, amount/tier.Price)
		case tier.From <= t.Commit:
			return 0 // the commitment alone costs more
		}
	}
	return 0
}

// Better returns the cliff at which buying costs least, where that is less than
// the volume costs in slab mode, and what it would save.
func (t Tariff) Better(volume float64) (at, saving float64, ok bool) {
	cost, err := t.Total(Slab, volume)
	if err != nil {
		return 0, 0, false
	}
	for _, cliff := range t.Cliffs() {
		if less := cost - cliff.After; cliff.At > volume && less > max(saving, binaryNoise*cost) {
			at, saving, ok = cliff.At, less, true
		}
	}
	return at, saving, ok
}

// Unreached lists the tiers that no volume reaches, because what exceeds the
// commitment has a price of its own.
func (t Tariff) Unreached() []int {
	var tiers []int
	for i, tier := range t.Tiers {
		if t.HasOverage && tier.From > t.Commit {
			tiers = append(tiers, i)
		}
	}
	return tiers
}
