package result

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/ks-no/ksdev/pkg/diag"
)

// Inert escapes, in JSON, characters that could control a terminal or turn
// text around, and what a build server would take for a command ("##[").
// The JSON means the same as before.
func Inert(data []byte) []byte {
	if command := []byte("##["); bytes.Contains(data, command) {
		data = bytes.ReplaceAll(data, command, []byte(`#\u0023[`))
	}
	if !hasHidden(data) {
		return data
	}
	var b bytes.Buffer
	for _, r := range string(data) {
		switch {
		case !hidden(r):
			b.WriteRune(r)
		case r > 0xffff:
			// JSON writes what lies beyond the first plane as two halves.
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.Bytes()
}

func hasHidden(data []byte) bool {
	for i := 0; i < len(data); {
		if data[i] < 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if hidden(r) {
			return true
		}
		i += size
	}
	return false
}

func hidden(r rune) bool {
	return r >= 0x7f && r != utf8.RuneError && diag.Hidden(r)
}
