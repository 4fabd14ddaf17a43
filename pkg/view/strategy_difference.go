package view

import (
	"cmp"
	"math/big"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/vet"
)

// StrategyDifference says how two strategies differ in meaning; the view is of
// the new one. initiatives is what became of initiatives that were assessed
// under both; nil where none were.
func (v *View) StrategyDifference(d *vet.Difference, initiatives []result.Change, unread []result.UnreadUnder) report.Document {
	w := &strategyDifference{View: v, d: d}
	w.add(report.Heading{Level: 1, Text: v.t("versions.title")},
		report.Fields{Fields: []report.Field{{Label: v.t("versions.old"), Value: report.Say(w.version(d.Old.ID, d.Old.Version))},
			{Label: v.t("versions.new"), Value: report.Say(w.version(d.New.ID, d.New.Version))}}})
	if d.Equal() {
		w.add(report.Paragraph{Text: report.SayAs(report.Strong, v.t("versions.equal"))})
	}
	w.settings()
	w.changes("versions.facts", d.Facts, func(string) string { return "" })
	w.changes("versions.rules", d.Rules, w.titleOfRule)
	w.reworded()
	w.changes("versions.notes", d.Notes, func(string) string { return "" })
	w.recommendations()
	w.initiatives(initiatives, unread)
	return report.Document{Blocks: w.blocks}
}

// strategyDifference words a difference of two strategies.
type strategyDifference struct {
	*View
	d      *vet.Difference
	blocks []report.Block
}

func (w *strategyDifference) add(blocks ...report.Block) { w.blocks = append(w.blocks, blocks...) }

func (w *strategyDifference) version(id, version string) string {
	return clean(w.t("versions.version", id, version))
}

// list adds a list of sentences under what was added last.
func (w *strategyDifference) list(items [][]report.Span) {
	if len(items) > 0 {
		w.add(report.List{Items: items, Tight: true})
	}
}

func (w *strategyDifference) said(messages []i18n.Message) (items [][]report.Span) {
	for _, m := range messages {
		items = append(items, report.Say(diag.Inert(clean(w.printer.Text(m)))))
	}
	return items
}

func (w *strategyDifference) settings() {
	if len(w.d.Settings) > 0 {
		w.add(report.Heading{Level: 2, Text: w.t("versions.settings")})
		w.list(w.said(w.d.Settings))
	}
}

// changes lists facts, rules or notes that differ: those on one side alone with
// a word, the others with what differs.
func (w *strategyDifference) changes(heading string, all []vet.Changed, title func(name string) string) {
	if len(all) == 0 {
		return
	}
	w.add(report.Heading{Level: 2, Text: w.t(heading)})
	for _, status := range []string{result.Added, result.Gone} {
		var names []string
		for _, c := range all {
			if c.Status == status {
				names = append(names, clean(strings.TrimSpace(c.Name+" "+title(c.Name))))
			}
		}
		if len(names) > 0 {
			w.add(report.Paragraph{Text: report.Say(w.t("versions.status_"+status, strings.Join(names, ", "))), Tight: true})
		}
	}
	for _, c := range all {
		if c.Status != result.Changed {
			continue
		}
		w.add(report.Paragraph{Text: report.SayAs(report.Strong, clean(strings.TrimSpace(c.Name+" "+title(c.Name)))), Tight: true})
		w.list(append(w.said(c.About), w.shifts(c.Shifts)...))
	}
}

// titleOfRule is a rule's title, the new one where it has one.
func (w *strategyDifference) titleOfRule(id string) string {
	return cmp.Or(w.texts.Get("rules", id, "title"), w.d.Old.Texts.Get("rules", id, "title"))
}

// shifts say which cases come to something else.
func (w *strategyDifference) shifts(all []vet.Shift) (items [][]report.Span) {
	for _, s := range all {
		cases := make([]string, len(s.Cases))
		for i, words := range s.Cases {
			cases[i] = w.printer.Word(words)
		}
		said := strings.Join(cases, w.t("versions.or"))
		if s.More {
			said += w.t("versions.or_others")
		}
		items = append(items, report.Say(diag.Inert(clean(w.t("versions.shift", w.comesTo(s.From), w.comesTo(s.To), said)))))
	}
	return items
}

// comesTo words what cases come to: an outcome, or whether a note is printed.
func (w *strategyDifference) comesTo(name string) string {
	if name == "yes" || name == "no" {
		return w.t("versions.note_" + name)
	}
	if name == result.Borderline {
		return w.t("versions.borderline")
	}
	return w.t("outcome." + name)
}

func (w *strategyDifference) reworded() {
	if len(w.d.Reworded) > 0 {
		w.add(report.Paragraph{Text: report.Say(clean(w.t("versions.reworded", strings.Join(w.d.Reworded, ", "))))})
	}
}

// recommendations lists the changes of the recommendation, each with an example.
func (w *strategyDifference) recommendations() {
	if len(w.d.Recommendations) == 0 {
		if !w.d.Equal() {
			w.add(report.Paragraph{Text: report.SayAs(report.Strong, w.t("versions.same_recommendation"))})
		}
		return
	}
	all := new(big.Int)
	for _, s := range w.d.Recommendations {
		all.Add(all, s.Count)
	}
	w.add(report.Heading{Level: 2, Text: w.t("versions.recommendations"), Aside: w.t("versions.share", w.share(all, w.d.Cases))},
		report.Paragraph{Text: report.SayAs(report.Faint, w.t("versions.recommendations_about")), Tight: true})
	for _, s := range w.d.Recommendations {
		change := w.t("view.from_to", w.adviceOn(w.d.Old.Texts.Get("recommendations", s.From, "title"), s.From), w.adviceOn(w.recommendation(s.To), s.To))
		w.add(report.Paragraph{Text: report.SayAs(report.Strong, capitalised(w.t("versions.change", change, w.share(s.Count, w.d.Cases))))},
			report.Paragraph{Tight: true, Text: report.Say(w.t("versions.example", diag.Inert(clean(w.printer.Word(s.Cases[0])))))})
	}
}

// adviceOn is a recommendation's title, or its id where it has none.
func (w *strategyDifference) adviceOn(title, id string) string {
	if title == "" {
		return clean(id)
	}
	return clean(title)
}

// initiatives says which initiatives come out otherwise.
func (w *strategyDifference) initiatives(all []result.Change, unread []result.UnreadUnder) {
	if len(all)+len(unread) == 0 {
		return
	}
	changed := 0
	for _, c := range all {
		if c.Status != result.Same {
			changed++
		}
	}
	w.add(report.Heading{Level: 2, Text: w.t("versions.initiatives"), Aside: w.t("versions.changed", changed, len(all))})
	var items [][]report.Span
	for _, u := range unread {
		items = append(items, report.SayAs(report.Bad, w.t("versions.unread_"+u.Strategy, clean(u.Path))))
	}
	w.list(items)
	for i := range all {
		if c := &all[i]; c.Status != result.Same {
			w.add(w.initiative(c)...)
		}
	}
}

// initiative is what becomes of one initiative.
func (w *strategyDifference) initiative(c *result.Change) []report.Block {
	blocks := []report.Block{report.Paragraph{Text: report.SayAs(report.Strong, w.t("view.title_and_path", clean(c.Title), clean(inputOf(c).Path)))}}
	if c.Recommendation != nil {
		blocks = append(blocks, report.Fields{Tight: true, Fields: []report.Field{w.adviceField(c.Recommendation)}})
	}
	if len(c.Rules) > 0 {
		blocks = append(blocks, w.ruleChanges(c.Rules))
	}
	return blocks
}
