package fact

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Coded is a set of values as saved results hold it: with ids and exact
// numbers, and no words of any language. Which field is in use follows from
// the fact's kind.
type Coded struct {
	// Options holds the possible options of a choice, "yes" and "no" of an
	// answer, "given" and "none" of a text.
	Options []string `json:"options,omitempty"`
	// Sets holds the possible sets of choices.
	Sets []CodedSet `json:"sets,omitempty"`
	// Ranges holds what an ordered fact can be.
	Ranges []CodedRange `json:"ranges,omitempty"`
}

// CodedSet holds every set of options that has all of All and perhaps some of
// Perhaps.
type CodedSet struct {
	All     []string `json:"all"`
	Perhaps []string `json:"perhaps,omitempty"`
}

// CodedRange holds the values from From to To, both included: numbers in the
// fact's unit, kroner or person-months, or days as strings "2018-03-01".
type CodedRange struct {
	From Scalar `json:"from"`
	To   Scalar `json:"to"`
}

// UnmarshalJSON reads a range, which has both ends.
func (r *CodedRange) UnmarshalJSON(data []byte) error {
	type plain CodedRange
	if err := json.Unmarshal(data, (*plain)(r)); err != nil {
		return err
	}
	if r.From == "" || r.To == "" {
		return errors.New("a range lacks an end")
	}
	return nil
}

// Scalar is an exact JSON number or a day in quotes, as JSON text.
type Scalar string

// MarshalJSON writes the scalar as it is.
func (s Scalar) MarshalJSON() ([]byte, error) { return []byte(s), nil }

// UnmarshalJSON keeps a number as it is written, and a string however its
// characters are written.
func (s *Scalar) UnmarshalJSON(data []byte) error {
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		return err
	}
	switch value := value.(type) {
	case float64:
		*s = Scalar(data)
		return nil
	case string:
		text, err := json.Marshal(value)
		*s = Scalar(text)
		return err
	}
	return fmt.Errorf("%s is neither a number nor a day", data)
}

// Encode writes values as codes.
func (d *Definition) Encode(v Values) Coded {
	var c Coded
	if v.Options != 0 {
		c.Options = d.ids(v.Options)
	}
	for _, s := range v.Sets {
		c.Sets = append(c.Sets, CodedSet{All: d.ids(s.Must), Perhaps: d.ids(s.May &^ s.Must)})
	}
	for _, i := range v.Intervals {
		c.Ranges = append(c.Ranges, CodedRange{d.scalar(i.Lo), d.scalar(i.Hi)})
	}
	return c
}

// OptionIDs are the ids of the options of a fact without order, by their bits
// in Values: yes and no of an answer, given and none of a text.
func (d *Definition) OptionIDs() []string {
	switch d.Kind {
	case Answer:
		return []string{"yes", "no"}
	case Text:
		return []string{"given", "none"}
	}
	ids := make([]string, len(d.Options))
	for i, option := range d.Options {
		ids[i] = option.ID
	}
	return ids
}

func (d *Definition) ids(bits uint64) []string {
	ids := []string{}
	for i, id := range d.OptionIDs() {
		if bits>>i&1 != 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

func (d *Definition) scalar(v int64) Scalar {
	if d.Kind == Date {
		return Scalar(`"` + DayText(v) + `"`)
	}
	return Scalar(decimalText(v))
}

// DayText writes a day, counted from 1 January 1970, as "2018-03-01".
func DayText(day int64) string { return time.Unix(day*24*60*60, 0).UTC().Format(time.DateOnly) }

// decimalText writes millionths as an exact decimal number.
func decimalText(v int64) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	text := sign + strconv.FormatInt(v/One, 10)
	if v%One == 0 {
		return text
	}
	return text + "." + strings.TrimRight(fmt.Sprintf("%06d", v%One), "0")
}

// Decode reads codes back. Unknown ids and values outside the domain are
// errors.
func (d *Definition) Decode(c Coded) (Values, error) {
	var v Values
	var err error
	if v.Options, err = d.bits(c.Options); err != nil {
		return v, err
	}
	for _, s := range c.Sets {
		must, err := d.bits(s.All)
		if err != nil {
			return v, err
		}
		may, err := d.bits(s.Perhaps)
		if err != nil {
			return v, err
		}
		v.Sets = append(v.Sets, SetRange{must, must | may})
	}
	for _, r := range c.Ranges {
		lo, err := d.unscalar(r.From)
		if err != nil {
			return v, err
		}
		hi, err := d.unscalar(r.To)
		if err != nil {
			return v, err
		}
		v.Intervals = append(v.Intervals, Interval{lo, hi})
	}
	if v.Options == 0 && len(v.Sets) == 0 && len(v.Intervals) == 0 {
		return v, fmt.Errorf("%s has no value", d.Path)
	}
	return v, nil
}

func (d *Definition) bits(ids []string) (uint64, error) {
	var bits uint64
	names := d.OptionIDs()
	for _, id := range ids {
		i := slices.Index(names, id)
		if i < 0 {
			return 0, fmt.Errorf("%s has no option %q", d.Path, id)
		}
		bits |= 1 << i
	}
	return bits, nil
}

func (d *Definition) unscalar(s Scalar) (int64, error) {
	if d.Kind == Date {
		t, err := time.Parse(`"`+time.DateOnly+`"`, string(s))
		return t.Unix() / (24 * 60 * 60), err
	}
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(string(s), "-"), ".")
	if len(fraction) > 6 {
		return 0, fmt.Errorf("%s has too many decimals", s)
	}
	v, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", 6-len(fraction)), 10, 64)
	if strings.HasPrefix(string(s), "-") {
		v = -v
	}
	return v, err
}
