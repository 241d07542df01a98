package formula

import "fmt"

// Explained evaluates a line's cell by the explainer alone, on the settled
// cells of the others, and returns what it came to or why it failed.
func (r *Results) Explained(code string, at int) (float64, Fault) {
	s := r.prog.slots[r.prog.names.lines[code]]
	f := r.run.frame()
	v := f.cell(s, at%s.lanes, at/s.lanes)
	return v, f.fault
}

func (c *Calculator) Machine() int {
	n := 0
	for i := range c.prog.stages {
		s := &c.prog.stages[i]
		if s.way != whole {
			c.run.monthByMonth(s, s.fast)
			n += len(s.fast)
		}
	}
	return n
}

func (c *Columns) Histogram() map[opcode]int {
	m := map[opcode]int{}
	for _, l := range c.batch.loops {
		for _, o := range l.code {
			m[o.op]++
		}
	}
	m[255] = c.batch.rows
	m[254] = len(c.batch.loops)
	return m
}

func KernelTimes(f func(name string, run func())) {
	n := 256
	d, a, b, c := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range a {
		a[i], b[i], c[i] = float64(i%7)+1, float64(i%5)+1, float64(i%2)
	}
	for op := range opcodes {
		name := string(rune('A' + op))
		_ = name
		switch {
		case kernels2[op] != nil:
			f(opName(op), func() { kernels2[op](d, a, b) })
		case kernelsK[op] != nil:
			f(opName(op), func() { kernelsK[op](d, a, 3) })
		case kernels2K[op] != nil:
			f(opName(op), func() { kernels2K[op](d, a, b, 3) })
		case kernels1[op] != nil:
			f(opName(op), func() { kernels1[op](d, a) })
		case kernels3[op] != nil:
			f(opName(op), func() { kernels3[op](d, c, a, b) })
		}
	}
	f("all", func() { allNumbers(a) })
}

func opName(op opcode) string { return fmt.Sprint(int(op)) }

func (p *Program) Pairs() map[string]int {
	m := map[string]int{}
	kind := func(v value) string {
		if v.kind == valueConstant {
			return "k"
		}
		return "v"
	}
	for _, c := range p.columns {
		for i := range c.code {
			in := &c.code[i]
			if in.op > doKMax || swaps[in.op].column == doNothing {
				continue
			}
			for j := i + 1; j < len(c.code); j++ {
				n := &c.code[j]
				uses := 0
				n.operands(func(v *value) {
					if v.kind == valueMade && int(v.index) == i {
						uses++
					}
				})
				if uses > 0 {
					pos := "1"
					other := n.b
					if n.b.kind == valueMade && int(n.b.index) == i {
						pos = "2"
						other = n.a
					}
					m[fmt.Sprintf("%d%s%s then %d%s%s", in.op, kind(in.a), kind(in.b), n.op, kind(other), pos)]++
				}
			}
		}
	}
	return m
}
