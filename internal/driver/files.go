package driver

import (
	"path/filepath"
	"sync/atomic"

	"golang.org/x/tools/go/packages"
)

// Files are the files of the packages of a run. The zero value has none.
type Files struct {
	names atomic.Pointer[map[file]string]
}

// A file is a file of a package, by its name in the directory.
type file struct{ pkgPath, base string }

// Name returns the full name of a package's file, "" if there is none. It can be called
// by several goroutines at once.
func (f *Files) Name(pkgPath, base string) string {
	if names := f.names.Load(); names != nil {
		return (*names)[file{pkgPath, base}]
	}
	return ""
}

// store takes the files of the packages and their dependencies.
func (f *Files) store(pkgs []*packages.Package) {
	names := make(map[file]string)
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		for _, name := range p.GoFiles {
			names[file{p.PkgPath, filepath.Base(name)}] = name
		}
	})
	f.names.Store(&names)
}
