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

// An Importer imports packages by what the compiler has exported, each once.
type Importer struct {
	fset     *token.FileSet
	resolve  func(path string) Export
	packages map[string]*types.Package
}

// FromExports returns an importer that has read nothing. Positions are added to the file set. Resolve returns the export of
// the package that an import declaration with the path means.
func FromExports(fset *token.FileSet, resolve func(path string) Export) *Importer {
	return &Importer{fset, resolve, make(map[string]*types.Package)}
}

// Next makes the importer one for another package. What was read of the same paths must be what resolve returns.
func (imp *Importer) Next(resolve func(path string) Export) { imp.resolve = resolve }

// Fset returns the file set with the positions.
func (imp *Importer) Fset() *token.FileSet { return imp.fset }

// Import implements [types.Importer].
func (imp *Importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	e := imp.resolve(path)
	if e.Missing() {
		return nil, errors.New("nothing is known of it")
	}
	if p := imp.packages[e.Path]; p != nil && p.Complete() {
		return p, nil
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
