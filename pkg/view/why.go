package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// Inquired is what was found out about the recommendation for an initiative.
type Inquired struct {
	Assessment *result.Assessment
	// Several says that the file has other documents besides this one.
	Several bool
	Why     *inquiry.Why
	Turns   []inquiry.Turn
	// Questions are what to ask; nil where nothing can be asked that matters.
	Questions *result.Questions
	// Fragile are claims without a reason of which, were they wrong, the
	// recommendation as stated would not be certain, as places among the
	// strategy's facts; none where nothing rests on such claims.
	Fragile []int
}

// Why explains why an initiative gets its recommendation: the conditions, the
// claims that decide, and what would change it; of one that is open what leaves
// it open, and the shortest way to each that is possible.
func (v *View) Why(i *Inquired) report.Document {
	a := i.Assessment
	blocks := append(v.whyOpening(i), v.recommended(a)...)
	main, _ := advised(a)
	blocks = append(blocks, v.openPart(a, main)...)
	if main.Status == result.ClarifyFirst {
		blocks = append(blocks, v.conditionTable("why.open", a, i.Why.Rows)...)
		blocks = append(blocks, v.decided(a, "why.decided_open", i.Why)...)
		blocks = append(blocks, v.firstQuestion(i)...)
		if i.Questions != nil {
			blocks = append(blocks, v.ways("why.ways", i.Questions.Ways)...)
		}
	} else {
		blocks = append(blocks, v.conditionTable("why.because", a, i.Why.Rows)...)
		blocks = append(blocks, v.decided(a, "why.decided", i.Why)...)
	}
	blocks = append(blocks, v.turns(i)...)
	return report.Document{Blocks: append(blocks, v.restsOn(i)...)}
}

// openPart says what of a recommendation is open: which are possible, or for
// which choices it holds.
func (v *View) openPart(a *result.Assessment, main result.Advice) []report.Block {
	fields := report.Fields{Tight: true}
	add := func(key, words string) {
		fields.Fields = append(fields.Fields, report.Field{Label: v.t(key), Value: report.Say(words)})
	}
	switch {
	case main.ByChoice != nil:
		add("view.by_choice", v.byChoice(a, main.ByChoice))
	case main.Status == result.ClarifyFirst:
		add("view.still_possible", v.recommendations(v.merged(a, main.Possible)))
		add("view.ruled_out", v.ruledOut(a, main))
	}
	return []report.Block{fields}
}

// whyOpening says which initiative it is about, and which of a file.
func (v *View) whyOpening(i *Inquired) []report.Block {
	a := i.Assessment
	place := a.Input.Path
	if i.Several {
		place = v.t("why.document", place, a.Input.Document)
	}
	return append([]report.Block{report.Heading{Level: 1, Text: clean(a.Initiative.Title), Aside: place}}, v.opening(a)...)
}

// conditionTable lists the conditions of rows of the recommendation table, each
// once, with what they rest on or what leaves them open.
func (v *View) conditionTable(title string, a *result.Assessment, rows []inquiry.Row) []report.Block {
	var seen []string
	var conditions []inquiry.Condition
	for _, row := range rows {
		for _, c := range row.Conditions {
			if !slices.Contains(seen, c.Name) {
				seen = append(seen, c.Name)
				conditions = append(conditions, c)
			}
		}
	}
	return v.conditions(title, a, conditions, func(c inquiry.Condition) (report.Span, bool) {
		if c.State == inquiry.Open {
			return report.Span{Text: "? " + v.t("explain.open"), Tone: report.Open}, true
		}
		return report.Span{Text: "✓ " + v.t("explain.true")}, c.State == inquiry.Yes
	})
}

// conditions is a table of conditions. mark says how each stands, and whether it
// is worded in the affirmative.
func (v *View) conditions(title string, a *result.Assessment, conditions []inquiry.Condition, mark func(c inquiry.Condition) (report.Span, bool)) []report.Block {
	table := report.Table{Tight: true, Columns: []report.Column{{}, {Flexible: true, Least: 40}, {Flexible: true, Below: report.Always}}}
	for _, c := range conditions {
		span, affirmative := mark(c)
		read := v.placesOf(c.DecidedBy)
		switch {
		case c.State == inquiry.Open:
			read = v.openCauses(a, c.Causes)
		case span.Tone == report.Bad:
			read = v.grounds(a, c.DecidedBy)
		}
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{{span},
			report.Say(v.texts.Get("conditions", c.Name, key(affirmative))), report.SayAs(report.Faint, read)}})
	}
	return []report.Block{report.Heading{Level: 2, Text: v.t(title)}, table}
}

// placesOf says where in the file that stands on which something rests.
func (v *View) placesOf(grounds []result.Ground) string {
	var lines i18n.Series
	var others []string
	for _, g := range grounds {
		switch {
		case g.Place != nil && !slices.Contains(lines, any(g.Line)):
			lines = append(lines, g.Line)
		case g.Assumption != "":
			others = append(others, v.t("why.assumption", g.Assumption))
		case g.Choice != "":
			others = append(others, v.texts.Get("open_choice", "title"))
		}
	}
	slices.SortFunc(lines, func(x, y any) int { return cmp.Compare(x.(int), y.(int)) })
	if len(lines) > 0 {
		others = append([]string{v.t("why.lines", lines, len(lines))}, others...)
	}
	if len(others) == 0 {
		return v.t("view.always")
	}
	return strings.Join(others, "; ")
}

