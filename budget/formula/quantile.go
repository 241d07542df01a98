package formula

import (
	"math"
	"slices"
)

// Quantiles returns the quantiles of the values at the shares, each from 0 to
// 1, with linear interpolation between neighbours at (n-1)·share. It orders
// the values as far as it must, in place. Where there are no values or one of
// them is NaN every quantile is NaN.
func Quantiles(values []float64, shares ...float64) []float64 {
	quantiles := make([]float64, len(shares))
	if len(values) == 0 || slices.ContainsFunc(values, math.IsNaN) {
		for i := range quantiles {
			quantiles[i] = math.NaN()
		}
		return quantiles
	}
	for i, share := range shares {
		at := float64(len(values)-1) * min(max(share, 0), 1)
		low := int(at)
		selectNth(values, low)
		quantiles[i] = values[low]
		if rest := at - float64(low); rest > 0 {
			next := slices.Min(values[low+1:])
			quantiles[i] += float64(rest * (next - values[low]))
		}
	}
	return quantiles
}

// selectNth orders the values so that the n-th smallest is at n, none before
// it is larger and none behind it smaller.
func selectNth(values []float64, n int) {
	low, high := 0, len(values)-1
	for high-low > 16 {
		pivot := middle(values[low], values[low+(high-low)/2], values[high])
		i, j := low, high
		for i <= j {
			for values[i] < pivot {
				i++
			}
			for values[j] > pivot {
				j--
			}
			if i <= j {
				values[i], values[j] = values[j], values[i]
				i++
				j--
			}
		}
		switch {
		case n <= j:
			high = j
		case n >= i:
			low = i
		default:
			return
		}
	}
	slices.Sort(values[low : high+1])
}

// middle returns the median of three.
func middle(a, b, c float64) float64 { return max(min(a, b), min(max(a, b), c)) }
