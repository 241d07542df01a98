// Package ui holds the built page of Centerplan, so that the binary serves it
// without any file beside it. The source is in src, the build in dist; both
// are committed, and the test command compares them byte by byte.
package ui

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// FS returns the built page: index.html at its root, scripts and styles in
// assets.
func FS() fs.FS {
	root, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // dist is embedded above, so it is always there
	}
	return root
}
