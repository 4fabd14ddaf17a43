package initiative

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Withdraw takes the judgement on a rule out of a document of a file, counted
// from 1, and gives the file's new bytes. All other bytes stay as they are,
// comments above the judgement among them.
func Withdraw(file *yamldoc.File, document int, s *strategy.Strategy, rule string) ([]byte, error) {
	data, err := file.Apply(nil)
	if err != nil {
		return nil, err
	}
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
	edited, err := read.Apply([]yamldoc.Edit{linesOf(read, pair, len(data))})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotInPlace, err)
	}
	if _, _, after := readAgain(file.Name, edited, document, s); after == nil || !same(after, &wanted) {
		return nil, ErrNotInPlace
	}
	return edited, nil
}

// linesOf takes away the lines of a pair in a file of a size.
func linesOf(file *yamldoc.File, pair yamldoc.Pair, size int) yamldoc.Edit {
	end, ok := file.NextLine(file.PairEnd(pair))
	if !ok {
		end = size
	}
	return yamldoc.Edit{Start: file.StartOf(pair.Key.Line), End: end}
}
