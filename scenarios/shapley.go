package scenarios

import (
	"math"
	"math/big"
	"math/bits"
)

// exactly is enough precision to add any numbers of a plan without rounding.
const exactly = 2300

// shapley returns each player's share of what the game comes to: the mean, over
// all orders in which the players could join, of what the player adds. The total
// of a coalition stands at the mask of its players. Sums are exact and rounded
// once, so that neither the order of the players nor the direction of the game
// shows in a bit.
func shapley(totals []float64, players int) []float64 {
	shares := make([]float64, players)
	ways := orders(players)
	for i := range shares {
		sum := new(big.Float).SetPrec(exactly)
		for mask, before := range totals {
			if mask>>i&1 == 1 {
				continue
			}
			after := totals[mask|1<<i]
			added := new(big.Float).SetPrec(exactly).Sub(float(after), float(before))
			sum.Add(sum, added.Mul(added, ways[bits.OnesCount(uint(mask))]))
		}
		sum.Quo(sum, ways[players])
		shares[i], _ = sum.Float64()
	}
	return shares
}

// orders returns for each size of a coalition in how many orders exactly its
// players come before a given one, and behind those the number of all orders.
func orders(players int) []*big.Float {
	factorial := func(n int) *big.Int { return new(big.Int).MulRange(1, int64(n)) }
	var ways []*big.Float
	for before := range players {
		count := new(big.Int).Mul(factorial(before), factorial(players-1-before))
		ways = append(ways, new(big.Float).SetPrec(exactly).SetInt(count))
	}
	return append(ways, new(big.Float).SetPrec(exactly).SetInt(factorial(players)))
}

func float(v float64) *big.Float { return new(big.Float).SetPrec(exactly).SetFloat64(v) }

// footing rounds the parts so that they add up to the difference to the last
// bit, in their order, and returns that sum.
//
// The parts become multiples of one power of two, so small that all their sums
// are exact; what is then missing goes to the largest part, the first of those.
// Where the parts are so much larger than their sum that the difference has
// finer bits than they, the smallest part that is not zero takes those it has
// room for, and the sum goes without the rest.
func footing(parts []float64, difference float64) float64 {
	size := 0.0
	for _, part := range parts {
		size += math.Abs(part)
	}
	if size == 0 || math.IsInf(size, 0) {
		return difference
	}
	const digits = 51
	_, exponent := math.Frexp(max(size, math.Abs(difference)))
	round := func(v float64) float64 {
		return math.Ldexp(math.RoundToEven(math.Ldexp(v, digits-exponent)), exponent-digits)
	}
	whole := round(difference)
	missing := whole
	largest := 0
	for i := range parts {
		parts[i] = round(parts[i])
		missing -= parts[i]
		if math.Abs(parts[i]) > math.Abs(parts[largest]) {
			largest = i
		}
	}
	parts[largest] += missing
	finer := difference - whole
	if finer == 0 {
		return difference
	}
	smallest := largest
	for i, part := range parts {
		if part != 0 && math.Abs(part) <= math.Abs(parts[smallest]) {
			smallest = i
		}
	}
	before := parts[smallest]
	parts[smallest] += finer
	if sum := sumOf(parts); math.Abs(difference-sum) < math.Abs(finer) {
		return sum
	}
	parts[smallest] = before
	return whole
}

// sumOf adds in order.
func sumOf(parts []float64) float64 {
	sum := 0.0
	for _, part := range parts {
		sum += part
	}
	return sum
}
