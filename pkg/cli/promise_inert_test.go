package cli

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Text from a file never becomes markup, a formula, an escape sequence or a
// command to a build server, in any format, messages included.

// mark stands in every text that is tried, so that an output shows that it came
// so far.
const mark = "merke7"

// payloads are what a stranger may write where a text is expected.
func payloads() []string {
	all := []string{
		"::set-output name=a::b", "  ::error file=a,line=1::x", "\u00a0::stop-commands::x", "##[stop-commands]x", "a ##[add-mask]e", "#\ufe0f#\ufe0f[add-mask]e", ":\ufe0f:error::x", "#\u0301#[x] :\u0301:x::y",
		"a%0A::error::b", "%0D%0A%25", "a\n::error::b", "a\nid: b", "a\n  value: b", "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "a;=1+1", "a,=1+1", `a";=1+1`, "\u200b=1+1", "＝1+1", "=HYPERLINK(\"http://a\")", "ID;P",
		"\\e[31m", "rød \x1b[31m", "\x9b31m", "\u009b31m", "\x1b]0;eid\x07", "\x1b]8;;http://a\x1b\\\\b", "\b\b\b", "\x7f", "\x00", "\u202eabc\u202c", "\u2066a\u2069", "a\u2028b", "a\u0085b", "a\rb",
		"<script>alert(1)</script>", "<img src=x onerror=y>", `" onmouseover="x`, "' style='x", "</td></table><h1>", "</textarea></style></title><svg/onload=x>", "<!-- x", "javascript:x",
		"[a](javascript:b)", "![a](http://b)", "| a | b |", "`a` ``` ~~~", "# a", "- a", "> a", "***", "1. a", "<https://a>", "https://a.no www.b.no", "@ks #12 a@b.no", "[a]: http://b", "**a** __b__ ~~c~~ $x$", "&lt;b&gt; &#60;",
		"]]>", "<![CDATA[x]]>", "&e; <!DOCTYPE a [<!ENTITY e \"x\">]>", "</script><script>x", "{\"a\":1}", "\\u003c", "_x0041_ _x000D_", "{{.Title}} {1} %s %!d(x)", "${HOME} $(id) `id`",
		strings.Repeat("lang ", 300), strings.Repeat("æ", 3000), strings.Repeat("a\u0301\u0302", 500), strings.Repeat("\u0301", 300), "👨‍👩‍👧 🇳🇴", "שלום العربية", "a\xffb", "\ufeff\ufffe\ufffd", "' \" \\ :", ": - ? [ {",
	}
	for _, name := range slices.Sorted(maps.Keys(hostileTexts())) {
		all = append(all, hostileTexts()[name])
	}
	return all
}

// yamlText writes a text in double quotes, with \x and \e where JSON has no such
// thing: the file is plain, what it says is not.
func yamlText(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteString("\\" + string(r))
		case r == '\x1b':
			b.WriteString(`\e`)
		case r == '\ufffd' && text[i] == '\xff', r < ' ', r >= 0x7f && r < 0xa0:
			fmt.Fprintf(&b, `\x%02x`, min(r, 0xff))
		case controls(r) || r >= 0xfffe && r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String() + `"`
}

// accepted are the payloads that may stand in a file; the others are refused,
// with a message that shows the line.
func accepted() (sound, refused []string) {
	for _, text := range payloads() {
		if strings.ContainsFunc(strings.ReplaceAll(text, "\n", ""), func(r rune) bool { return r != '\t' && controls(r) || r == '\ufffe' }) || !strings.Contains(text, "\ufffd") && strings.ToValidUTF8(text, "") != text {
			refused = append(refused, text)
		} else {
			sound = append(sound, text)
		}
	}
	return sound, refused
}

