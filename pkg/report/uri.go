package report

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"
)

// uriOf writes a path as a URI reference, and whether it is absolute. Bytes that
// are not letters or digits are percent-encoded, so that a name can neither be
// taken for a scheme nor end the path.
func uriOf(name string) (reference string, absolute bool) {
	slashed := path.Clean(filepath.ToSlash(name))
	switch {
	case strings.HasPrefix(slashed, "/"):
		return "file://" + percentEncode(slashed), true
	case filepath.IsAbs(name):
		return "file:///" + percentEncode(slashed), true
	}
	return percentEncode(slashed), false
}

func percentEncode(text string) string {
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~/", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}

// isWebAddress reports whether a text can be linked to.
func isWebAddress(text string) bool {
	address, err := url.Parse(text)
	return err == nil && (address.Scheme == "https" || address.Scheme == "http") && address.Host != "" &&
		clean(text, true) == text && !strings.ContainsAny(text, " \"<>\\^`{|}")
}
