package yamldoc

import (
	"math/rand/v2"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// Whatever is written, the library makes no more than three nodes for each sign
// that is counted beforehand, and a few for the document itself. So what it is
// given is bounded, though it tells of a mistake only when all is decoded.
func TestSignsBoundNodes(t *testing.T) {
	tokens := []string{"a", ",", "[", "]", "{", "}", ":", ": ", "- ", "? ", "\n", " ", `"b"`, "'c'", "&x ", "!t ", "*x", "#", "|\n"}
	tried := 0
	try := func(text string) {
		root, err := decode(strings.NewReader(text))
		if err != nil || root == nil {
			return
		}
		tried++
		if nodes, signs := nodesOf(root), signsOf(text); nodes > 3*signs+3 {
			t.Errorf("%q: %d nodes for %d signs", text, nodes, signs)
		}
	}
	for _, a := range tokens {
		for _, b := range tokens {
			for _, c := range tokens {
				try(a + b + c)
				try("[" + a + b + c + "]")
			}
		}
	}
	random := rand.New(rand.NewPCG(5, 6))
	for range 20_000 {
		var b strings.Builder
		for range 4 + random.IntN(12) {
			b.WriteString(tokens[random.IntN(len(tokens))])
		}
		try(b.String())
	}
	if tried < 1000 {
		t.Errorf("only %d of the texts are YAML", tried)
	}
}

func nodesOf(n *yaml.Node) int {
	nodes := 1
	for _, child := range n.Content {
		nodes += nodesOf(child)
	}
	return nodes
}

func signsOf(text string) int {
	signs := 0
	for i := range len(text) {
		if isSign(text, i) {
			signs++
		}
	}
	return signs
}
