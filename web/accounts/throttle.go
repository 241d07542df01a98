package accounts

import (
	"crypto/sha256"
	"strconv"
	"sync"
	"time"
)

// How sign-in slows down: after a number of attempts that cost nothing each
// further one doubles the time until the next, up to a most. An attempt counts
// until nothing was tried for a while.
const (
	freeForAccount = 5
	freeForAddress = 20 // many people may sit behind one
	firstWait      = time.Second
	mostForAccount = time.Minute // longer would let a stranger lock the person out
	mostForAddress = 15 * time.Minute
	forgetAfter    = time.Hour
	mostAddresses  = 10_000
	strangers      = 1024 // counters that people who do not exist share
)

// A throttle counts attempts by account and by address, in memory.
type throttle struct {
	mu        sync.Mutex
	salt      string
	accounts  counters
	addresses counters
}

// counters are bounded: accounts by the people there are and strangers,
// addresses by mostAddresses.
type counters struct {
	free  int
	most  time.Duration
	by    map[string]counter
	limit int
}

type counter struct {
	attempts int
	last     time.Time
	until    time.Time
}

func newThrottle() *throttle {
	return &throttle{
		salt:      randomText(),
		accounts:  counters{free: freeForAccount, most: mostForAccount, by: map[string]counter{}},
		addresses: counters{free: freeForAddress, most: mostForAddress, by: map[string]counter{}, limit: mostAddresses},
	}
}

// account returns what attempts on an id are counted by. Ids that do not exist
// share a few counters, which no one can foresee and which fill no memory.
func (t *throttle) account(id string, known bool) string {
	if known {
		return id
	}
	sum := sha256.Sum256([]byte(t.salt + id))
	bucket := (int(sum[0])<<8 | int(sum[1])) % strangers
	return "?" + strconv.Itoa(bucket)
}

// try counts an attempt before it is made, so that many at once get no further
// than one after the other. It returns how long to wait, 0 if the attempt may
// go on. The empty address is not counted.
func (t *throttle) try(account, address string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	wait := t.accounts.wait(account, now)
	if address != "" {
		wait = max(wait, t.addresses.wait(address, now))
	}
	if wait > 0 {
		return wait
	}
	t.accounts.count(account, now)
	if address != "" {
		t.addresses.count(address, now)
	}
	return 0
}

// right takes back an attempt that succeeded. The account begins afresh; the
// address only gets its own back, or who knows one password could try others
// for ever.
func (t *throttle) right(account, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.accounts.by, account)
	if c, ok := t.addresses.by[address]; ok {
		c.attempts--
		c.until = time.Time{}
		t.addresses.by[address] = c
	}
}

// giveBack takes back an attempt that came to no answer.
func (t *throttle) giveBack(account, address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, of := range []struct {
		counters
		key string
	}{{t.accounts, account}, {t.addresses, address}} {
		if c, ok := of.by[of.key]; ok {
			c.attempts--
			of.by[of.key] = c
		}
	}
}

func (c counters) wait(key string, now time.Time) time.Duration {
	return max(0, c.by[key].until.Sub(now))
}

func (c counters) count(key string, now time.Time) {
	known, ok := c.by[key]
	if now.Sub(known.last) > forgetAfter {
		known = counter{}
	}
	if !ok && c.limit > 0 && len(c.by) >= c.limit {
		c.makeRoom(now)
	}
	known.attempts++
	known.last = now
	if over := known.attempts - c.free; over > 0 {
		known.until = now.Add(min(c.most, firstWait<<min(over-1, 16)))
	}
	c.by[key] = known
}

// makeRoom forgets the counters nobody needs, or else the one that was quiet
// longest.
func (c counters) makeRoom(now time.Time) {
	var oldest string
	for key, counter := range c.by {
		if now.Sub(counter.last) > forgetAfter {
			delete(c.by, key)
		} else if oldest == "" || counter.last.Before(c.by[oldest].last) {
			oldest = key
		}
	}
	if len(c.by) >= c.limit {
		delete(c.by, oldest)
	}
}
