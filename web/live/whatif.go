package live

import (
	"context"
	"encoding/json"
	"sync"

	"centerplan/scenarios"
)

// whatIfs keep what was worked out for one head, and work out one thing at a
// time: each takes hundreds of evaluations.
type whatIfs struct {
	turn  sync.Mutex
	mu    sync.Mutex
	known map[string]any
}

// mostWhatIfs is how many answers are kept.
const mostWhatIfs = 128

// whatIf returns what is known under the key, or works it out and keeps it.
func whatIf[T any](w *whatIfs, key string, work func() (T, error)) (T, error) {
	if found, ok := look[T](w, key); ok {
		return found, nil
	}
	w.turn.Lock()
	defer w.turn.Unlock()
	if found, ok := look[T](w, key); ok {
		return found, nil
	}
	found, err := work()
	if err != nil {
		return found, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.known == nil || len(w.known) >= mostWhatIfs {
		w.known = map[string]any{}
	}
	w.known[key] = found
	return found, nil
}

func look[T any](w *whatIfs, key string) (T, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	found, ok := w.known[key].(T)
	return found, ok
}

// sightFor is what the viewer sees of the numbers that a scenario shows: of the
// sealed plan for a sealed scenario.
func (v *View) sightFor(code scenarios.Code) *sight {
	if sealed := v.head.sealedFor(code); sealed != nil {
		return sealed.sightOf(v.who.Person, v.ever)
	}
	return v.sight
}

// Bridge explains how a line's total differs between two scenarios, as far as
// the viewer may see. Codes the plan does not have are NotFound.
func (v *View) Bridge(ctx context.Context, from, to scenarios.Code, line string) (scenarios.Bridge, error) {
	start, err := v.Outcome(from)
	if err != nil {
		return scenarios.Bridge{}, err
	}
	end, err := v.Outcome(to)
	if err != nil {
		return scenarios.Bridge{}, err
	}
	key, _ := json.Marshal([]string{"bridge", string(from), string(to), line})
	whole := func() (scenarios.Bridge, error) {
		return whatIf(&v.head.whatIfs, string(key), func() (scenarios.Bridge, error) {
			return scenarios.BridgeBetween(ctx, v.head.Outcome, from, to, line, v.head.sizer)
		})
	}
	first, second := v.sightFor(from), v.sightFor(to)
	if first == second {
		return first.Bridge(start, end, line, whole)
	}
	return first.Bridge(start, end, line, func() (scenarios.Bridge, error) {
		return second.Bridge(start, end, line, whole)
	})
}

// Effects tells what each initiative does to a line's total in a scenario, as far
// as the viewer may see. Codes the plan does not have are NotFound.
func (v *View) Effects(ctx context.Context, code scenarios.Code, line string) (scenarios.Effects, error) {
	seen, err := v.Outcome(code)
	if err != nil {
		return scenarios.Effects{}, err
	}
	key, _ := json.Marshal([]string{"effects", string(code), line})
	return v.sightFor(code).Effects(seen, line, func() (scenarios.Effects, error) {
		return whatIf(&v.head.whatIfs, string(key), func() (scenarios.Effects, error) {
			head := v.head
			if sealed := head.sealedFor(code); sealed != nil {
				head = sealed
			}
			whole, err := head.Outcome(code)
			if err != nil {
				return scenarios.Effects{}, err
			}
			return scenarios.NewEffects(ctx, head.Book, whole, line, head.sizer)
		})
	})
}

// Sensitivity tells how far a line's total swings with each of its drivers, as
// far as the viewer may see. A code the plan does not have is NotFound.
func (v *View) Sensitivity(ctx context.Context, code scenarios.Code, ask scenarios.SensitivityAsk) (scenarios.Sensitivity, error) {
	seen, err := v.Outcome(code)
	if err != nil {
		return scenarios.Sensitivity{}, err
	}
	sight := v.sightFor(code)
	key, _ := json.Marshal([]any{"sensitivity", code, ask})
	return sight.Sensitivity(seen, ask, func() (scenarios.Sensitivity, error) {
		return whatIf(&v.head.whatIfs, string(key), func() (scenarios.Sensitivity, error) {
			whole, err := v.head.Outcome(code)
			if err != nil {
				return scenarios.Sensitivity{}, err
			}
			return scenarios.NewSensitivity(ctx, whole, ask, v.head.sizer)
		})
	})
}

// Gap tells where people are missing in a scenario and what would close it, as
// far as the viewer may see. Kinds are those of scenarios.Book.Gaps; it is
// Forbidden where it rests on lines that the viewer may not know of.
func (v *View) Gap(ctx context.Context, code scenarios.Code, ask scenarios.GapAsk) (scenarios.Gap, error) {
	head := v.head
	if sealed := head.sealedFor(code); sealed != nil {
		head = sealed
	}
	key, _ := json.Marshal([]any{"gap", code, ask})
	return v.sightFor(code).Gap(ask, func() (scenarios.Gap, error) {
		return whatIf(&v.head.whatIfs, string(key), func() (scenarios.Gap, error) {
			return head.Book.Gaps(ctx, code, ask, head.sizer)
		})
	})
}
