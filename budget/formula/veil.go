package formula

import "centerplan/planning/problem"

// Withheld is the key of the fault in cells that somebody may not see.
const Withheld = "rights.withheld"

// A Veil says which lines of results somebody may see, by their codes. What it
// does not show is withheld, so that the zero Veil shows nothing.
type Veil struct {
	// Shown are the lines whose cells and totals are told.
	Shown map[string]bool
	// Opaque are those of them of which nothing else is told: not what they were
	// made from, and not why a cell failed.
	Opaque map[string]bool
	// Closed are lines whose formula and changes are not told, shown or not.
	Closed map[string]bool
}

// Behind returns the results as somebody sees them behind the veil: withheld
// lines have no number, but in every cell and total a fault with the key
// Withheld; so has a shown cell that failed for a reason that is not told. All
// other numbers are the same to the bit, for they are those of the same
// evaluation.
func (r *Results) Behind(veil *Veil) *Results {
	return &Results{prog: r.prog, run: r.run, veil: veil}
}

// shows reports whether a line's cells are told.
func (v *Veil) shows(code string) bool { return v == nil || v.Shown[code] }

// opens reports whether it is told what a line's cells were made from.
func (v *Veil) opens(code string) bool {
	return v == nil || v.Shown[code] && !v.Opaque[code] && !v.Closed[code]
}

// closes reports whether a line's formula and changes are kept to themselves.
func (v *Veil) closes(code string) bool { return v != nil && v.Closed[code] }

// conceal takes from the step of an opaque cell what it was before each change.
func (s *Step) conceal() {
	for i := range s.Adjustments {
		s.Adjustments[i].Before, s.Adjustments[i].After = nan(), nan()
	}
}

// withheld is the fault of a cell that is not told.
func withheld(code string) Fault {
	return Fault{Key: Withheld, Args: problem.Args{"line": code}, Line: code, Lane: -1, Period: -1}
}

// fault returns a fault of a shown line as it is told: as it is where the line
// and the one it began in are open.
func (v *Veil) fault(code string, f Fault) Fault {
	if v.opens(code) && (f.Line == "" || v.opens(f.Line)) {
		return f
	}
	return withheld(code)
}

// series returns a line's cells as they are told.
func (v *Veil) series(code string, s Series) Series {
	if v == nil {
		return s
	}
	known := s.Faults
	s.Faults = make(map[int]Fault, len(known))
	if v.shows(code) {
		for cell, f := range known {
			s.Faults[cell] = v.fault(code, f)
		}
		return s
	}
	s.Values = make([]float64, len(s.Values))
	for cell := range s.Values {
		s.Values[cell] = nan()
		s.Faults[cell] = withheld(code)
	}
	return s
}
