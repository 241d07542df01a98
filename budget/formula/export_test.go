package formula

// Explained evaluates a line's cell by the explainer alone, on the settled
// cells of the others, and returns what it came to or why it failed.
func (r *Results) Explained(code string, at int) (float64, Fault) {
	s := r.prog.slots[r.prog.names.lines[code]]
	f := r.run.frame()
	v := f.cell(s, at%s.lanes, at/s.lanes)
	return v, f.fault
}