// causesShown is how many open facts are named that leave one condition open:
// as many as find room in a cell.
const causesShown = 4

// openCauses says what leaves a condition open.
func (v *View) openCauses(a *result.Assessment, causes []result.Cause) string {
	var known []result.Cause
	choice := false
	for _, c := range causes {
		if c.Kind == result.OpenChoice {
			choice = true
		} else {
			known = append(known, c)
		}
	}
	left := len(known) - causesShown
	if left > 0 {
		known = known[:causesShown]
	}
	var parts []string
	if choice {
		parts = append(parts, lowerFirst(strings.TrimSuffix(v.t("view.choice_open", v.texts.Get("open_choice", "title")), ".")))
	}
	if words := v.causes(a, nil, known); words != "" {
		parts = append(parts, words)
	}
	if left > 0 {
		parts = append(parts, v.t("view.and_more", left))
	}
	return strings.Join(parts, "; ")
}

// decided lists the claims from which none can be left out, and counts those
// that do not matter.
func (v *View) decided(a *result.Assessment, title string, w *inquiry.Why) []report.Block {
	if len(w.DecidedBy) == 0 {
		return nil
	}
	items := make([][]report.Span, len(w.DecidedBy))
	for i, words := range v.groundsWithReasons(a, w.DecidedBy) {
		items[i] = report.Say(words)
	}
	blocks := []report.Block{report.Heading{Level: 2, Text: v.t(title, len(items))}, report.List{Items: items, Tight: true}}
	if w.Others > 0 && title == "why.decided" {
		blocks = append(blocks, report.Paragraph{Text: report.Say(v.t("why.others", w.Others))})
	}
	return blocks
}

// firstQuestion is the best question, with what each answer would settle.
func (v *View) firstQuestion(i *Inquired) []report.Block {
	if i.Questions == nil {
		return []report.Block{report.Paragraph{Text: report.Say(v.t("why.nothing_to_ask"))}}
	}
	blocks := []report.Block{report.Heading{Level: 2, Text: v.t("why.ask_first")}}
	return append(blocks, v.questionBlocks(&i.Questions.Ranked[0], i.Why.Possible, v.t("why.left", v.Left(i.Questions)))...)
}

// questionBlocks is a question with its answers.
func (v *View) questionBlocks(q *result.Question, possible []string, left string) []report.Block {
	asked := v.Ask(q, possible)
	fields := report.Fields{Tight: true}
	for _, c := range asked.Classes {
		fields.Fields = append(fields.Fields, report.Field{Label: c.Label, Value: report.Say(c.Effect)})
	}
	return []report.Block{report.Paragraph{Text: report.SayAs(report.Strong, v.t("explain.name", asked.Text, asked.Name)), Tight: true}, fields,
		report.Paragraph{Text: report.Say(left), Tight: true}}
}

// ways are the shortest ways to each recommendation that is possible, the
// shortest first.
func (v *View) ways(title string, ways []result.Way) []report.Block {
	fields := report.Fields{Tight: true}
	for _, way := range byLength(ways) {
		words := v.t("why.no_way")
		if len(way.Answers) > 0 {
			words = v.t("why.way", len(way.Answers), strings.Join(v.answerWords(way.Answers), "; "))
		}
		fields.Fields = append(fields.Fields, report.Field{Label: v.recommendation(way.To), Value: report.Say(words)})
	}
	blocks := []report.Block{report.Heading{Level: 2, Text: v.t(title)}, fields}
	if v.needReasons(ways) {
		blocks = append(blocks, report.Paragraph{Text: report.Say(v.t("why.reasons"))})
	}
	return blocks
}

func (v *View) needReasons(ways []result.Way) bool {
	return slices.ContainsFunc(ways, func(w result.Way) bool {
		return slices.ContainsFunc(w.Answers, func(a result.Answer) bool {
			d := v.definition(a.Fact)
			return d != nil && d.Grounds || a.Outcome != ""
		})
	})
}

// answerWords words answers, each as a sentence.
func (v *View) answerWords(answers []result.Answer) []string {
	words := make([]string, len(answers))
	for i, a := range answers {
		switch d := v.definition(a.Fact); {
		case a.Judgement != "" && a.Outcome == "":
			words[i] = v.t("why.judgement_withdrawn", a.Judgement)
		case a.Judgement != "":
			words[i] = v.t("why.judgement", a.Judgement, i18n.M("outcome."+a.Outcome))
		case d != nil && d.Kind == fact.Text && slices.Equal(a.Value.Options, []string{"given"}):
			words[i] = v.printer.Fill(v.texts.Get("facts", a.Fact, "yes"), i18n.M("fact.given"))
		default:
			words[i] = v.statement(a.Fact, a.Value, "")
		}
	}
	return words
}
