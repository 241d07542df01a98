package web

import (
	"io"
	"maps"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// How long, and for how much, a connection is read on after a request that was
// refused for its length.
const (
	lingerTime  = 10 * time.Second
	lingerBytes = 256 << 20
)

// A patientListener gives out connections that can linger, and knows those that
// have not asked for anything yet. Browsers open connections ahead of need; a
// shutdown would wait for each of them.
type patientListener struct {
	net.Listener
	mu     sync.Mutex
	silent map[*patientConn]bool
}

// Accept implements net.Listener.
func (l *patientListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	c := &patientConn{Conn: conn, listener: l}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.silent == nil {
		l.silent = map[*patientConn]bool{}
	}
	l.silent[c] = true
	return c, nil
}

// heard notes that a connection has asked for something, or has ended.
func (l *patientListener) heard(c *patientConn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.silent, c)
}

// closeSilent ends the connections that have not asked for anything.
func (l *patientListener) closeSilent() {
	l.mu.Lock()
	silent := slices.Collect(maps.Keys(l.silent))
	l.mu.Unlock()
	for _, c := range silent {
		_ = c.Close()
	}
}

// A patientConn that lingers reads on after its answer. Closing a connection
// with something unread in it resets it, and a client that was still sending
// would then never see why it was refused.
type patientConn struct {
	net.Conn
	listener *patientListener
	spoke    bool // touched by the connection's one reader only
	lingers  atomic.Bool
}

// Read implements net.Conn.
func (c *patientConn) Read(into []byte) (int, error) {
	n, err := c.Conn.Read(into)
	if n > 0 && !c.spoke {
		c.spoke = true
		c.listener.heard(c)
	}
	return n, err
}

// Close implements net.Conn.
func (c *patientConn) Close() error {
	c.listener.heard(c)
	half, ok := c.Conn.(interface{ CloseWrite() error })
	if ok && c.lingers.Swap(false) && half.CloseWrite() == nil {
		_ = c.SetReadDeadline(time.Now().Add(lingerTime))
		_, _ = io.CopyN(io.Discard, c.Conn, lingerBytes)
	}
	return c.Conn.Close()
}

// linger has the connection read on once it is answered.
func linger(conn net.Conn) {
	if c, ok := conn.(*patientConn); ok {
		c.lingers.Store(true)
	}
}
