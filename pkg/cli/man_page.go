package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manPage is the manual page of a command, in the language of man(7). All of it
// is ASCII, so that it reads the same whatever the reader takes for its
// encoding.
type manPage struct {
	app *app
	cmd *cobra.Command
	// date is that of the source, as "2026-03-01"; empty where it is not known.
	date string
}

// pageName is the name of a command's page, such as "ksdev-strategy-check".
func pageName(cmd *cobra.Command) string {
	return strings.ReplaceAll(cmd.CommandPath(), " ", "-")
}

func (m manPage) text() string {
	t, cmd := m.app.printer.T, m.cmd
	var b strings.Builder
	fmt.Fprintf(&b, ".TH \"%s\" \"1\" \"%s\" \"%s\" \"%s\"\n.nh\n.ad l\n",
		roff(strings.ToUpper(pageName(cmd))), m.date, roff("ksdev "+Version), roff(t("release.man_manual")))
	section(&b, t("release.man_name"), roff(pageName(cmd))+` \- `+roff(cmd.Short)+"\n")
	section(&b, t("release.man_synopsis"), m.synopsis())
	section(&b, t("release.man_description"), paragraphs(cmd.Long, cmd.Short))
	section(&b, t("cli.commands"), commandList(cmd))
	if cmd.Runnable() {
		section(&b, t("cli.flags"), flagList(cmd.NonInheritedFlags()))
		section(&b, t("cli.global_flags"), flagList(cmd.InheritedFlags()))
	}
	section(&b, t("cli.examples"), asIs(cmd.Example))
	section(&b, t("release.man_see_also"), seeAlso(cmd))
	return b.String()
}

// section writes a heading with what stands under it; nothing where that is
// nothing.
func section(b *strings.Builder, heading, body string) {
	if body != "" {
		fmt.Fprintf(b, ".SH \"%s\"\n%s", roff(strings.ToUpper(heading)), body)
	}
}

func (m manPage) synopsis() string {
	if !m.cmd.Runnable() {
		return ""
	}
	path := m.cmd.CommandPath()
	rest := strings.TrimPrefix(m.cmd.UseLine(), path)
	if m.cmd.HasAvailableSubCommands() {
		rest = " " + m.app.printer.T("cli.command")
	}
	return `\fB` + roff(path) + `\fR` + roff(rest) + "\n"
}

// paragraphs sets a text. Lines of a paragraph run together; one that is
// indented stands as it is; one in which lines are, after the first, lists what
// stands before them. instead is what to set where there is no text.
func paragraphs(text, instead string) string {
	if text == "" {
		text = instead + "."
	}
	var b strings.Builder
	for i, paragraph := range strings.Split(text, "\n\n") {
		if i > 0 {
			b.WriteString(".PP\n")
		}
		switch {
		case strings.HasPrefix(paragraph, " "):
			b.WriteString(asIs(paragraph))
		case strings.Contains(paragraph, "\n "):
			b.WriteString(hanging(paragraph))
		default:
			b.WriteString(roff(paragraph) + "\n")
		}
	}
	return b.String()
}

// hanging sets a list: a line begins with what it is about, and goes on in
// lines that are indented.
func hanging(paragraph string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(paragraph, "\n") {
		if more, ok := strings.CutPrefix(line, " "); ok {
			b.WriteString(roff(strings.TrimSpace(more)) + "\n")
			continue
		}
		about, text, _ := strings.Cut(line, " ")
		fmt.Fprintf(&b, ".TP\n\\fB%s\\fR\n%s\n", roff(about), roff(strings.TrimSpace(text)))
	}
	return b.String()
}

// asIs sets lines as they are.
func asIs(text string) string {
	if text == "" {
		return ""
	}
	return ".nf\n" + roff(text) + "\n.fi\n"
}

func commandList(cmd *cobra.Command) string {
	var b strings.Builder
	for _, sub := range described(cmd) {
		fmt.Fprintf(&b, ".TP 12\n\\fB%s\\fR\n%s\n", roff(sub.Name()), roff(sub.Short))
	}
	return b.String()
}

func flagList(flags *pflag.FlagSet) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		b.WriteString(".TP\n")
		if f.Shorthand != "" {
			fmt.Fprintf(&b, `\fB%s\fR, `, roff("-"+f.Shorthand))
		}
		fmt.Fprintf(&b, `\fB%s\fR`, roff("--"+f.Name))
		if value != "" {
			fmt.Fprintf(&b, ` \fI%s\fR`, roff(value))
		}
		b.WriteString("\n" + roff(usage) + "\n")
	})
	return b.String()
}

// seeAlso names the pages above and below a command's.
func seeAlso(cmd *cobra.Command) string {
	var names []string
	if cmd.HasParent() {
		names = append(names, pageName(cmd.Parent()))
	}
	for _, sub := range described(cmd) {
		names = append(names, pageName(sub))
	}
	for i, name := range names {
		names[i] = `\fB` + roff(name) + `\fR(1)`
	}
	return strings.Join(names, ",\n") + "\n"
}

// roff escapes a text: nothing in it is a request, and what is there to be
// copied, such as a hyphen before a flag, stays the sign that it is.
func roff(text string) string {
	var b strings.Builder
	lineStart := true
	for _, r := range text {
		switch {
		case r == '.' && lineStart:
			b.WriteString(`\&.`)
		case r > '~':
			fmt.Fprintf(&b, `\[u%04X]`, r)
		default:
			b.WriteString(roffSign(r))
		}
		lineStart = r == '\n'
	}
	return b.String()
}

// roffSign is an ASCII character as roff writes it where it is to stay itself.
func roffSign(r rune) string {
	switch r {
	case '\\':
		return `\(rs`
	case '-':
		return `\-`
	case '\'':
		return `\(aq`
	case '"':
		return `\(dq`
	case '`':
		return `\(ga`
	case '^':
		return `\(ha`
	case '~':
		return `\(ti`
	}
	return string(r)
}
