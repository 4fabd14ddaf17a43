package yamldoc

import (
	"math/rand/v2"
	"testing"
)

// plainDistance is the whole table, by the book.
func plainDistance(a, b []rune) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
		table[i][0] = i
	}
	for j := range table[0] {
		table[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			table[i][j] = min(table[i-1][j]+1, table[i][j-1]+1, table[i-1][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				table[i][j] = min(table[i][j], table[i-2][j-2]+1)
			}
		}
	}
	return table[len(a)][len(b)]
}

// What is left out of the table changes nothing: the distance is the same, or
// both are the bound or more.
func TestDistance(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	word := func() []rune {
		letters := make([]rune, random.IntN(10))
		for i := range letters {
			letters[i] = rune('a' + random.IntN(3))
		}
		return letters
	}
	near := 0
	for range 20_000 {
		a, b, least := word(), word(), 1+random.IntN(8)
		want := min(plainDistance(a, b), least)
		if got := distance(a, b, least); got != want {
			t.Fatalf("from %q to %q it is %d, not %d, of at most %d", string(a), string(b), got, want, least)
		}
		if want < least {
			near++
		}
	}
	if near < 2000 {
		t.Errorf("only %d were near", near)
	}
}
