package formula

import (
	"slices"
	"strconv"
	"strings"
)

// A mapKey names a map of lanes.
type mapKey struct{ from, to, by string }

// orderKey writes an order of dimensions, of which there are at most 64.
func orderKey(order []int) string {
	var key []byte
	for _, dim := range order {
		key = append(key, byte(dim))
	}
	return string(key)
}

// laneMap returns for each lane in the one order of dimensions its lane in the
// other, where members are picked those.
func (p *Program) laneMap(from, to []int, picks []pick) *extra {
	var by strings.Builder
	for _, one := range picks {
		by.WriteString(strconv.Itoa(one.dim) + "=" + strconv.Itoa(one.member) + " ")
	}
	key := mapKey{orderKey(from), orderKey(to), by.String()}
	if have, ok := p.maps[key]; ok {
		return have
	}
	member := make([]int, len(p.scope.Dimensions))
	x := &extra{from: int32(p.lanesOf(from))}
	for lane := range p.lanesOf(to) {
		p.placeLane(member, to, lane)
		for _, one := range picks {
			member[one.dim] = one.member
		}
		x.lanes = append(x.lanes, int32(p.laneAt(member, from)))
	}
	p.maps[key] = x
	return x
}

// reduceMap returns for each lane of the result the operand's lanes that are
// gathered in it, in order.
func (p *Program) reduceMap(from, to, over []int, name string) *extra {
	key := mapKey{orderKey(from), orderKey(to), name + orderKey(over)}
	if have, ok := p.maps[key]; ok {
		return have
	}
	member := make([]int, len(p.scope.Dimensions))
	x := &extra{from: int32(p.lanesOf(from)), name: name}
	for lane := range p.lanesOf(to) {
		p.placeLane(member, to, lane)
		for i := range p.lanesOf(over) {
			p.placeLane(member, over, i)
			x.lanes = append(x.lanes, int32(p.laneAt(member, from)))
		}
	}
	x.straight = name == "sum" && p.lanesOf(to) == 1 && len(x.lanes) == int(x.from)
	for i, lane := range x.lanes {
		x.straight = x.straight && i == int(lane)
	}
	p.maps[key] = x
	return x
}

// lanesOf counts the lanes of an order of dimensions.
func (p *Program) lanesOf(order []int) int {
	lanes := 1
	for _, dim := range order {
		lanes *= p.members(dim)
	}
	return lanes
}

// placeLane puts the members of a lane in place, and laneAt finds the lane of
// members.
func (p *Program) placeLane(member, order []int, lane int) {
	for _, dim := range slices.Backward(order) {
		size := p.members(dim)
		member[dim] = lane % size
		lane /= size
	}
}

func (p *Program) laneAt(member, order []int) int {
	lane := 0
	for _, dim := range order {
		lane = lane*p.members(dim) + member[dim]
	}
	return lane
}
