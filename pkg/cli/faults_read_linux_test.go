package cli

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// readers are the commands that read a file.
func readers(name string) [][]string {
	return [][]string{{"assess", name}, {"compare", name}, {"explain", name}, {"explain", "C6", name}, {"ask", name}, {"diff", name, "b.yaml"}, {"diff", "b.yaml", name},
		{"render", name}, {"verify", name}, {"assess", "--config", name, "b.yaml"}}
}

// oddFiles makes files that are none, and gives what is said of each.
func oddFiles(t *testing.T) map[string]string {
	t.Helper()
	must(t, unix.Mkfifo("rør.yaml", 0o644))
	must(t, unix.Mkfifo("rør.json", 0o644))
	must(t, os.Symlink("rør.yaml", "lenke.yaml"))
	socket, err := net.Listen("unix", "socket.yaml")
	must(t, err)
	t.Cleanup(func() { _ = socket.Close() })
	must(t, os.Mkdir("mappe.yaml", 0o755))
	must(t, os.Symlink("ring.yaml", "ring.yaml"))
	must(t, os.Symlink("borte.yaml", "ingensteds.yaml"))
	large, err := os.Create("stor.yaml")
	must(t, err)
	must(t, large.Truncate(1<<30)) // takes no room
	must(t, large.Close())
	write(t, ".", "tom.yaml", "")
	return map[string]string{"rør.yaml": "vanlig fil", "rør.json": "vanlig fil", "lenke.yaml": "vanlig fil", "socket.yaml": "vanlig fil", "mappe.yaml": "", "ring.yaml": "",
		"ingensteds.yaml": "finnes ikke", "stor.yaml": "større", "tom.yaml": "", "/dev/zero": "vanlig fil", "/dev/null": "vanlig fil", "/dev/tty": "vanlig fil", "/proc/self/mem": "", "/proc/self": ""}
}

// What is no file, or none that can be read, is refused by every command that
// reads one. None waits, and none takes much memory.
func TestOddFiles(t *testing.T) {
	prepared(t)
	for name, says := range oddFiles(t) {
		for _, args := range readers(name) {
			run := call(t, "", args...)
			if name == "tom.yaml" && args[1] == "--config" {
				continue // nothing is set
			}
			if says == "vanlig fil" && args[1] == "--config" || args[0] == "render" && says == "større" || args[0] == "verify" && says == "større" {
				says = "" // in other words
			}
			if run.code != Unread && run.code != Usage || run.stderr == "" || !strings.Contains(run.stderr, says) {
				t.Errorf("%v: exit code %d: %s", args, run.code, run.stderr)
			}
			if strings.Contains(run.stdout, "anbefaling") {
				t.Errorf("%v: %s", args, run.stdout)
			}
		}
	}
}

// A file of a gigabyte, and a stream without an end, are refused with little
// memory.
func TestEndlessInput(t *testing.T) {
	dir := prepared(t)
	oddFiles(t)
	for _, args := range [][]string{{"assess", "stor.yaml"}, {"render", "stor.yaml"}, {"assess", "-"}, {"render", "-"}, {"verify", "-"}, {"explain", "C6", "-"}, {"strategy", "check", "./strategi"}} {
		if args[0] == "strategy" {
			must(t, os.Truncate("strategi/facts.yaml", 1<<30))
		}
		zero, err := os.Open("/dev/zero")
		must(t, err)
		run := child{dir: dir, before: "ulimit -d 524288", environment: []string{"GOMEMLIMIT=300MiB"}, stdin: zero, args: args}.run(t)
		if run.code == Done || run.code > Unread || run.stdout+run.stderr == "" {
			t.Errorf("%v: exit code %d: %s", args, run.code, run.stderr)
		}
		must(t, zero.Close())
	}
}

