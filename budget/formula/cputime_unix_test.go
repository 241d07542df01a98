//go:build unix

package formula_test

import (
	"syscall"
	"time"
)

// cpuTime is the time that this process has spent on all processors, garbage
// collection included. It does not grow while other programs have them.
func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