// proposalOf puts a text of text() into every place that an initiative has for
// one, in front of the mark or behind it.
func proposalOf(text func() string) string {
	q := func() string { return yamlText(text() + " " + mark) }
	grounded := func(fact, value string) string {
		return fmt.Sprintf("  %s:\n    value: %s\n    because: %s\n    source: %s\n", fact, value, q(), q())
	}
	return "id: " + q() + "\ntitle: " + q() + "\nsummary: " + q() + "\nfacts:\n" +
		grounded("aims.goal", q()) + grounded("aims.challenge", q()) + grounded("resources.capacity", "ja") + grounded("reach.relevance", "deltakerne alene") +
		grounded("reach.municipalities", "minst 12") + grounded("needs.documented", "ukjent") + grounded("sharing.responsible", q()) + grounded("area.concerns", "ingen") + grounded("aims.new_method", "nei") +
		"judgements:\n  C7:\n    outcome: pass\n    because: " + q() + "\n    source: " + q() + "\n  C4:\n    outcome: fail\n    because: " + q() + "\n"
}

// shownBy are the calls that show what a file says, by format. A target in the
// arguments stands for the file.
func shownBy(file string) []showing {
	var all []showing
	for _, format := range formatNames() {
		all = append(all, showing{format, []string{"assess", "-f", format, file}})
	}
	for _, format := range compareFormats() {
		all = append(all, showing{format, []string{"compare", "-f", format, "harmless.yaml", file}})
	}
	return append(all, showing{"text", []string{"assess", "--show", "all", "--show", "questions", file}}, showing{"text", []string{"assess", "--color", "never", "--fail-on", "fail", "harmless.yaml", file}},
		showing{"text", []string{"explain", file}}, showing{"markdown", []string{"explain", "-f", "markdown", file}}, showing{"text", []string{"explain", "C7", file}},
		showing{"text", []string{"ask", "-f", "text", file}}, showing{"json", []string{"ask", "-f", "json", file}},
		showing{"text", []string{"diff", "harmless.yaml", file}}, showing{"markdown", []string{"diff", "-f", "markdown", file, "harmless.yaml"}}, showing{"json", []string{"diff", "-f", "json", "harmless.yaml", file}},
		showing{"csv", []string{"compare", "-f", "csv", "--separator", ",", "--no-bom", "harmless.yaml", file}}, showing{"csv", []string{"compare", "-f", "csv", "--long", "harmless.yaml", file}})
}

// showing is a call that shows something in a format.
type showing struct {
	format string
	args   []string
}

// check judges what a call wrote.
func (s showing) check(t *testing.T, what string, run called, structure []string) []string {
	t.Helper()
	if run.code == Fault {
		t.Errorf("%s: %v: the program is at fault: %s", what, s.args, run.stderr)
	}
	if fault := plainFault(run.stderr); fault != "" {
		t.Errorf("%s: %v: standard error has %.300q", what, s.args, fault)
	}
	if run.stdout == "" {
		return nil
	}
	got, fault := oracle(s.format, run.stdout)
	if fault != "" {
		t.Errorf("%s: %v: %.300q", what, s.args, fault)
	}
	for _, name := range got {
		if structure != nil && !slices.Contains(structure, name) {
			t.Errorf("%s: %v: %.300q is in the structure, which harmless texts do not bring about: %q", what, s.args, name, structure)
		}
	}
	return got
}

