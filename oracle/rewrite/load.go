package rewrite

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
)

// Load reads the packages of a directory. A directory with a folder src is a tree as analysistest takes it. A folder of
// pages gives the Go blocks in its pages. Any other directory is a module.
func Load(dir string) (*Tree, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if pages, _ := filepath.Glob(filepath.Join(dir, "*.md")); len(pages) > 0 {
		return loadPages(dir, pages)
	}
	env := []string{"GOWORK=off"}
	root := dir
	if info, err := os.Stat(filepath.Join(dir, "src")); err == nil && info.IsDir() {
		root = filepath.Join(dir, "src")
		env = append(env, "GOPATH="+dir, "GO111MODULE=off", "GOPROXY=off")
	}
	return load(root, env)
}

// block matches a complete file in a page: "```go bad" or "```go good".
var block = regexp.MustCompile("(?ms)^```go (\\w+)\n(.*?)^```$")

// loadPages reads the Go blocks of pages, each as a package. SDKs that they import are the stubs of the fixtures.
func loadPages(dir string, pages []string) (*Tree, error) {
	gopath, err := os.MkdirTemp("", "pages")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(gopath)
	stubs, err := filepath.Abs(filepath.Join("..", "testdata"))
	if err != nil {
		return nil, err
	}
	files := make(map[string]string)
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			return nil, err
		}
		for i, m := range block.FindAllStringSubmatch(string(text), -1) {
			rule := strings.TrimSuffix(filepath.Base(page), ".md")
			files[filepath.Join(rule, fmt.Sprint(m[1], i+1), "example.go")] = m[2]
		}
	}
	root := filepath.Join(gopath, "src", "page")
	if err := write(root, files); err != nil {
		return nil, err
	}
	t, err := load(root, []string{"GO111MODULE=off", "GOPROXY=off", "GOPATH=" + gopath + string(filepath.ListSeparator) + stubs})
	if t != nil {
		t.Dir = dir
	}
	return t, err
}

// write writes files of a directory.
func write(dir string, files map[string]string) error {
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}

func load(dir string, env []string) (*Tree, error) {
	roots, err := packages.Load(&packages.Config{
		Mode:  packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile | packages.NeedModule,
		Dir:   dir,
		Env:   append(os.Environ(), env...),
		Tests: true,
	}, "./...")
	if err != nil {
		return nil, err
	}
	// If there are a package and the same package with its tests, take the latter: it has all files.
	best := make(map[string]*packages.Package)
	for _, p := range roots {
		if strings.HasSuffix(p.ID, ".test") || len(p.CompiledGoFiles) == 0 {
			continue
		}
		if len(p.Errors) > 0 {
			return nil, p.Errors[0]
		}
		if q := best[p.PkgPath]; q == nil || len(q.CompiledGoFiles) < len(p.CompiledGoFiles) {
			best[p.PkgPath] = p
		}
	}
	if len(best) == 0 {
		return nil, fmt.Errorf("%s: no packages", dir)
	}
	t := &Tree{Dir: dir}
	exports := make(map[string]string)
	packages.Visit(roots, nil, func(p *packages.Package) {
		if best[p.PkgPath] == nil {
			exports[p.PkgPath] = p.ExportFile
		}
	})
	t.Outside = newOutside(exports)
	var add func(p *packages.Package) error
	added := make(map[string]bool)
	add = func(p *packages.Package) error {
		if added[p.PkgPath] {
			return nil
		}
		added[p.PkgPath] = true
		for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
			if q := best[p.Imports[path].PkgPath]; q != nil {
				if err := add(q); err != nil {
					return err
				}
			}
		}
		source := &Package{Path: p.PkgPath, Module: p.Module}
		for _, name := range p.CompiledGoFiles {
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if !strings.HasSuffix(name, ".go") || strings.Contains(string(text), "import \"C\"") {
				return fmt.Errorf("%s: cgo is not rewritten", name)
			}
			source.Left = source.Left || silences(string(text)) || isStub(string(text))
			source.Files = append(source.Files, &File{Name: filepath.Base(name), Text: string(text)})
		}
		t.Packages = append(t.Packages, source)
		return nil
	}
	for _, path := range slices.Sorted(maps.Keys(best)) {
		if err := add(best[path]); err != nil {
			return nil, err
		}
	}
	return t, t.Check()
}

// outside imports packages from the compiler's export data. Several goroutines may use it.
type outside struct {
	mu      sync.Mutex
	fset    *token.FileSet
	exports map[string]string
	have    map[string]*types.Package
}

func newOutside(exports map[string]string) *outside {
	return &outside{fset: token.NewFileSet(), exports: exports, have: make(map[string]*types.Package)}
}

func (o *outside) Import(path string) (*types.Package, error) { return o.ImportFrom(path, "", 0) }

func (o *outside) ImportFrom(path, _ string, _ types.ImportMode) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if p := o.have[path]; p != nil && p.Complete() {
		return p, nil
	}
	name := o.exports[path]
	if name == "" {
		return nil, fmt.Errorf("no export data of %s (%s)", path, runtime.Version())
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return nil, err
	}
	return gcexportdata.Read(r, o.fset, o.have, path)
}
