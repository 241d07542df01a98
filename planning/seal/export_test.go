package seal

// Canonical writes any value as the bytes of a seal are written.
var Canonical = canonical