// What is no file within a folder is reported, and what it is beside is
// assessed.
func TestFolderWithOddFiles(t *testing.T) {
	prepared(t)
	secret := filepath.Join(t.TempDir(), "hemmelig.yaml")
	write(t, filepath.Dir(secret), "hemmelig.yaml", "title: Hemmelig\npassord: hemmelig\n")
	must(t, os.MkdirAll("mappe/under", 0o755))
	t.Chdir("mappe")
	write(t, ".", "a.yaml", neighbour)
	oddFiles(t)
	must(t, os.Symlink(secret, "ut.yaml"))
	must(t, os.Symlink(filepath.Dir(secret), "utmappe"))
	must(t, os.Symlink("..", "under/opp"))
	must(t, os.Symlink("/etc/passwd", "under/passwd.yaml"))
	write(t, "under", "b.yaml", "title: Leksehjelp\n")
	for _, format := range formatNames() {
		run := call(t, "", "assess", "-f", format, ".")
		if run.code != Unread {
			t.Errorf("%s: exit code %d", format, run.code)
		}
		for _, name := range []string{"rør.yaml", "socket.yaml", "stor.yaml", "tom.yaml", "ut.yaml", "under/passwd.yaml"} {
			if !strings.Contains(run.stderr, name) {
				t.Errorf("%s: nothing is said of %s:\n%s", format, name, run.stderr)
			}
		}
		all := run.stdout + run.stderr
		if strings.Contains(strings.ToLower(strings.ReplaceAll(all, filepath.Base(secret), "")), "hemmelig") || strings.Contains(all, "root:") {
			t.Errorf("%s: what lies outside of the folder is printed:\n%.500s", format, all)
		}
		if !strings.Contains(run.stdout, "a.yaml") || format != "github" && !strings.Contains(run.stdout, "under/b.yaml") {
			t.Errorf("%s: the others are not assessed:\n%.500s", format, run.stdout)
		}
	}
	if run := call(t, "", "assess", "-q", "-f", "ndjson", "."); strings.Count(run.stdout, `"kind":"assessment"`) != 2 {
		t.Errorf("links were followed:\n%s", run.stdout)
	}
}

// A file or a folder that somebody else has closed is reported, and makes the
// run fail.
func TestClosedFilesAndFolders(t *testing.T) {
	dir := publicDir(t)
	must(t, os.Mkdir(filepath.Join(dir, "under"), 0o755))
	write(t, dir, "a.yaml", neighbour)
	write(t, filepath.Join(dir, "under"), "b.yaml", "title: Leksehjelp\n")
	for what, closed := range map[string]string{"folder": "under", "file": "under/b.yaml"} {
		path := filepath.Join(dir, closed)
		info, err := os.Stat(path)
		must(t, err)
		for _, mode := range []os.FileMode{0, 0o111} {
			must(t, os.Chmod(path, mode))
			for _, args := range [][]string{{"assess", "."}, {"assess", "-f", "sarif", "."}, {"compare", "."}, {"diff", "a.yaml", "."}} {
				run := child{dir: dir, stranger: true, args: args}.run(t)
				if run.code != Unread || !strings.Contains(run.stderr, closed+" kan ikke leses: du har ikke tilgang") {
					t.Errorf("%s: %v: exit code %d: %s", what, args, run.code, run.stderr)
				}
			}
		}
		must(t, os.Chmod(path, info.Mode()))
	}
}

// vanishing is a disk whose files are gone when they are to be read.
type vanishing struct {
	disk
	gone []string
}

func (d vanishing) open(name string) (file, error) {
	if slices.Contains(d.gone, filepath.Base(name)) {
		_ = os.Remove(name)
	}
	return d.disk.open(name)
}

