package report

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// XLSXOptions says what a workbook tells of itself.
type XLSXOptions struct {
	// Title says what the workbook is about, Creator what made it.
	Title, Creator string
}

// XLSX writes sheets as an Excel workbook, in their order. Titles and the first
// column stay in sight, rows can be filtered, and columns are as wide as what
// they hold up to a width at which text wraps. Numbers and days are values to go
// on calculating with, except those that a spreadsheet cannot hold exactly
// (numbers of more than 15 digits, days before March 1900), which are texts.
// Texts are cleaned, cut where they are longer than a cell can be, and never a
// formula, not even once they have been edited.
//
// Names of sheets are changed where Excel takes them for wrong or for the same.
// The same sheets give the same bytes. It fails where there is no sheet, where a
// sheet has no columns, a row more values than columns, or the sheet is larger
// than Excel can open.
func XLSX(sheets []Sheet, o XLSXOptions) ([]byte, error) {
	data, err := writeWorkbook(sheets, o)
	if err != nil {
		return nil, fmt.Errorf("write workbook: %w", err)
	}
	return data, nil
}

func writeWorkbook(sheets []Sheet, o XLSXOptions) (data []byte, err error) {
	if len(sheets) == 0 {
		return nil, errors.New("no sheets")
	}
	// In a folder that cannot be, nothing is written to disk.
	w := &workbook{file: excelize.NewFile(excelize.Options{TmpDir: "\x00"}), styles: map[look]int{}}
	defer func() { err = errors.Join(err, w.file.Close()) }()
	for i, name := range sheetNames(sheets) {
		if err := w.addSheet(i, name, sheets[i]); err != nil {
			return nil, fmt.Errorf("sheet %q: %w", name, err)
		}
	}
	// No workbook is older than files in an archive can be.
	const made = "1980-01-01T00:00:00Z"
	err = w.file.SetDocProps(&excelize.DocProperties{Title: cellText(o.Title), Creator: cellText(o.Creator), Created: made, Modified: made})
	if err != nil {
		return nil, err
	}
	packed, err := w.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return inOrder(packed.Bytes())
}

// inOrder packs the files of an archive anew in the order of their names:
// excelize writes sheets in an order of chance.
func inOrder(packed []byte) ([]byte, error) {
	r, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, file := range r.File {
		if err := w.Copy(file); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// workbook is a workbook on its way.
type workbook struct {
	file   *excelize.File
	styles map[look]int
}

// addSheet adds a sheet. It is written row by row: a tree of all its cells would
// take many times the memory.
func (w *workbook) addSheet(place int, name string, s Sheet) error {
	if err := s.check(); err != nil {
		return err
	}
	if len(s.Rows)+1 > excelize.TotalRows || len(s.Columns) > excelize.MaxColumns {
		return fmt.Errorf("%d rows and %d columns, at most %d and %d", len(s.Rows), len(s.Columns), excelize.TotalRows-1, excelize.MaxColumns)
	}
	area, err := excelize.CoordinatesToCellName(len(s.Columns), len(s.Rows)+1)
	if err != nil {
		return err
	}
	area = "A1:" + area
	widths := s.widths()
	if err := errors.Join(w.openSheet(place, name), w.file.SetSheetDimension(name, area), w.setPages(name, s, widths)); err != nil {
		return err
	}
	stream, err := w.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := w.writeCells(stream, s, widths); err != nil {
		return err
	}
	if !s.Prose {
		if err := w.file.AutoFilter(name, area, nil); err != nil {
			return err
		}
	}
	return stream.Flush()
}

// openSheet makes an empty sheet.
func (w *workbook) openSheet(place int, name string) error {
	if place == 0 {
		return w.file.SetSheetName(w.file.GetSheetName(0), name)
	}
	_, err := w.file.NewSheet(name)
	return err
}

// setPages says how a sheet is printed: on A4, across as few pages as can be
// read, and with what stays in sight on the screen on every page.
func (w *workbook) setPages(name string, s Sheet, widths []int) error {
	total := 0
	for _, width := range widths {
		total += width
	}
	const a4, readable = 9, 200 // in characters
	fits, paper, landscape := true, a4, "landscape"
	across, down := (total+readable-1)/readable, 0
	titles := "'" + name + "'!$1:$1"
	if s.fixesColumn() {
		titles = "'" + name + "'!$A:$A," + titles
	}
	return errors.Join(
		w.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fits}),
		w.file.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &landscape, FitToWidth: &across, FitToHeight: &down}),
		w.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: name}))
}

// fixesColumn reports whether the first column stays in sight.
func (s Sheet) fixesColumn() bool { return !s.Prose && len(s.Columns) > 1 }

// writeCells writes what a stream must be given in order: the fixed panes, the
// columns' widths, the rows.
func (w *workbook) writeCells(stream *excelize.StreamWriter, s Sheet, widths []int) error {
	panes := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if s.fixesColumn() {
		panes.XSplit, panes.TopLeftCell, panes.ActivePane = 1, "B2", "bottomRight"
	}
	if err := stream.SetPanes(panes); err != nil {
		return err
	}
	for i, width := range slices.Backward(widths) { // which puts the first column first
		if err := stream.SetColWidth(i+1, i+1, float64(width)); err != nil {
			return err
		}
	}
	cells := make([]any, len(s.Columns))
	height := 1
	for i, column := range s.Columns {
		cell, err := w.title(column)
		if err != nil {
			return err
		}
		cells[i] = cell
		height = max(height, lines(cellText(column.Title), widths[i]-filterWidth)+lines(cellText(column.Full), widths[i]))
	}
	if err := stream.SetRow("A1", cells, rowHeight(height)); err != nil {
		return err
	}
	for i, row := range s.Rows {
		clear(cells)
		height := 1
		for column, value := range row {
			cell, err := w.cell(value)
			if err != nil {
				return err
			}
			cells[column] = cell
			height = max(height, lines(value.shown(), widths[column]))
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", i+2), cells, rowHeight(height)); err != nil {
			return err
		}
	}
	return nil
}
