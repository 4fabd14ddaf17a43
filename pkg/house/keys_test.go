package house

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// textFolder holds the program texts, a folder a language.
const textFolder = "pkg/i18n/text"

// general is the topic whose keys do not begin with its name.
const general = "general"

func languages() []string { return []string{"nb", "nn", "en"} }

// programText is one template in one language.
type programText struct{ key, topic, template string }

// programTexts lists a language's templates, and what is wrong with its files.
func (r *tree) programTexts(language string) (texts []programText, findings []string) {
	for _, name := range r.names {
		if path.Dir(name) != textFolder+"/"+language || path.Ext(name) != ".json" {
			continue
		}
		topic := strings.TrimSuffix(path.Base(name), ".json")
		templates := map[string]string{}
		if err := json.Unmarshal([]byte(r.text(name)), &templates); err != nil {
			findings = append(findings, fmt.Sprintf("%s: %v", name, err))
		}
		for _, key := range slices.Sorted(maps.Keys(templates)) {
			texts = append(texts, programText{key, topic, templates[key]})
			if topic != general && !strings.HasPrefix(key, topic+".") {
				findings = append(findings, fmt.Sprintf("%s: %q does not begin with %q", name, key, topic+"."))
			}
		}
	}
	return texts, findings
}

// sameTexts checks that all languages have the same keys in the same files,
// and each key the same arguments, well written.
func sameTexts(r *tree) (findings []string) {
	first := languages()[0]
	originals, _ := r.programTexts(first)
	for _, language := range languages() {
		texts, wrong := r.programTexts(language)
		findings = append(findings, wrong...)
		translated := map[string]programText{}
		for _, text := range texts {
			translated[text.key] = text
			if wrong := malformed(text.template); wrong != "" {
				findings = append(findings, fmt.Sprintf("%s: %s: %s", language, text.key, wrong))
			}
		}
		for _, original := range originals {
			text, ok := translated[original.key]
			delete(translated, original.key)
			switch want, got := arguments(original.template), arguments(text.template); {
			case !ok:
				findings = append(findings, fmt.Sprintf("%s: %s is lacking", language, original.key))
			case text.topic != original.topic:
				findings = append(findings, fmt.Sprintf("%s: %s stands in %s.json, in %s in %s.json",
					language, text.key, text.topic, first, original.topic))
			case !slices.Equal(got, want):
				findings = append(findings, fmt.Sprintf("%s: %s has the arguments %v, in %s %v",
					language, text.key, got, first, want))
			}
		}
		for _, key := range slices.Sorted(maps.Keys(translated)) {
			findings = append(findings, fmt.Sprintf("%s: %s is lacking in %s", language, key, first))
		}
	}
	return findings
}

// placeholder is a well written one; halfWritten is what looks like one else. A
// brace with something other than a word beside it is text, and so is what the
// command library fills in ({{.CommandPath}}).
var (
	placeholder = regexp.MustCompile(`\{([1-9])(\|[^{}|]*\|[^{}|]*)?\}`)
	halfWritten = regexp.MustCompile(`\{\w[^{}]*\}?|\w\}`)
	libraryText = regexp.MustCompile(`\{\{\.\w+\}\}`)
)

