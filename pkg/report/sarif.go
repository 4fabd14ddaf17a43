package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// What GitHub takes, in results, tags of a rule, and characters; the last two
// lengths are ours.
const (
	sarifResults           = 5000
	sarifTags              = 10
	sarifNameLength        = 255
	sarifDescriptionLength = 1024
	sarifMessageLength     = 4000
	sarifHelpLength        = 10000
)

// sarifSchema is where the standard keeps the schema.
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// SARIF writes findings in SARIF 2.1.0, as GitHub's code scanning reads it. The
// same findings give the same bytes: there are no times and no random names.
//
//   - A rule is a reportingDescriptor of the driver, whether anything was found
//     or not.
//   - A finding is a result. Its kind is that of the finding; only a fail has a
//     level, "error" where it is named and "warning" else, as SARIF reserves
//     levels for fails.
//   - What recognises it from run to run is a hash of its key.
//   - A waiver is an accepted suppression.
//   - A problem is a notification of the invocation, which was not successful
//     where the problem is grave.
//   - Paths are relative to %SRCROOT%; absolute ones are file URIs.
//
// GitHub knows no kinds and shows every result as an alert, so it is only given
// what is listed. Beyond 5,000 results, a notification counts those that are
// left out. It fails where a finding names none of the rules.
func SARIF(f Findings) ([]byte, error) {
	run := sarif.NewRun().WithColumnKind("unicodeCodePoints").WithTool(f.sarifTool())
	run.NewlineSequences = nil // what is the default need not be said
	if f.Language != "" {
		run.WithLanguage(f.Language)
	}
	listed := f.listed()
	left := max(0, len(listed)-sarifResults)
	run.AddInvocation(f.sarifInvocation(left))
	results, err := sarifResultsOf(listed[:len(listed)-left])
	if err != nil {
		return nil, err
	}
	log := sarif.NewReport()
	log.Schema = sarifSchema
	return encodeSARIF(sarifLog{log, []sarifRun{{run, results}}})
}

// sarifLog, sarifRun and sarifResult add to the library's types what they
// cannot say: that a result has no suppressions.
type sarifLog struct {
	*sarif.Report
	Runs []sarifRun `json:"runs"`
}

type sarifRun struct {
	*sarif.Run
	Results []sarifResult `json:"results"`
}

type sarifResult struct {
	*sarif.Result
	Suppressions []*sarif.Suppression `json:"suppressions"`
}

func (f Findings) sarifTool() *sarif.Tool {
	driver := sarif.NewToolComponent().WithName(clean(f.Tool.Name, false))
	driver.Contents = nil
	if f.Language != "" {
		driver.WithLanguage(f.Language)
	}
	if f.Tool.Version != "" {
		driver.WithVersion(clean(f.Tool.Version, false))
	}
	if isWebAddress(f.Tool.URI) {
		driver.WithInformationURI(f.Tool.URI)
	}
	for i, rule := range f.Rules {
		driver.AddRule(sarifRule(rule, f.ruleName(i, rule.ID)))
	}
	return sarif.NewTool().WithDriver(driver)
}

func sarifRule(rule FindingRule, name string) *sarif.ReportingDescriptor {
	r := sarif.NewReportingDescriptor().WithID(sarifID(rule.ID)).
		WithShortDescription(sarifText(firstOf(rule.Title, rule.ID), sarifDescriptionLength)).
		WithFullDescription(sarifText(firstOf(rule.Text, rule.Title, rule.ID), sarifDescriptionLength)).
		WithHelp(sarifHelp(rule, name))
	if rule.Title != "" {
		r.WithName(cleanHead(rule.Title, sarifNameLength))
	}
	if isWebAddress(rule.URI) {
		r.WithHelpURI(rule.URI)
	}
	properties := sarif.NewPropertyBag()
	for _, tag := range rule.Tags {
		tag = cleanHead(tag, sarifNameLength)
		if len(properties.Tags) < sarifTags && !slices.Contains(properties.Tags, tag) {
			properties.AddTag(tag)
		}
	}
	return r.WithProperties(properties)
}

func sarifID(id string) string { return cleanHead(id, sarifNameLength) }

