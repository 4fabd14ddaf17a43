package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// keptEnding is the ending of the file beside one that somebody else changed,
// in which the answers are kept. It is no initiative to who assesses a folder.
const keptEnding = ".ksdev-answers"

// mostKept is how many such files there may be.
const mostKept = 100

var (
	errChanged  = errors.New("changed by somebody else")
	errReadOnly = errors.New("read-only")
)

// editedFile is a file whose bytes are replaced as a whole, and never where
// somebody else has changed them meanwhile.
type editedFile struct {
	// target is the file itself where its name is a link.
	target string
	mode   os.FileMode
	// data is what was last read or written.
	data []byte
}

// openEdited reads a file that is to be edited, and finds out whether it can
// be written.
func openEdited(name string) (*editedFile, error) {
	data, err := readFile(name)
	if err != nil {
		return nil, err
	}
	target, err := filepath.EvalSymlinks(name)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(target)
	if err != nil {
		return nil, err
	}
	return &editedFile{target: target, mode: info.Mode().Perm(), data: data}, nil
}

// writable says what keeps the file from being written; nil where nothing does.
func (f *editedFile) writable() error {
	if f.mode&0o200 == 0 {
		return errReadOnly
	}
	file, err := os.OpenFile(f.target, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	beside, err := os.CreateTemp(filepath.Dir(f.target), ".ksdev-*")
	if err != nil {
		return err
	}
	return errors.Join(beside.Close(), os.Remove(beside.Name()))
}

// write replaces the file's bytes, all at once.
func (f *editedFile) write(data []byte) error {
	now, err := readFile(f.target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errChanged
	case err != nil:
		return err
	case !bytes.Equal(now, f.data):
		return errChanged
	case bytes.Equal(data, f.data):
		return nil
	}
	if err := replaceFile(f.target, f.mode, data); err != nil {
		return err
	}
	f.data = data
	return nil
}

// keep writes what the file would have been beside it, or else into the folder
// for temporary files, and says where.
func (f *editedFile) keep(data []byte) (name string, err error) {
	for _, folder := range []string{filepath.Dir(f.target), os.TempDir()} {
		name, err = keepIn(filepath.Join(folder, filepath.Base(f.target)+keptEnding), f.mode, data)
		if err == nil {
			return name, nil
		}
	}
	return "", err
}

// keepIn writes a file that is not there yet, under the name or, where that is
// taken, the name with a number.
func keepIn(name string, mode os.FileMode, data []byte) (string, error) {
	for n := 1; ; n++ {
		free := name
		if n > 1 {
			free = fmt.Sprintf("%s-%d", name, n)
		}
		file, err := os.OpenFile(free, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode|0o600)
		switch {
		case errors.Is(err, fs.ErrExist) && n < mostKept:
			continue
		case err != nil:
			return "", err
		}
		_, err = file.Write(data)
		return free, errors.Join(err, file.Sync(), file.Close())
	}
}

// replaceFile puts bytes in the place of a file: they are written beside it and
// renamed, so that it is whole at any time.
func replaceFile(target string, mode os.FileMode, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(target), ".ksdev-*")
	if err != nil {
		return err
	}
	o := &output{file: file, target: target}
	// Not every file system knows modes; the file is as good without.
	_ = file.Chmod(mode)
	if _, err := file.Write(data); err != nil {
		return errors.Join(err, o.discard())
	}
	return o.place()
}
