package assess

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/criteria"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// benchmarked gives the strategy and the examples, as initiatives.
func benchmarked(b *testing.B) (*strategy.Strategy, []*initiative.Initiative) {
	b.Helper()
	folder, err := fs.Sub(criteria.FS(), "ks-2016-2019")
	if err != nil {
		b.Fatal(err)
	}
	s, found := strategy.Load(folder, strategy.Options{})
	if s == nil {
		b.Fatal(found)
	}
	names, err := filepath.Glob("../../examples/*.yaml")
	if err != nil || len(names) == 0 {
		b.Fatal("no examples", err)
	}
	var all []*initiative.Initiative
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		file, found := yamldoc.Read(name, data)
		if found.HasErrors() {
			b.Fatal(found)
		}
		for _, document := range file.Documents {
			one, found := initiative.Read(file, document, s)
			if one == nil {
				b.Fatal(found)
			}
			all = append(all, one)
		}
	}
	return s, all
}

// BenchmarkEvaluate finds, for one initiative after the other, the outcomes of
// all rules and the recommendation in both readings. It allocates nothing.
func BenchmarkEvaluate(b *testing.B) {
	s, all := benchmarked(b)
	a := New(s, Options{})
	var boxes []diagram.Box
	for _, one := range all {
		a.initiative = one
		a.take()
		a.judge()
		boxes = append(boxes, slices.Clone(a.documented), slices.Clone(a.stated))
	}
	evaluate := func(box diagram.Box) {
		for _, outcome := range a.model.Outcome {
			a.walker.Possible(outcome, box)
		}
		a.walker.Possible(a.model.Recommendation, box)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i = (i + 2) % len(boxes) {
		evaluate(boxes[i])
		evaluate(boxes[i+1])
	}
}

// BenchmarkAssess assesses one initiative after the other: for a line of a
// summary, with the outcomes of the rules, and with all that explains.
func BenchmarkAssess(b *testing.B) {
	s, all := benchmarked(b)
	for _, detail := range []struct {
		name    string
		options Options
	}{{"totals", Options{Brief: true, Totals: true}}, {"brief", Options{Brief: true}}, {"full", Options{}}} {
		b.Run("detail="+detail.name, func(b *testing.B) {
			a := New(s, detail.options)
			b.ReportAllocs()
			for i := 0; b.Loop(); i = (i + 1) % len(all) {
				a.Assess(all[i])
			}
		})
	}
}
