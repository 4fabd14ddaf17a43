package cli

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The same input gives the same bytes, in every format.
func TestSameInputSameBytes(t *testing.T) {
	t.Chdir(repository(t, "examples"))
	files, err := filepath.Glob("*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range formatNames() {
		t.Run(format, func(t *testing.T) {
			run := func(args ...string) string {
				return call(t, "", append([]string{"assess", "-q", "-f", format}, args...)...).stdout
			}
			first := run(files...)
			for _, again := range []struct {
				name string
				args []string
			}{
				{"one worker", append([]string{"-j", "1"}, files...)},
				{"eight workers", append([]string{"-j", "8"}, files...)},
				{"the folder for its files, two workers", []string{"-j", "2", "."}},
			} {
				if got := run(again.args...); got != first {
					t.Errorf("%s: other bytes\n%s", again.name, difference(first, got))
				}
			}
		})
	}
}

// The order of the arguments is the order of the output, and changes nothing
// else: the lines of shuffled arguments, sorted back, are the same.
func TestOrderOfArguments(t *testing.T) {
	t.Chdir(repository(t, "examples"))
	files, err := filepath.Glob("*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	lines := func(files []string) []string {
		run := call(t, "", append([]string{"assess", "-q", "-j", "3", "-f", "ndjson"}, files...)...)
		all := strings.Split(strings.TrimSuffix(run.stdout, "\n"), "\n")
		return all[:len(files)] // the last line says how the run ended
	}
	want := lines(files)
	random := rand.New(rand.NewPCG(1, 2))
	for range 3 {
		shuffled := slices.Clone(files)
		random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		got := make([]string, len(files))
		for i, line := range lines(shuffled) {
			got[slices.Index(files, shuffled[i])] = line
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v: other lines\n%s", shuffled, difference(strings.Join(want, "\n"), strings.Join(got, "\n")))
		}
	}
}

// Nothing of the machine comes into the output: neither its place and time, nor
// its language where one is asked for, nor how many processors it has.
func TestMachinesGiveTheSameBytes(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(repository(t, "examples"))); err != nil {
		t.Fatal(err)
	}
	files := []string{"nabolagsverksted.yaml", "klimabudsjett-i-kommunene.yaml", "kortreist-kvalitet.yaml"}
	calls := [][]string{
		{"assess", "-q", "--lang", "nb", "-f", "text", "-f", "ndjson=0", "-f", "json=1", "-f", "html=2", "-f", "markdown=3", "-f", "sarif=4", "-f", "junit=5", "-f", "github=6"},
		{"compare", "-q", "--lang", "nb", "-f", "text", "-f", "csv=0", "-f", "xlsx=1", "-f", "html=2", "-f", "json=3"},
	}
	run := func(environment ...string) string {
		var all strings.Builder
		for _, args := range calls {
			cmd := exec.Command("ksdev", append(slices.Clone(args), files...)...)
			cmd.Dir = dir
			cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir}, environment...)
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v: %v", environment, err)
			}
			all.Write(out)
			for i := range 7 {
				if data, err := os.ReadFile(filepath.Join(dir, strconv.Itoa(i))); err == nil {
					all.Write(data)
				}
			}
		}
		return all.String()
	}
	first := run()
	if again := run(); again != first {
		t.Errorf("other bytes the second time\n%s", difference(first, again))
	}
	for _, environment := range [][]string{
		{"TZ=Pacific/Kiritimati", "SOURCE_DATE_EPOCH=0"}, {"TZ=America/Anchorage", "LANG=en_US.UTF-8", "SOURCE_DATE_EPOCH=x"}, {"TZ=x", "GODEBUG=x"},
		{"LC_ALL=tr_TR.UTF-8"}, {"LC_ALL=ja_JP.eucJP"}, {"LANG=ja_JP.UTF-8", "LC_CTYPE=zh_CN.UTF-8", "RUNEWIDTH_EASTASIAN=1"}, {"LC_ALL=C"}, {"LANG=nn_NO.ISO-8859-1"},
		{"GOMAXPROCS=1"}, {"GOMAXPROCS=7", "GOGC=10"}, {"HOME="}, {"NO_COLOR=1", "TERM=xterm"}, {"COLUMNS=60", "LINES=20", "FORCE_COLOR=1", "CLICOLOR_FORCE=1"},
	} {
		if got := run(environment...); got != first {
			t.Errorf("%v: other bytes\n%s", environment, difference(first, got))
		}
	}
}

// inOrder hands over what was found in the order of the work, for any number of
// pieces and workers.
func TestInOrder(t *testing.T) {
	for _, workers := range []int{1, 2, 3, 8} {
		for _, n := range []int{0, 1, chunk - 1, chunk, chunk + 1, 10*chunk + 3} {
			next := 0
			started := make(chan bool, workers)
			err := inOrder(t.Context(), n, workers, func() func(int) int {
				started <- true
				return func(i int) int { return i * i }
			}, func(got int) {
				if got != next*next {
					t.Errorf("%d workers: number %d of %d is %d", workers, next, n, got)
				}
				next++
			})
			if err != nil || next != n {
				t.Errorf("%d workers: %d of %d, %v", workers, next, n, err)
			}
			if len(started) > workers {
				t.Errorf("%d workers were started, not %d", len(started), workers)
			}
		}
	}
}

// A worker that panics ends the work with an error instead of hanging.
func TestInOrderReportsAPanic(t *testing.T) {
	err := inOrder(t.Context(), 10*chunk, 2, func() func(int) int {
		return func(i int) int {
			if i == 3*chunk {
				panic("feil i programmet")
			}
			return i
		}
	}, func(int) {})
	if err == nil || !strings.Contains(err.Error(), "feil i programmet") {
		t.Errorf("the error is %v", err)
	}
}

// Of several exit codes the one that weighs most counts, in any order.
func TestWeightier(t *testing.T) {
	order := []int{Done, Found, Unread, Usage, Fault}
	for i, light := range order {
		for _, heavy := range order[i:] {
			if weightier(light, heavy) != heavy || weightier(heavy, light) != heavy {
				t.Errorf("of %d and %d it is not %d", light, heavy, heavy)
			}
		}
	}
}
