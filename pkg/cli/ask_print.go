package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// questions is what -f json writes.
type questions struct {
	Ksdev    int             `json:"ksdev"`
	Kind     string          `json:"kind"` // "questions"
	Program  string          `json:"program"`
	Strategy result.Strategy `json:"strategy"`
	Input    result.Input    `json:"input"`
	// Possible are the recommendations that are possible, the best first; the two
	// that the open choice divides are together candidate.
	Possible []string `json:"possible"`
	// Questions are those that can change the recommendation, the best first;
	// absent where there are none.
	Questions *result.Questions `json:"questions,omitempty"`
	// NotNeeded are open facts that rules read and that cannot change it.
	NotNeeded []string `json:"not_needed,omitempty"`
	// Closed are open facts that matter and are not asked.
	Closed []closed `json:"closed,omitempty"`
}

// closed is an open fact that is not asked, with the cause.
type closed struct {
	Fact  string `json:"fact"`
	Cause string `json:"cause"`
}

// print writes the questions in their order and changes nothing.
func (o *opened) print(f *askFlags) error {
	app, plan := o.run.app, o.inquirer.Plan(o.taken)
	if f.format != "json" {
		return app.document(o.questionsDocument(plan, f.all), o.run.config.Color.Value)
	}
	assessed := o.assess()
	sum := sha256.Sum256(o.file.data)
	record := questions{Ksdev: result.Version, Kind: "questions", Program: Version, Possible: plan.Possible,
		Input: result.Input{Path: o.name, Document: o.one.Document, SHA256: hex.EncodeToString(sum[:])}, Questions: o.inquirer.CodedPlan(o.taken, plan)}
	if assessed != nil {
		record.Strategy, record.Input = assessed.Strategy, assessed.Input
	}
	for _, place := range plan.NotNeeded {
		record.NotNeeded = append(record.NotNeeded, o.strategy.Facts[place].Path)
	}
	for _, c := range plan.Closed {
		record.Closed = append(record.Closed, closed{o.strategy.Facts[c.Fact].Path, c.Cause})
	}
	text, err := json.MarshalIndent(record, "", "  ")
	if err == nil {
		_, err = app.streams.Out.Write(append(result.Inert(text), '\n'))
	}
	if err != nil {
		return notShown(err)
	}
	return nil
}

// questionsDocument lists the questions with what their answers would settle.
func (o *opened) questionsDocument(plan *inquiry.Plan, all bool) report.Document {
	t := o.run.app.printer.T
	var d report.Document
	add := func(blocks ...report.Block) { d.Blocks = append(d.Blocks, blocks...) }
	add(report.Heading{Level: 1, Text: t("ask.print_title", diag.Clean(o.one.Title)), Aside: diag.Clean(o.name)})
	if coded := o.inquirer.CodedPlan(o.taken, plan); coded == nil {
		add(report.Paragraph{Text: report.Say(t("ask.print_none"))})
	} else {
		add(report.Paragraph{Text: report.Say(o.view.Left(coded)), Tight: true})
		for i := range coded.Ranked {
			add(o.questionBlocks(&coded.Ranked[i], plan.Possible)...)
		}
	}
	add(o.view.NotAsked(plan.Closed)...)
	if all && len(plan.NotNeeded) > 0 {
		add(report.Heading{Level: 2, Text: t("ask.print_rest")})
		var list report.List
		for _, place := range plan.NotNeeded {
			d := o.strategy.Facts[place]
			list.Items = append(list.Items, report.Say(o.strategy.Texts.Get("facts", d.Path, "question")+" ("+d.Path+")"))
		}
		add(list)
	}
	return d
}

func (o *opened) questionBlocks(q *result.Question, possible []string) []report.Block {
	asked := o.view.Ask(q, possible)
	blocks := []report.Block{report.Paragraph{Text: []report.Span{{Text: asked.Text, Tone: report.Strong}, {Text: " (" + asked.Name + ")"}}}}
	var fields report.Fields
	fields.Tight = true
	for _, class := range asked.Classes {
		fields.Fields = append(fields.Fields, report.Field{Label: class.Label, Value: report.Say(class.Effect)})
	}
	return append(blocks, fields)
}
