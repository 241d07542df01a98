package accounts

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// The parameters of argon2id for new hashes: 19 MiB, two passes, one thread.
// Raising them is enough; a hash made with others is made anew at the next
// sign-in.
const (
	hashMemory = 19 << 10 // KiB
	hashPasses = 2
	hashLanes  = 1
	saltBytes  = 16
	keyBytes   = 32
)

// Bounds of what a stored hash may ask for, so that a spoiled record costs an
// error and not the server's memory.
const (
	mostMemory = 1 << 20 // KiB
	mostPasses = 32
	mostLanes  = 16
	mostKey    = 128
)

// hashesAtOnce is how many hashes are worked out at the same time. Each takes
// its memory and a processor, and sign-in is open to strangers.
const hashesAtOnce = 2

// A hasher makes and compares argon2id hashes, a few at a time.
type hasher struct {
	memory, passes uint32
	turn           chan struct{}
	// dummy is a hash that no password has, for people who do not exist. To find
	// that out takes as long as with any other.
	dummy string
}

func newHasher(memory, passes uint32) *hasher {
	h := &hasher{memory: memory, passes: passes, turn: make(chan struct{}, hashesAtOnce)}
	if h.memory == 0 {
		h.memory = hashMemory
	}
	if h.passes == 0 {
		h.passes = hashPasses
	}
	h.dummy = h.phc(randomBytes(saltBytes), randomBytes(keyBytes))
	return h
}

// hash returns a new hash of the password as a PHC string. The only error is
// the context's.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	if err := h.wait(ctx); err != nil {
		return "", err
	}
	defer h.done()
	return h.make(password), nil
}

// matches reports whether the password is the one a hash was made of. A hash
// that cannot be read is an error, which names nothing of it.
func (h *hasher) matches(ctx context.Context, stored, password string) (bool, error) {
	p, err := parsePHC(stored)
	if err != nil {
		return false, err
	}
	if err := h.wait(ctx); err != nil {
		return false, err
	}
	defer h.done()
	key := argon2.IDKey([]byte(password), p.salt, p.passes, p.memory, p.lanes, uint32(len(p.key)))
	return subtle.ConstantTimeCompare(key, p.key) == 1, nil
}

// current reports whether a hash has the parameters of new ones.
func (h *hasher) current(stored string) bool {
	p, err := parsePHC(stored)
	return err == nil && p.memory == h.memory && p.passes == h.passes && p.lanes == hashLanes &&
		len(p.key) == keyBytes && len(p.salt) == saltBytes
}

func (h *hasher) make(password string) string {
	salt := randomBytes(saltBytes)
	return h.phc(salt, argon2.IDKey([]byte(password), salt, h.passes, h.memory, hashLanes, keyBytes))
}

// phc writes a hash with the parameters of today.
func (h *hasher) phc(salt, key []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.passes, hashLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

func (h *hasher) wait(ctx context.Context) error {
	select {
	case h.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *hasher) done() { <-h.turn }

// A phc is a PHC string taken apart.
type phc struct {
	memory, passes uint32
	lanes          uint8
	salt, key      []byte
}

var errHash = errors.New("a stored password hash cannot be read")

// parsePHC reads "$argon2id$v=19$m=19456,t=2,p=1$salt$key".
func parsePHC(text string) (phc, error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return phc{}, errHash
	}
	var version int
	var p phc
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return phc{}, errHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.lanes); err != nil {
		return phc{}, errHash
	}
	var saltErr, keyErr error
	p.salt, saltErr = base64.RawStdEncoding.DecodeString(parts[4])
	p.key, keyErr = base64.RawStdEncoding.DecodeString(parts[5])
	switch {
	case saltErr != nil, keyErr != nil, len(p.salt) == 0, len(p.salt) > mostKey, len(p.key) < saltBytes, len(p.key) > mostKey,
		p.memory == 0, p.memory > mostMemory, p.passes == 0, p.passes > mostPasses, p.lanes == 0, p.lanes > mostLanes:
		return phc{}, errHash
	}
	return p, nil
}
