package initiative

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Withdraw takes the judgement on a rule out of a document of a file, counted
// from 1, and gives the file's new bytes. All other bytes stay as they are,
// comments above the judgement among them.
func Withdraw(file *yamldoc.File, document int, s *strategy.Strategy, rule string) ([]byte, error) {
	data := file.Data()
	read, found, before := readAgain(file.Name, data, document, s)
	if before == nil {
		return nil, ErrUnreadable
	}
	wanted := *before
	wanted.Judgements = slices.DeleteFunc(slices.Clone(before.Judgements), func(j Judgement) bool { return j.Rule == s.Rule(rule) })
	if len(wanted.Judgements) == len(before.Judgements) {
		return nil, ErrRefused
	}
	section, _ := pairOf(found.Root, "judgements")
	place := slices.IndexFunc(section.Value.Pairs, func(p yamldoc.Pair) bool { return strings.EqualFold(p.Key.Value, rule) })
	if place < 0 || read.Flow(section.Value) || read.Flow(found.Root) {
		return nil, ErrNotInPlace
	}
	pair := section.Value.Pairs[place]
	if len(section.Value.Pairs) == 1 {
		pair = yamldoc.Pair{Key: section.Key, Value: pair.Value}
	}
	return readBack(&wanted, file.Name, withoutLines(read, pair, data), document, s)
}

// withoutLines is a file's data without the lines of a pair.
func withoutLines(file *yamldoc.File, pair yamldoc.Pair, data []byte) []byte {
	end, ok := file.NextLine(file.PairEnd(pair))
	if !ok {
		end = len(data)
	}
	return slices.Concat(data[:file.StartOf(pair.Key.Line)], data[end:])
}
