package result_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/result"
)

const (
	oneAssessment = `{"ksdev":1,"kind":"assessment","program":"0.1.0","initiative":{"id":"a","title":"A"}}`
	oneUnread     = `{"ksdev":1,"kind":"unread","program":"0.1.0","input":{"path":"b.yaml"},"diagnostics":[]}`
	endFound      = `{"ksdev":1,"kind":"end","program":"0.1.0","complete":true,"exit_code":1}`
	endStopped    = `{"ksdev":1,"kind":"end","program":"0.1.0","complete":false,"exit_code":3}`
	runHead       = `{"ksdev":1,"kind":"run","program":"0.1.0","results":[`
	runTail       = `],"complete":true,"exit_code":1}`
)

// heavier is what the tests weigh exit codes with.
func heavier(a, b int) int { return max(a, b) }

// read reads a saved result and names what came: a for an assessment, u for an
// input that could not be read.
func read(text string) (kinds string, end *result.End, err error) {
	end, err = result.Read(strings.NewReader(text), heavier, func(r result.Record) error {
		if r.Assessment != nil {
			kinds += "a"
		}
		if r.Unread != nil {
			kinds += "u"
		}
		return nil
	})
	return kinds, end, err
}

// A saved result is read in either of its forms, and whatever is around it.
func TestRead(t *testing.T) {
	wide := strings.Repeat(" ", 400)
	largest := strings.Replace(oneAssessment, `"A"`, `"`+strings.Repeat("A", 1+result.MaxRecord-len(oneAssessment))+`"`, 1)
	for _, test := range []struct {
		name, text, kinds string
		end               *result.End
	}{
		{"a run", runHead + oneAssessment + "," + oneUnread + runTail, "au", &result.End{Ksdev: 1, Kind: "end", Program: "0.1.0", Complete: true, ExitCode: 1}},
		{"a run of nothing", runHead + runTail, "", &result.End{Ksdev: 1, Kind: "end", Program: "0.1.0", Complete: true, ExitCode: 1}},
		{"a run laid out otherwise", "\n\t{ \"ksdev\" :\r\n 1, " + wide + "\"kind\":\"run\"" + wide + strings.TrimPrefix(runHead, `{"ksdev":1,"kind":"run"`) + runTail + "\n\n", "",
			&result.End{Ksdev: 1, Kind: "end", Program: "0.1.0", Complete: true, ExitCode: 1}},
		{"a run with more fields than are known", runHead + oneUnread + `],"later":[{"x":[1]}],"complete":true,"exit_code":1}`, "u",
			&result.End{Ksdev: 1, Kind: "end", Program: "0.1.0", Complete: true, ExitCode: 1}},
		{"lines", oneAssessment + "\n" + oneUnread + "\n" + endFound + "\n", "au", &result.End{Ksdev: 1, Kind: "end", Program: "0.1.0", Complete: true, ExitCode: 1}},
		{"lines of another system, the last not ended", oneAssessment + "\r\n\r\n" + endFound, "a", &result.End{Ksdev: 1, Kind: "end", Program: "0.1.0", Complete: true, ExitCode: 1}},
		{"two runs put together", oneAssessment + "\n" + endStopped + "\n" + oneUnread + "\n" + endFound + "\n", "au",
			&result.End{Ksdev: 1, Kind: "end", Program: "0.1.0", Complete: false, ExitCode: 3}},
		{"records as large as can be", runHead + largest + ", " + largest + runTail, "aa", &result.End{Ksdev: 1, Kind: "end", Program: "0.1.0", Complete: true, ExitCode: 1}},
		{"lines as large as can be", largest + "\n" + largest + "\n" + endFound, "aa", &result.End{Ksdev: 1, Kind: "end", Program: "0.1.0", Complete: true, ExitCode: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			kinds, end, err := read(test.text)
			if err != nil || kinds != test.kinds {
				t.Fatalf("read %q, want %q: %v", kinds, test.kinds, err)
			}
			if *end != *test.end {
				t.Errorf("the end is %+v, want %+v", end, test.end)
			}
		})
	}
}

