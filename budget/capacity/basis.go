package capacity

// A Basis says which contacts a service level counts, and over which. Where
// nobody gives up, all give the same number.
type Basis int

// The bases.
const (
	Offered       Basis = iota // answered in time, over all offered
	Answered                   // answered in time, over all answered
	InclAbandoned              // answered or abandoned in time, over all offered
	ExclShort                  // answered in time, over all but those abandoned in time
	bases         int   = iota
)

// Bases returns the names of the bases in plans, in the order of their values.
func Bases() []string {
	return []string{"sl_offered", "sl_answered", "sl_incl_ab", "sl_excl_short"}
}

// String returns the basis's name in plans.
func (b Basis) String() string {
	if b < 0 || int(b) >= bases {
		return Bases()[Offered]
	}
	return Bases()[b]
}

// A Model is the queue that a staffing policy reckons with.
type Model int

// The models.
const (
	ErlangCModel Model = iota // nobody gives up
	ErlangAModel              // who waits longer than their patience hangs up
)

// String returns the model's name in plans.
func (m Model) String() string {
	if m == ErlangAModel {
		return "erlang_a"
	}
	return "erlang_c"
}
