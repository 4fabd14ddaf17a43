package cli

import (
	"bytes"
	"io"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

const (
	// barAfter is how long a run takes before it has a bar, barEvery how often
	// the bar changes.
	barAfter = time.Second
	barEvery = 100 * time.Millisecond
	// Widths of the bar alone, in columns, and what stands beside it besides
	// words: per cent, ends and blanks.
	widestBar    = 40
	narrowestBar = 5
	barBeside    = 11
)

// progress is a line on a terminal that says how much of a long run is done. It
// stands on standard error and makes room for whatever else is written there.
// Of nil there is nothing to see.
type progress struct {
	app      *app
	terminal io.Writer
	bar      *progressbar.ProgressBar
	// drawn is what the bar has drawn and the terminal has not got yet.
	drawn bytes.Buffer
	// room is how many columns the line may take.
	room     int
	done, of int
	next     time.Time
	shown    bool
}

// beginProgress begins to watch a run over so many files whose results go to
// the sink. The clock is read for nothing else.
func (a *app) beginProgress(of int, s sink) *progress {
	getenv := getenv(a.streams.Environ())
	file, isFile := a.streams.Err.(*os.File)
	if a.flags.quiet || getenv("TERM") == "dumb" || !isFile || !term.IsTerminal(int(file.Fd())) || a.showsResults(s) {
		return nil
	}
	p := &progress{app: a, terminal: file, of: of}
	width, _, err := term.GetSize(int(file.Fd()))
	// In the last column a terminal may begin a new line.
	p.room = width - 1
	bar := min(widestBar, p.room-barBeside-utf8.RuneCountInString(p.words(of)))
	if err != nil || bar < narrowestBar {
		return nil
	}
	theme := progressbar.Theme{Saucer: "█", SaucerPadding: " ", BarStart: "|", BarEnd: "|"}
	if !showsUTF8(getenv) {
		theme.Saucer = "#"
	}
	p.bar = progressbar.NewOptions(of, progressbar.OptionSetWriter(&p.drawn), progressbar.OptionSetWidth(bar),
		progressbar.OptionSetTheme(theme), progressbar.OptionSetPredictTime(false), progressbar.OptionShowDescriptionAtLineEnd())
	p.next = a.streams.Now().Add(barAfter)
	a.streams.Err = p
	return p
}

// showsResults reports whether results are written to a terminal while the run
// goes on, which tells how far it is as well.
func (a *app) showsResults(s sink) bool {
	file, isFile := a.streams.Out.(*os.File)
	o, isOutputs := s.(*outputs)
	if !isFile || !isOutputs || !term.IsTerminal(int(file.Fd())) {
		return false
	}
	return slices.ContainsFunc(o.all, func(one *output) bool {
		if one.file != nil {
			return false
		}
		switch f := one.format.(type) {
		case *jsonFormat, ndjsonFormat:
			return true
		case *textFormat:
			return f.full
		}
		return false
	})
}

// words say how many files are done, in ASCII alone.
func (p *progress) words(done int) string {
	return strings.ReplaceAll(p.app.printer.T("progress.files", done, p.of), "\u00a0", " ")
}

// step counts a file that is done.
func (p *progress) step() {
	if p == nil {
		return
	}
	p.done++
	now := p.app.streams.Now()
	if p.done == p.of || now.Before(p.next) {
		return
	}
	p.next = now.Add(barEvery)
	// What it draws goes to a buffer, where nothing can fail.
	_ = p.bar.Set(p.done)
	p.drawn.Reset()
	p.bar.Describe(p.words(p.done))
	p.shown = true
	p.app.print(p.terminal, p.drawn.String())
}

// Write takes the bar away and passes on what is to be written.
func (p *progress) Write(data []byte) (int, error) {
	p.clear()
	return p.terminal.Write(data)
}

func (p *progress) clear() {
	if p.shown {
		p.shown = false
		p.app.print(p.terminal, "\r"+strings.Repeat(" ", p.room)+"\r")
	}
}

// end takes the bar away for good.
func (p *progress) end() {
	if p != nil {
		p.clear()
		p.app.streams.Err = p.terminal
	}
}
