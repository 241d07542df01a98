package bolt

import (
	"slices"

	"centerplan/store"
)

// OpenWithUpgrade opens a file as a later Centerplan would whose list of
// upgrades has one more.
func OpenWithUpgrade(path string, next func(kind string, payload []byte) ([]byte, error)) (*Store, error) {
	return open(path, codec{upgrades: append(slices.Clip(upgrades), next)})
}

// SetMostBytes bounds the file's size, as a full disk does; 0 is no bound.
func (s *Store) SetMostBytes(most int) { s.db.MaxSize = most }

// ForgedSeal returns the record of a seal with a checksum that is right,
// whatever is in the seal.
func ForgedSeal(id store.PlanID, seal store.Seal) ([]byte, error) {
	payload, err := packSeal(seal)
	return codec{upgrades: upgrades}.encode(sealName(id), payload), err
}
