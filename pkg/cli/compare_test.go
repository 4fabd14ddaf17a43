package cli

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ks-no/ksdev/pkg/result"
)

// candidates is the file of the invented candidates.
const candidates = "../../testdata/candidates.yaml"

// TestCompareGolden keeps what a comparison says of twelve invented candidates.
// KSDEV_UPDATE=1 writes it anew; look at the difference.
func TestCompareGolden(t *testing.T) {
	limited := []string{"--places", "4", "--capacity", "money=4 mill.", "--capacity", "effort=20 månedsverk"}
	for name, args := range map[string][]string{
		"kandidater.nb.txt":   {"--lang", "nb"},
		"kandidater.nn.txt":   append([]string{"--lang", "nn"}, limited...),
		"kandidater.en.txt":   append([]string{"--lang", "en"}, limited...),
		"kandidater.en.md":    append([]string{"--lang", "en", "-f", "markdown"}, limited...),
		"kandidater.json":     append([]string{"-f", "json"}, limited...),
		"kandidater.ndjson":   {"-f", "ndjson"},
		"kandidater.nb.csv":   {"--lang", "nb", "-f", "csv"},
		"lang.en.csv":         {"--lang", "en", "-f", "csv", "--long", "--separator", ",", "--no-bom"},
		"topp.nb.txt":         {"--lang", "nb", "--top", "3"},
		"forutsatt.nb.txt":    {"--lang", "nb", "--assume", "resources.capacity=ja", "--places", "4"},
		"valgt.nb.txt":        {"--lang", "nb", "--set", "enough_criteria=7"},
		"eksempler.en.ndjson": {"-f", "ndjson", "../../examples"},
	} {
		t.Run(name, func(t *testing.T) {
			if len(args) == 0 || args[len(args)-1] != "../../examples" {
				args = append(slices.Clone(args), candidates)
			}
			run := call(t, "", append([]string{"compare"}, args...)...)
			if run.code != Done || run.stderr != "" {
				t.Fatalf("exit code %d\n%s", run.code, run.stderr)
			}
			expect(t, filepath.Join("testdata", "compare", "golden", name), run.stdout)
		})
	}
}

