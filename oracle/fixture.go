package oracle

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A fixture is a package of testdata/src with its handlers that can be run: those that are given bytes or a reader, and
// that give an error.
type fixture struct {
	name    string
	sources []string
	silent  int // functions whose comment says that they are silent
	cases   []*fixtureCase
	errs    *Analysis

	unfollowed int // those that docs/rules makes silent in any case
}

// unfollowed are the fixtures that docs/rules makes silent in any case, with the reason. A mutant of one may
// be buggy, and must not be reported.
var unfollowed = map[string]string{
	"Job.Keep":               "stored where it outlives the function: handed on",
	"tracker.Stop":           "stored where it outlives the function: handed on",
	"handedInLoop":           "stored where it outlives the function: handed on",
	"StopReport":             "captured by a function value that is returned: handed on",
	"Strict.UnmarshalJSON":   "decoded into memory that the caller owns: handed on",
	"CodeText":               "any use of the code but a comparison with a constant, a copy or a print: handed on",
	"tolerated":              "whoever asks which error it is has what it says: handed on",
	"NestedDefer":            "a deferred literal assigns the named error result",
	"StopDefersWrap":         "a deferred literal assigns the named error result",
	"Recursive":              "a function that calls itself through a variable is not followed",
	"EntryFlag":              "another member of the entry decides, too: it may say what the code says",
	"AnyFailed":              "another bool result tells the path from the success side",
	"StopOpaqueAsserted":     "an opaque detail that is asserted to a concrete type and used is inspected",
	"method":                 "a callee that is unknown may do anything with the entries: handed on",
	"CreateWithFlagVariable": "between the comparison and the return something is assigned that is read later",
	"StopByDigits":           "an opaque test: from there on no rule reports anything of the value",
	"StopByText":             "an opaque test: from there on no rule reports anything of the value",
	"StopTolerated":          "an opaque test: from there on no rule reports anything of the value",
	"StopShared":             "an opaque test: from there on no rule reports anything of the value",
	"StopReplaced":           "an opaque test: from there on no rule reports anything of the value",
	"StopLoaded":             "an opaque test: from there on no rule reports anything of the value",
	"StopLearned":            "an opaque test: from there on no rule reports anything of the value",
	"StopByOneOf":            "an opaque test: from there on no rule reports anything of the value",
	"StopByClass":            "an opaque test: from there on no rule reports anything of the value",
	"StartNumberLen":         "an opaque test: from there on no rule reports anything of the value",
	"StopRefused":            "an opaque test: from there on no rule reports anything of the value",
	"Unsigned":               "an opaque test: from there on no rule reports anything of the value",
	"ByStruct":               "an opaque test: from there on no rule reports anything of the value",
	"ByEntry":                "an opaque test: from there on no rule reports anything of the value",
	"ByMap":                  "any use of the code but a comparison with a constant, a copy or a print: handed on",
	"flags.ByMember":         "any use of the code but a comparison with a constant, a copy or a print: handed on",
	"ByFlag":                 "any use of the code but a comparison with a constant, a copy or a print: handed on",
	"Beside":                 "any use of the code but a comparison with a constant, a copy or a print: handed on",
	"ByNewMember":            "between the comparison and the return something is assigned that is read later",
	"check":                  "a code and a message alone are no response without evidence",
	"InChannel":              "sent: handed on",
	"Deferred":               "a deferred literal assigns the named error result",
	"createUnlessThere":      "whoever asks which error it is has what it says: handed on",
}

const nilReturned = "nil is returned"

// A fixtureCase is a handler of a fixture, or a mutant of one.
type fixtureCase struct {
	file     int
	name     string
	recv     string // of a method: its type
	reader   bool
	text     string // of a mutant
	mistake  string
	looped   bool // the mistake stands in a loop
	of       *fixtureCase
	from, to int // lines of a mutant
	outcomes []fixtureOutcome
}

// fixtureOutcome is what a case did with one answer.
type fixtureOutcome struct{ Signal, Results, Error string }

// loadFixture gives the fixture in a directory, or nil if it imports other fixtures.
func loadFixture(dir string) (*fixture, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	f := &fixture{name: filepath.Base(dir)}
	fset := token.NewFileSet()
	imports := []string{"fmt"}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(fset, name, text, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		for _, spec := range file.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if _, err := os.Stat(filepath.Join(dir, "..", strings.Split(path, "/")[0])); err == nil || strings.Contains(path, ".") {
				return nil, nil
			}
			imports = append(imports, path)
		}
		files = append(files, file)
		f.sources = append(f.sources, string(text))
	}
	if len(files) == 0 || files[0].Name.Name == "main" {
		return nil, nil
	}
	if f.errs, err = newAnalysisOf(imports...); err != nil {
		return nil, err
	}
	for i, file := range files {
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil || !strings.HasPrefix(fn.Doc.Text(), "Silent:") {
				continue
			}
			f.silent++
			c := runnable(fn)
			text := f.sources[i][fset.Position(fn.Pos()).Offset:fset.Position(fn.End()).Offset]
			if c == nil || strings.Contains(text, "os.Exit") || strings.Contains(text, "log.Fatal") {
				continue
			}
			if unfollowed[strings.TrimPrefix(c.recv+"."+c.name, ".")] != "" {
				f.unfollowed++
				continue
			}
			c.file = i
			f.cases = append(f.cases, c)
			f.mutate(c, fset, fn, text)
		}
	}
	return f, nil
}

