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

// BenchmarkStep goes through interviews about the examples and about an
// initiative that says nothing, with the open choice open and made: one
// operation is an answer and the next question.
func BenchmarkStep(b *testing.B) {
	for _, c := range []struct {
		name     string
		settings map[string]string
	}{{"open", nil}, {"made", map[string]string{"enough_criteria": "6"}}} {
		s, _, all := shipped(b, c.settings)
		a := assess.New(s, assess.Options{})
		q := inquiry.New(s, a)
		b.Run("choice="+c.name, func(b *testing.B) {
			var times []time.Duration
			next, turn := 0, 0
			var session *inquiry.Session
			for b.Loop() {
				start := time.Now()
				if session == nil || session.Next() == nil {
					session = q.Session(a.Take(all[next%len(all)]), false)
					next++
				} else {
					classes := session.Next().Classes
					turn++
					session.Answer(classes[turn%len(classes)].Reply, initiative.Grounds{Because: "vedtak i styret"}, "")
				}
				times = append(times, time.Since(start))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds()), "µs/median")
			b.ReportMetric(float64(times[len(times)-1].Microseconds()), "µs/worst")
		})
	}
}

// BenchmarkExplain finds all that explains, of one example after the other.
func BenchmarkExplain(b *testing.B) {
	s, _, all := shipped(b, nil)
	a := assess.New(s, assess.Options{})
	q := inquiry.New(s, a)
	for i := 0; b.Loop(); i = (i + 1) % len(all) {
		open := a.Take(all[i])
		q.Why(open)
		q.Ways(open)
		q.Turns(open)
		q.Fragile(open)
	}
}
