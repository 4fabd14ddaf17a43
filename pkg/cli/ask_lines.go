package cli

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"sync"
)

// lines reads a stream a line at a time, so that who reads takes no more than
// one, and no longer than the context lasts: a person who is asked for a line
// may press Ctrl-C instead.
type lines struct {
	ctx   context.Context
	come  chan line
	begin func()
	// rest is what is left of the line that came last.
	rest []byte
	// ended says that there are no more.
	ended bool
}

type line struct {
	data []byte
	err  error
}

func newLines(r io.Reader) *lines {
	l := &lines{ctx: context.Background(), come: make(chan line)}
	l.begin = sync.OnceFunc(func() { go l.read(bufio.NewReader(r)) })
	return l
}

func (l *lines) read(r *bufio.Reader) {
	for {
		data, err := r.ReadBytes('\n')
		if len(data) > 0 {
			l.come <- line{data: append(bytes.TrimRight(data, "\r\n"), '\n')}
		}
		if err != nil {
			l.come <- line{err: err}
			return
		}
	}
}

// Read reads from the line that came last, or else from the next one.
func (l *lines) Read(p []byte) (int, error) {
	l.begin()
	switch {
	case len(l.rest) > 0:
	case l.ended:
		return 0, io.EOF
	default:
		select {
		case next := <-l.come:
			if next.err != nil {
				l.ended = true
				return 0, next.err
			}
			l.rest = next.data
		case <-l.ctx.Done():
			return 0, l.ctx.Err()
		}
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}
