package accounts

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"centerplan/planning/problem"
	"centerplan/store"
)

// A LogEntry says who did what to whom. It never holds a secret.
type LogEntry struct {
	When time.Time `json:"when"`
	// Who is a person's id, or Console.
	Who string `json:"who"`
	// What is the key of a message, and Args what that names.
	What string       `json:"what"`
	Args problem.Args `json:"args"`
}

// Log returns everything that was done to accounts, newest first.
func (s *Service) Log(ctx context.Context) ([]LogEntry, error) {
	type numbered struct {
		number int
		LogEntry
	}
	var list []numbered
	err := each(ctx, s.records, logKind, func(r store.Record, entry *LogEntry) {
		number, _ := strconv.Atoi(r.ID)
		list = append(list, numbered{number, *entry})
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b numbered) int { return cmp.Compare(b.number, a.number) })
	entries := make([]LogEntry, len(list))
	for i, one := range list {
		entries[i] = one.LogEntry
	}
	return entries, nil
}

// commit logs what is done to a person, stores them and puts them in the place
// of who they were. The caller holds writing. The log comes first, so that
// nothing is done that it does not tell; if the person cannot be stored, the
// entries are taken out again and nothing has changed.
func (s *Service) commit(ctx context.Context, p *person, entries ...LogEntry) error {
	return s.commitWith(ctx, p, func() {}, entries...)
}

// commitWith is commit that does something more at the moment the person
// changes. also runs under mu.
func (s *Service) commitWith(ctx context.Context, p *person, also func(), entries ...LogEntry) error {
	written, err := s.log(ctx, entries)
	if err == nil {
		err = s.store(ctx, p, also)
	}
	if err != nil {
		s.unlog(ctx, written)
	}
	return err
}

// log appends entries and returns their ids.
func (s *Service) log(ctx context.Context, entries []LogEntry) (ids []string, err error) {
	for _, entry := range entries {
		entry.When = s.clock()
		id := fmt.Sprintf("%012d", s.lastLog+1)
		if _, err := s.put(ctx, logKind, id, 0, entry); err != nil {
			return ids, err
		}
		s.lastLog++
		ids = append(ids, id)
	}
	return ids, nil
}

// unlog takes out entries about what was not done after all.
func (s *Service) unlog(ctx context.Context, ids []string) {
	for _, id := range ids {
		if err := s.records.RemoveRecord(context.WithoutCancel(ctx), logKind, id); err != nil {
			s.options.Warn(err)
		}
	}
}

// store writes a person and announces the change. The caller holds writing.
func (s *Service) store(ctx context.Context, p *person, also func()) error {
	rev, err := s.put(ctx, personKind, p.ID, p.rev, p)
	if err != nil {
		return err
	}
	p.rev = rev
	s.mu.Lock()
	defer s.mu.Unlock()
	s.people[p.ID] = p
	also()
	s.announce()
	return nil
}