// runnable gives the case of a function, or nil if the function cannot be run by itself.
func runnable(fn *ast.FuncDecl) *fixtureCase {
	c := &fixtureCase{name: fn.Name.Name}
	params, results := fn.Type.Params.List, fn.Type.Results
	if fn.Type.TypeParams != nil || len(params) != 1 || len(params[0].Names) > 1 || results == nil || c.name == "_" {
		return nil
	}
	if last := results.List[len(results.List)-1]; types.ExprString(last.Type) != "error" {
		return nil
	}
	switch types.ExprString(params[0].Type) {
	case "[]byte":
	case "io.Reader":
		c.reader = true
	default:
		return nil
	}
	if fn.Recv != nil {
		c.recv = strings.TrimPrefix(types.ExprString(fn.Recv.List[0].Type), "*")
		if strings.Contains(c.recv, "[") {
			return nil
		}
	}
	return c
}

// mutate adds the mutants of a handler.
func (f *fixture) mutate(c *fixtureCase, fset *token.FileSet, fn *ast.FuncDecl, text string) {
	base := fset.Position(fn.Pos()).Offset
	loop := fn.Pos() // the end of the outermost loop so far
	leave := func(n ast.Node) { loop = max(loop, n.End()) }
	at := func(p token.Pos) int { return fset.Position(p).Offset - base }
	add := func(mistake string, from, to token.Pos, with string) {
		m := *c
		m.of, m.mistake, m.looped = c, mistake, from < loop
		m.name = fmt.Sprintf("%sMutant%d", c.name, len(f.cases))
		name := at(fn.Name.Pos())
		m.text = text[:name] + m.name + text[name+len(c.name):at(from)] + with + text[at(to):]
		if _, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+m.text, 0); err == nil {
			f.cases = append(f.cases, &m)
		}
	}
	source := func(n ast.Node) string { return text[at(n.Pos()):at(n.End())] }
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			x := source(n.X)
			weak := map[token.Token][3]string{token.NEQ: {" > 0", " != 5100", " == 5100"}, token.EQL: {" <= 0", " == 5100", " != 5100"}}
			switch {
			case weak[n.Op][0] != "" && source(n.Y) == "0" && strings.HasSuffix(strings.ToLower(x), "code"):
				for i, mistake := range []string{"!= 0 becomes > 0", "!= 0 becomes != 5100", "!= 0 becomes == 5100"} {
					add(mistake, n.X.End(), n.End(), weak[n.Op][i])
				}
			case n.Op == token.LAND:
				add("&& becomes ||, || becomes &&", n.OpPos, n.OpPos+2, "||")
			case n.Op == token.LOR:
				add("&& becomes ||, || becomes &&", n.OpPos, n.OpPos+2, "&&")
			}
		case *ast.IfStmt:
			if n.Init != nil || strings.Contains(source(n.Cond), "err") {
				break
			}
			add("a condition is negated", n.Cond.Pos(), n.Cond.End(), "!("+source(n.Cond)+")")
			if n.Else == nil {
				add("the check is dropped", n.Pos(), n.End(), "")
			}
		case *ast.RangeStmt:
			add("the loop over entries is dropped", n.Pos(), n.End(), "")
			leave(n)
		case *ast.ForStmt:
			leave(n)
		case *ast.ReturnStmt:
			if len(n.Results) > 0 {
				if last := n.Results[len(n.Results)-1]; source(last) != "nil" && source(last) != "err" {
					add(nilReturned, last.Pos(), last.End(), "nil")
				}
			}
		case *ast.SwitchStmt:
			if k := len(n.Body.List); k > 1 {
				add("a case is dropped", n.Body.List[k-1].Pos(), n.Body.List[k-1].End(), "")
			}
		case *ast.FuncLit:
			return false
		}
		return true
	})
}

// compose gives the sources with the mutants after them. It leaves out mutants that are not well-typed.
func (f *fixture) compose() []string {
	for {
		sources := slices.Clone(f.sources)
		for _, c := range f.cases {
			if c.of == nil {
				continue
			}
			c.from = strings.Count(sources[c.file], "\n") + 2
			sources[c.file] += "\n\n" + c.text
			c.to = strings.Count(sources[c.file], "\n") + 1
		}
		bad := f.errs.errors(sources)
		before := len(f.cases)
		f.cases = slices.DeleteFunc(f.cases, func(c *fixtureCase) bool {
			return c.of != nil && slices.ContainsFunc(bad, func(at [2]int) bool { return at[0] == c.file && c.from <= at[1] && at[1] <= c.to })
		})
		if len(bad) == 0 || len(f.cases) == before {
			return sources
		}
	}
}

// errors gives the files and lines of type errors in the sources.
func (x *Analysis) errors(sources []string) (at [][2]int) {
	fset := token.NewFileSet()
	var files []*ast.File
	add := func(p token.Position) {
		var i int
		fmt.Sscanf(p.Filename, "%d", &i)
		at = append(at, [2]int{i, p.Line})
	}
	for i, src := range sources {
		f, err := parser.ParseFile(fset, fmt.Sprint(i), src, 0)
		if err != nil {
			return [][2]int{{-1, 0}}
		}
		files = append(files, f)
	}
	cfg := &types.Config{Importer: x.importer, GoVersion: "go1.26", Error: func(err error) {
		if e, ok := err.(types.Error); ok {
			add(e.Fset.Position(e.Pos))
		}
	}}
	cfg.Check("handlers", fset, files, nil)
	return at
}
