package bolt

import "slices"

// OpenWithUpgrade opens a file as a later Centerplan would whose list of
// upgrades has one more.
func OpenWithUpgrade(path string, next func(kind string, payload []byte) ([]byte, error)) (*Store, error) {
	return open(path, codec{upgrades: append(slices.Clip(upgrades), next)})
}

// SetMostBytes bounds the file's size, as a full disk does; 0 is no bound.
func (s *Store) SetMostBytes(most int) { s.db.MaxSize = most }
