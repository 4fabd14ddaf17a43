package cli

import (
	"io"
	"strings"
	"testing"
	"time"
)

// The clock is read only where there are waivers to judge and no --today, and
// its own day counts, not that of Greenwich.
func TestClock(t *testing.T) {
	const proposal = "title: Nabohjelp\nid: nabolagsverksted\n"
	for _, test := range []struct {
		name, config string
		args         []string
		read         bool
		want         string
	}{
		{"no waivers", "lang: en\n", nil, false, ""},
		{"no waivers and a check", "lang: en\n", []string{"--fail-on", "candidate"}, false, ""},
		{"waivers", waived, nil, true, `"today":"2020-01-02"`},
		{"waivers and a day", waived, []string{"--today", "2019-05-06"}, false, `"today":"2019-05-06"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			read := false
			now := func() time.Time {
				read = true
				return time.Date(2020, 1, 2, 0, 30, 0, 0, time.FixedZone("east", 14*60*60))
			}
			args := append([]string{"assess", "-q", "-f", "ndjson", "--config", savedAs(t, "yaml", test.config), "-"}, test.args...)
			code := Main(Streams{In: strings.NewReader(proposal), Out: &out, Err: io.Discard, Environ: func() []string { return nil }, Dir: t.TempDir(), Now: now}, args)
			if code != Done || read != test.read || !strings.Contains(out.String(), test.want) || (test.want == "") == strings.Contains(out.String(), `"today"`) {
				t.Errorf("exit code %d, the clock was read: %t, want %t, and the result has no %s", code, read, test.read, test.want)
			}
		})
	}
}
