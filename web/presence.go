package web

import (
	"bytes"
	"context"
	"encoding/json"
	"time"

	"centerplan/planning/problem"
	"centerplan/scenarios"
	"centerplan/store"
	"centerplan/web/live"
)

// presentPause is how long a stream waits after somebody moved before it tells,
// so that a cursor on its way is one event and not thirty.
const presentPause = 200 * time.Millisecond

// PresenceEvent is who has the plan open, all of them anew each time.
type PresenceEvent struct {
	People []PresentInfo `json:"people"`
}

// PresentInfo is one window in which somebody has the plan open.
type PresentInfo struct {
	Who    store.Actor `json:"who"`
	Name   string      `json:"name"`
	Tab    string      `json:"tab" doc:"tells a person's windows apart"`
	Colour int         `json:"colour" minimum:"0" maximum:"7" doc:"the same for all windows of a person"`
	Screen string      `json:"screen"`
	// Scenario and cell are empty where there is none, and where the reader may
	// not see them.
	Scenario scenarios.Code `json:"scenario"`
	Cell     string         `json:"cell" doc:"a line's id, members and month, a slash between each"`
}

type presenceInput struct {
	PlanPath
	Body struct {
		Tab      string         `json:"tab" minLength:"1" maxLength:"64" doc:"made by the client for each window"`
		Screen   string         `json:"screen" pattern:"^[a-z_]{0,20}$" doc:"what is shown; empty says that the window has left the plan"`
		Scenario scenarios.Code `json:"scenario,omitempty" maxLength:"64"`
		Cell     string         `json:"cell,omitempty" maxLength:"300" doc:"a line's id, members and month, a slash between each"`
	}
}

// bePresent notes where somebody is. It holds until their stream ends, or for a
// minute and a half if they do not say it again.
func (s *Server) bePresent(ctx context.Context, in *presenceInput) (*none, error) {
	place := live.Place{Screen: in.Body.Screen, Scenario: in.Body.Scenario, Cell: in.Body.Cell}
	if err := s.as(ctx).Be(ctx, in.plan(), in.Body.Tab, place); err != nil {
		return nil, err
	}
	return done(), nil
}

// tellPresent writes who has the plan open, as the client may see it, if that is
// other than what it was told last: what moves unseen makes no event either.
func (c *stream) tellPresent() error {
	access, err := c.access()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	all, moved, err := access.Present(ctx, c.plan)
	if err != nil {
		if problem.KindOf(err) == problem.Internal {
			c.fail(err)
		}
		return err
	}
	c.moved = moved
	told := PresenceEvent{People: []PresentInfo{}}
	for _, one := range all {
		told.People = append(told.People, PresentInfo{
			Who: one.Who, Name: c.server.nameOf(string(one.Who)), Tab: one.Tab, Colour: one.Colour,
			Screen: one.Screen, Scenario: one.Scenario, Cell: one.Cell,
		})
	}
	text, err := json.Marshal(told)
	if err != nil || bytes.Equal(text, c.told) || c.told == nil && len(all) == 0 {
		return err
	}
	c.told = text
	return c.write("presence", 0, told)
}
