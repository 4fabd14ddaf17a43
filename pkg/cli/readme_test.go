package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	consoleBlock = regexp.MustCompile("(?s)```console\n\\$ ksdev (.*?)\n(.*?)```")
	fileBlock    = regexp.MustCompile("(?s)```yaml\n# (\\S+)\n(.*?)```")
)

// Every command in the README prints what the README shows; KSDEV_UPDATE=1
// writes the output anew. Files that the README shows are there for its
// commands.
func TestReadmeShowsWhatTheProgramPrints(t *testing.T) {
	readme := repository(t, "README.md") // absolute: the working folder changes
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	dir := readmeFolder(t, text)
	updated := consoleBlock.ReplaceAllStringFunc(text, func(block string) string {
		parts := consoleBlock.FindStringSubmatch(block)
		return "```console\n$ ksdev " + parts[1] + "\n" + runReadme(t, dir, parts[1]) + "```"
	})
	switch {
	case updated == text:
	case os.Getenv("KSDEV_UPDATE") != "":
		if err := os.WriteFile(readme, []byte(updated), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the README does not show what its commands print; expected:\n%s", updated)
	}
	if n := len(consoleBlock.FindAllString(text, -1)); n < 3 {
		t.Errorf("only %d commands were found", n)
	}
	for _, command := range []string{"go run ./cmd/ksdev assess examples/kortreist-kvalitet.yaml", "make test"} {
		if !strings.Contains(text, "\n"+command+"\n") {
			t.Errorf("the README does not have the command %q", command)
		}
	}
}

// The initiative that the README teaches with is valid as it stands.
func TestReadmeInitiativeIsValid(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(readmeFolder(t, string(data)))
	var out, errors bytes.Buffer
	code := Main(Streams{In: strings.NewReader(""), Out: &out, Err: &errors, Environ: func() []string { return nil }, Dir: "."}, []string{"assess", "workshop.yaml"})
	if code != Done || errors.Len() > 0 {
		t.Errorf("exit code %d\n%s", code, errors.String())
	}
}

// readmeFolder is a folder with the examples and the files that the README
// shows, the configuration left out.
func readmeFolder(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS(filepath.Join("..", "..", "examples"))); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "candidates.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "testdata"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "testdata"), "candidates.yaml", string(data))
	for _, match := range fileBlock.FindAllStringSubmatch(text, -1) {
		if match[1] == ".ksdev.yaml" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, match[1]), []byte(match[2]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// runReadme runs a command of the README, of which the last lines are kept
// where it ends in "| tail -N".
func runReadme(t *testing.T, dir, command string) string {
	t.Helper()
	command, tail, cut := strings.Cut(command, " | tail -")
	t.Chdir(dir)
	var out bytes.Buffer
	Main(Streams{In: strings.NewReader(""), Out: &out, Err: &out, Environ: func() []string { return nil }, Dir: dir}, strings.Fields(command))
	lines := strings.SplitAfter(out.String(), "\n")
	if cut {
		n, err := strconv.Atoi(tail)
		if err != nil {
			t.Fatal(err)
		}
		lines = lines[max(0, len(lines)-1-n):]
	}
	return strings.Join(lines, "")
}
