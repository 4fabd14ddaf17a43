package report

import "strconv"

// pageInterval is an interval as it is drawn, in hundredths of the whole.
type pageInterval struct{ Start, Width string }

// pageIntervalOf places an interval; none where it is not one.
func pageIntervalOf(i *Interval) *pageInterval {
	if i == nil || i.Least < 1 || i.Most < i.Least || i.Of < i.Most {
		return nil
	}
	start, width := share(i.Least-1, i.Of), share(i.Most-i.Least+1, i.Of)
	width = max(width, visible)
	return &pageInterval{Start: decimals(min(start, 100-width)), Width: decimals(width)}
}

// visible is how wide the smallest interval is drawn, in hundredths.
const visible = 4

// share is a part of a whole in hundredths of it.
func share(part, whole int) float64 { return float64(part) * 100 / float64(whole) }

func decimals(number float64) string { return strconv.FormatFloat(number, 'f', 2, 64) }

// pageBars are bars as a table, with a drawing in each row.
type pageBars struct {
	Caption string
	Kinds   []pagePiece
	Bars    []pageBar
}

type pageBar struct {
	Label, Full string
	Parts       []pageBarPart
	Counts      []pageCount
}

type pageCount struct {
	Kind  string
	Count int
}

// pageBarPart is a part as it is drawn, in hundredths of its bar.
type pageBarPart struct {
	Class, Start, Width, Middle string
	// Text is shown in the part where it is wide enough.
	Text string
}

// readable is the least width of a part, in hundredths of its bar, that a number
// of three digits has room in.
const readable = 8

func (w *pageWriter) bars(b Bars) *pageBars {
	if len(b.Bars) == 0 {
		return nil
	}
	made := &pageBars{Caption: pageText(b.Caption)}
	if made.Caption == "" {
		made.Caption = w.name
	}
	kinds := b.kinds()
	for _, kind := range kinds {
		made.Kinds = append(made.Kinds, pagePiece{Text: pageText(kind.Word), Class: kind.Tone.class()})
	}
	for _, bar := range b.Bars {
		made.Bars = append(made.Bars, pageBarOf(bar, kinds))
	}
	return made
}

func pageBarOf(b Bar, kinds []Part) pageBar {
	bar := pageBar{Label: pageText(b.Label), Full: pageText(b.Full)}
	total, before := 0, 0
	for _, kind := range kinds {
		count := max(b.count(kind.Word), 0)
		bar.Counts = append(bar.Counts, pageCount{pageText(kind.Word), count})
		total += count
	}
	for i, of := range bar.Counts {
		count := of.Count
		if count == 0 {
			continue
		}
		part := pageBarPart{Class: kinds[i].Tone.class(), Start: decimals(share(before, total)), Width: decimals(share(count, total)),
			Middle: decimals(share(2*before+count, 2*total))}
		if count*100 >= readable*total {
			part.Text = strconv.Itoa(count)
		}
		bar.Parts = append(bar.Parts, part)
		before += count
	}
	return bar
}
