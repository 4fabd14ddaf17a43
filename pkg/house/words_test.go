package house

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// userText is a text that users see, with its placeholders taken out, and where
// it stands.
type userText struct{ place, text string }

// userTexts lists all texts for users in a language: the program's own, those
// of every strategy, and the labels in a strategy's facts.
func (r *tree) userTexts(language string) (texts []userText, findings []string) {
	own, _ := r.programTexts(language) // what is wrong with them, sameTexts says
	for _, text := range own {
		texts = append(texts, userText{fmt.Sprintf("%s/%s/%s.json: %s", textFolder, language, text.topic, text.key), text.template})
	}
	for _, name := range r.names {
		isText := ofStrategy(name) && path.Base(path.Dir(name)) == "text" && path.Base(name) == language+".yaml"
		isFacts := ofStrategy(name) && path.Base(name) == "facts.yaml"
		if !isText && !isFacts {
			continue
		}
		file, wrong := yamldoc.Read(name, []byte(r.text(name)))
		if file == nil || wrong.HasErrors() {
			findings = append(findings, name+": cannot be read")
			continue
		}
		for _, document := range file.Documents {
			texts = append(texts, scalars(name, document.Root, language, isText)...)
		}
	}
	for i := range texts {
		texts[i].text = plain(texts[i].text)
	}
	return texts, findings
}

// ofStrategy reports whether a file belongs to a strategy that users see: one
// that comes with the program, is an example, or is what the guide teaches with.
func ofStrategy(name string) bool {
	return slices.ContainsFunc([]string{"criteria/", "examples/strategies/", "testdata/strategies/smallest/"},
		func(folder string) bool { return strings.HasPrefix(name, folder) })
}

// scalars lists the scalars of a tree: all, or those whose key is the language.
func scalars(name string, node *yamldoc.Node, language string, all bool) (texts []userText) {
	if node == nil {
		return nil
	}
	if node.Kind == yamldoc.Scalar && all {
		texts = append(texts, userText{fmt.Sprintf("%s:%d", name, node.Line), node.Value})
	}
	for _, item := range node.Items {
		texts = append(texts, scalars(name, item, language, all)...)
	}
	for _, pair := range node.Pairs {
		texts = append(texts, scalars(name, pair.Value, language, all || pair.Key.Value == language)...)
	}
	return texts
}

var (
	plural = regexp.MustCompile(`\{\d+\|([^{}|]*)\|([^{}|]*)\}`)
	code   = regexp.MustCompile("`[^`]*`|--[a-z][a-z-]*(=\\S*)?|KSDEV_\\w*|[a-z]+(_[a-z]+)+|[a-z_]+\\.[a-z_]+|nb, nn (eller|or) en\\b")
)

// plain takes out of a template what is not a word of its language:
// placeholders (of a plural both forms stay), code in backquotes, flags,
// environment variables, names such as at_least and reach.relevance, and the
// list of languages (among the terms, "en" would hide a mistake in Nynorsk).
func plain(template string) string {
	text := plural.ReplaceAllString(template, "$1 $2")
	text = placeholder.ReplaceAllString(libraryText.ReplaceAllString(text, " "), " ")
	return code.ReplaceAllString(text, " ")
}

// codeWords finds the words that are for code and never reach a user.
func codeWords(r *tree) (findings []string) {
	norwegian := regexp.MustCompile(`(?i)(^|[^\p{L}])(fullføring(a|en|er|ar|ene|ane)?|lesning(a|en|er|ar|ene|ane)?|` +
		`lesemåte(n|r|ne|ar|ane)?|diagram(mer?|mene?|mets?|ma|met)?|celle(n|r|ne|a|ene)?|robuste?)($|[^\p{L}])`)
	english := regexp.MustCompile(`(?i)(^|[^\p{L}])(completions?|readings?|diagrams?|cells?|robust|robustly|robustness)($|[^\p{L}])`)
	words := map[string]*regexp.Regexp{"nb": norwegian, "nn": norwegian, "en": english}
	for _, language := range languages() {
		texts, wrong := r.userTexts(language)
		findings = append(findings, wrong...)
		for _, text := range texts {
			found := words[language].FindStringSubmatch(allowed.Replace(text.text))
			if found == nil {
				found = symbol.FindStringSubmatch(text.text)
			}
			if found != nil {
				findings = append(findings, fmt.Sprintf("%s: %q is a word for code", text.place, found[2]))
			}
		}
	}
	slices.Sort(findings)
	return slices.Compact(findings)
}

// allowed takes out the standard term for what a shell does.
var allowed = strings.NewReplacer("shell completion", "")

// symbol is the name that the method has for the point where an order turns.
var symbol = regexp.MustCompile(`(^|\s)(r\*)($|[\s.,;:)])`)
