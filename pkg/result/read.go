package result

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// MaxRecord is how many bytes one record of a saved result may have: more than
// the largest document that is read can come to.
const MaxRecord = 8 << 20

// MaxValues is how many values one record may have. What is read of a few bytes
// may take a hundred times as much memory.
const MaxValues = 100_000

var (
	// ErrNotResult says that a file is no saved result.
	ErrNotResult = errors.New("not a saved result")
	// ErrCut says that a saved result ends before it is all.
	ErrCut = fmt.Errorf("%w: it ends too early", ErrNotResult)
	// ErrRecordTooLarge says that a record is larger than MaxRecord.
	ErrRecordTooLarge = errors.New("a record is too large")
	// ErrTooManyValues says that a record has more than MaxValues values.
	ErrTooManyValues = errors.New("a record has too many values")
)

// VersionError says that a saved result has a form that this program does not
// know.
type VersionError struct{ Version int }

func (e *VersionError) Error() string {
	return fmt.Sprintf("version %d of the form is not known", e.Version)
}

// Read reads a saved result, one object or newline-delimited, record by record,
// and hands each to take. It gives the end of the run, the weightiest by weigh
// where the lines of several were put together. A result without an end behind
// its last record is ErrCut: nothing else tells that no line is missing.
func Read(r io.Reader, weigh func(a, b int) int, take func(Record) error) (*End, error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	start, _ := buffered.Peek(512)
	if runStart(start) {
		limited := &metered{r: buffered, left: MaxRecord}
		return readRun(json.NewDecoder(limited), limited, take)
	}
	return readLines(buffered, weigh, take)
}

// runStart reports whether a file begins as one object that holds a whole run.
func runStart(start []byte) bool {
	// Compiled where it is needed, once a file.
	return regexp.MustCompile(`^\s*\{\s*"ksdev"\s*:\s*\d+\s*,\s*"kind"\s*:\s*"run"`).Match(start)
}

// metered ends with ErrRecordTooLarge where more is read than is left. The
// decoder would hold all of a value, however long it is.
type metered struct {
	r    io.Reader
	left int
}

func (m *metered) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, ErrRecordTooLarge
	}
	n, err := m.r.Read(p[:min(len(p), m.left)])
	m.left -= n
	return n, err
}

// readRun reads one object without holding more than one record of it.
func readRun(d *json.Decoder, m *metered, take func(Record) error) (*End, error) {
	if _, err := d.Token(); err != nil {
		return nil, notResult(err)
	}
	end := &End{Kind: "end"}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, notResult(err)
		}
		switch key {
		case "ksdev":
			err = d.Decode(&end.Ksdev)
			if err == nil && end.Ksdev != Version {
				return nil, &VersionError{end.Ksdev}
			}
		case "program":
			err = d.Decode(&end.Program)
		case "complete":
			err = d.Decode(&end.Complete)
		case "exit_code":
			err = d.Decode(&end.ExitCode)
		case "results":
			if err = readArray(d, m, take); err != nil {
				return nil, err
			}
		default:
			var other json.RawMessage
			err = d.Decode(&other)
		}
		if err != nil {
			return nil, notResult(err)
		}
	}
	_, err := d.Token()
	if err == nil && d.More() {
		err = errors.New("more than one object")
	}
	if err != nil {
		return nil, notResult(err)
	}
	return end, nil
}

func notResult(err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, ErrRecordTooLarge):
		return err
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF),
		errors.As(err, &syntax) && syntax.Error() == "unexpected end of JSON input":
		return fmt.Errorf("%w: %w", ErrCut, err)
	}
	return fmt.Errorf("%w: %w", ErrNotResult, err)
}

func readArray(d *json.Decoder, m *metered, take func(Record) error) error {
	switch open, err := d.Token(); {
	case err != nil:
		return notResult(err)
	case open != json.Delim('['):
		return notResult(errors.New("results is no list"))
	}
	for d.More() {
		// More than a record may have, since it is read past its end.
		m.left = 2 * MaxRecord
		var data json.RawMessage
		if err := d.Decode(&data); err != nil {
			return notResult(err)
		}
		record, _, err := parse(data)
		if err != nil {
			return err
		}
		if err := take(record); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return notResult(err)
	}
	m.left = MaxRecord
	return nil
}

// readLines reads a record from each line.
func readLines(r *bufio.Reader, weigh func(a, b int) int, take func(Record) error) (*End, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 0, 1<<16), MaxRecord+1)
	var last *End
	any, ended := false, false
	for lines.Scan() {
		data := bytes.TrimSpace(lines.Bytes())
		if len(data) == 0 {
			continue
		}
		record, end, err := parse(data)
		any, ended = true, end != nil
		switch {
		case errors.Is(err, ErrCut) && lines.Scan():
			return nil, ErrNotResult // laid out over lines
		case err != nil:
			return nil, err
		case ended && last != nil:
			last.ExitCode = weigh(last.ExitCode, end.ExitCode)
			last.Complete = last.Complete && end.Complete
		case ended:
			last = end
		default:
			if err := take(record); err != nil {
				return nil, err
			}
		}
	}
	switch {
	case errors.Is(lines.Err(), bufio.ErrTooLong):
		return nil, ErrRecordTooLarge
	case lines.Err() != nil:
		return nil, lines.Err()
	case !any:
		return nil, notResult(errors.New("nothing in it"))
	case !ended:
		return nil, ErrCut
	}
	return last, nil
}

// crowded reports whether a record has more than MaxValues values.
func crowded(data []byte) bool {
	if len(data) <= MaxValues {
		return false
	}
	values, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ',' || c == '[' || c == '{'):
			values++
		}
	}
	return values > MaxValues
}

// parse reads one record, or the end of a run.
func parse(data []byte) (Record, *End, error) {
	switch {
	case len(data) > MaxRecord:
		return Record{}, nil, ErrRecordTooLarge
	case crowded(data):
		return Record{}, nil, ErrTooManyValues
	}
	var head struct {
		Ksdev int    `json:"ksdev"`
		Kind  string `json:"kind"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return Record{}, nil, notResult(err)
	}
	if head.Ksdev != Version && head.Ksdev != 0 {
		return Record{}, nil, &VersionError{head.Ksdev}
	}
	var record Record
	var end *End
	var into any
	switch head.Kind {
	case "assessment":
		record.Assessment = &Assessment{}
		into = record.Assessment
	case "unread":
		record.Unread = &Unread{}
		into = record.Unread
	case "end":
		end = &End{}
		into = end
	default:
		return Record{}, nil, ErrNotResult
	}
	if head.Ksdev == 0 {
		return Record{}, nil, ErrNotResult
	}
	if err := json.Unmarshal(data, into); err != nil {
		return Record{}, nil, notResult(err)
	}
	return record, end, nil
}

// UnmarshalJSON reads a threshold, which has a value.
func (t *Threshold) UnmarshalJSON(data []byte) error {
	type plain Threshold
	err := json.Unmarshal(data, (*plain)(t))
	if err == nil && t.Value == "" {
		err = errors.New("a threshold lacks its value")
	}
	return err
}
