package driver

import (
	"crypto/sha256"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/declarations"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/driver/results"
	"github.com/asynccheck/asynccheck/internal/filter/source"
)

// key returns the key of a package's result, which is a hash of all that its analysis can see: what the analyzer is told
// to find, the package's files, the types that its imports declare, and their facts. Directories don't count, so that
// results can be restored elsewhere. ok is false if nothing must be kept.
func (r *run) key(n *node, imported []onepkg.Fact) (key results.Key, ok bool) {
	if r.kept == nil || r.hasErrors(n.pkg) || !r.kept.open() {
		return key, false
	}
	p := n.pkg
	h := r.kept.hasher("result")
	h.text(string(n.Identity))
	h.text(p.PkgPath, p.Name, p.ForTest)
	h.yes(p.Module != nil)
	if m := p.Module; m != nil {
		h.text(m.Path, m.Version, m.GoVersion)
		h.yes(m.Main)
	}
	if !r.hashFiles(h, n.files, true) || !r.hashFiles(h, p.OtherFiles, true) || !r.hashFiles(h, p.IgnoredFiles, true) || !r.hashImports(h, p, false) {
		return key, false
	}
	h.number(len(imported))
	for _, f := range imported {
		data, err := r.kept.encodedFact(f.Fact, func() ([]byte, error) {
			e, err := onepkg.Encode(f)
			return append([]byte(e.Kind+" "), e.Fact...), err
		})
		if err != nil {
			return key, false
		}
		h.text(f.PkgPath, string(f.Object), string(data))
	}
	return h.sum(), true
}

// hashFiles adds files to a hash: all of them, or what they declare.
func (r *run) hashFiles(h hasher, names []string, whole bool) bool {
	h.number(len(names))
	for _, name := range names {
		src, err := r.kept.read(name)
		if err != nil {
			return false
		}
		h.text(filepath.Base(name))
		file := hasher{sha256.New()}
		if whole {
			file.Write(src)
		} else {
			declarations.Hash(file, src)
		}
		sum := file.sum()
		h.key(sum)
		if whole {
			r.kept.sum(name, sum)
		}
	}
	return true
}

// hashImports adds what a package imports to a hash.
func (r *run) hashImports(h hasher, p *packages.Package, whole bool) bool {
	h.number(len(p.Imports))
	for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
		imp := p.Imports[path]
		key, ok := r.declares(imp, whole)
		if !ok {
			return false
		}
		h.text(path, imp.PkgPath)
		h.key(key)
	}
	return true
}

// A declared is the key of what a package declares, once that is known.
type declared struct {
	once sync.Once
	key  results.Key
	ok   bool
}

// declares returns a key of the types that a package declares: as long as it stays, so do these. It may change more
// often. If whole is set, it is a key of all that the package has, and of all that it imports. That is so too if
// it uses cgo: it may have to be compiled, and then errors are found wherever they are.
func (r *run) declares(p *packages.Package, whole bool) (results.Key, bool) {
	if n := r.nodes[p]; n != nil && n.cgo {
		whole = true
	}
	k := r.kept
	k.mu.Lock()
	d := k.declared[declaring{p, whole}]
	if d == nil {
		d = new(declared)
		k.declared[declaring{p, whole}] = d
	}
	k.mu.Unlock()
	d.once.Do(func() { d.key, d.ok = r.hashDeclared(p, whole) })
	return d.key, d.ok
}

func (r *run) hashDeclared(p *packages.Package, whole bool) (key results.Key, ok bool) {
	h := hasher{sha256.New()}
	h.text(p.PkgPath, p.Name, p.ForTest)
	if p.PkgPath == "unsafe" || standard(p) {
		return h.sum(), true // the Go version says the rest
	}
	if r.hasErrors(p) {
		return key, false
	}
	if m := p.Module; m != nil {
		h.text(m.GoVersion)
	}
	if module := downloaded(p); module != "" {
		h.text(module)
		for _, name := range p.GoFiles {
			h.text(filepath.Base(name))
		}
	} else if !r.hashFiles(h, p.GoFiles, whole) || whole && !r.hashFiles(h, p.OtherFiles, true) {
		return key, false
	}
	if !r.hashImports(h, p, whole) {
		return key, false
	}
	return h.sum(), true
}

// hasErrors reports whether something is known to be wrong with a package. To compile it may show more.
func (r *run) hasErrors(p *packages.Package) bool {
	r.exporting.Lock()
	defer r.exporting.Unlock()
	return len(p.Errors)+len(r.wrong[p]) > 0
}

// standard reports whether the package is one of the standard library.
func standard(p *packages.Package) bool { return p.Module == nil && source.Standard(p.PkgPath) }

// downloaded returns the path and the version of a package's module if its files are in the module cache, where nobody
// changes them, and "" otherwise.
func downloaded(p *packages.Package) string {
	m := p.Module
	if m != nil && m.Replace != nil {
		m = m.Replace
	}
	if m == nil || m.Version == "" || m.Dir == "" || !strings.HasPrefix(p.Dir+string(filepath.Separator), m.Dir+string(filepath.Separator)) {
		return "" // such as a vendored one: it has no directory
	}
	return m.Path + "@" + m.Version
}
