package live

import (
	"cmp"
	"context"
	"hash/fnv"
	"slices"
	"strings"
	"sync"
	"time"

	"centerplan/budget/calendar"
	"centerplan/scenarios"
	"centerplan/store"
)

// A Place is where in a plan somebody looks.
type Place struct {
	// Screen is the page's own word for what is shown.
	Screen string
	// Scenario is empty where it is not said, and for base.
	Scenario scenarios.Code
	// Cell is a line's id, members and month as in the page's address, each part
	// after a slash; empty where there is none.
	Cell string
}

// A Present is one window in which somebody has a plan open.
type Present struct {
	Who store.Actor
	// Tab tells a person's windows apart.
	Tab string
	// Colour is from 0 to Colours-1, and the same for all windows of a person.
	Colour int
	Place
}

const (
	// Colours is how many colours people are told apart by.
	Colours = 8
	// presentFor is how long somebody is taken to be there who says nothing more.
	presentFor = 90 * time.Second
	// mostTabs of a person and mostGuests of a plan are remembered; the others
	// work all the same and are not shown.
	mostTabs, mostGuests = 20, 200
)

// presence is who has one plan open, on this server. It is nothing of the plan
// and is not stored.
type presence struct {
	mu     sync.Mutex
	guests map[store.Actor]*guest
	moved  chan struct{}
}

// A guest is one person.
type guest struct {
	colour  int
	streams int
	tabs    map[string]sighting
}

type sighting struct {
	Place
	seen time.Time
}

// Be notes where in a plan the person is in one of their windows. A place
// without a screen says that they left it. What the plan does not have is left
// out of the place, so that nobody is told more than where somebody is.
func (a *Access) Be(ctx context.Context, id store.PlanID, tab string, place Place) error {
	view, err := a.View(ctx, id)
	if err != nil {
		return err
	}
	p := a.hub.held(id)
	p.presence.be(a.who.Actor(), tab, view.seen(place), a.hub.clock())
	return nil
}

// Present returns who has a plan open, by person and window, each at the place
// that this person may see, and a channel that is closed when that may have
// changed.
func (a *Access) Present(ctx context.Context, id store.PlanID) (all []Present, moved <-chan struct{}, err error) {
	view, err := a.View(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	all, moved = a.hub.held(id).presence.list(a.hub.clock())
	for i := range all {
		all[i].Place = view.seen(all[i].Place)
	}
	return all, moved, nil
}

// seen returns what of a place the viewer may know: no scenario and no cell that
// they do not see. Of a line whose figures are kept from them it is left out too
// which of its cells somebody works at.
func (v *View) seen(place Place) Place {
	known := func(s scenarios.Scenario) bool { return s.Code == place.Scenario }
	if place.Scenario != "" && place.Scenario != scenarios.Base && !slices.ContainsFunc(v.Scenarios(), known) {
		place.Scenario, place.Cell = "", ""
	}
	if !v.showsCell(place.Cell) {
		place.Cell = ""
	}
	return place
}

func (v *View) showsCell(cell string) bool {
	parts := strings.Split(cell, "/")
	for _, line := range v.Plan().Budget.Lines {
		if string(line.ID) == parts[0] {
			kept := slices.Contains(v.sight.Hidden(), line.Code) || slices.Contains(v.sight.Withheld(), line.Code)
			return !kept && !slices.ContainsFunc(parts[1:], func(part string) bool { return !v.isMonthOrMember(part) })
		}
	}
	return false
}

func (v *View) isMonthOrMember(text string) bool {
	if _, ok := calendar.Parse(text); ok {
		return true
	}
	for _, dimension := range v.Plan().Budget.Dimensions {
		for _, member := range dimension.Members {
			if member.Code == text {
				return true
			}
		}
	}
	return false
}

// guest returns the person's entry, made where there is room; nil where not.
func (p *presence) guest(who store.Actor) *guest {
	if known, ok := p.guests[who]; ok {
		return known
	}
	if len(p.guests) >= mostGuests {
		return nil
	}
	if p.guests == nil {
		p.guests = map[store.Actor]*guest{}
	}
	made := &guest{colour: p.colourFor(who), tabs: map[string]sighting{}}
	p.guests[who] = made
	return made
}

// colourFor returns the colour that is the person's on every day, or the next
// one that nobody has while they are together.
func (p *presence) colourFor(who store.Actor) int {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(who))
	own := int(sum.Sum32() % Colours)
	taken := map[int]bool{}
	for _, other := range p.guests {
		taken[other.colour] = true
	}
	for i := range Colours {
		if colour := (own + i) % Colours; !taken[colour] {
			return colour
		}
	}
	return own
}

func (p *presence) be(who store.Actor, tab string, place Place, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep(now)
	if place.Screen == "" {
		if known, ok := p.guests[who]; ok {
			delete(known.tabs, tab)
		}
		p.sweep(now)
		p.tell()
		return
	}
	known := p.guest(who)
	if known == nil {
		return
	}
	before, there := known.tabs[tab]
	known.tabs[tab] = sighting{place, now}
	if len(known.tabs) > mostTabs {
		delete(known.tabs, known.oldest())
	}
	if !there || before.Place != place {
		p.tell()
	}
}

func (g *guest) oldest() (tab string) {
	var seen time.Time
	for name, one := range g.tabs {
		if tab == "" || one.seen.Before(seen) || one.seen.Equal(seen) && name < tab {
			tab, seen = name, one.seen
		}
	}
	return tab
}

// enter notes that the person hears of the plan on one stream more; leave that
// one has ended. With their last stream they are gone.
func (p *presence) enter(who store.Actor) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known := p.guest(who); known != nil {
		known.streams++
	}
}

func (p *presence) leave(who store.Actor) {
	p.mu.Lock()
	defer p.mu.Unlock()
	known, ok := p.guests[who]
	if !ok || known.streams == 0 {
		return
	}
	known.streams--
	if known.streams > 0 {
		return
	}
	delete(p.guests, who)
	if len(known.tabs) > 0 {
		p.tell()
	}
}

// sweep forgets windows that have said nothing for long, and people without.
func (p *presence) sweep(now time.Time) {
	for who, known := range p.guests {
		for tab, one := range known.tabs {
			if now.Sub(one.seen) > presentFor {
				delete(known.tabs, tab)
			}
		}
		if len(known.tabs) == 0 && known.streams == 0 {
			delete(p.guests, who)
		}
	}
}

// tell wakes those who wait for news.
func (p *presence) tell() {
	if p.moved != nil {
		close(p.moved)
		p.moved = nil
	}
}

func (p *presence) list(now time.Time) (all []Present, moved <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sweep(now)
	if p.moved == nil {
		p.moved = make(chan struct{})
	}
	for who, known := range p.guests {
		for tab, one := range known.tabs {
			all = append(all, Present{Who: who, Tab: tab, Colour: known.colour, Place: one.Place})
		}
	}
	slices.SortFunc(all, func(a, b Present) int { return cmp.Or(cmp.Compare(a.Who, b.Who), cmp.Compare(a.Tab, b.Tab)) })
	return all, p.moved
}
