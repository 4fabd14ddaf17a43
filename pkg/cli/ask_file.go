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
	disk disk
	// target is the file itself where its name is a link.
	target string
	info   fs.FileInfo
	// data is what was last read or written.
	data []byte
}

// openEdited reads a file that is to be edited, and finds out whether it can
// be written.
func openEdited(d disk, name string) (*editedFile, error) {
	data, err := readFile(d, name)
	if err != nil {
		return nil, err
	}
	target := name
	// Only a link is followed: not all volumes of Windows can say where a folder
	// leads to.
	if info, err := os.Lstat(name); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if target, err = filepath.EvalSymlinks(name); err != nil {
			return nil, err
		}
	}
	info, err := d.stat(target)
	if err != nil {
		return nil, err
	}
	return &editedFile{disk: d, target: target, info: info, data: data}, nil
}

// writable says what keeps the file from being written; nil where nothing does.
func (f *editedFile) writable() error {
	if f.info.Mode()&0o200 == 0 {
		return errReadOnly
	}
	file, err := f.disk.extend(f.target)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	beside, err := openBeside(f.disk, f.target, f.info)
	if err != nil {
		return err
	}
	return beside.discard()
}

// write replaces the file's bytes, all at once.
func (f *editedFile) write(data []byte) error {
	now, err := readFile(f.disk, f.target)
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
	if err := f.replace(data); err != nil {
		return err
	}
	f.data = data
	return nil
}

// replace puts bytes in the place of the file: they are written beside it and
// renamed, so that it is whole at any time.
func (f *editedFile) replace(data []byte) error {
	o, err := openBeside(f.disk, f.target, f.info)
	if err != nil {
		return err
	}
	o.format = wholeFormat(data)
	return o.close(true, Done)
}

// keep writes what the file would have been beside it, or else into the folder
// for temporary files, and says where.
func (f *editedFile) keep(data []byte) (name string, err error) {
	for _, folder := range []string{filepath.Dir(f.target), os.TempDir()} {
		name, err = f.keepIn(filepath.Join(folder, filepath.Base(f.target)+keptEnding), data)
		if err == nil {
			return name, nil
		}
	}
	return "", err
}

// keepIn writes a file that is not there yet, under the name or, where that is
// taken, the name with a number.
func (f *editedFile) keepIn(name string, data []byte) (string, error) {
	for n := 1; ; n++ {
		free := name
		if n > 1 {
			free = fmt.Sprintf("%s-%d", name, n)
		}
		err := createWhole(f.disk, free, f.info.Mode().Perm()|0o600, data)
		if errors.Is(err, fs.ErrExist) && n < mostKept {
			continue
		}
		return free, err
	}
}

// createWhole writes a file that is not there yet, or leaves none.
func createWhole(d disk, name string, mode fs.FileMode, data []byte) error {
	file, err := d.create(name, mode)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		err = errors.Join(err, d.remove(name))
	}
	return err
}
