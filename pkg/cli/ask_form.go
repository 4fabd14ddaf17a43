package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// widest is how wide lines are at most: longer ones are hard to read.
const widest = 90

var (
	// errLeft says that a person left a form without an answer.
	errLeft = errors.New("left without an answer")
	// errInterrupted says that a person pressed Ctrl-C.
	errInterrupted = errors.New("interrupted")
)

// forms shows forms at a terminal, one after the other.
type forms struct {
	printer *i18n.Printer
	// in is the terminal.
	in      *os.File
	out     io.Writer
	environ []string
	// options say how texts look on the terminal as it is now.
	options func() report.TextOptions
	color   bool
	ascii   bool
	// lines are those of the input, for forms that are plain: prompts and answers
	// as lines of text, where nothing moves.
	lines *lines
	plain bool
}

// newForms makes forms that look as the terminal and the settings want it.
func (a *app) newForms(color string, accessible bool) *forms {
	getenv := getenv(a.streams.Environ())
	in, _ := a.streams.In.(*os.File)
	options := func() report.TextOptions { return a.textOptions(color, true) }
	f := &forms{printer: a.printer, in: in, out: a.streams.Out, environ: a.streams.Environ(), options: options, color: options().Color, ascii: options().ASCII,
		lines: newLines(a.streams.In), plain: accessible || getenv("ACCESSIBLE") != "" || getenv("TERM") == "dumb"}
	if !f.color {
		f.environ = append(f.environ, "NO_COLOR=1")
	}
	return f
}

// say prints blocks.
func (f *forms) say(blocks ...report.Block) error {
	text, err := report.Text(report.Document{Blocks: blocks}, f.options())
	if err == nil {
		_, err = io.WriteString(f.out, text)
	}
	return err
}

// apart prints blocks after an empty line.
func (f *forms) apart(blocks ...report.Block) error {
	if _, err := io.WriteString(f.out, "\n"); err != nil {
		return err
	}
	return f.say(blocks...)
}

// sign words a text with signs that the terminal can show.
func (f *forms) sign(text string) string {
	if !f.ascii {
		return text
	}
	parts := strings.Split(text, "\n")
	for i, part := range parts {
		plain, err := report.Text(report.Document{Blocks: []report.Block{report.Paragraph{Text: report.Say(part)}}}, report.TextOptions{ASCII: true, Width: 1 << 20})
		if err == nil {
			parts[i] = strings.TrimRight(plain, "\n")
		}
	}
	return strings.Join(parts, "\n")
}

// t words a text of the program.
func (f *forms) t(key string, args ...any) string { return f.sign(f.printer.T(key, args...)) }

// show shows fields until they are filled in, and below them what the keys do.
// fit, where it is not nil, makes them fit a width. It fails with errLeft where the person leaves with Esc, and with
// errInterrupted on Ctrl-C.
func (f *forms) show(ctx context.Context, keys string, fit func(width int), fields ...huh.Field) error {
	form := huh.NewForm(huh.NewGroup(fields...)).WithTheme(huh.ThemeFunc(f.theme)).WithKeyMap(formKeys()).WithShowHelp(false)
	form.SubmitCmd = tea.Quit
	in := &keyboard{File: f.in}
	defer in.left.Store(true)
	s := &shownForm{form: form, keys: keys, fit: fit, style: lipgloss.NewStyle().Faint(f.color)}
	_, err := tea.NewProgram(s, tea.WithContext(ctx), tea.WithInput(in), tea.WithOutput(f.out), tea.WithEnvironment(f.environ),
		tea.WithoutSignalHandler()).Run()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return err
	case form.State != huh.StateCompleted && s.left == nil:
		return io.EOF
	}
	return s.left
}

// fits checks also whether a text is one that a file can hold.
func (f *forms) fits(check func(string) error) func(string) error {
	return func(text string) error {
		if utf8.RuneCountInString(text) > yamldoc.MaxText {
			return errors.New(f.t("yamldoc.too_long", yamldoc.MaxText))
		}
		if check == nil {
			return nil
		}
		return check(text)
	}
}

// keyboard is the terminal as one form reads it. Who still waits for a key when
// the form is gone gets none: it would be missing in the next form.
type keyboard struct {
	*os.File
	left atomic.Bool
}

