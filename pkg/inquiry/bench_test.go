package inquiry_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/ks-no/ksdev/criteria"
	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// shipped is the strategy that the program carries, and all examples with an
// empty initiative before them.
func shipped(t testing.TB, settings map[string]string) (*strategy.Strategy, []string, []*initiative.Initiative) {
	t.Helper()
	folder, err := fs.Sub(criteria.FS(), "ks-2016-2019")
	if err != nil {
		t.Fatal(err)
	}
	s, found := strategy.Load(folder, strategy.Options{Settings: settings})
	if s == nil {
		t.Fatal(worded(t, found))
	}
	paths, err := filepath.Glob("../../examples/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal("no examples", err)
	}
	names, all := []string{"empty"}, []*initiative.Initiative{{}}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, found := yamldoc.Read(path, data)
		if found.HasErrors() {
			t.Fatal(worded(t, found))
		}
		for _, document := range file.Documents {
			one, found := initiative.Read(file, document, s)
			if one == nil {
				t.Fatal(worded(t, found))
			}
			names, all = append(names, filepath.Base(path)), append(all, one)
		}
	}
	return s, names, all
}

// BenchmarkPlan finds the next question for the examples and for an initiative
// that says nothing, with the open choice open and made.
func BenchmarkPlan(b *testing.B) {
	for _, c := range []struct {
		name     string
		settings map[string]string
	}{{"open", nil}, {"made", map[string]string{"enough_criteria": "6"}}} {
		s, names, all := shipped(b, c.settings)
		a := assess.New(s, assess.Options{})
		q := inquiry.New(s, a)
		b.Run("choice="+c.name, func(b *testing.B) {
			var times []time.Duration
			for i := 0; b.Loop(); i = (i + 1) % len(all) {
				start := time.Now()
				p := q.Plan(a.Take(all[i]))
				d := time.Since(start)
				times = append(times, d)
				if len(times) <= len(all) && testing.Verbose() {
					e := "-"
					if p.Expected != nil {
						e = p.Expected.FloatString(2)
					}
					b.Log(names[i], len(p.Questions), p.Exact, p.Least, e, p.Most, d, p.Possible)
				}
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds()), "µs/median")
			b.ReportMetric(float64(times[len(times)-1].Microseconds()), "µs/worst")
		})
	}
}
