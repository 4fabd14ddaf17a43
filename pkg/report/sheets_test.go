package report

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// office is LibreOffice without its windows, working in a folder of its own.
func office(t *testing.T) (convert func(args ...string), dir string) {
	t.Helper()
	if os.Getenv("KSDEV_SHEETS") == "" {
		t.Skip("it takes some seconds; make sheets runs it")
	}
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed (Debian: libreoffice-calc):", err)
	}
	dir = t.TempDir()
	return func(args ...string) {
		t.Helper()
		cmd := exec.Command(program, append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")), "--headless"}, args...)...)
		cmd.Dir = dir // where the results go
		cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %.1000s", err, out)
		}
	}, dir
}

func readCSV(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma = ';'
	records, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// hostileSheet has a text a row, and beside it a number that nothing may move.
func hostileSheet() Sheet {
	s := Sheet{Name: "Fiendtlig", Columns: []SheetColumn{{Title: "Tekst"}, {Title: "Tall"}}}
	for _, name := range slices.Sorted(maps.Keys(hostileTexts())) {
		s.Rows = append(s.Rows, []Value{words(hostileTexts()[name]), number(int64(len(s.Rows)) * 500_000)})
	}
	for _, text := range []string{"=1+1", " =1+1", "+1", "-1", "@SUM(1)", `=HYPERLINK("http://b.no";"c")`, "0301", "1-2", "1,5", "_x0041_"} {
		s.Rows = append(s.Rows, []Value{words(text), number(int64(len(s.Rows)) * 500_000)})
	}
	return s
}

// LibreOffice opens a workbook and finds the same in it, as numbers, days and
// texts, and nothing to calculate.
func TestSheetsInLibreOffice(t *testing.T) {
	convert, dir := office(t)
	book := filepath.Join(dir, "bok.xlsx")
	if err := os.WriteFile(book, mustXLSX(t, overview(), hostileSheet(), criteria()), 0o600); err != nil {
		t.Fatal(err)
	}
	// Separated by semicolons, in UTF-8, each sheet in a file of its own; of a
	// formula there would be the result.
	convert("--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76,1,,1033,false,true,false,false,false,-1", book)
	want := [][]string{
		{"Tiltak", "C1\nLangsiktig for hele sektoren", "Kroner", "Vurdert per"},
		{"Nabolagsverksted", "✓ oppfylt", "1500000.5", "03/01/2018"},
		{"Verksted; kurs, og «mer»", "? uavklart", "", ""},
		{"=1+1", "- ikke aktuelt", "-5", ""},
	}
	if got := readCSV(t, filepath.Join(dir, "bok-Oversikt.csv")); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
	rows := hostileSheet().Rows
	got := readCSV(t, filepath.Join(dir, "bok-Fiendtlig.csv"))
	if len(got) != len(rows)+1 {
		t.Fatalf("%d rows, not %d", len(got), len(rows)+1)
	}
	for i, row := range rows {
		if want := []string{cellText(row[0].Text), decimal(row[1].Number, ".")}; !slices.Equal(got[i+1], want) {
			t.Errorf("got %.300q, want %.300q", got[i+1], want)
		}
	}
}

// norwegianCSV reads a file separated by semicolons in bokmål (1044), with
// numbers and days found and formulas evaluated.
const norwegianCSV = "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,1044,false,true,false,false,false,0,true"

// A spreadsheet in Norwegian opens the CSV file that is meant for it, even with
// formulas allowed, and takes numbers and days for what they are.
func TestCSVInLibreOffice(t *testing.T) {
	convert, dir := office(t)
	for name, sheet := range map[string]Sheet{"oversikt": overview(), "fiendtlig": hostileSheet()} {
		if err := os.WriteFile(filepath.Join(dir, name+".csv"), []byte(mustCSV(t, sheet, CSVOptions{})), 0o600); err != nil {
			t.Fatal(err)
		}
		convert(norwegianCSV, "--convert-to", "xlsx", filepath.Join(dir, name+".csv"))
		f, err := excelize.OpenFile(filepath.Join(dir, name+".xlsx"), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
		rows := rowsOf(t, f, name)
		if name == "oversikt" {
			if want := "[Nabolagsverksted oppfylt 1500000.5 43160]"; fmt.Sprint(rows[1]) != want {
				t.Errorf("got %q, want %q", rows[1], want)
			}
		}
		if len(rows) != len(sheet.Rows)+1 {
			t.Errorf("%d rows, not %d", len(rows), len(sheet.Rows)+1)
		}
		for i, row := range rows {
			for j := range row {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, err := f.GetCellFormula(name, cell); err != nil || formula != "" {
					t.Errorf("%s is the formula %q, %v", cell, formula, err)
				}
			}
			if i > 0 && name == "fiendtlig" && row[len(row)-1] != decimal(sheet.Rows[i-1][1].Number, ".") {
				t.Errorf("row %d ends in %.300q", i, row)
			}
		}
	}
}

// Without apostrophes there would be formulas: the test above can find some.
func TestFormulasInLibreOffice(t *testing.T) {
	convert, dir := office(t)
	if err := os.WriteFile(filepath.Join(dir, "a.csv"), []byte("a;b\r\n=1+1;2\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	convert(norwegianCSV, "--convert-to", "xlsx", filepath.Join(dir, "a.csv"))
	f, err := excelize.OpenFile(filepath.Join(dir, "a.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	if formula, err := f.GetCellFormula("a", "A2"); err != nil || formula == "" {
		t.Errorf("no formula: %v", err)
	}
}
