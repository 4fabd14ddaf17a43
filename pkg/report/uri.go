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
// taken for a scheme nor end the path. A path from Windows is the same on every
// system: a result that was saved there may be read here.
func uriOf(name string) (reference string, absolute bool) {
	slashed := filepath.ToSlash(name)
	machine, share, shared := onMachine(slashed)
	slashed = path.Clean(slashed)
	switch {
	case shared:
		return "file://" + machine + percentEncode(path.Clean("/"+share)), true
	case strings.HasPrefix(slashed, "/"):
		return "file://" + percentEncode(slashed), true
	case isOnDrive(slashed):
		return "file:///" + slashed[:2] + percentEncode(slashed[2:]), true
	}
	return percentEncode(slashed), false
}

// onMachine takes a path apart that begins with the name of a machine:
// "//server/felles/a.yaml". A URI cannot have every name.
func onMachine(slashed string) (machine, share string, ok bool) {
	rest, ok := strings.CutPrefix(slashed, "//")
	machine, share, _ = strings.Cut(rest, "/")
	named := strings.Trim(machine, ".") != "" && percentEncode(machine) == machine
	return machine, share, ok && named && share != ""
}

// isOnDrive reports whether a path begins at the root of a drive: "C:/tiltak".
func isOnDrive(slashed string) bool {
	return len(slashed) > 2 && slashed[1:3] == ":/" && ('a' <= slashed[0]|0x20 && slashed[0]|0x20 <= 'z')
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
