package yamldoc

import (
	"os"
	"testing"
	"time"

	"gopkg.in/yaml.v3"
)

// BenchmarkRead prints how long reading a file of 2.7 kB takes, and how many
// times as long as the library alone takes for a tree of the same bytes. The
// two are timed in turns, so that both meet the same machine.
func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("testdata/initiative.yaml")
	if err != nil {
		b.Fatal(err)
	}
	var bare, own time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		var node yaml.Node
		if err := yaml.Unmarshal(data, &node); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		if _, found := Read("initiative.yaml", data); len(found) > 0 {
			b.Fatal(found)
		}
		bare, own = bare+middle.Sub(start), own+time.Since(middle)
	}
	b.SetBytes(int64(len(data)))
	b.ReportMetric(own.Seconds()/float64(b.N)*1e6, "µs/read")
	b.ReportMetric(own.Seconds()/bare.Seconds(), "times-bare")
}