// A file that vanishes during the walk, or between a look at it and reading it,
// is reported, and the others are assessed.
func TestVanishingFiles(t *testing.T) {
	dir := prepared(t)
	must(t, os.Mkdir("mappe", 0o755))
	for i := range 9 {
		write(t, "mappe", fmt.Sprintf("%d.yaml", i), fmt.Sprintf("title: Tiltak %d\n", i))
	}
	var out, stderr strings.Builder
	streams := Streams{In: strings.NewReader(""), Out: &out, Err: &stderr, Environ: func() []string { return nil }, Dir: dir, disk: vanishing{newComputer(), []string{"3.yaml", "8.yaml"}}}
	if code := Main(streams, []string{"assess", "-f", "ndjson", "mappe"}); code != Unread || strings.Count(out.String(), `"kind":"assessment"`) != 7 {
		t.Errorf("exit code %d:\n%s", code, out.String())
	}
	for _, name := range []string{"3.yaml", "8.yaml"} {
		if !strings.Contains(stderr.String(), "mappe/"+name+" kan ikke leses: den finnes ikke") {
			t.Errorf("nothing is said of %s: %s", name, stderr.String())
		}
	}
}

// growing is a file that is longer whenever somebody has read it.
type growing struct{ file }

func (g growing) Read(data []byte) (int, error) {
	for i := range data {
		data[i] = '#'
	}
	return len(data), nil
}

type growingDisk struct{ disk }

func (d growingDisk) open(name string) (file, error) {
	f, err := d.disk.open(name)
	return growing{f}, err
}

// A file that grows as fast as it is read comes to an end, in every command.
func TestGrowingFile(t *testing.T) {
	dir := prepared(t)
	write(t, dir, "a.json", "")
	for _, args := range append(readers("a.yaml"), []string{"render", "a.json"}, []string{"compare", "a.json"}) {
		var out, stderr strings.Builder
		streams := Streams{In: strings.NewReader(""), Out: &out, Err: &stderr, Environ: func() []string { return nil }, Dir: dir, disk: growingDisk{newComputer()}}
		if code := Main(streams, args); code != Unread && code != Usage || stderr.String() == "" {
			t.Errorf("%v: exit code %d: %s", args, code, stderr.String())
		}
	}
}

// A real one too, which somebody writes to all the time.
func TestFileWrittenWhileRead(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "vekst.yaml")
	write(t, dir, "vekst.yaml", "title: Nabohjelp\n")
	stop, stopped := make(chan bool), sync.WaitGroup{}
	stopped.Go(func() {
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			return
		}
		defer f.Close()
		for written := 0; written < 2*yamldoc.MaxInput; written += 1 << 16 {
			select {
			case <-stop:
				return
			default:
				_, _ = io.WriteString(f, strings.Repeat("# mer\n", 1<<16/6))
			}
		}
	})
	for range 5 {
		begun := time.Now()
		if run := call(t, "", "assess", name); run.code != Done && run.code != Unread {
			t.Errorf("exit code %d after %v: %s", run.code, time.Since(begun), run.stderr)
		}
	}
	close(stop)
	stopped.Wait()
}

// Paths that are longer than the system takes are reported, in a folder and as
// arguments; what can be reached is assessed.
func TestLongPaths(t *testing.T) {
	dir := prepared(t)
	must(t, os.Mkdir("dyp", 0o755))
	t.Chdir("dyp")
	write(t, ".", "a.yaml", neighbour)
	below := strings.Repeat("x", 60)
	for i := range 80 {
		must(t, os.Mkdir(below, 0o755))
		must(t, os.Chdir(below))
		if i%40 == 39 {
			must(t, os.WriteFile("b.yaml", []byte("title: Leksehjelp\n"), 0o644))
		}
	}
	must(t, os.Chdir(dir))
	run := call(t, "", "assess", "-f", "ndjson", "dyp")
	if run.code != Unread || !strings.Contains(run.stderr, "navnet er for langt") || strings.Count(run.stdout, `"kind":"assessment"`) != 2 {
		t.Errorf("exit code %d: %.300s\n%.300s", run.code, run.stderr, run.stdout)
	}
	for _, args := range readers(strings.Repeat("x", 5000) + ".yaml") {
		if run := call(t, "", args...); run.code != Unread && run.code != Usage || run.stderr == "" {
			t.Errorf("%s: exit code %d: %.300s", args[0], run.code, run.stderr)
		}
	}
}
