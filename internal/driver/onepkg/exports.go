package onepkg

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"os"
	"runtime"

	"golang.org/x/tools/go/gcexportdata"
)

// An Export is what the compiler has exported of a package.
type Export struct {
	Path string // of the package
	File string // where it is
	Data []byte // instead of a file, in the format of [WriteExport]
}

// Missing reports whether there is nothing.
func (e Export) Missing() bool { return e.File == "" && e.Data == nil }

// An importer reads what packages have exported, each once.
type importer struct {
	resolve  func(path string) Export
	fset     *token.FileSet
	packages map[string]*types.Package
}

// FromExports returns what imports packages by what the compiler has exported. Resolve returns the export of the package
// that an import declaration with the path means.
func FromExports(fset *token.FileSet, resolve func(path string) Export) types.Importer {
	return &importer{resolve, fset, make(map[string]*types.Package)}
}

// Import implements [types.Importer].
func (imp *importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	e := imp.resolve(path)
	if p := imp.packages[e.Path]; p != nil && p.Complete() {
		return p, nil
	}
	if e.Missing() {
		return nil, errors.New("nothing is known of it")
	}
	return ReadExport(imp.fset, imp.packages, e)
}

// ReadExport reads what the compiler has exported of a package. It adds the package, and those that it refers to, to
// packages.
func ReadExport(fset *token.FileSet, packages map[string]*types.Package, e Export) (*types.Package, error) {
	if e.Data != nil {
		return gcexportdata.Read(bytes.NewReader(e.Data), fset, packages, e.Path)
	}
	f, err := os.Open(e.File)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	// NewReader is deprecated, since it will not read the compiler's archives in Go 1.29. There is no replacement yet.
	// Then change this place: it is the only one.
	r, err := gcexportdata.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.File, err)
	}
	pkg, err := gcexportdata.Read(r, fset, packages, e.Path)
	if err != nil {
		err = fmt.Errorf("asynccheck was built with %s; if a newer Go has compiled this package, build asynccheck with that: %w", runtime.Version(), err)
	}
	return pkg, err
}

// WriteExport writes what the compiler would export of a package, in another format.
func WriteExport(fset *token.FileSet, pkg *types.Package) ([]byte, error) {
	var buf bytes.Buffer
	if err := gcexportdata.Write(&buf, fset, pkg); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
