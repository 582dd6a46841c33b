package typestate_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"sync"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/contract/catalog"
	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

const header = `package p

import "encoding/json"

type Item struct {
	Code    int    ` + "`json:\"code\"`" + `
	Message string ` + "`json:\"message\"`" + `
}

type Batch struct {
	Code   int             ` + "`json:\"code\"`" + `
	Detail map[string]Item ` + "`json:\"detail\"`" + `
}

type Result struct {
	Code      int    ` + "`json:\"code\"`" + `
	Message   string ` + "`json:\"message\"`" + `
	RequestID string ` + "`json:\"requestId\"`" + `
}

func use(...any)

var _ = json.Unmarshal
`

// Imported packages are type-checked from source once for all tests.
var (
	loading sync.Mutex
	fset    = token.NewFileSet()
	imports = importer.ForCompiler(fset, "source", nil)
)

// load builds the SSA form of src and returns an engine for it with its functions.
func load(tb testing.TB, src string) (*typestate.Engine, []*ssa.Function) {
	cfg, fns := config(tb, src)
	return typestate.New(cfg), fns
}

func config(tb testing.TB, src string) (*typestate.Config, []*ssa.Function) {
	tb.Helper()
	loading.Lock()
	defer loading.Unlock()
	cfg, pkg, files, info := check(tb, src)
	prog := ssa.NewProgram(fset, 0)
	prog.SetNoReturn(cfg.NoReturns.NoReturn)
	for _, p := range pkg.Imports() {
		prog.CreatePackage(p, nil, nil, true)
	}
	sp := prog.CreatePackage(pkg, files, info, false)
	sp.Build()
	var fns []*ssa.Function
	for _, name := range pkg.Scope().Names() {
		if fn := sp.Func(name); fn != nil {
			fns = append(fns, fn)
		}
	}
	return cfg, fns
}

// check type-checks src, and returns how an engine would know it.
func check(tb testing.TB, src string) (*typestate.Config, *types.Package, []*ast.File, *types.Info) {
	tb.Helper()
	file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		tb.Fatal(err)
	}
	files := []*ast.File{file}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object),
		Uses: make(map[*ast.Ident]types.Object), Implicits: make(map[ast.Node]types.Object),
		Instances: make(map[*ast.Ident]types.Instance), Scopes: make(map[ast.Node]*types.Scope),
		Selections: make(map[*ast.SelectorExpr]*types.Selection), FileVersions: make(map[*ast.File]string),
	}
	conf := types.Config{Importer: imports}
	pkg, err := conf.Check("p", fset, files, info)
	if err != nil {
		tb.Fatal(err)
	}
	scan := recognize.Scan(recognize.Input{Contracts: catalog.Contracts(), Fset: fset, Files: files, Pkg: pkg, Info: info})
	return &typestate.Config{
		Fset: fset, Contracts: catalog.Contracts(), Response: scan.Response, Code: scan.Code, Entries: scan.Entries, Entry: scan.Entry,
		MemberByJSON: scan.MemberByJSON, Base: scan.Base,
		HasDetailMember: scan.HasDetailMember, Mentions: scan.MentionsIn, NoReturns: typestate.NewNoReturns(files, info, nil, nil), Debug: tb.Logf,
	}, pkg, files, info
}
