package cli

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"sync"
)

// steps counts what the program does with files and streams, and makes one step
// fail.
type steps struct {
	lock  sync.Mutex
	taken []step
	// number, from 1, is the step that fails.
	number int
}

// step is what is done, and with which file; "-" is standard input or output.
type step struct{ what, name string }

var errStep = errors.New("the step failed")

// fails reports whether a step is the one that fails.
func (s *steps) fails(what, name string) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.taken = append(s.taken, step{what, filepath.ToSlash(name)})
	if len(s.taken) == s.number {
		return &fs.PathError{Op: what, Path: name, Err: errStep}
	}
	return nil
}

// faultyDisk is a disk of which one step fails.
type faultyDisk struct {
	disk
	*steps
}

func (d faultyDisk) stat(name string) (fs.FileInfo, error) {
	if err := d.fails("stat", name); err != nil {
		return nil, err
	}
	return d.disk.stat(name)
}

func (d faultyDisk) walk(root string, visit fs.WalkDirFunc) error {
	return d.disk.walk(root, func(name string, entry fs.DirEntry, err error) error {
		if err == nil {
			err = d.fails("walk", name)
		}
		return visit(name, entry, err)
	})
}

func (d faultyDisk) opened(f file, closes string, err error) (file, error) {
	if err != nil {
		return nil, err
	}
	return faultyFile{f, closes, d.steps}, nil
}

func (d faultyDisk) open(name string) (file, error) {
	if err := d.fails("open", name); err != nil {
		return nil, err
	}
	f, err := d.disk.open(name)
	return d.opened(f, "close what is read", err)
}

func (d faultyDisk) create(name string, mode fs.FileMode) (file, error) {
	if err := d.fails("create", name); err != nil {
		return nil, err
	}
	f, err := d.disk.create(name, mode)
	return d.opened(f, "close", err)
}

func (d faultyDisk) extend(name string) (file, error) {
	if err := d.fails("extend", name); err != nil {
		return nil, err
	}
	f, err := d.disk.extend(name)
	return d.opened(f, "close", err)
}

func (d faultyDisk) temporary(folder string, mode fs.FileMode) (file, error) {
	if err := d.fails("temporary", folder); err != nil {
		return nil, err
	}
	f, err := d.disk.temporary(folder, mode)
	return d.opened(f, "close", err)
}

func (d faultyDisk) rename(from, to string) error {
	return unless(d.fails("rename", to), func() error { return d.disk.rename(from, to) })
}

func (d faultyDisk) link(from, to string) error {
	return unless(d.fails("link", to), func() error { return d.disk.link(from, to) })
}

func (d faultyDisk) remove(name string) error {
	return unless(d.fails("remove", name), func() error { return d.disk.remove(name) })
}

// unless does what is to be done where there is no error.
func unless(err error, do func() error) error {
	if err != nil {
		return err
	}
	return do()
}

// faultyFile is a file of which one step fails. A write that fails has written
// the half, and what fails to be closed is closed.
type faultyFile struct {
	file
	// closes is what closing it is called.
	closes string
	*steps
}

func (f faultyFile) Read(data []byte) (int, error) {
	if err := f.fails("read", f.Name()); err != nil {
		return 0, err
	}
	return f.file.Read(data)
}

func (f faultyFile) Write(data []byte) (int, error) {
	if err := f.fails("write", f.Name()); err != nil {
		n, _ := f.file.Write(data[:len(data)/2])
		return n, err
	}
	return f.file.Write(data)
}

func (f faultyFile) Stat() (fs.FileInfo, error) {
	if err := f.fails("state", f.Name()); err != nil {
		return nil, err
	}
	return f.file.Stat()
}

func (f faultyFile) Chmod(mode fs.FileMode) error {
	return unless(f.fails("chmod", f.Name()), func() error { return f.file.Chmod(mode) })
}

func (f faultyFile) Truncate(size int64) error {
	return unless(f.fails("truncate", f.Name()), func() error { return f.file.Truncate(size) })
}

func (f faultyFile) Sync() error { return unless(f.fails("sync", f.Name()), f.file.Sync) }

func (f faultyFile) Close() error {
	return errors.Join(f.file.Close(), f.fails(f.closes, f.Name()))
}

// faultyStream is standard input or output of which one step fails.
type faultyStream struct {
	io.Reader
	io.Writer
	*steps
}

func (s faultyStream) Read(data []byte) (int, error) {
	if err := s.fails("read", "-"); err != nil {
		return 0, err
	}
	return s.Reader.Read(data)
}

func (s faultyStream) Write(data []byte) (int, error) {
	if err := s.fails("print", "-"); err != nil {
		return 0, err
	}
	return s.Writer.Write(data)
}
