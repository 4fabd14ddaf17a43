package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// disk is what the program does with files. Initiatives and results are read
// and everything is written through it, so that a test can make each step fail.
type disk interface {
	// stat follows links, walk does not.
	stat(name string) (fs.FileInfo, error)
	walk(root string, visit fs.WalkDirFunc) error
	open(name string) (file, error)
	// create makes a file that is not there yet.
	create(name string, mode fs.FileMode) (file, error)
	// extend opens a file to write behind what it holds.
	extend(name string) (file, error)
	// temporary makes a file that gets another name or is removed.
	temporary(folder string, mode fs.FileMode) (file, error)
	rename(from, to string) error
	link(from, to string) error
	remove(name string) error
	// clear removes the temporary files that are still there.
	clear()
}

// file is an open file.
type file interface {
	io.ReadWriteCloser
	Name() string
	Stat() (fs.FileInfo, error)
	Chmod(mode fs.FileMode) error
	Truncate(size int64) error
	Sync() error
}

// computer is the disk of the computer.
type computer struct {
	lock sync.Mutex
	// left are the temporary files that are still there.
	left map[string]bool
}

func newComputer() *computer { return &computer{left: map[string]bool{}} }

// disk is where the program reads and writes.
func (a *app) disk() disk {
	if a.streams.disk == nil {
		return newComputer()
	}
	return a.streams.disk
}

func (*computer) stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

func (*computer) walk(root string, visit fs.WalkDirFunc) error { return filepath.WalkDir(root, visit) }

func (*computer) open(name string) (file, error) { return os.Open(name) }

func (*computer) create(name string, mode fs.FileMode) (file, error) {
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
}

func (*computer) extend(name string) (file, error) {
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
}

func (c *computer) temporary(folder string, mode fs.FileMode) (file, error) {
	for {
		name := filepath.Join(folder, fmt.Sprintf(".ksdev-%d", rand.Uint32()))
		file, err := c.create(name, mode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			c.lock.Lock()
			c.left[name] = true
			c.lock.Unlock()
		}
		return file, err
	}
}

func (c *computer) rename(from, to string) error {
	err := patiently(runtime.GOOS, time.Sleep, func() error { return os.Rename(from, to) })
	if err == nil {
		c.forget(from)
	}
	if info, fault := os.Stat(to); err != nil && fault == nil {
		err = heldOpen(runtime.GOOS, err, info.Mode())
	}
	return err
}

func (*computer) link(from, to string) error { return os.Link(from, to) }

func (c *computer) remove(name string) error {
	c.forget(name)
	return patiently(runtime.GOOS, time.Sleep, func() error { return os.Remove(name) })
}

func (c *computer) forget(name string) {
	c.lock.Lock()
	defer c.lock.Unlock()
	delete(c.left, name)
}

func (c *computer) clear() {
	c.lock.Lock()
	defer c.lock.Unlock()
	for name := range c.left {
		// What cannot be removed is of no use to anybody, and not in the way.
		_ = os.Remove(name)
	}
}

// readFile reads a regular file of at most yamldoc.MaxInput bytes. It never
// waits for a pipe or a device.
func (a *app) readFile(name string) ([]byte, error) { return readFile(a.disk(), name) }

func readFile(d disk, name string) ([]byte, error) {
	info, err := d.stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "read", Path: name, Err: diag.ErrNotRegular}
	}
	if info.Size() > yamldoc.MaxInput {
		return nil, &fs.PathError{Op: "read", Path: name, Err: errTooLarge}
	}
	file, err := d.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAll(file, name)
}

// readAll reads to the end of a stream that may go on growing.
func readAll(r io.Reader, name string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, yamldoc.MaxInput+1))
	if err == nil && len(data) > yamldoc.MaxInput {
		err = &fs.PathError{Op: "read", Path: name, Err: errTooLarge}
	}
	return data, err
}

// folderFiles are the files of a folder of that name. What lies outside of it is
// not read, wherever a link leads, and a pipe or a device is not waited for.
type folderFiles string

// Open opens a file or a folder.
func (f folderFiles) Open(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.IsDir() && !info.Mode().IsRegular():
		err = diag.ErrNotRegular
	case info.Size() > yamldoc.MaxInput:
		err = errTooLarge
	}
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return root.Open(name)
}
