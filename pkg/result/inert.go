package result

import (
	"bytes"
	"fmt"

	"github.com/ks-no/ksdev/pkg/diag"
)

// Inert escapes, in JSON, characters that could control a terminal or turn
// text around, and what a build server would take for a command ("##[").
// The JSON means the same as before.
func Inert(data []byte) []byte {
	if command := []byte("##["); bytes.Contains(data, command) {
		data = bytes.ReplaceAll(data, command, []byte(`#\u0023[`))
	}
	if !bytes.ContainsFunc(data, hidden) {
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

// hidden leaves out what is below: line breaks stand between values, and texts
// hold none that is not escaped.
func hidden(r rune) bool { return r >= 0x7f && diag.Hidden(r) }
