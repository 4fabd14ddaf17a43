package strategy

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Options say how to load a strategy.
type Options struct {
	// Folder is the folder's name as diagnostics show it; empty for "".
	Folder string
	// Language chooses the texts; empty for none, as when only the rules are
	// wanted.
	Language i18n.Language
	// Settings holds values for thresholds and the open choice, by name.
	Settings map[string]string
}

// maxFile is how many bytes a strategy's file may have.
const maxFile = 1 << 20

// Load reads the strategy in the folder, builds and proves it. Where the
// diagnostics hold an error the strategy is nil.
func Load(folder fs.FS, o Options) (*Strategy, diag.List) {
	l := newLoading(folder, o)
	l.load()
	l.found.Sort()
	if l.found.HasErrors() {
		return nil, l.found
	}
	return l.strategy, l.found
}

func newLoading(folder fs.FS, o Options) *loading {
	return &loading{folder: folder, options: o, strategy: &Strategy{places: map[string]int{}}, files: map[string]*yamldoc.File{}, begun: map[string]chan contents{}}
}

// loading is the state of reading one folder.
type loading struct {
	folder   fs.FS
	options  Options
	strategy *Strategy
	found    diag.List
	files    map[string]*yamldoc.File
	scope    cond.Scope
	tablePos diag.Pos
	// building is what the model was made with; nil where there is none.
	building *building
	// begun gives files that were asked for ahead.
	begun map[string]chan contents
}

func (l *loading) load() {
	l.begin(textFile(l.options.Language), "facts.yaml", "recommendation.yaml", "notes.yaml")
	// Nobody reads the folder any more once it is loaded.
	defer func() {
		for _, ready := range l.begun {
			<-ready
		}
	}()
	if l.readRules() {
		l.strategy.Texts, _ = l.readTexts(l.options.Language)
		l.strategy.Digest = l.digest()
	}
}

// readRules reads and proves all but the texts. It reports whether it came so
// far that it makes sense to look at those.
func (l *loading) readRules() bool {
	l.readStrategy()
	if l.found.HasErrors() {
		return false
	}
	l.readTable()
	l.readNotes()
	if !l.found.HasErrors() {
		l.building = l.build()
	}
	return true
}

// build makes the model and proves it; nil where it is too large.
func (l *loading) build() *building {
	b, err := build(l.strategy)
	if err != nil {
		l.tooLarge(err)
		return nil
	}
	l.prove(b)
	if err := b.model.Store.Err(); err != nil {
		l.tooLarge(err)
		return nil
	}
	l.strategy.Model = b.model
	return b
}

// digest is the SHA-256 of the strategy's files, each with its name, line ends as
// LF, in the order of their names. What lies in other folders than text, such as
// cases, does not belong to it.
func (l *loading) digest() string {
	var names []string
	at := "."
	err := fs.WalkDir(l.folder, at, func(name string, entry fs.DirEntry, err error) error {
		at = name
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && name != "text":
			return fs.SkipDir
		case !entry.IsDir() && path.Ext(name) == ".yaml":
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		l.fault(l.pos(at), i18n.M("strategy.unreadable", diag.Cause(err)), i18n.Message{})
		return ""
	}
	slices.Sort(names)
	hash := sha256.New()
	var b bytes.Buffer
	for _, name := range names {
		b.Reset()
		if err := l.copy(&b, name); err != nil {
			l.fault(l.pos(name), i18n.M("strategy.unreadable", diag.Cause(err)), i18n.Message{})
			return ""
		}
		data := b.Bytes()
		if bytes.Contains(data, []byte("\r\n")) {
			data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		}
		sum := sha256.Sum256(data)
		hash.Write([]byte(name))
		hash.Write([]byte{0})
		hash.Write(sum[:])
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// copy appends what a file holds.
func (l *loading) copy(b *bytes.Buffer, name string) error {
	file, err := l.folder.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return diag.ErrNotRegular
	}
	b.Grow(int(min(info.Size(), maxFile)) + bytes.MinRead)
	_, err = b.ReadFrom(io.LimitReader(file, maxFile+1))
	if err == nil && b.Len() > maxFile {
		err = diag.TooLargeError(maxFile >> 20)
	}
	return err
}

func (l *loading) pos(name string) diag.Pos {
	return diag.Pos{File: path.Join(l.options.Folder, name)}
}

// fault notes an error at a place that has no node at hand.
func (l *loading) fault(pos diag.Pos, message, hint i18n.Message) {
	d := diag.Diagnostic{Severity: diag.Error, Pos: pos, Width: 1, Message: message, Hint: hint}
	if file := l.files[pos.File]; file != nil && pos.Line > 0 {
		d.Source = file.Line(pos.Line)
	}
	l.found = append(l.found, d)
}

// contents are what a file of the strategy holds, or why it could not be read.
type contents struct {
	file  *yamldoc.File
	found diag.List
	err   error
}

func (l *loading) contents(name string) contents {
	var b bytes.Buffer
	if err := l.copy(&b, name); err != nil {
		return contents{err: err}
	}
	file, found := yamldoc.Read(l.pos(name).File, b.Bytes())
	return contents{file: file, found: found}
}

// begin starts to read files that open will ask for; an empty name is none.
func (l *loading) begin(names ...string) {
	for _, name := range names {
		if name == "" {
			continue
		}
		ready := make(chan contents, 1)
		l.begun[name] = ready
		go func() {
			var c contents
			defer func() {
				if fault := recover(); fault != nil {
					c.err = fmt.Errorf("%v", fault)
				}
				ready <- c
			}()
			c = l.contents(name)
		}()
	}
}

// open reads a file of the strategy, which holds exactly one document, and
// hands its root to read.
func (l *loading) open(name string, read func(r *yamldoc.Reader, root *yamldoc.Node)) {
	var c contents
	if ready := l.begun[name]; ready != nil {
		c = <-ready
		delete(l.begun, name)
	} else {
		c = l.contents(name)
	}
	if c.err != nil {
		message := i18n.M("strategy.unreadable", diag.Cause(c.err))
		if errors.Is(c.err, fs.ErrNotExist) {
			message = i18n.M("strategy.file_missing")
		}
		l.fault(l.pos(name), message, i18n.Message{})
		return
	}
	l.found = append(l.found, c.found...)
	if c.file == nil || c.found.HasErrors() {
		return
	}
	l.files[c.file.Name] = c.file
	if len(c.file.Documents) != 1 || c.file.Documents[0].Root == nil {
		l.fault(l.pos(name), i18n.M("strategy.one_document", len(c.file.Documents)), i18n.Message{})
		return
	}
	r := &yamldoc.Reader{File: c.file}
	read(r, c.file.Documents[0].Root)
	l.found = append(l.found, r.Found...)
}

// known reports whether a name is a plain name of a rule set or a strategy:
// letters, digits and hyphens.
func known(name string) bool {
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