// What is no saved result, or only the beginning of one, is refused.
func TestReadRefuses(t *testing.T) {
	large := strings.Replace(oneAssessment, `"A"`, `"`+strings.Repeat("x", 2*result.MaxRecord)+`"`, 1)
	deep := strings.Repeat(`{"a":[`, 20_000)
	later := strings.Replace(oneAssessment, `"ksdev":1`, `"ksdev":2`, 1)
	version := &result.VersionError{Version: 2}
	for _, test := range []struct {
		name, text string
		want       error
	}{
		{"an empty file", "", result.ErrNotResult},
		{"blanks", " \n\t\n", result.ErrNotResult},
		{"a proposal", "title: Nabohjelp\n", result.ErrNotResult},
		{"no JSON", "hei", result.ErrNotResult},
		{"JSON that is something else", `{"version": "2.1.0", "runs": []}`, result.ErrNotResult},
		{"a list", "[" + oneAssessment + "]", result.ErrNotResult},
		{"a record that is laid out over lines", "{\n\"ksdev\":1}", result.ErrNotResult},
		{"no version", `{"kind":"unread"}`, result.ErrNotResult},
		{"a kind that nobody knows", `{"ksdev":1,"kind":"difference"}`, result.ErrNotResult},
		{"a threshold without a value", `{"ksdev":1,"kind":"assessment","thresholds":[{"name":"a"}]}`, result.ErrNotResult},
		{"a range without an end", `{"ksdev":1,"kind":"assessment","assumptions":[{"fact":"a.b","value":{"ranges":[null]}}]}`, result.ErrNotResult},
		{"a record of another shape", `{"ksdev":1,"kind":"assessment","rule_sets":7}`, result.ErrNotResult},
		{"a run that ends within a record", runHead + oneAssessment[:40], result.ErrCut},
		{"a run that ends after a record", runHead + oneAssessment, result.ErrCut},
		{"a run that ends after its results", runHead + oneAssessment + "]", result.ErrCut},
		{"a run that ends with its head", strings.TrimSuffix(runHead, "["), result.ErrCut},
		{"a run with no list of results", `{"ksdev":1,"kind":"run","results":{}}`, result.ErrNotResult},
		{"a run within a run", runHead + runHead + runTail + runTail, result.ErrNotResult},
		{"a run with another behind it", runHead + runTail + runHead + runTail, result.ErrNotResult},
		{"a run with something behind it", runHead + runTail + " x", result.ErrNotResult},
		{"lines that end within a record", oneAssessment + "\n" + oneUnread[:40], result.ErrCut},
		{"lines that end between two", oneAssessment + "\n", result.ErrCut},
		{"lines of two runs, the second cut", oneAssessment + "\n" + endFound + "\n" + oneUnread + "\n", result.ErrCut},
		{"lines with their end in front", endFound + "\n" + oneAssessment + "\n", result.ErrCut},
		{"lines with something behind", oneAssessment + "\n" + endFound + "\nx\n", result.ErrNotResult},
		{"two records on a line", oneAssessment + oneUnread, result.ErrNotResult},
		{"deep nesting", deep, result.ErrNotResult},
		{"deep nesting in a run", runHead + deep, result.ErrNotResult},
		{"a later version", later, version},
		{"a run of a later version", `{"ksdev":2,"kind":"run","findings":{}}`, version},
		{"a run with a record of a later version", runHead + later + runTail, version},
		{"a large record", large, result.ErrRecordTooLarge},
		{"a large record in a run", runHead + large + runTail, result.ErrRecordTooLarge},
		{"more values than a record may have", strings.Replace(oneAssessment, `"title"`, `"later":[`+strings.Repeat("{},", result.MaxValues/2)+`1],"title"`, 1), result.ErrTooManyValues},
		{"the same in a run", runHead + strings.Replace(oneAssessment, `"title"`, `"later":[`+strings.Repeat("{},", result.MaxValues/2)+`1],"title"`, 1) + runTail, result.ErrTooManyValues},
		{"something large in a run", runHead + `],"later":"` + strings.Repeat("x", 3*result.MaxRecord) + `"}`, result.ErrRecordTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, end, err := read(test.text)
			var other *result.VersionError
			switch {
			case end != nil:
				t.Errorf("it has an end: %+v", end)
			case test.want == version:
				if !errors.As(err, &other) || *other != *version {
					t.Errorf("the error is %v", err)
				}
			case !errors.Is(err, test.want), test.want != result.ErrCut && errors.Is(err, result.ErrCut):
				t.Errorf("the error is %v, want %v", err, test.want)
			}
		})
	}
}

// endless is a run whose first record never ends.
type endless struct{ head io.Reader }

func (e endless) Read(p []byte) (int, error) {
	if n, err := e.head.Read(p); err == nil {
		return n, nil
	}
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// However long a record is, no more of it is held than a record may have.
func TestReadEndsWithinARecord(t *testing.T) {
	for _, head := range []string{runHead + `{"ksdev":1,"title":"`, `{"ksdev":1,"kind":"assessment","title":"`} {
		_, err := result.Read(endless{strings.NewReader(head)}, heavier, func(result.Record) error { return nil })
		if !errors.Is(err, result.ErrRecordTooLarge) {
			t.Errorf("%s…: %v", head, err)
		}
	}
}

// A reader's own fault comes through as it is, and ends the reading.
func TestReadStopsWhereItIsTold(t *testing.T) {
	enough := errors.New("enough")
	for _, text := range []string{runHead + oneUnread + "," + oneUnread + runTail, oneUnread + "\n" + oneUnread + "\n"} {
		taken := 0
		if _, err := result.Read(strings.NewReader(text), heavier, func(result.Record) error { taken++; return enough }); err != enough || taken != 1 {
			t.Errorf("%d records were taken, and the error is %v", taken, err)
		}
	}
}
