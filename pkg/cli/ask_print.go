package cli

import (
	"encoding/json"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// print writes the questions in their order and changes nothing.
func (o *opened) print(f *askFlags) error {
	app, plan := o.run.app, o.inquirer.Plan(o.taken)
	if f.format != "json" {
		return app.document(o.questionsDocument(plan, f.all), o.run.config.Color.Value)
	}
	record := result.Asking{Ksdev: result.Version, Kind: "questions", Program: Version, Possible: plan.Possible, Questions: o.inquirer.Questions(o.taken, true)}
	if assessed := o.assess(); assessed != nil {
		record.Strategy, record.Input = assessed.Strategy, assessed.Input
	}
	for _, place := range plan.NotNeeded {
		record.NotNeeded = append(record.NotNeeded, o.strategy.Facts[place].Path)
	}
	for _, c := range plan.Closed {
		record.Closed = append(record.Closed, result.ClosedFact{Fact: o.strategy.Facts[c.Fact].Path, Cause: c.Cause})
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