func TestTextsOfInitiativesStayTexts(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, ".", "harmless.yaml", proposalOf(func() string { return "tekst" }))
	write(t, ".", "other.yaml", "id: b\n"+strings.SplitN(proposalOf(func() string { return "en\nannen" }), "\n", 2)[1])
	structures := map[string][]string{}
	for _, s := range shownBy("other.yaml") {
		structures[strings.Join(s.args, " ")] = s.check(t, "harmless", call(t, "", s.args...), nil)
	}
	sound, _ := accepted()
	random := rand.New(rand.NewPCG(promiseSeed(t), 2))
	random.Shuffle(len(sound), func(i, j int) { sound[i], sound[j] = sound[j], sound[i] })
	next := 0
	text := func() string {
		next++
		return sound[next%len(sound)]
	}
	const initiatives = 6
	for i := range initiatives {
		write(t, ".", "hostile.yaml", proposalOf(text))
		what := fmt.Sprintf("seed %d, initiative %d", promiseSeed(t), i)
		for _, s := range shownBy("hostile.yaml") {
			run := call(t, "", s.args...)
			s.check(t, what, run, structures[strings.ReplaceAll(strings.Join(s.args, " "), "hostile.yaml", "other.yaml")])
			if run.code != Done && run.code != Found || s.format != "xlsx" && !strings.Contains(run.stdout, mark) && s.args[0] != "ask" {
				t.Errorf("%s: %v: exit code %d, and the texts are not in it: %s%s", what, s.args, run.code, run.stdout, run.stderr)
			}
		}
		saved := call(t, "", "assess", "-q", "-f", "ndjson", "hostile.yaml")
		write(t, ".", "saved.ndjson", saved.stdout)
		format := formatNames()[i%len(formatNames())]
		s := showing{format, []string{"render", "-f", format, "saved.ndjson"}}
		s.check(t, what, call(t, "", s.args...), structures["assess -f "+format+" other.yaml"])
	}
	if next < 2*len(sound) {
		t.Errorf("only %d texts were tried, of %d payloads", next, len(sound))
	}
}

// Each text is a title and an id once: a table of many shows little else.
func TestTitlesStayTexts(t *testing.T) {
	t.Chdir(t.TempDir())
	sound, _ := accepted()
	harmless := slices.Repeat([]string{"tekst"}, detailed+1)
	for folder, texts := range map[string][]string{"hostile": sound, "harmless": harmless} {
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		for i, text := range texts {
			write(t, folder, fmt.Sprintf("%02d.yaml", i), fmt.Sprintf("id: %s\ntitle: %s\n", yamlText(fmt.Sprint(text, i)), yamlText(text+" "+mark)))
		}
	}
	show := func(folder string) (all []showing) {
		for _, format := range formatNames() {
			all = append(all, showing{format, []string{"assess", "-q", "-f", format, folder}})
		}
		for _, format := range compareFormats() {
			all = append(all, showing{format, []string{"compare", "-q", "-f", format, folder}})
		}
		for _, format := range diffFormats() {
			all = append(all, showing{format, []string{"diff", "-q", "-f", format, "one.yaml", folder}})
		}
		return append(all, showing{"csv", []string{"compare", "-q", "-f", "csv", "--separator", ",", folder}})
	}
	write(t, ".", "one.yaml", "id: one\n"+wholeOne)
	hostile := show("hostile")
	for i, s := range show("harmless") {
		structure := s.check(t, "harmless", call(t, "", s.args...), nil)
		run := call(t, "", hostile[i].args...)
		hostile[i].check(t, "titles", run, structure)
		// Long titles are cut, findings are those of rules and files.
		if run.code != Done || !slices.Contains([]string{"xlsx", "github", "sarif"}, s.format) && strings.Count(run.stdout, mark) < len(sound)*9/10 {
			t.Errorf("%v: exit code %d, and of %d titles there are %d: %s", s.args, run.code, len(sound), strings.Count(run.stdout, mark), run.stderr)
		}
	}
}