// arguments lists the numbers of a template's placeholders, sorted, each once.
// Plural forms do not count: a language may do without.
func arguments(template string) []string {
	var numbers []string
	for _, match := range placeholder.FindAllStringSubmatch(template, -1) {
		numbers = append(numbers, match[1])
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}

func malformed(template string) string {
	if strings.TrimSpace(template) == "" {
		return "is empty"
	}
	rest := libraryText.ReplaceAllString(placeholder.ReplaceAllString(template, ""), "")
	if found := halfWritten.FindString(rest); found != "" {
		return fmt.Sprintf("has %q, which is neither {1} nor {1|one|other}", found)
	}
	return ""
}

// usedTexts checks that every key that the code names has a text, and that
// every text is named: by its whole key, by a pattern such as
// "view.outcome." + name, which must say more than the topic, or by an ending
// such as name + "_hint" for a key that is named itself.
func usedTexts(r *tree) (findings []string) {
	texts, _ := r.programTexts(languages()[0])
	keys, topics := map[string]bool{}, map[string]bool{}
	for _, text := range texts {
		keys[text.key] = true
		topic, _, _ := strings.Cut(text.key, ".")
		topics[topic] = true
	}
	named := &namedKeys{whole: map[string]bool{}, parts: map[ast.Node]bool{}}
	for _, s := range r.program() {
		ast.Inspect(s.syntax, func(node ast.Node) bool {
			if key := named.note(node); key != "" && !keys[key] && looksLikeKey(key, topics) {
				findings = append(findings, r.at(node, "there is no text for %q", key))
			}
			if key, ok := firstArgument(node); ok && !keys[key] && !looksLikeKey(key, topics) {
				findings = append(findings, r.at(node, "there is no text for %q", key))
			}
			return true
		})
	}
	for _, text := range texts {
		if !named.has(text.key) {
			findings = append(findings, fmt.Sprintf("%s: no code names this text", text.key))
		}
	}
	return findings
}

func literal(node ast.Node) (string, bool) {
	basic, ok := node.(*ast.BasicLit)
	if !ok || basic.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(basic.Value)
	return text, err == nil
}

var (
	keyForm  = regexp.MustCompile(`^[a-z0-9_]+(\.[a-z0-9_]+)+$`)
	fileForm = regexp.MustCompile(`\.(ya?ml|json|ndjson|md|txt|go|csv|xlsx|html|xml)$`)
)

// looksLikeKey tells keys from file names and other dotted words.
func looksLikeKey(text string, topics map[string]bool) bool {
	topic, _, _ := strings.Cut(text, ".")
	return topics[topic] && keyForm.MatchString(text) && !fileForm.MatchString(text)
}

// firstArgument is the literal that M or T is called with.
func firstArgument(node ast.Node) (string, bool) {
	call, ok := node.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return "", false
	}
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "M" && selector.Sel.Name != "T" {
		return "", false
	}
	return literal(call.Args[0])
}

// namedKeys holds what the code could name: whole strings, and patterns and
// endings of those that are put together with "+".
type namedKeys struct {
	whole    map[string]bool
	patterns []*regexp.Regexp
	endings  []string
	parts    map[ast.Node]bool // of a sum that has been seen
}

func (n *namedKeys) has(key string) bool {
	return n.whole[key] ||
		slices.ContainsFunc(n.patterns, func(p *regexp.Regexp) bool { return p.MatchString(key) }) ||
		slices.ContainsFunc(n.endings, func(ending string) bool {
			return strings.HasSuffix(key, ending) && n.whole[strings.TrimSuffix(key, ending)]
		})
}

// note notes what a node names and gives the string that it is, if it is one
// by itself.
func (n *namedKeys) note(node ast.Node) string {
	if text, ok := literal(node); ok && !n.parts[node] {
		n.whole[text] = true
		return text
	}
	if sum, ok := node.(*ast.BinaryExpr); ok && sum.Op == token.ADD && !n.parts[node] {
		pattern := n.sum(sum)
		if saysMore.MatchString(pattern) {
			n.patterns = append(n.patterns, regexp.MustCompile("^"+pattern+"$"))
		}
		if ending, ok := literal(sum.Y); ok && pattern == anything+regexp.QuoteMeta(ending) {
			n.endings = append(n.endings, ending)
		}
	}
	return ""
}

// anything stands in a pattern for what is only known when the program runs.
const anything = `[a-z0-9_.]+`

// saysMore tells patterns that name more of a key than its topic.
var saysMore = regexp.MustCompile(`^[a-z0-9_]+\\\.(` + regexp.QuoteMeta(anything) + `)?(\\\.)?[a-z0-9_]`)

// sum is the pattern of what is added up; all its parts are noted.
func (n *namedKeys) sum(e ast.Expr) string {
	n.parts[e] = true
	if text, ok := literal(e); ok {
		return regexp.QuoteMeta(text)
	}
	if inner, ok := e.(*ast.BinaryExpr); ok && inner.Op == token.ADD {
		return n.sum(inner.X) + n.sum(inner.Y)
	}
	return anything
}
