package modular

import (
	"bufio"
	"fmt"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/gcexportdata"
)

// Exports imports packages from what the compiler has exported of them, each once.
// It serves one package's analysis.
type Exports struct {
	// File returns the name of the file with what is exported of the package, empty
	// if there is none.
	File func(path string) string

	fset     *token.FileSet
	packages map[string]*types.Package
}

// Import returns the package of the path.
func (e *Exports) Import(path string) (*types.Package, error) {
	if p := e.packages[path]; p != nil && p.Complete() {
		return p, nil
	}
	if e.packages == nil {
		e.fset, e.packages = token.NewFileSet(), make(map[string]*types.Package)
	}
	name := e.File(path)
	if name == "" {
		return nil, fmt.Errorf("the compiler has exported nothing of package %s", path)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written
	r, err := gcexportdata.NewReader(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return gcexportdata.Read(r, e.fset, e.packages, path)
}