func sarifHelp(rule FindingRule, name string) *sarif.MultiformatMessageString {
	help := firstOf(rule.Help, rule.Text, rule.Title, rule.ID)
	page := inMarkdown(SayAs(Strong, cleanHead(name, sarifNameLength))) + "\n\n" +
		inMarkdown(Say(cleanHead(help, sarifHelpLength)))
	// SARIF allows no HTML in its Markdown.
	page = strings.ReplaceAll(page, markdownDollar, `\$`)
	return sarifText(help, sarifHelpLength).WithMarkdown(page)
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

func (f Findings) sarifInvocation(left int) *sarif.Invocation {
	invocation := sarif.NewInvocation()
	successful := true
	for _, problem := range f.Problems {
		level := sarif.LevelWarning
		if problem.Grave {
			level = sarif.LevelError
			successful = false
		}
		notification := sarif.NewNotification().WithLevel(level).WithMessage(sarifMessage(problem.Message))
		if location := sarifLocation(problem.Path, problem.Line, problem.Column); location != nil {
			notification.AddLocation(location)
		}
		invocation.AddToolExecutionNotification(notification)
	}
	if left > 0 && f.Words.Left != nil {
		invocation.AddToolExecutionNotification(
			sarif.NewNotification().WithLevel(sarif.LevelWarning).WithMessage(sarifMessage(f.Words.Left(left))))
	}
	return invocation.WithExecutionSuccessful(successful)
}

func sarifResultsOf(listed []listing) ([]sarifResult, error) {
	results := make([]sarifResult, len(listed))
	waived := false
	for i, l := range listed {
		if l.rule < 0 {
			return nil, fmt.Errorf("write SARIF: %q is none of the rules", l.Rule)
		}
		results[i] = l.sarifResult()
		waived = waived || l.excused()
	}
	for i := range results {
		// A run says of all its results whether they are suppressed, or of none.
		if waived && results[i].Suppressions == nil {
			results[i].Suppressions = []*sarif.Suppression{}
		}
	}
	return results, nil
}

func (l listing) sarifResult() sarifResult {
	result := sarif.NewRuleResult(sarifID(l.Rule)).WithRuleIndex(l.rule).WithKind(l.Kind.String()).WithLevel(l.sarifLevel()).
		WithMessage(sarifMessage(inSentences(l.Message, l.Detail)))
	if location := sarifLocation(l.suite.Path, l.Line, l.Column); location != nil {
		location.AddLogicalLocation(sarif.NewLogicalLocation().WithName(clean(l.suite.ID, false)))
		result.AddLocation(location)
	}
	if l.Key != "" {
		sum := sha256.Sum256([]byte(l.Key))
		result.WithPartialFingerprints(map[string]string{"ksdev/v1": hex.EncodeToString(sum[:])})
	}
	if !l.excused() {
		return sarifResult{Result: result}
	}
	suppression := sarif.NewSuppression().WithKind("external").WithStatus("accepted").
		WithJustification(cleanHead(l.Waiver, sarifMessageLength))
	return sarifResult{result, []*sarif.Suppression{suppression}}
}

// inSentences puts a sentence before more, with a full stop: where there is
// little room, only the first sentence is shown.
func inSentences(first, more string) string {
	first = strings.TrimSpace(first)
	if more == "" {
		return first
	}
	if first != "" && !strings.ContainsAny(first[len(first)-1:], ".!?:") {
		first += "."
	}
	return strings.TrimSpace(first + " " + more)
}

func (f Finding) sarifLevel() string {
	switch {
	case f.Kind != FindingFail:
		return ""
	case f.named():
		return sarif.LevelError
	}
	return sarif.LevelWarning
}

func sarifLocation(path string, line, column int) *sarif.Location {
	if path == "" {
		return nil
	}
	reference, absolute := uriOf(path)
	artifact := sarif.NewArtifactLocation().WithURI(reference)
	if !absolute {
		artifact.WithURIBaseID("%SRCROOT%")
	}
	place := sarif.NewPhysicalLocation().WithArtifactLocation(artifact)
	if line > 0 {
		region := sarif.NewRegion().WithStartLine(line)
		if column > 0 {
			region.WithStartColumn(column)
		}
		place.WithRegion(region)
	}
	return sarif.NewLocation().WithPhysicalLocation(place)
}

// sarifMessage is a message, in which SARIF sees links and places for values.
func sarifMessage(text string) *sarif.Message {
	text = sarifPlain(cleanHead(text, sarifMessageLength))
	return sarif.NewMessage().WithText(strings.NewReplacer("{", "{{", "}", "}}").Replace(text))
}

func sarifText(text string, most int) *sarif.MultiformatMessageString {
	return sarif.NewMultiformatMessageString().WithText(sarifPlain(cleanHead(text, most)))
}

// sarifPlain parts what SARIF, in plain text too, takes for a link.
func sarifPlain(text string) string { return strings.ReplaceAll(text, "](", "] (") }

// encodeSARIF writes a log without what says nothing: the library writes every
// list that SARIF knows, though it is empty, and every place in a list that is
// not used as -1.
func encodeSARIF(log sarifLog) ([]byte, error) {
	full, err := json.Marshal(log)
	if err != nil {
		return nil, fmt.Errorf("write SARIF: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(full))
	decoder.UseNumber()
	var tree map[string]any
	if err := decoder.Decode(&tree); err != nil {
		return nil, fmt.Errorf("write SARIF: %w", err)
	}
	prune(tree)
	short, err := json.MarshalIndent(tree, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write SARIF: %w", err)
	}
	return append(inertJSON(short), '\n'), nil
}

// prune takes the empty members out of an object, and of all in it. An empty
// list of results or suppressions says that there are none, and stays.
func prune(object map[string]any) {
	for name, value := range object {
		isList := name == "results" || name == "suppressions"
		if pruneValue(value) && (value == nil || !isList) {
			delete(object, name)
		}
	}
}

// pruneValue reports whether a value says nothing.
func pruneValue(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case json.Number:
		return v == "-1"
	case []any:
		for _, item := range v {
			pruneValue(item)
		}
		return len(v) == 0
	case map[string]any:
		prune(v)
		return len(v) == 0
	}
	return false
}

// inertJSON writes number signs as escapes where the runner of GitHub Actions
// could see "##[" in them, which it obeys anywhere in a log. Characters without
// width between them do not help: it passes over those.
func inertJSON(text []byte) []byte {
	var b bytes.Buffer
	for i, c := range text {
		if c == '#' && i+1 < len(text) && (text[i+1] == '#' || text[i+1] == '[' || text[i+1] >= 0x80) {
			b.WriteString(`\u0023`)
			continue
		}
		b.WriteByte(c)
	}
	return b.Bytes()
}