// What is refused is told with the line of the file, and a caret; what is said
// is as harmless.
func TestMessagesStayTexts(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, ".", "harmless.yaml", wholeOne)
	places := []string{
		"title: %s\n", "title: a\n%s: b\n", "title: a\nfacts:\n  %s: ja\n", "title: a\nfacts:\n  reach.relevance: %s\n", "title: a\nfacts:\n  cost.nok: %s\n", "title: a\ndate: %s\n",
		"title: a\nstrategy: %s\n", "title: a\njudgements:\n  %s:\n    outcome: pass\n", "title: a\njudgements:\n  C7:\n    outcome: %s\n", "title: a\nfacts:\n  origin.initiator: [ks, %s]\n",
		"title: a\nfacts:\n  aims.goal:\n    %s: a\n", "title: a\n%s\n", "title: \"a\n%s\n", "%s", "title: a # %s\nb: c\n", "title: a\n- %s\n", "title: !!binary %s\n", "title: a\n? %s\n", "%s: &a b\nc: *a\n", "ksdev: %s\ntitle: a\n",
	}
	random := rand.New(rand.NewPCG(promiseSeed(t), 3))
	refused := 0
	for i, text := range payloads() {
		forms := []string{yamlText(text), text, mark + text}
		for _, written := range []string{forms[i%3], forms[random.IntN(3)]} {
			place := places[random.IntN(len(places))]
			write(t, ".", "hostile.yaml", fmt.Sprintf(place, written))
			calls := []showing{{"text", []string{"assess", "hostile.yaml"}}, {"json", []string{"assess", "-f", "json", "hostile.yaml"}}, {"github", []string{"assess", "-q", "-f", "github", "hostile.yaml"}},
				{"sarif", []string{"assess", "-q", "-f", "sarif", "hostile.yaml"}}, {"junit", []string{"assess", "-q", "-f", "junit", "hostile.yaml"}}, {"markdown", []string{"assess", "-q", "-f", "markdown", "hostile.yaml"}},
				{"html", []string{"assess", "-q", "-f", "html", "hostile.yaml"}}, {"text", []string{"ask", "hostile.yaml"}}, {"text", []string{"explain", "hostile.yaml"}}, {"csv", []string{"compare", "-f", "csv", "hostile.yaml", "harmless.yaml"}}}
			s := calls[random.IntN(len(calls))]
			run := call(t, "", s.args...)
			s.check(t, fmt.Sprintf("seed %d: %.100q in %q", promiseSeed(t), written, place), run, nil)
			if run.code == Unread {
				refused++
			}
		}
	}
	if refused < len(payloads()) {
		t.Errorf("only %d were refused", refused)
	}
}

// Names of files, of settings and of what is asked for come from anybody too.
func TestNamesAndArgumentsStayTexts(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, ".", "harmless.yaml", wholeOne)
	random := rand.New(rand.NewPCG(promiseSeed(t), 4))
	for _, text := range payloads() {
		if len(text) > 200 {
			text = text[:200]
		}
		name := strings.NewReplacer("/", "_", "\x00", "_").Replace(text) + ".yaml"
		calls := []showing{{"text", []string{"assess", "--", name}}, {"json", []string{"assess", "-f", "json", "--", name}}, {"sarif", []string{"assess", "-f", "sarif", "--", name, "harmless.yaml"}},
			{"github", []string{"assess", "-q", "-f", "github", "--fail-on", "fail", "--", name}}, {"junit", []string{"assess", "-f", "junit", "--", name}}, {"html", []string{"assess", "-f", "html", "--", name, "harmless.yaml"}},
			{"markdown", []string{"assess", "-f", "markdown", "--", name, "harmless.yaml"}}, {"csv", []string{"compare", "-f", "csv", "--", name, "harmless.yaml"}}, {"xlsx", []string{"compare", "-f", "xlsx", "--", name, "harmless.yaml"}},
			{"text", []string{"compare", "--", name, "harmless.yaml"}}, {"text", []string{"diff", "--", name, "harmless.yaml"}}}
		arguments := []showing{{"text", []string{text}}, {"text", []string{"assess", "-f", text, "harmless.yaml"}}, {"text", []string{"assess", "--set", text + "=1", "harmless.yaml"}}, {"text", []string{"assess", "--strategy", text, "harmless.yaml"}},
			{"text", []string{"assess", "--assume", text + "=ja", "harmless.yaml"}}, {"text", []string{"assess", "--assume", "resources.capacity=" + text, "harmless.yaml"}}, {"text", []string{"explain", text, "harmless.yaml"}}, {"text", []string{"explain", text}},
			{"text", []string{"assess", "--as-of", text, "harmless.yaml"}}, {"text", []string{"assess", "--fail-on", text, "harmless.yaml"}}, {"text", []string{"assess", "--" + text}}, {"text", []string{"render", text}}, {"text", []string{"render", text + ".json"}},
			{"text", []string{"assess", "-o", text + "/a", "harmless.yaml"}}, {"text", []string{"assess", "--config", text, "harmless.yaml"}}, {"text", []string{"strategy", "show", text}}, {"text", []string{"strategy", text}}, {"text", []string{"diff", "--base", text, "harmless.yaml"}},
			{"text", []string{"compare", "--capacity", text, "harmless.yaml"}}, {"text", []string{"assess", "-j", text, "harmless.yaml"}}, {"text", []string{"new", text + "/a.yaml"}}, {"text", []string{"explain", "--why-not", text, "harmless.yaml"}}}
		tried := []showing{calls[random.IntN(len(calls))], calls[random.IntN(len(calls))], arguments[random.IntN(len(arguments))]}
		_ = os.WriteFile(name, []byte("title: "+mark+"\ntittel: b\n"), 0o644) // not every system has such names
		for i, s := range tried {
			if i == 1 {
				_ = os.WriteFile(name, []byte("title: "+mark+"\nfacts:\n  reach.relevance: deltakerne alene\n"), 0o644)
			}
			s.check(t, fmt.Sprintf("seed %d", promiseSeed(t)), call(t, "", s.args...), nil)
		}
		_ = os.Remove(name)
	}
}

