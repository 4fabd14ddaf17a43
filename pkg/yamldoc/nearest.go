package yamldoc

import (
	"strings"
	"unicode/utf8"
)

// Nearest finds the candidate that a mistyped name most likely means: the one
// that takes the fewest letters changed, added, left out or swapped with their
// neighbour (the Damerau-Levenshtein distance in its form without overlaps),
// and no more of them than a third of the name's length. Upper and lower case
// are the same. Of equally near ones it is the first in the list. A name of
// more than 60 letters is no typing error.
func Nearest(name string, candidates []string) (string, bool) {
	wanted := []rune(strings.ToLower(name))
	if len(wanted) > longestName {
		return "", false
	}
	least := len(wanted)/3 + 1
	nearest, found := "", false
	for _, candidate := range candidates {
		difference := utf8.RuneCountInString(candidate) - len(wanted)
		if difference >= least || -difference >= least {
			continue
		}
		if d := distance(wanted, []rune(strings.ToLower(candidate)), least); d < least {
			nearest, least, found = candidate, d, true
		}
	}
	return nearest, found
}

// longestName is how long a name may be for which a near one is looked for.
const longestName = 60

// distance is how many single changes turn a into b, or least where it takes as
// many or more. It keeps the last three rows of the table of distances between
// all beginnings of a and b, and of each what lies nearer than least to the
// diagonal: elsewhere lengths alone make so many changes.
func distance(a, b []rune, least int) int {
	older, previous, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = min(j, least)
	}
	for i := 1; i <= len(a); i++ {
		for j := range row {
			row[j] = least
		}
		row[0] = min(i, least)
		nearest := row[0]
		for j := max(1, i-least); j <= min(len(b), i+least); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(previous[j]+1, row[j-1]+1, previous[j-1]+change, least)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
			nearest = min(nearest, row[j], previous[j])
		}
		if nearest == least {
			return least
		}
		older, previous, row = previous, row, older
	}
	return previous[len(b)]
}
