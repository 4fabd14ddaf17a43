package yamldoc

import (
	"strings"
	"unicode/utf8"
)

// Nearest finds the candidate that a mistyped name most likely means: the one
// that takes the fewest letters changed, added, left out or swapped with their
// neighbour (the Damerau-Levenshtein distance in its form without overlaps),
// and no more of them than a third of the name's length. Upper and lower case
// are the same. Of equally near ones it is the first in the list.
func Nearest(name string, candidates []string) (string, bool) {
	wanted := []rune(strings.ToLower(name))
	least := len(wanted)/3 + 1
	nearest, found := "", false
	for _, candidate := range candidates {
		difference := utf8.RuneCountInString(candidate) - len(wanted)
		if difference >= least || -difference >= least {
			continue
		}
		if d := distance(wanted, []rune(strings.ToLower(candidate))); d < least {
			nearest, least, found = candidate, d, true
		}
	}
	return nearest, found
}

// distance is how many single changes turn a into b. It keeps the last three
// rows of the table of distances between all beginnings of a and b.
func distance(a, b []rune) int {
	older, previous, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(previous[j]+1, row[j-1]+1, previous[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
		}
		older, previous, row = previous, row, older
	}
	return previous[len(b)]
}