// A strategy and a configuration are files that come with a pull request.
func TestTextsOfStrategiesStayTexts(t *testing.T) {
	folder := repository(t, "examples/strategies/prosjektskjonn")
	t.Chdir(t.TempDir())
	sound, refused := accepted()
	sound = slices.DeleteFunc(sound, func(text string) bool { return len(text) > 250 || strings.TrimSpace(text) != text })
	random := rand.New(rand.NewPCG(promiseSeed(t), 5))
	loaded := 0
	for i := range 6 {
		if err := os.RemoveAll("strategi"); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS("strategi", os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
		from := sound
		if i%3 == 1 {
			from = refused
		}
		taintStrategy(t, random, from, i)
		write(t, ".", "tiltak.yaml", "title: "+mark+"\nfacts:\n  application.applicant: other\n  project.content:\n    value: investment\n    because: a\n")
		write(t, ".", "krav.yaml", "waivers:\n  - initiative: tiltak\n    rule: F1\n    because: "+yamlText(sound[random.IntN(len(sound))]+mark)+"\n    approved_by: "+yamlText(sound[random.IntN(len(sound))]+mark)+"\n    expires: 2030-01-01\n")
		s := "./strategi"
		for _, one := range []showing{
			{"text", []string{"strategy", "check", s}}, {"json", []string{"strategy", "check", "-f", "json", s}}, {"sarif", []string{"strategy", "check", "-f", "sarif", s}}, {"github", []string{"strategy", "check", "-f", "github", s}},
			{"text", []string{"strategy", "show", s}}, {"text", []string{"strategy", "test", s}}, {"json", []string{"strategy", "test", "-f", "json", s}}, {"text", []string{"strategy", "test", "--generate", s}},
			{"json", []string{"strategy", "schema", s}}, {"text", []string{"strategy", "list", "--strategy", s}}, {"text", []string{"strategy", "diff", folder, s}}, {"text", []string{"explain", "F1", "--strategy", s}}, {"text", []string{"explain", "application.applicant", "--strategy", s}},
			{"text", []string{"assess", "--strategy", s, "--show", "all", "--show", "questions", "tiltak.yaml"}}, {"html", []string{"assess", "--strategy", s, "-f", "html", "tiltak.yaml"}}, {"markdown", []string{"assess", "--strategy", s, "-f", "markdown", "tiltak.yaml"}},
			{"sarif", []string{"assess", "--strategy", s, "-f", "sarif", "tiltak.yaml"}}, {"junit", []string{"assess", "--strategy", s, "-f", "junit", "tiltak.yaml"}}, {"github", []string{"assess", "--strategy", s, "-f", "github", "--config", "krav.yaml", "--fail-on", "fail", "--today", "2026-05-01", "tiltak.yaml"}},
			{"csv", []string{"compare", "--strategy", s, "-f", "csv", "tiltak.yaml"}}, {"xlsx", []string{"compare", "--strategy", s, "-f", "xlsx", "tiltak.yaml"}}, {"html", []string{"compare", "--strategy", s, "-f", "html", "tiltak.yaml"}},
			{"text", []string{"new", "--strategy", s, "ny.yaml"}}, {"text", []string{"ask", "-f", "text", "--strategy", s, "tiltak.yaml"}}, {"text", []string{"config", "--config", "krav.yaml"}},
			{"text", []string{"assess", "--strategy", s, "--config", "krav.yaml", "--fail-on", "fail", "--today", "2026-05-01", "tiltak.yaml"}}, {"html", []string{"assess", "--strategy", s, "-f", "html", "--config", "krav.yaml", "--fail-on", "fail", "--today", "2026-05-01", "tiltak.yaml"}},
		} {
			run := call(t, "", one.args...)
			one.check(t, fmt.Sprintf("seed %d, strategy %d", promiseSeed(t), i), run, nil)
			if one.args[0] == "assess" && run.code != Usage {
				loaded++
			}
			if one.args[0] == "new" && run.code == Done {
				data, err := os.ReadFile("ny.yaml")
				if err != nil || plainFault(string(data)) != "" || os.Remove("ny.yaml") != nil {
					t.Errorf("a template has %.300q, %v", plainFault(string(data)), err)
				}
				// It says nothing: no text stands outside of a comment.
				if run := call(t, string(data), "assess", "-f", "json", "--strategy", s, "-"); run.code != Done || strings.Contains(run.stdout, `"diagnostics"`) || strings.Contains(run.stdout, `"facts"`) {
					t.Errorf("a template: exit code %d: %.500s", run.code, run.stderr)
				}
			}
		}
	}
	if loaded == 0 {
		t.Error("none of the strategies could be loaded", call(t, "", "assess", "--strategy", "./strategi", "tiltak.yaml").stderr)
	}
}

// The cases that a strategy leaves open are told in its own words.
func TestCasesOfStrategiesStayTexts(t *testing.T) {
	folder := repository(t, "testdata/strategies/gaps-xy")
	t.Chdir(t.TempDir())
	if err := os.CopyFS("strategi", os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join("strategi", "facts.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	sound, _ := accepted()
	for i, text := range sound {
		write(t, "strategi", "facts.yaml", strings.ReplaceAll(string(data), ": punkt\n", ": "+yamlText(text+" "+mark)+"\n"))
		format := checkFormats()[i%len(checkFormats())]
		one := showing{format, []string{"strategy", "check", "-f", format, "./strategi"}}
		run := call(t, "", one.args...)
		one.check(t, fmt.Sprintf("%.100q", text), run, nil)
		if !strings.Contains(run.stdout+run.stderr, mark) && len(text) < 200 {
			t.Errorf("%q: %v: exit code %d, and it is not told: %s", text, one.args, run.code, run.stderr)
		}
	}
}

// taintStrategy puts texts in front of words, labels, sources and names of
// cases: of some lines alone, so that not all is refused for one of them.
func taintStrategy(t *testing.T, random *rand.Rand, texts []string, round int) {
	t.Helper()
	files, err := filepath.Glob("strategi/*/*.yaml")
	more, err2 := filepath.Glob("strategi/*.yaml")
	if err != nil || err2 != nil || len(files) == 0 {
		t.Fatal("no files")
	}
	line := regexp.MustCompile(`(?m)^( +(?:- )?(?:nb|nn|en|title|short|about|help|question|pass|fail|ours|reason|yes|no|not_applicable|publisher|published|section|name|because|text)): ([^"'|>\n][^|\n]*)$`)
	for _, file := range append(files, more...) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		isCode := regexp.MustCompile(`(pass|fail|yes|no|ours)$`)
		changed := line.ReplaceAllStringFunc(string(data), func(found string) string {
			parts := line.FindStringSubmatch(found)
			if isCode.MatchString(parts[1]) && !strings.Contains(filepath.ToSlash(file), "/text/") || random.IntN(3) > 0 && round > 0 {
				return found
			}
			return parts[1] + ": " + yamlText(texts[random.IntN(len(texts))]+" "+parts[2])
		})
		write(t, ".", file, changed)
	}
}
