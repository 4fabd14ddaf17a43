package vet

import (
	"os"
	"testing"

	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// fill leaves so many nodes in a store.
func fill(t *testing.T, s *diagram.Store, left int) {
	t.Helper()
	for a := range diagram.Ref(s.Len()) {
		for b := range a {
			if s.Len() >= strategy.MaxNodes-left {
				return
			}
			if top := min(s.Variable(a), s.Variable(b)); top > 0 {
				kids := make([]diagram.Ref, s.Space().Cells(0))
				for i := range kids {
					kids[i] = a
				}
				kids[0] = b
				s.Node(0, kids)
			}
		}
	}
	if s.Err() != nil || s.Len() < strategy.MaxNodes-left {
		t.Fatalf("%d nodes, %v", s.Len(), s.Err())
	}
}

// However soon a strategy turns out to be too large to be checked, that is what
// is said, once, and nothing else.
func TestTooLargeToCheck(t *testing.T) {
	said := map[bool]int{}
	for _, left := range []int{0, 1, 10, 50, 100, 200, 300, 500, 700, 1000, 1500, 2000, 3000, 100_000} {
		in, found := strategy.Inspect(os.DirFS("../../criteria/ks-2016-2019"), strategy.Options{})
		if in.Strategy.Model == nil {
			t.Fatal(found)
		}
		fill(t, in.Strategy.Model.Store, left)
		check := checked(in, found)
		large := in.Strategy.Model.Store.Err() != nil
		said[large]++
		if large && (len(check.Findings) != 1 || check.Findings[0].Code() != "check.too_large" || check.Counted != nil) {
			t.Errorf("%d nodes left: %v", left, check.Findings)
		}
		if !large && check.Counted == nil {
			t.Errorf("%d nodes left: nothing was counted", left)
		}
	}
	if said[true] == 0 || said[false] == 0 {
		t.Errorf("only one of both: %v", said)
	}
}
