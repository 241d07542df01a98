//go:build !unix

package formula_test

import "time"

var began = time.Now()

// cpuTime is the time since the program began, where there is no better clock.
func cpuTime() time.Duration { return time.Since(began) }
