package diag

import (
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/i18n"
)

func TestHasErrors(t *testing.T) {
	for _, test := range []struct {
		list List
		want bool
	}{
		{nil, false},
		{List{{Severity: Warning}, {Severity: Notice}}, false},
		{List{{Severity: Warning}, {Severity: Error}}, true},
	} {
		if got := test.list.HasErrors(); got != test.want {
			t.Errorf("%v: got %t", test.list, got)
		}
	}
}

// Each diagnostic comes before the next, for one reason after the other; those
// that are equal stay as they were found.
func TestSort(t *testing.T) {
	made := func(file string, line, column int, severity Severity, code string, width int) Diagnostic {
		return Diagnostic{Pos: Pos{file, line, column}, Severity: severity, Message: i18n.M(code), Width: width}
	}
	want := List{
		made("a", 2, 2, Notice, "b", 0),
		made("b", 1, 2, Notice, "b", 0),
		made("b", 2, 1, Notice, "b", 0),
		made("b", 2, 2, Error, "b", 0),
		made("b", 2, 2, Notice, "a", 2),
		made("b", 2, 2, Notice, "a", 1),
		made("b", 2, 2, Notice, "b", 0),
	}
	got := List{want[6], want[4], want[5], want[3], want[2], want[1], want[0]}
	got.Sort()
	if !slices.EqualFunc(got, want, func(a, b Diagnostic) bool { return Compare(a, b) == 0 && a.Width == b.Width }) {
		t.Errorf("got %v", got)
	}
}

// The gravest are kept, whatever stands before them, and notices only where
// there is room left.
func TestCapped(t *testing.T) {
	list := func(notices, warnings, errors int) (l List) {
		l = append(l, slices.Repeat(List{{Severity: Notice}}, notices)...)
		l = append(l, slices.Repeat(List{{Severity: Warning}}, warnings)...)
		return append(l, slices.Repeat(List{{Severity: Error}}, errors)...)
	}
	for _, test := range []struct {
		list, shown List
		left        int
	}{
		{nil, nil, 0},
		{list(Limit, 0, 0), list(Limit, 0, 0), 0},
		{list(Limit+1, 0, 0), list(Limit, 0, 0), 1},
		{list(9, Limit-2, 1), list(1, Limit-2, 1), 8},
		{list(9, 9, Limit+2), list(0, 0, Limit), 20},
	} {
		shown, left := test.list.Capped()
		if !slices.EqualFunc(shown, test.shown, func(a, b Diagnostic) bool { return a.Severity == b.Severity }) || left != test.left {
			t.Errorf("%v: got %v, %d", test.list, shown, left)
		}
	}
}

// What was forgotten has no severity.
func TestSeverity(t *testing.T) {
	for severity, want := range map[Severity]string{0: "no severity", Error: "error", Warning: "warning", Notice: "notice"} {
		if got := severity.String(); got != want {
			t.Errorf("%d: got %q, want %q", severity, got, want)
		}
	}
}
