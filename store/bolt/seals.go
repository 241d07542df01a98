package bolt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"centerplan/planning/problem"
	"centerplan/store"
)

// sealKey is where the seal lies in a plan's bucket of seals, which holds
// nothing else.
var sealKey = []byte("seal")

func sealName(id store.PlanID) string { return fmt.Sprintf("seal of plan %s", id) }

// A sealHead is what is stored of a seal before its bytes.
type sealHead struct {
	Rev  store.Rev   `json:"rev"`
	Hash string      `json:"hash"`
	When time.Time   `json:"when"`
	Who  store.Actor `json:"who"`
}

var (
	errNoHead   = errors.New("the seal's head has no end")
	errHash     = errors.New("the hash is not that of the sealed bytes")
	errUnsealed = errors.New("the plan's head knows no seal")
)

// hashOf returns the SHA-256 in small hexadecimal digits.
func hashOf(sealed []byte) string {
	sum := sha256.Sum256(sealed)
	return hex.EncodeToString(sum[:])
}

// Seal implements store.Store.
func (s *Store) Seal(
	ctx context.Context, id store.PlanID, base store.Rev, change store.Change, seal store.Seal,
) (rev store.Rev, err error) {
	if change.OpID == "" {
		return 0, problem.Problem{Kind: problem.Invalid, Key: "store.no_op_id"}
	}
	if seal.Hash != hashOf(seal.Bytes) {
		return 0, problem.Problem{Kind: problem.Invalid, Key: "store.seal_hash", Args: planArgs(id)}
	}
	payload, err := packSeal(seal)
	if err != nil {
		return 0, err
	}
	err = s.update(ctx, func(tx *bbolt.Tx) error {
		info, err := s.info(tx, id)
		if err != nil {
			return err
		}
		if rev, err = s.sealedBy(tx, info, change.OpID); rev != 0 || err != nil {
			return err
		}
		info.Sealed = base + 1
		if rev, err = s.putNext(tx, info, base, change); err != nil {
			return err
		}
		if seal.Rev < 1 || seal.Rev > rev {
			return noRevision(id, seal.Rev)
		}
		bucket, err := tx.Bucket(sealBucket).CreateBucket([]byte(id))
		if err != nil {
			return err
		}
		return bucket.Put(sealKey, s.codec.encode(sealName(id), payload))
	})
	if err != nil {
		return 0, err
	}
	return rev, nil
}

// sealedBy returns the revision that the operation has if it sealed the plan,
// and a Conflict if another operation did, or this one did something else.
func (s *Store) sealedBy(tx *bbolt.Tx, info store.Info, opID string) (store.Rev, error) {
	rev, err := s.revOfOp(tx, info.ID, opID)
	switch {
	case err != nil:
		return 0, err
	case info.Sealed != 0 && rev == info.Sealed:
		return rev, nil
	case info.Sealed != 0:
		return 0, problem.Problem{Kind: problem.Conflict, Key: "store.sealed", Args: planArgs(info.ID)}
	case rev != 0:
		args := planArgs(info.ID)
		args["revision"] = fmt.Sprint(rev)
		return 0, problem.Problem{Kind: problem.Conflict, Key: "store.op_taken", Args: args}
	}
	return 0, nil
}

func planArgs(id store.PlanID) problem.Args { return problem.Args{"plan": string(id)} }

// packSeal writes the head, which JSON keeps on one line, and the bytes after
// it, as they are.
func packSeal(seal store.Seal) ([]byte, error) {
	head, err := json.Marshal(sealHead{Rev: seal.Rev, Hash: seal.Hash, When: seal.When, Who: seal.Who})
	if err != nil {
		return nil, fmt.Errorf("encode a seal: %w", err)
	}
	return pack(bytes.Join([][]byte{head, seal.Bytes}, []byte("\n")))
}

// decodeSeal reads a seal and holds its bytes against its hash. The head alone
// is upgraded.
func (c codec) decodeSeal(name string, record []byte) (seal store.Seal, err error) {
	payload, format, err := c.open(name, record)
	if err != nil {
		return seal, err
	}
	if payload, err = unpack(payload); err != nil {
		return seal, err
	}
	text, sealed, ok := bytes.Cut(payload, []byte("\n"))
	if !ok {
		return seal, errNoHead
	}
	if text, err = c.upgrade(sealKind, text, format); err != nil {
		return seal, err
	}
	var head sealHead
	if err := json.Unmarshal(text, &head); err != nil {
		return seal, err
	}
	if head.Hash != hashOf(sealed) {
		return seal, errHash
	}
	return store.Seal{Rev: head.Rev, Hash: head.Hash, When: head.When, Who: head.Who, Bytes: sealed}, nil
}

// Sealed implements store.Store. The bytes are unpacked after the transaction.
func (s *Store) Sealed(ctx context.Context, id store.PlanID) (seal store.Seal, found bool, err error) {
	var record []byte
	var info store.Info
	err = s.view(ctx, func(tx *bbolt.Tx) (err error) {
		info, err = s.info(tx, id)
		record = bytes.Clone(sealRecord(tx, id))
		found = info.Sealed != 0 || record != nil
		if err == nil && info.Sealed == 0 && found {
			return s.damaged(sealName(id), errUnsealed)
		}
		return err
	})
	if !found || err != nil {
		return seal, false, err
	}
	seal, err = s.codec.decodeSeal(sealName(id), record)
	if err == nil && (seal.Rev < 1 || seal.Rev > info.Rev) {
		err = errExtra
	}
	if err != nil {
		return store.Seal{}, false, s.damaged(sealName(id), err)
	}
	return seal, true, nil
}

// sealRecord returns the record of a plan's seal, nil if there is none. A file
// that an older Centerplan wrote and this one only reads has no seals.
func sealRecord(tx *bbolt.Tx, id store.PlanID) []byte {
	if seals := tx.Bucket(sealBucket); seals != nil {
		if bucket := seals.Bucket([]byte(id)); bucket != nil {
			return bucket.Get(sealKey)
		}
	}
	return nil
}
