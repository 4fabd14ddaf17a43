package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// classesShown is how many kinds of answers are shown of the best question.
const classesShown = 4

// askFirst is the best question in a few lines: what it asks, what each answer
// would settle, and how many questions are left.
func (v *View) askFirst(a *result.Assessment, main result.Advice) []string {
	if a.Questions == nil || len(a.Questions.Ranked) == 0 {
		return nil
	}
	asked := v.Ask(&a.Questions.Ranked[0], v.merged(a, main.Possible))
	lines := []string{v.t("explain.name", asked.Text, asked.Name)}
	for i, c := range asked.Classes {
		if i == classesShown-1 && len(asked.Classes) > classesShown {
			lines = append(lines, v.t("question.more_classes", len(asked.Classes)-i))
			break
		}
		lines = append(lines, v.t("question.class", c.Label, c.Effect))
	}
	return append(lines, v.t("why.left", v.Left(a.Questions)))
}

// waysInShort says how many answers lead to each recommendation, the fewest
// first; of a single answer also which.
func (v *View) waysInShort(a *result.Assessment) []string {
	if a.Questions == nil {
		return nil
	}
	var lines, parts []string
	for _, way := range byLength(a.Questions.Ways) {
		name := v.recommendation(way.To)
		switch len(way.Answers) {
		case 0:
			parts = append(parts, v.t("question.no_way", name))
		case 1:
			lines = append(lines, v.t("question.class", name, v.answerWords(way.Answers)[0]))
		default:
			parts = append(parts, v.t("question.way_length", name, len(way.Answers)))
		}
	}
	return append(lines, strings.Join(parts, " · "))
}

// byLength orders ways by their length; those that asking cannot go come last.
func byLength(ways []result.Way) []result.Way {
	ways = slices.Clone(ways)
	slices.SortStableFunc(ways, func(x, y result.Way) int {
		unknown := func(w result.Way) int {
			if len(w.Answers) == 0 {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(unknown(x), unknown(y)), cmp.Compare(len(x.Answers), len(y.Answers)))
	})
	return ways
}

// ranking lists all questions, where the result holds more than the best.
func (v *View) ranking(a *result.Assessment, main result.Advice) []report.Block {
	q := a.Questions
	if q == nil || len(q.Ranked) < 2 {
		return nil
	}
	possible := v.merged(a, main.Possible)
	list := report.List{Numbered: true, Tight: true}
	for i := range q.Ranked {
		asked := v.Ask(&q.Ranked[i], possible)
		words := []string{v.t("explain.name", asked.Text, asked.Name)}
		for _, c := range asked.Classes {
			words = append(words, capitalised(v.t("question.class", c.Label, c.Effect))+".")
		}
		list.Items = append(list.Items, report.Say(strings.Join(words, " ")))
	}
	blocks := []report.Block{report.Heading{Level: 2, Text: v.t("question.all", len(q.Ranked))}, list}
	return append(blocks, v.ways("why.ways", q.Ways)...)
}
