package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// onWindows is runtime.GOOS there. What differs between systems takes it as an
// argument, so that every system can be tested on each.
const onWindows = "windows"

// unusableName says why a file cannot be written under a name, or would not be
// found under it; zero where it can. Windows makes other files of some names
// than is meant, without a word: devices, streams of files, names without their
// last dots.
func unusableName(goos, name string) i18n.Message {
	if goos != onWindows {
		return i18n.Message{}
	}
	for _, part := range strings.FieldsFunc(withoutDrive(name), func(r rune) bool { return r == '/' || r == '\\' }) {
		switch i := strings.IndexFunc(part, isForbidden); {
		case part == "." || part == "..":
		case isDevice(part):
			return i18n.M("platforms.device", diag.Clean(part))
		case i >= 0:
			return i18n.M("platforms.sign", diag.Clean(part[i:i+1]))
		case strings.HasSuffix(part, ".") || strings.HasSuffix(part, " "):
			return i18n.M("platforms.ending")
		}
	}
	return i18n.Message{}
}

// withoutDrive is a path without what stands before the names of its files:
// "C:" or "\\?\C:".
func withoutDrive(name string) string {
	name = strings.TrimPrefix(name, `\\?\`)
	if len(name) >= 2 && name[1] == ':' && ('a' <= name[0]|0x20 && name[0]|0x20 <= 'z') {
		return name[2:]
	}
	return name
}

// isForbidden reports whether no file of Windows has the character in its name.
func isForbidden(r rune) bool { return r < ' ' || strings.ContainsRune(`<>:"|?*`, r) }

// isDevice reports whether Windows takes a name for that of a device, with any
// ending.
func isDevice(name string) bool {
	name, _, _ = strings.Cut(strings.ToUpper(name), ".")
	name, _, _ = strings.Cut(name, ":")
	name = strings.TrimRight(name, " ")
	if slices.Contains([]string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}, name) {
		return true
	}
	number, isPort := strings.CutPrefix(name, "COM")
	if !isPort {
		number, isPort = strings.CutPrefix(name, "LPT")
	}
	return isPort && slices.Contains(strings.Split("123456789¹²³", ""), number)
}

// sameName reports whether two names are those of one file. Windows and macOS
// tell files apart by more than the case of their letters.
func sameName(goos, a, b string) bool {
	return a == b || (goos == onWindows || goos == "darwin") && strings.EqualFold(a, b)
}

// expand gives the files for each argument that holds * or ? and is no file:
// the shells of Windows leave that to programs. What fits no file stays, and is
// reported as one that does not exist.
func expand(goos string, args []string, exists func(name string) bool) []string {
	if goos != onWindows {
		return args
	}
	var all []string
	for _, arg := range args {
		if !strings.ContainsAny(arg, "*?") || exists(arg) {
			all = append(all, arg)
			continue
		}
		// To the shells brackets are letters like others.
		names, err := filepath.Glob(strings.ReplaceAll(arg, "[", "[[]"))
		hidden := strings.HasPrefix(filepath.Base(arg), ".")
		names = slices.DeleteFunc(names, func(name string) bool { return !hidden && strings.HasPrefix(filepath.Base(name), ".") })
		if err != nil || len(names) == 0 {
			names = []string{arg}
		}
		all = append(all, names...)
	}
	return all
}
