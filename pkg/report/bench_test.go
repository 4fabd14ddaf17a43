package report

import (
	"fmt"
	"testing"
)

// longAssessment is a document with so many rows, in six tables of one kind.
func longAssessment(rows int) Document {
	columns := assessmentColumns()
	var d Document
	for part := range 6 {
		var t Table
		for i := part; i < rows; i += 6 {
			t.Rows = append(t.Rows, assessmentRow(fmt.Sprintf("C%d", i), Open, "? uavklart", "Områder med økonomisk tyngde",
				"mangler: hvor mye området bruker i året", fmt.Sprintf("linje %d", i)))
		}
		t.Columns = columns
		d.Blocks = append(d.Blocks, Heading{Level: 2, Text: "Prioriteringskriterier (kap. 2.2)", Aside: "4-9 av 10"}, t)
	}
	return d
}

func BenchmarkText(b *testing.B) {
	for _, rows := range []int{50, 60, 200} {
		for _, width := range []int{160, 80, 60} {
			d := longAssessment(rows)
			b.Run(fmt.Sprintf("rows=%d/width=%d", rows, width), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := Text(d, TextOptions{Width: width, Color: true}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
