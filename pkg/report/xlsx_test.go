package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// criteria is a sheet to read.
func criteria() Sheet {
	return Sheet{Name: "Kriterier", Prose: true, Columns: []SheetColumn{{Title: "Kriterium"}, {Title: "Hva det spør om"}},
		Rows: [][]Value{{{Kind: TextValue, Text: "C1", Tone: Strong}, words(strings.Repeat("Varer det lenge, og angår det hele sektoren? ", 5))}}}
}

func mustXLSX(t failing, sheets ...Sheet) []byte {
	t.Helper()
	data, err := XLSX(sheets, XLSXOptions{Title: "Årets kandidater", Creator: "ksdev"})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// failing is what tests of all kinds do.
type failing interface {
	Helper()
	Cleanup(func())
	Fatal(...any)
}

// opened is a workbook as excelize reads it, with values as they are stored.
func opened(t failing, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// rowsOf are the values of a sheet.
func rowsOf(t testing.TB, f *excelize.File, sheet string) [][]string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// parts are the files in a workbook, by name.
func parts(t testing.TB, data []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, file := range r.File {
		content, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		all[file.Name] = string(text)
	}
	return all
}

func TestXLSXValues(t *testing.T) {
	f := opened(t, mustXLSX(t, overview(), criteria()))
	if got, want := f.GetSheetList(), []string{"Oversikt", "Kriterier"}; !slices.Equal(got, want) {
		t.Errorf("sheets: got %q, want %q", got, want)
	}
	want := [][]string{
		{"Tiltak", "C1\nLangsiktig for hele sektoren", "Kroner", "Vurdert per"},
		{"Nabolagsverksted", "✓ oppfylt", "1500000.5", "43160"},
		{"Verksted; kurs, og «mer»", "? uavklart"},
		{"=1+1", "- ikke aktuelt", "-5"},
	}
	if got := rowsOf(t, f, "Oversikt"); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if at, err := excelize.ExcelDateToTime(43160, false); err != nil || at.Format("2006-01-02") != isoDay(17591) {
		t.Errorf("the day is %v, %v", at, err)
	}
	if text, err := f.GetCellValue("Kriterier", "A2"); err != nil || text != "C1" {
		t.Errorf("got %q, %v", text, err)
	}
	properties, err := f.GetDocProps()
	if err != nil || properties.Title != "Årets kandidater" || properties.Creator != "ksdev" {
		t.Errorf("properties: %+v, %v", properties, err)
	}
}

// What a spreadsheet cannot hold exactly is a text.
func TestXLSXExactness(t *testing.T) {
	tests := []struct {
		name   string
		value  Value
		want   string
		isText bool
	}{
		{"zero", number(0), "0", false},
		{"a millionth", number(-1), "-0.000001", false},
		{"15 digits", number(999_999_999_999_999), "999999999.999999", false},
		{"16 digits", number(1_234_567_890_123_456), "1234567890.123456", true},
		{"zeros at the end do not count", number(9_000_000_000_000_000_000), "9000000000000", false},
		{"the smallest", number(-9_223_372_036_854_775_808), "-9223372036854.775808", true},
		{"the first day", day(firstDay), "61", false},
		{"the day before", day(firstDay - 1), "1900-02-28", true},
		{"the last day", day(lastDay), "2958465", false},
		{"the day after", day(lastDay + 1), "10000-01-01", true},
		{"a text of digits", words("0301"), "0301", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f := opened(t, mustXLSX(t, Sheet{Name: "a", Columns: []SheetColumn{{}}, Rows: [][]Value{{test.value}}}))
			got, err := f.GetCellValue("a", "A2")
			if err != nil || got != test.want {
				t.Errorf("got %q, %v, want %q", got, err, test.want)
			}
			kind, err := f.GetCellType("a", "A2")
			if isText := kind == excelize.CellTypeInlineString; err != nil || isText != test.isText {
				t.Errorf("a text is %t: %v, %v", isText, kind, err)
			}
		})
	}
}

// Colours follow the tone; texts stay texts when they are edited.
func TestXLSXLook(t *testing.T) {
	var row []Value
	tones := []Tone{Plain, Good, Bad, Open, Neutral, Strong, Faint}
	for _, tone := range tones {
		row = append(row, marked(tone, "", "a"))
	}
	row = append(row, number(1_000_000), number(1_500_000), day(1), Value{Tone: Good})
	f := opened(t, mustXLSX(t, Sheet{Name: "a", Columns: make([]SheetColumn, len(row)), Rows: [][]Value{row}}))
	want := []string{"000000  49 false", "023409 DAEDDD 49 false", "590D0D F8E4E4 49 false", "3C2807 FAE6C6 49 false", "242C34 E8E9E9 49 false",
		"000000  49 true", "585E64  49 false", "000000  3 false", "000000  -1 false", "000000  14 false", "023409 DAEDDD 0 false"}
	for i := range row {
		cell, _ := excelize.CoordinatesToCellName(i+1, 2)
		id, err := f.GetCellStyle("a", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if isText := style.NumFmt == int(formatText); style.Alignment.WrapText != isText {
			t.Errorf("%s: texts alone go over several lines: %t", cell, style.Alignment.WrapText)
		}
		if style.CustomNumFmt != nil {
			if *style.CustomNumFmt != "#,##0.0#####" {
				t.Errorf("%s: not as many decimals as there are: %s", cell, *style.CustomNumFmt)
			}
			style.NumFmt = -1
		}
		if got := fmt.Sprint(style.Font.Color, " ", strings.Join(style.Fill.Color, ""), " ", style.NumFmt, " ", style.Font.Bold); got != want[i] {
			t.Errorf("%s: got %q, want %q", cell, got, want[i])
		}
	}
}

func TestXLSXSheets(t *testing.T) {
	data := mustXLSX(t, overview(), criteria(), Sheet{Name: "Tom", Columns: []SheetColumn{{Title: "En tittel med mange korte ord"}}})
	f := opened(t, data)
	for sheet, want := range map[string]string{"Oversikt": "B2 1 1", "Kriterier": "A2 0 1", "Tom": "A2 0 1"} {
		panes, err := f.GetPanes(sheet)
		if got := fmt.Sprint(panes.TopLeftCell, " ", panes.XSplit, " ", panes.YSplit); err != nil || !panes.Freeze || got != want {
			t.Errorf("%s: panes %+v, %v", sheet, panes, err)
		}
	}
	files := parts(t, data)
	for name, want := range map[string]string{"1": `<autoFilter ref="$A$1:$D$4">`, "2": "</sheetData><pageSetup", "3": `<autoFilter ref="$A$1:$A$1">`} {
		if sheet := files["xl/worksheets/sheet"+name+".xml"]; !strings.Contains(sheet, want) || !strings.Contains(sheet, `orientation="landscape"`) {
			t.Errorf("sheet %s lacks %s: %s", name, want, sheet)
		}
	}
	// A sheet that is too wide to be read on one page goes over several.
	wide := Sheet{Name: "Bred", Columns: make([]SheetColumn, 50)}
	if sheet := parts(t, mustXLSX(t, wide))["xl/worksheets/sheet1.xml"]; !strings.Contains(sheet, `fitToWidth="2"`) || !strings.Contains(files["xl/worksheets/sheet1.xml"], `fitToWidth="1"`) {
		t.Errorf("pages: %s", sheet)
	}
	for sheet, want := range map[string]string{"Oversikt": "'Oversikt'!$A:$A,'Oversikt'!$1:$1", "Kriterier": "'Kriterier'!$1:$1"} {
		if !slices.ContainsFunc(f.GetDefinedName(), func(n excelize.DefinedName) bool { return n.Scope == sheet && n.RefersTo == want }) {
			t.Errorf("%s: %+v", sheet, f.GetDefinedName())
		}
	}
	widths := map[string][]float64{"Oversikt": {26, 19, 14, 14}, "Kriterier": {12, 60}, "Tom": {19}}
	for sheet, want := range widths {
		for i, width := range want {
			column, _ := excelize.ColumnNumberToName(i + 1)
			if got, err := f.GetColWidth(sheet, column); err != nil || got != width {
				t.Errorf("%s: column %s is %v wide, want %v, %v", sheet, column, got, width, err)
			}
		}
	}
	for sheet, want := range map[string][]float64{"Oversikt": {45, 15}, "Kriterier": {15, 60}, "Tom": {30}} {
		for i, height := range want {
			if got, err := f.GetRowHeight(sheet, i+1); err != nil || got != height {
				t.Errorf("%s: row %d is %v high, want %v, %v", sheet, i+1, got, height, err)
			}
		}
	}
}

func TestSheetNames(t *testing.T) {
	tests := []struct{ names, want []string }{
		{[]string{"Oversikt", "Matrise"}, []string{"Oversikt", "Matrise"}},
		{[]string{`a[b]:*?/\c`, "'a'", " a ", "a\nb"}, []string{"a(b)-----c", "’a’", "a", "a b"}},
		{[]string{"", " ", "a"}, []string{"1", "2", "a"}},
		{[]string{"a", "A", "a", "A (2)"}, []string{"a", "A (2)", "a (3)", "A (2) (2)"}},
		{[]string{strings.Repeat("å", 31), strings.Repeat("å", 32)}, []string{strings.Repeat("å", 31), strings.Repeat("å", 30) + "…"}},
		{[]string{strings.Repeat("å", 31), strings.Repeat("Å", 31)}, []string{strings.Repeat("å", 31), strings.Repeat("Å", 26) + "… (2)"}},
		{[]string{strings.Repeat("👍", 20)}, []string{strings.Repeat("👍", 15) + "…"}},
		{[]string{"History"}, []string{"History (2)"}},
		{[]string{"_x0041_"}, []string{"<U+005F>x0041_"}},
	}
	for _, test := range tests {
		var sheets []Sheet
		for _, name := range test.names {
			sheets = append(sheets, Sheet{Name: name, Columns: []SheetColumn{{Title: "a"}}})
		}
		if got := sheetNames(sheets); !slices.Equal(got, test.want) {
			t.Errorf("%q: got %q, want %q", test.names, got, test.want)
		}
		if got := opened(t, mustXLSX(t, sheets...)).GetSheetList(); !slices.Equal(got, test.want) {
			t.Errorf("%q: the workbook has %q", test.names, got)
		}
	}
}

func TestCellText(t *testing.T) {
	long := strings.Repeat("a", maxCell)
	tests := []struct{ name, text, want string }{
		{"as long as a cell", long, long},
		{"longer", long + "b", long[1:] + "…"},
		{"a character of two units at the end", long[1:] + "👍", long[1:] + "…"},
		{"characters of two units", strings.Repeat("👍", maxCell), strings.Repeat("👍", maxCell/2) + "…"},
		{"letters of two bytes", strings.Repeat("å", maxCell), strings.Repeat("å", maxCell)},
		{"a letter with a mark of its own", long[1:] + "a\u030ab", long[1:] + "…"},
		{"the code of a character", "_x0041_ _x000a_", "<U+005F>x0041_ <U+005F>x000a_"},
		{"codes that share an underscore", "_x0041_x0042_x0043_", "<U+005F>x0041_x0042<U+005F>x0043_"},
		{"no code", "_x41_ x0041_ _x0041 _X0041_", "_x41_ x0041_ _x0041 _X0041_"},
		{"control", "a\x1b\nb", "a<U+001B> b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := cellText(test.text)
			if got != test.want {
				t.Errorf("got %d characters, %.300q, want %.300q", len(got), got, test.want)
			}
			if n := len(utf16.Encode([]rune(got))); n > maxCell {
				t.Errorf("%d units", n)
			}
		})
	}
}

// A title has what it stands for in the same cell, as much of it as there is
// room for.
func TestXLSXTitle(t *testing.T) {
	s := Sheet{Name: "a", Columns: []SheetColumn{{Title: "C1 👍", Full: strings.Repeat("a", maxCell)}}}
	got, err := opened(t, mustXLSX(t, s)).GetCellValue("a", "A1")
	if want := "C1 👍\n" + strings.Repeat("a", maxCell-7) + "…"; err != nil || got != want {
		t.Errorf("%d bytes, not %d: %.20q %v", len(got), len(want), got, err)
	}
}

func TestXLSXErrors(t *testing.T) {
	one := []SheetColumn{{Title: "a"}}
	tests := []struct {
		name   string
		sheets []Sheet
		want   string
	}{
		{"no sheets", nil, "write workbook: no sheets"},
		{"no columns", []Sheet{{Name: "a"}}, `write workbook: sheet "a": no columns`},
		{"too many values", []Sheet{{Name: "a", Columns: one, Rows: [][]Value{{{}, {}}}}}, "row 1 has 2 values for 1 columns"},
		{"too many rows", []Sheet{{Name: "a", Columns: one, Rows: make([][]Value, 1<<20)}}, "1048576 rows and 1 columns, at most 1048575 and 16384"},
		{"too many columns", []Sheet{{Name: "a", Columns: make([]SheetColumn, 1<<14+1)}}, "0 rows and 16385 columns"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := XLSX(test.sheets, XLSXOptions{}); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// The same sheets give the same bytes, whatever the order in which excelize
// happens to write them and whenever it does.
func TestXLSXIsDeterministic(t *testing.T) {
	sheets := []Sheet{overview(), criteria()}
	for i := range 8 {
		sheets = append(sheets, Sheet{Name: fmt.Sprint(i), Columns: []SheetColumn{{Title: fmt.Sprint(i)}}})
	}
	first := mustXLSX(t, sheets...)
	for range 10 {
		if !bytes.Equal(first, mustXLSX(t, sheets...)) {
			t.Fatal("other bytes")
		}
	}
	r, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range r.File {
		if file.Modified.Year() > 1980 {
			t.Errorf("%s is of %v", file.Name, file.Modified)
		}
	}
	if core := parts(t, first)["docProps/core.xml"]; strings.Count(core, "1980-01-01T00:00:00Z") != 2 || strings.Count(core, "Z</") != 2 {
		t.Errorf("the workbook is of another day: %s", core)
	}
}

// checkXLSX writes a text into every place of a workbook: it comes back as it
// was, and nothing in the workbook is a formula.
func checkXLSX(t testing.TB, text string) {
	t.Helper()
	s := Sheet{Name: text, Columns: []SheetColumn{{Title: text, Full: text}, {Title: text}, {Title: "c", Full: text}},
		Rows: [][]Value{{words(text), marked(Good, "✓", text), number(1)}, {day(20000), words("a" + text), words(text + "b")}}}
	data, err := XLSX([]Sheet{s, s}, XLSXOptions{Title: text, Creator: text})
	if err != nil {
		t.Fatal(err)
	}
	for name, part := range parts(t, data) {
		if strings.Contains(part, "<f>") || strings.Contains(part, "<f ") || strings.Contains(part, "<hyperlink") {
			t.Errorf("a formula or a link in %s: %.300q", name, part)
		}
	}
	f := opened(t, data)
	title, full := cutCell(cellText(text), maxTitle), cellText(text)
	if full != "" {
		title += "\n" + cutCell(full, maxCell-units(title)-1)
	}
	for _, sheet := range f.GetSheetList() {
		want := map[string]string{"A1": title, "B1": cutCell(cellText(text), maxTitle), "A2": cellText(text), "B2": cellText("✓ " + text), "C2": "0.000001",
			"A3": "45569", "B3": cellText("a" + text), "C3": cellText(text + "b")}
		for cell, wanted := range want {
			got, err := f.GetCellValue(sheet, cell)
			if err != nil || got != wanted {
				t.Errorf("%s: got %.300q, %v, want %.300q", cell, got, err, wanted)
			}
		}
	}
}

func TestXLSXOfHostileTexts(t *testing.T) {
	for name, text := range hostileTexts() {
		t.Run(name, func(t *testing.T) { checkXLSX(t, text) })
	}
	for _, text := range []string{"_x0041_", "_x005F_x0041_", "_x0041_x202E_", "_xD800_", "</t></is></c>", "'", "History", strings.Repeat("_x0041_x0041_", 6000)} {
		t.Run(text[:min(len(text), 40)], func(t *testing.T) { checkXLSX(t, text) })
	}
}

// Any texts at all come back from a workbook.
func TestXLSXKeepsTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("_x0041DFå<&\"'=\n ")))), 1, 200).Draw(t, "texts")
		s := Sheet{Name: "a", Columns: []SheetColumn{{Title: "a"}}}
		for _, text := range texts {
			s.Rows = append(s.Rows, []Value{words(text)})
		}
		f := opened(t, mustXLSX(t, s))
		for i, text := range texts {
			if got, err := f.GetCellValue("a", fmt.Sprintf("A%d", i+2)); err != nil || got != cellText(text) {
				t.Errorf("%q came back as %q, %v", text, got, err)
			}
		}
	})
}

// FuzzCellText looks at one cell without a workbook around it, which would take
// a hundred times as long.
func FuzzCellText(f *testing.F) {
	addHostile(f)
	f.Fuzz(func(t *testing.T, text string) {
		got := cellText(text)
		if units(got) > maxCell || !utf8.ValidString(got) || strings.ContainsFunc(got, unicode.IsControl) {
			t.Errorf("%d units, %.300q", units(got), got)
		}
		if code.MatchString(got) {
			t.Errorf("the code of a character in %.300q", got)
		}
	})
}

func BenchmarkSheets(b *testing.B) {
	s := Sheet{Name: "Matrise", Columns: make([]SheetColumn, 60)}
	for i := range 10_000 {
		row := make([]Value, 60)
		for c := range row {
			row[c] = []Value{marked(Good, "✓", "oppfylt"), number(int64(i) * 1_234_567), day(i18n.Date(i)),
				marked(Open, "?", fmt.Sprintf("mangler: hvor mye området bruker i året, %d", i))}[(i+c)%4]
		}
		s.Rows = append(s.Rows, row)
	}
	b.Run("xlsx", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			mustXLSX(b, s)
		}
	})
	b.Run("csv", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			mustCSV(b, s, CSVOptions{})
		}
	})
}
