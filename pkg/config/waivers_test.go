package config

import (
	"os"
	"slices"
	"testing"
)

const waivers = `waivers:
  - initiative: digifin
    rule: C6
    because: the figures come in May
    approved_by: head of department
    expires: 2026-05-31
`

func TestWaiversAreRead(t *testing.T) {
	c, found, err := Load(Sources{Dir: write(t, map[string]string{".ksdev.yaml": waivers}), ReadFile: os.ReadFile})
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	if len(c.Waivers) != 1 {
		t.Fatalf("%d waivers", len(c.Waivers))
	}
	w := c.Waivers[0]
	if w.Initiative != "digifin" || w.Rule != "C6" || w.Because != "the figures come in May" || w.ApprovedBy != "head of department" ||
		w.Expires != 20604 || w.Pos.Line != 2 {
		t.Errorf("%+v", w)
	}
}

// A waiver without all of its parts excuses nothing: it is an error.
func TestWaiversNeedAllTheirParts(t *testing.T) {
	for name, test := range map[string]struct {
		file  string
		codes []string
	}{
		"nothing but a rule": {"waivers:\n  - rule: C6\n", []string{"fields.missing_key", "fields.missing_key", "fields.missing_key", "fields.missing_key"}},
		"no day":             {"waivers:\n  - {initiative: a, rule: C6, because: x, approved_by: y, expires: soon}\n", []string{"config.day"}},
		"a key that nobody knows": {"waivers:\n  - {initiative: a, rule: C6, because: x, approved_by: y, expires: 2026-05-31, forever: yes}\n",
			[]string{"fields.unknown_key"}},
		"twice":       {waivers + waivers[len("waivers:\n"):], []string{"config.waiver_twice"}},
		"not a list":  {"waivers: none\n", []string{"fields.wrong_shape"}},
		"empty value": {"waivers:\n  - {initiative: a, rule: C6, because: '', approved_by: y, expires: 2026-05-31}\n", []string{"config.waiver_empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, found, err := Load(Sources{Dir: write(t, map[string]string{".ksdev.yaml": test.file}), ReadFile: os.ReadFile})
			if err != nil {
				t.Fatal(err)
			}
			var codes []string
			for _, d := range found {
				codes = append(codes, d.Code())
			}
			if !slices.Equal(codes, test.codes) {
				t.Errorf("found %v, want %v", codes, test.codes)
			}
		})
	}
}
