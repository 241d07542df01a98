//go:build unix

package main

import (
	"net"
	"syscall"
)

// listenPrivately makes a socket that only its owner may use, from its first
// moment on. The mask holds for the whole process; a server does this before it
// serves anything.
func listenPrivately(path string) (net.Listener, error) {
	defer syscall.Umask(syscall.Umask(0o177))
	return net.Listen("unix", path)
}
