package report

import (
	"slices"
	"strconv"
)

// kinds lists the parts that the bars have, each once, in the order in which
// they are first met. What is counted in one bar and not in another is none
// there.
func (b Bars) kinds() []Part {
	var kinds []Part
	for _, bar := range b.Bars {
		for _, part := range bar.Parts {
			if !slices.ContainsFunc(kinds, func(known Part) bool { return known.Word == part.Word }) {
				kinds = append(kinds, Part{Word: part.Word, Tone: part.Tone})
			}
		}
	}
	return kinds
}

// count is how many of a bar's parts are of one kind.
func (b Bar) count(word string) int {
	total := 0
	for _, part := range b.Parts {
		if part.Word == word {
			total += part.Count
		}
	}
	return total
}

// table has a column for each kind of part, for formats that draw no bars.
func (b Bars) table() Table {
	t := Table{Header: true, Caption: b.Caption, Columns: []Column{{}, {Flexible: true, Least: 24}}}
	kinds := b.kinds()
	for _, kind := range kinds {
		t.Columns = append(t.Columns, Column{Title: kind.Word, Align: Right})
	}
	for _, bar := range b.Bars {
		row := Row{Cells: []Cell{Say(bar.Label), Say(bar.Full)}}
		for _, kind := range kinds {
			row.Cells = append(row.Cells, SayAs(kind.Tone, strconv.Itoa(bar.count(kind.Word))))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