// Read reads keys as long as the form is there.
func (k *keyboard) Read(p []byte) (int, error) {
	if k.left.Load() {
		return 0, io.EOF
	}
	return k.File.Read(p)
}

// shownForm is a form with a line below it that says what the keys do.
type shownForm struct {
	form  *huh.Form
	keys  string
	style lipgloss.Style
	fit   func(width int)
	width int
	// left is why the form is gone without an answer.
	left error
}

// Init begins the form.
func (s *shownForm) Init() tea.Cmd { return s.form.Init() }

// Update passes a message on, but for the keys that leave the form.
func (s *shownForm) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		switch m.String() {
		case "ctrl+c":
			s.left = errInterrupted
			return s, tea.Quit
		case "esc":
			s.left = errLeft
			return s, tea.Quit
		}
	case tea.PasteMsg:
		// One that is too long is refused; a form that held all of it would stand still.
		if all := []rune(m.Content); len(all) > yamldoc.MaxText {
			m.Content = string(all[:yamldoc.MaxText+1])
		}
		msg = m
	case tea.WindowSizeMsg:
		s.width = max(1, min(m.Width, widest))
		m.Width, m.Height = s.width, max(1, m.Height-lipgloss.Height(s.footer())-1)
		if s.fit != nil {
			s.fit(s.width)
		}
		msg = m
	}
	_, cmd := s.form.Update(msg)
	return s, cmd
}

// View is the form, and nothing once it is filled in or left.
func (s *shownForm) View() tea.View {
	if s.left != nil || s.form.State != huh.StateNormal {
		return tea.NewView("")
	}
	return tea.NewView(s.form.View() + "\n\n" + s.footer())
}

func (s *shownForm) footer() string { return s.style.Render(lipgloss.Wrap(s.keys, s.width, "")) }

// formKeys are the keys of forms. Letters do nothing but write.
func formKeys() *huh.KeyMap {
	keys := huh.NewDefaultKeyMap()
	off := key.NewBinding(key.WithDisabled())
	up, down := key.NewBinding(key.WithKeys("up")), key.NewBinding(key.WithKeys("down"))
	keys.Quit = off
	keys.Select.Up, keys.Select.Down, keys.MultiSelect.Up, keys.MultiSelect.Down = up, down, up, down
	keys.MultiSelect.Toggle = key.NewBinding(key.WithKeys("space"))
	keys.Select.Filter, keys.Select.SetFilter, keys.Select.ClearFilter = off, off, off
	keys.MultiSelect.Filter, keys.MultiSelect.SetFilter, keys.MultiSelect.ClearFilter = off, off, off
	keys.MultiSelect.SelectAll, keys.MultiSelect.SelectNone = off, off
	keys.Text.Editor, keys.Text.NewLine = off, off
	return keys
}

// theme is how forms look: no frames, and colours only where they are wanted.
func (f *forms) theme(bool) *huh.Styles {
	s, none := huh.ThemeBase(false), lipgloss.NewStyle()
	accent, wrong := none, none
	if f.color {
		accent, wrong = none.Foreground(lipgloss.Color("6")), none.Foreground(lipgloss.Color("1"))
	}
	on := &s.Focused
	on.Base, on.Description, on.TextInput.Prompt = none, none, none
	on.Title = none.Bold(true)
	on.SelectedOption = accent.Bold(true)
	on.SelectSelector, on.MultiSelectSelector = accent.SetString("> "), accent.SetString("> ")
	on.SelectedPrefix, on.UnselectedPrefix = accent.SetString("[x] "), none.SetString("[ ] ")
	on.ErrorIndicator, on.ErrorMessage = none, wrong
	s.Blurred = *on
	s.Blurred.Title = none
	return s
}

// line asks for one line of text by a prompt, again until it is right. At the
// end of the input it fails with io.EOF.
func (f *forms) line(ctx context.Context, prompt string, check func(string) error) (string, error) {
	text := ""
	f.lines.ctx = ctx
	input := huh.NewInput().Title(prompt).Validate(f.fits(check)).Value(&text)
	bare := huh.ThemeFunc(func(bool) *huh.Styles { return &huh.Styles{} })
	err := huh.NewForm(huh.NewGroup(input)).WithTheme(bare).WithAccessible(true).WithInput(f.lines).WithOutput(f.out).RunWithContext(ctx)
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case f.lines.ended:
		return "", io.EOF
	}
	return text, err
}
