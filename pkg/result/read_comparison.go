package result

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"regexp"
)

// IsComparison reports whether a saved result begins as a comparison.
func IsComparison(start []byte) bool {
	// Compiled where it is needed, once a file.
	return regexp.MustCompile(`^\s*\{\s*"ksdev"\s*:\s*\d+\s*,\s*"kind"\s*:\s*"comparison"`).Match(start)
}

// ReadComparison reads a saved comparison, one object or newline-delimited, an
// initiative at a time.
func ReadComparison(r io.Reader) (*Comparison, error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	limited := &metered{r: buffered, left: 2 * MaxRecord}
	d := json.NewDecoder(limited)
	c := &Comparison{}
	if err := readHead(d, limited, c); err != nil {
		return nil, err
	}
	for d.More() {
		limited.left = 2 * MaxRecord
		if err := readCompared(d, c); err != nil {
			return nil, err
		}
	}
	// More says no at the end and at what cannot be read.
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, notResult(cmp.Or(err, errors.New("more than one object")))
	}
	if c.counted() != len(c.Initiatives) {
		return nil, ErrCut
	}
	return c, nil
}

// counted is how many initiatives the comparison says that it has.
func (c *Comparison) counted() int {
	n := 0
	for _, t := range c.Portfolio.Recommendations {
		n += t.Count
	}
	return n
}

// maxFields is how many fields a comparison may have: those that are known, and
// some of later versions.
const maxFields = 100

// readHead reads the first object: all of a comparison, or what stands before
// the lines of initiatives.
func readHead(d *json.Decoder, m *metered, c *Comparison) error {
	switch open, err := d.Token(); {
	case err != nil:
		return notResult(err)
	case open != json.Delim('{'):
		return notResult(errors.New("no object"))
	}
	fields := map[string]json.RawMessage{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return notResult(err)
		}
		name, _ := key.(string)
		if name == "initiatives" {
			if err := readInitiatives(d, m, c); err != nil {
				return err
			}
			continue
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return notResult(err)
		}
		if fields[name] = value; len(fields) > maxFields {
			return ErrTooManyValues
		}
	}
	if _, err := d.Token(); err != nil {
		return notResult(err)
	}
	initiatives := c.Initiatives
	data, err := json.Marshal(fields)
	if err == nil && crowded(data) {
		return ErrTooManyValues
	}
	if err == nil {
		err = json.Unmarshal(data, c)
	}
	c.Initiatives = initiatives
	switch {
	case err != nil:
		return notResult(err)
	case c.Ksdev != Version:
		return &VersionError{c.Ksdev}
	case c.Kind != "comparison":
		return ErrNotResult
	}
	return nil
}

func readInitiatives(d *json.Decoder, m *metered, c *Comparison) error {
	switch open, err := d.Token(); {
	case err != nil:
		return notResult(err)
	case open != json.Delim('['):
		return notResult(errors.New("initiatives is no list"))
	}
	c.Initiatives = []*Compared{}
	for d.More() {
		m.left = 2 * MaxRecord
		if err := readCompared(d, c); err != nil {
			return err
		}
	}
	m.left = 2 * MaxRecord
	if _, err := d.Token(); err != nil {
		return notResult(err)
	}
	return nil
}

func readCompared(d *json.Decoder, c *Comparison) error {
	one := &Compared{}
	var data json.RawMessage
	err := d.Decode(&data)
	if err == nil && bytes.Equal(bytes.TrimSpace(data), []byte("null")) {
		err = errors.New("nothing where an initiative is expected")
	}
	if err == nil && crowded(data) {
		return ErrTooManyValues
	}
	if err == nil {
		err = json.Unmarshal(data, one)
	}
	if err != nil {
		return notResult(err)
	}
	if one.Kind != "compared" {
		return ErrNotResult
	}
	c.Initiatives = append(c.Initiatives, one)
	return nil
}