// Results that were made apart and put together in any order compare to the
// same bytes as all files at once, in every format that is read by people or
// programs.
func TestCompareShards(t *testing.T) {
	t.Chdir(repository(t, ""))
	folder := t.TempDir()
	files, err := filepath.Glob("examples/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var shards []string
	for i, part := range slices.Collect(slices.Chunk(files, 7)) {
		shard := filepath.Join(folder, fmt.Sprintf("%d.%s", i, []string{"ndjson", "json"}[i%2]))
		run := call(t, "", append([]string{"assess", "-q", "-f", strings.TrimPrefix(filepath.Ext(shard), ".")}, part...)...)
		if err := os.WriteFile(shard, []byte(run.stdout), 0o644); err != nil {
			t.Fatal(err)
		}
		shards = append(shards, shard)
	}
	slices.Reverse(shards)
	for _, format := range compareFormats() {
		whole := call(t, "", "compare", "-f", format, "--places", "5", "--capacity", "money=10 mill.", "examples")
		parts := call(t, "", append([]string{"compare", "-f", format, "--places", "5", "--capacity", "money=10 mill."}, shards...)...)
		if whole.code != Done || parts.code != Done || whole.stdout != parts.stdout {
			t.Errorf("%s: put together it is something else (exit codes %d, %d)\n%s%s", format, whole.code, parts.code, whole.stderr, parts.stderr)
		}
	}
	mixed := call(t, "", append([]string{"compare", "-f", "json"}, append(shards[1:], files[21:]...)...)...)
	if whole := call(t, "", "compare", "-f", "json", "examples"); mixed.stdout != whole.stdout {
		t.Errorf("files and results together are something else\n%s", mixed.stderr)
	}
}

// What compare writes as JSON is valid under the schema, and the workbook opens
// with all initiatives in it.
func TestCompareIsValid(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(result.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema := compiler.MustCompile("schema.json")
	valid := func(text string) {
		t.Helper()
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err == nil {
			err = schema.Validate(value)
		}
		if err != nil {
			t.Error(err)
		}
	}
	folder := t.TempDir()
	for name, text := range hostileTexts() {
		write(t, folder, name+".yaml", hostileProposal(jsonQuoted(text)))
	}
	write(t, folder, "broken.yaml", "title: \"a\nfacts: [\n")
	for _, input := range []string{candidates, "../../examples", folder} {
		args := []string{"compare", "-q", "--places", "3", "--capacity", "money=1 mill.", input}
		valid(call(t, "", append(args, "-f", "json")...).stdout)
		lines := call(t, "", append(args, "-f", "ndjson")...).stdout
		for line := range strings.Lines(lines) {
			valid(line)
		}
		for _, format := range []string{"text", "markdown", "json", "ndjson", "csv"} {
			inert(t, format+" of "+input, strings.ReplaceAll(call(t, "", append(args, "-f", format)...).stdout, "\r\n", "\n"))
		}
		book := call(t, "", append(args, "-f", "xlsx")...).stdout
		if rows, initiatives := rowsOf(t, book), strings.Count(lines, "\n")-1; rows < initiatives {
			t.Errorf("%s: %d rows for %d initiatives", input, rows, initiatives)
		}
	}
}

// A saved comparison is written in other formats as the run that made it would
// have; in a page the rows open to less.
func TestRenderComparison(t *testing.T) {
	documents := strings.Split(readText(t, candidates), "---\n")
	folder := t.TempDir()
	t.Chdir(folder)
	write(t, folder, "broken.yaml", "title: [\n")
	for i, document := range documents {
		write(t, folder, fmt.Sprintf("%02d.yaml", i), document)
	}
	args := []string{"compare", "-q", "--places", "4", "--capacity", "money=4 mill.", "."}
	for _, kind := range []string{"json", "ndjson"} {
		saved := call(t, "", append(args, "-f", kind)...)
		write(t, folder, "saved."+kind, saved.stdout)
		for _, format := range compareFormats() {
			want, got := call(t, "", append(args, "-f", format)...), call(t, "", "render", "-f", format, "saved."+kind)
			if got.code != Unread || format != "html" && got.stdout != want.stdout {
				t.Errorf("%s as %s: exit code %d, something else than compare gives\n%s", kind, format, got.code, got.stderr)
			}
		}
		for _, change := range [][2]string{{`"C10"`, `"C11"`}, {`"money"`, `"pengar"`}, {`"pass|fail"`, `"perhaps"`}, {`"kind":"compared"`, `"kind":"x"`}, {`"kind": "compared"`, `"kind": "x"`}, {`"best":`, `"rank":[],"best":`}} {
			changed := strings.Replace(saved.stdout, change[0], change[1], 1)
			write(t, folder, "changed."+kind, changed)
			for _, format := range compareFormats() {
				if run := call(t, "", "render", "-f", format, "changed."+kind); changed != saved.stdout && run.code == Fault {
					t.Errorf("%s with %s: exit code %d\n%s", kind, change[1], run.code, run.stderr)
				}
			}
		}
	}
}

func readText(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// rowsOf counts the rows of a workbook's first sheet.
func rowsOf(t *testing.T, book string) int {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := archive.Open("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer sheet.Close()
	data, err := io.ReadAll(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(data, []byte("<row "))
}

// A file that cannot be read is said to be missing, the others are compared,
// and the code says so, from files and from a saved result alike.
func TestCompareWithoutWhatCannotBeRead(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	write(t, folder, "a.yaml", "title: A\n")
	write(t, folder, "b.yaml", "title: [\n")
	saved := call(t, "", "assess", "-q", "-f", "ndjson", "a.yaml", "b.yaml")
	write(t, folder, "saved.ndjson", saved.stdout)
	for _, args := range [][]string{{"a.yaml", "b.yaml"}, {"saved.ndjson"}} {
		run := call(t, "", append([]string{"compare", "-q", "-f", "json"}, args...)...)
		var c result.Comparison
		if err := json.Unmarshal([]byte(run.stdout), &c); err != nil {
			t.Fatal(err)
		}
		if run.code != Unread || c.ExitCode != Unread || len(c.Initiatives) != 1 || len(c.Unread) != 1 || c.Unread[0].Path != "b.yaml" {
			t.Errorf("%v: exit code %d, %+v", args, run.code, c)
		}
	}
}
