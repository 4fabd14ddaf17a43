package report

import (
	"strconv"
	"strings"
)

// What GitHub shows of the annotations of one step, and of one annotation.
const (
	githubAnnotations   = 10 // of each level
	githubTitleLength   = 255
	githubMessageLength = 4000 // of a limit of 64 KiB
)

// GitHub writes findings as commands to the runner of GitHub Actions, which
// shows them at the lines of a pull request: errors for what is named, warnings
// for other fails, notices for the rest. The headline comes first, as plain
// text. GitHub shows ten of each level, so there are no more, the gravest first,
// and the last notice counts the others.
func GitHub(f Findings) string {
	var levels [3][]string // the commands, by level
	left := 0
	add := func(level githubLevel, command func() string) {
		if len(levels[level]) < githubAnnotations {
			levels[level] = append(levels[level], command())
		} else {
			left++
		}
	}
	for _, p := range f.Problems {
		level := p.githubLevel()
		add(level, func() string { return githubCommand(level, githubPlace(p.Path, p.Line, p.Column), p.Message) })
	}
	for _, l := range f.listed() {
		level := l.githubLevel()
		add(level, func() string { return f.githubFinding(level, l) })
	}
	notices := levels[githubNotice]
	if left > 0 && f.Words.Left != nil {
		if len(notices) == githubAnnotations {
			notices = notices[:githubAnnotations-1]
			left++
		}
		levels[githubNotice] = append(notices, githubCommand(githubNotice, nil, f.Words.Left(left)))
	}
	var b strings.Builder
	if f.Headline != "" {
		b.WriteString(oneLine(f.Headline, githubMessageLength) + "\n")
	}
	for _, commands := range levels {
		b.WriteString(strings.Join(commands, ""))
	}
	return b.String()
}

type githubLevel int

const (
	githubError githubLevel = iota
	githubWarning
	githubNotice
)

func (l githubLevel) String() string {
	return [...]string{"error", "warning", "notice"}[l]
}

func (p Problem) githubLevel() githubLevel {
	if p.Grave {
		return githubError
	}
	return githubWarning
}

func (f Finding) githubLevel() githubLevel {
	switch {
	case f.named():
		return githubError
	case !f.excused() && f.Kind == FindingFail:
		return githubWarning
	}
	return githubNotice
}

func (f Findings) githubFinding(level githubLevel, l listing) string {
	properties := githubPlace(l.suite.Path, l.Line, l.Column)
	properties = append(properties, githubProperty("title", oneLine(f.ruleName(l.rule, l.Rule), githubTitleLength)))
	texts := []string{l.Message, l.Detail}
	if l.excused() {
		texts = append(texts, l.Waiver)
	}
	return githubCommand(level, properties, texts...)
}

// githubPlace names a file, relative to the working folder, with line and
// column where they are known.
func githubPlace(path string, line, column int) []string {
	if path == "" {
		return nil
	}
	properties := []string{githubProperty("file", pathText(path))}
	if line > 0 {
		properties = append(properties, "line="+strconv.Itoa(line))
		if column > 0 {
			properties = append(properties, "col="+strconv.Itoa(column))
		}
	}
	return properties
}

// githubCommand is a command whose message has the texts that are not empty on
// a line each.
func githubCommand(level githubLevel, properties []string, texts ...string) string {
	var lines []string
	for _, text := range texts {
		if text = oneLine(text, githubMessageLength); text != "" {
			lines = append(lines, githubData.Replace(text))
		}
	}
	command := "::" + level.String()
	if len(properties) > 0 {
		command += " " + strings.Join(properties, ",")
	}
	return command + "::" + strings.Join(lines, "%0A") + "\n"
}

// githubProperty is a property of a command; its value is one line of text.
func githubProperty(name, value string) string {
	return name + "=" + githubSeparators.Replace(githubData.Replace(value))
}

var (
	// githubData writes what would end a message. In one pass, as the percent
	// signs that it writes stay as they are.
	githubData       = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubSeparators = strings.NewReplacer(":", "%3A", ",", "%2C")
)
