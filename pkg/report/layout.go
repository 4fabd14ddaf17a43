package report

import "slices"

// Widths of a table, in terminal columns.
const (
	// columnGap is between two columns.
	columnGap = 2
	// defaultLeast is Column.Least where it is not given.
	defaultLeast = 16
	// squeezedLeast is how narrow any column may become before columns that
	// were meant to stay in the row are put under it.
	squeezedLeast = 10
)

// layout says how the columns of a table stand on the page: side by side with
// their widths, and under the row.
type layout struct {
	across []int // indexes of columns
	widths []int // of the columns across
	under  []int // indexes of columns
}

// arrange lays columns out in the room there is. natural is what the longest
// text of each column needs; columns without any text get no place.
//
// First the columns that say so go under the row, step by step, until what is
// left fits. Then all columns are squeezed, and at last put under the row from
// the end, so that there is a layout for every table at every width.
func arrange(columns []Column, natural []int, room int) layout {
	for step := range lastStep(columns) + 1 {
		l := place(columns, natural, step)
		if l.grow(l.least(columns, natural), natural, room) {
			return l
		}
	}
	l := place(columns, natural, lastStep(columns))
	for {
		least := make([]int, len(l.across))
		for i, c := range l.across {
			least[i] = min(natural[c], squeezedLeast)
		}
		if l.grow(least, natural, room) {
			return l
		}
		last := len(l.across) - 1
		l.under = append(l.under, l.across[last])
		l.across = l.across[:last]
		slices.Sort(l.under)
	}
}

// lastStep is the highest Column.Below.
func lastStep(columns []Column) int {
	last := 0
	for _, c := range columns {
		last = max(last, c.Below)
	}
	return last
}

// place puts columns across or under, as they stand once all columns up to the
// step have gone under.
func place(columns []Column, natural []int, step int) layout {
	var l layout
	for i, c := range columns {
		switch {
		case natural[i] == 0:
		case c.Below == Always, c.Below > 0 && c.Below <= step:
			l.under = append(l.under, i)
		default:
			l.across = append(l.across, i)
		}
	}
	return l
}

// least is how narrow the columns across may become.
func (l layout) least(columns []Column, natural []int) []int {
	least := make([]int, len(l.across))
	for i, c := range l.across {
		least[i] = natural[c]
		if columns[c].Flexible {
			need := columns[c].Least
			if need == 0 {
				need = defaultLeast
			}
			least[i] = min(natural[c], max(need, 2)) // a wide character takes two
		}
	}
	return least
}

// grow gives the columns their least and shares the rest among them, always to
// the narrowest one that needs more. It reports whether there is room for it.
func (l *layout) grow(least, natural []int, room int) bool {
	l.widths = least
	rest := room - l.width()
	if rest < 0 {
		return false
	}
	for ; rest > 0; rest-- {
		narrowest := -1
		for i, c := range l.across {
			if l.widths[i] < natural[c] && (narrowest < 0 || l.widths[i] < l.widths[narrowest]) {
				narrowest = i
			}
		}
		if narrowest < 0 {
			break
		}
		l.widths[narrowest]++
	}
	return true
}

// width is how much the columns across take, with the gaps between them.
func (l layout) width() int {
	total := 0
	for i, w := range l.widths {
		total += w
		if i > 0 {
			total += columnGap
		}
	}
	return total
}

// stretch widens a flexible column so that a last column that stands at the
// right reaches the right side of the room.
func (l layout) stretch(columns []Column, room int) {
	last := len(l.across) - 1
	if last < 0 || columns[l.across[last]].Align != Right {
		return
	}
	for i := last - 1; i >= 0; i-- {
		if columns[l.across[i]].Flexible {
			l.widths[i] += max(0, room-l.width())
			return
		}
	}
}

// hang is how far lines under the row are moved in: to the second column, where
// the first one is narrow.
func (l layout) hang() int {
	const widest = 12
	if len(l.widths) > 0 && l.widths[0]+columnGap <= widest {
		return l.widths[0] + columnGap
	}
	return 2 * columnGap
}
