package yamldoc

import (
	"errors"
	"strings"
	"testing"
)

// breakingDown breaks down as the library does on some broken input.
type breakingDown struct{}

func (breakingDown) Read([]byte) (int, error) { panic("index out of range [7] with length 7") }

// What the library gives of a part counts only where it is all that there is:
// it would read the first document and never look at the rest. Where it breaks
// down there is an error like any other.
func TestDecodeWhole(t *testing.T) {
	if root, err := decode(strings.NewReader("a: 1\n---\nb: 2\n")); root != nil || !errors.Is(err, errSeveral) {
		t.Errorf("two documents in one part: %v, %v", root, err)
	}
	root, err := decode(breakingDown{})
	if problem, _ := parseError(err); root != nil || problem != "index out of range [7] with length 7" {
		t.Errorf("a library that breaks down: %v, %v", root, err)
	}
}

// A problem that nobody knows is shown where it may be, and is no reason to
// break down.
func TestUnknownProblem(t *testing.T) {
	b := newBroken("a: 1\n---\nb: 2\n")
	if b.problem != errSeveral.Error() {
		t.Errorf("the problem is %q", b.problem)
	}
	if got := b.explain(); got.message.Key != "yamldoc.syntax" || got.offset != 0 || got.width != 1 {
		t.Errorf("it is explained as %+v", got)
	}
}

// The byte order mark belongs to the first line, which starts behind it.
func TestPlace(t *testing.T) {
	f := newFile("f", []byte(byteOrderMark+"æ: 1\r\nb"))
	for i, want := range map[int][2]int{0: {1, 1}, 2: {1, 1}, 3: {1, 1}, 5: {1, 2}, 10: {2, 1}, 11: {2, 2}} {
		if line, column := f.place(i); [2]int{line, column} != want {
			t.Errorf("byte %d is at %d:%d, want %v", i, line, column, want)
		}
	}
}
