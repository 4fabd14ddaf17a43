package cli

import (
	"bytes"
	"io"
	"os"
	"slices"

	"golang.org/x/term"

	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/view"
)

// textFormat writes reports for people, and a summary where there are several.
type textFormat struct {
	viewing
	options report.TextOptions
	full    bool
	summary view.Summary
}

// viewing keeps a view for each strategy, and which came first.
type viewing struct {
	run   *assessing
	views map[*strategy.Strategy]*view.View
	first *view.View
}

func newViewing(r *assessing) viewing {
	return viewing{run: r, views: map[*strategy.Strategy]*view.View{}}
}

func (v *viewing) view(s *strategy.Strategy) *view.View {
	if v.views[s] == nil {
		v.views[s] = view.New(v.run.app.printer, s, shown(v.run.config.Show.Value))
	}
	if v.first == nil {
		v.first = v.views[s]
	}
	return v.views[s]
}

// showQuestions is the value of --show that asks for all questions. It says
// nothing of rules.
const showQuestions = "questions"

// shown turns the values of --show into outcomes; nil where none was given.
func shown(show []string) []string {
	show = slices.DeleteFunc(slices.Clone(show), func(s string) bool { return s == showQuestions })
	if len(show) == 0 {
		return nil
	}
	if slices.Contains(show, "all") {
		return []string{result.Pass, result.Fail, result.Unclear, result.NotApplicable}
	}
	outcomes := show
	if slices.Contains(show, "na") {
		outcomes = append(outcomes, result.NotApplicable)
	}
	return outcomes
}

func (f *textFormat) add(w io.Writer, r record) error {
	if r.result.Assessment == nil {
		f.summary.AddUnread()
		return nil
	}
	v := f.view(r.strategy)
	f.summary.Add(v.LineOf(r.result.Assessment))
	if !f.full {
		return nil
	}
	return f.write(w, v.Assessment(r.result.Assessment), f.summary.Len() > 1)
}

func (f *textFormat) end(w io.Writer, _ bool, _ int) error {
	if f.first == nil || f.summary.Len() < 2 {
		return nil
	}
	return f.write(w, f.first.Summary(&f.summary), f.full)
}

func (f *textFormat) write(w io.Writer, d report.Document, apart bool) error {
	text, err := report.Text(d, f.options)
	if err != nil {
		return err
	}
	if apart {
		text = "\n" + text
	}
	_, err = io.Copy(w, bytes.NewReader([]byte(text)))
	return err
}

// textOptions finds out how wide the terminal is and what it can show.
func (a *app) textOptions(color string, toStdout bool) report.TextOptions {
	getenv := getenv(a.streams.Environ())
	options := report.TextOptions{Color: color == "always"}
	file, isFile := a.streams.Out.(*os.File)
	if !toStdout || !isFile || !term.IsTerminal(int(file.Fd())) {
		return options
	}
	if width, _, err := term.GetSize(int(file.Fd())); err == nil {
		options.Width = width
	}
	switch color {
	case "auto":
		options.Color = getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && obeysEscapes(file)
	case "always":
		obeysEscapes(file)
	}
	options.ASCII = !showsUTF8(getenv)
	return options
}
