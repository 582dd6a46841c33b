package oracle

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
)

// A Finding is a finding in a program.
type Finding struct {
	Rule    string
	File    int // among the programs that were analysed together
	Line    int // in the program's own source
	Message string
}

// An Analysis runs the analyzer on generated programs.
type Analysis struct {
	analyzer *analysis.Analyzer
	fset     *token.FileSet
	importer types.Importer
	Skipped  []string // what the analyzer says it has skipped
	mu       sync.Mutex
}

// NewAnalysis prepares the analyzer, with all rules on.
func NewAnalysis() (*Analysis, error) {
	return newAnalysisOf("encoding/json", "errors", "fmt", "io", "log", "maps", "slices")
}

// newAnalysisOf prepares the analyzer for packages with these imports.
func newAnalysisOf(imports ...string) (*Analysis, error) {
	x := &Analysis{fset: token.NewFileSet()}
	var all []string
	for _, r := range analyzer.Rules() {
		all = append(all, r.Name)
	}
	var err error
	x.analyzer, err = analyzer.New(analyzer.Config{Rules: all, Debug: func(format string, args ...any) {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.Skipped = append(x.Skipped, fmt.Sprintf(format, args...))
	}})
	if err != nil {
		return nil, err
	}
	exports, err := exportData(imports)
	if err != nil {
		return nil, err
	}
	x.importer = importer.ForCompiler(x.fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})
	return x, nil
}

// exportData finds the compiler's export data of the programs' imports.
func exportData(imports []string) (map[string]string, error) {
	out, err := exec.Command("go", append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}"}, imports...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	exports := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		exports[path] = file
	}
	return exports, nil
}

// Programs analyses programs as one package, and gives the findings in each.
func (x *Analysis) Programs(ps []*Program) ([][]Finding, error) {
	var src strings.Builder
	src.WriteString(header)
	start := make([]int, len(ps)) // first line of each
	line := 1 + strings.Count(header, "\n")
	for i, p := range ps {
		text := p.Source()
		start[i] = line
		line += strings.Count(text, "\n")
		src.WriteString(text)
	}
	found, err := x.Files(src.String())
	if err != nil {
		return nil, err
	}
	by := make([][]Finding, len(ps))
	for _, f := range found {
		i, ok := slices.BinarySearch(start, f.Line)
		if !ok {
			i--
		}
		if i < 0 {
			return nil, fmt.Errorf("a finding outside of all programs: %+v", f)
		}
		f.Line -= start[i] - 1
		by[i] = append(by[i], f)
	}
	return by, nil
}

// A checked package is parsed and type-checked.
type checked struct {
	fset  *token.FileSet
	files []*ast.File
	pkg   *types.Package
	info  *types.Info
}

// check parses and type-checks the files of one package.
func (x *Analysis) check(sources ...string) (*checked, error) {
	c := &checked{fset: token.NewFileSet()}
	for i, src := range sources {
		f, err := parser.ParseFile(c.fset, fmt.Sprintf("handlers%d.go", i), src, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		c.files = append(c.files, f)
	}
	c.info = onepkg.NewInfo()
	cfg := &types.Config{Importer: x.importer, GoVersion: "go1.26"}
	var err error
	c.pkg, err = cfg.Check("handlers", c.fset, c.files, c.info)
	return c, err
}

// Files analyses the files of one package.
func (x *Analysis) Files(sources ...string) ([]Finding, error) {
	c, err := x.check(sources...)
	if err != nil {
		return nil, err
	}
	var found []Finding
	pass := &analysis.Pass{
		Analyzer:   x.analyzer,
		Fset:       c.fset,
		Files:      c.files,
		Pkg:        c.pkg,
		TypesInfo:  c.info,
		TypesSizes: types.SizesFor("gc", "amd64"),
		ResultOf:   map[*analysis.Analyzer]any{inspect.Analyzer: inspector.New(c.files)},
		Report: func(d analysis.Diagnostic) {
			at := c.fset.Position(d.Pos)
			file := slices.IndexFunc(c.files, func(f *ast.File) bool { return c.fset.Position(f.Pos()).Filename == at.Filename })
			found = append(found, Finding{d.Category, file, at.Line, d.Message})
		},
		ReadFile: os.ReadFile,
		Module:   &analysis.Module{Path: "handlers", GoVersion: "go1.26"},
	}
	facts(pass)
	if _, err := x.analyzer.Run(pass); err != nil {
		return nil, err
	}
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Rule, b.Rule))
	})
	return found, nil
}

// facts gives a pass the facts of its own package. Imports have none.
func facts(pass *analysis.Pass) {
	type objectKey struct {
		obj types.Object
		t   reflect.Type
	}
	objects := make(map[objectKey]analysis.Fact)
	pass.ImportObjectFact = func(obj types.Object, f analysis.Fact) bool {
		have, ok := objects[objectKey{obj, reflect.TypeOf(f)}]
		if ok {
			reflect.ValueOf(f).Elem().Set(reflect.ValueOf(have).Elem())
		}
		return ok
	}
	pass.ExportObjectFact = func(obj types.Object, f analysis.Fact) {
		objects[objectKey{obj, reflect.TypeOf(f)}] = f
	}
	pass.ImportPackageFact = func(*types.Package, analysis.Fact) bool { return false }
	pass.ExportPackageFact = func(analysis.Fact) {}
	pass.AllPackageFacts = func() []analysis.PackageFact { return nil }
	pass.AllObjectFacts = func() []analysis.ObjectFact {
		var all []analysis.ObjectFact
		for k, f := range objects {
			all = append(all, analysis.ObjectFact{Object: k.obj, Fact: f})
		}
		return all
	}
}
