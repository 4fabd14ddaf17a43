package report

import (
	"net/url"
	"path"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What a program could take for a scheme, a host, a query or the end of a path
// is encoded; what stays are letters, digits and the signs of paths.
func TestURIOf(t *testing.T) {
	for _, test := range []struct {
		name, want string
		absolute   bool
	}{
		{"azAZ09-._~/x", "azAZ09-._~/x", false},
		{"`{@[/:", "%60%7B%40%5B/%3A", false}, // the neighbours of letters and digits
		{"a:", "a%3A", false},
		{"A:/x", "file:///A:/x", true},
		{"z:/x", "file:///z:/x", true},
		{"~:/x", "~%3A/x", false},
		{"@:/x", "%40%3A/x", false},
		{"//server/x", "file://server/x", true},
		{"///x", "file:///x", true},
		{"//", "file:///", true},
	} {
		if got, absolute := uriOf(test.name); got != test.want || absolute != test.absolute {
			t.Errorf("%q: got %q, %t, want %q", test.name, got, absolute, test.want)
		}
	}
}

// A reader of URIs has the name again, whatever is in it.
func TestURIOfReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOf(rapid.SampledFrom([]rune("a/.:?#%&@ åZ\x00"))).Filter(func(s string) bool { return !strings.HasPrefix(s, "//") }).Draw(t, "name")
		reference, absolute := uriOf(name)
		read, err := url.Parse(reference)
		if err != nil || read.RawQuery != "" || read.Fragment != "" || read.Host != "" || (read.Scheme == "file") != absolute {
			t.Fatalf("%q became %q: %+v, %v", name, reference, read, err)
		}
		if want := path.Clean(name); strings.TrimPrefix(read.Path, "/") != strings.TrimPrefix(want, "/") {
			t.Errorf("%q came back as %q", want, read.Path)
		}
	})
}
