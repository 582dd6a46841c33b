package rewrite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/oracle"
)

// An execution is a package of a tree with the results of kinds, to be run.
type execution struct {
	pkg      *Package
	cases    []string // expressions of functions
	versions []version
	made     []*Package // packages that rewrites have made
}

type version struct {
	kind *Kind
	pkg  *Package
}

// A Difference is an answer for which a rewritten function does something else than the original.
type Difference struct {
	Kind, Package, Func string
	Body                string
	Was, Is             string
}

func (d Difference) String() string {
	return fmt.Sprintf("%s: %s.%s does something else with %s:\n    before: %s\n    after:  %s", d.Kind, d.Package, d.Func, d.Body, d.Was, d.Is)
}

// newExecution applies kinds to the package with the path. The package must be runnable by itself: not main, and
// without imports from its tree.
func newExecution(trees []*Tree, kinds []*Kind, path string) (*execution, error) {
	for _, t := range trees {
		i := slices.IndexFunc(t.Packages, func(p *Package) bool { return p.Path == path })
		if i < 0 {
			continue
		}
		p := t.Packages[i]
		x := &execution{pkg: p, cases: runnable(p)}
		if p.Left || len(p.Imports) > 0 || p.Types.Name() == "main" || len(x.cases) == 0 {
			return nil, fmt.Errorf("%s can't be run by itself", path)
		}
		for _, k := range kinds {
			w, err := k.Apply(&Tree{Dir: t.Dir, Packages: []*Package{p}, Outside: t.Outside})
			if err != nil {
				return nil, err
			}
			for _, q := range w.Tree.Packages {
				if q.Path == path {
					x.versions = append(x.versions, version{k, q})
				} else {
					x.made = append(x.made, q)
				}
			}
		}
		return x, nil
	}
	return nil, fmt.Errorf("there is no package %s to be run", path)
}

// runnable gives the functions that are given bytes or a reader, and give an error. It leaves out functions that may
// end the process.
func runnable(p *Package) (cases []string) {
	ends := ending(p)
	for _, f := range p.Files {
		if strings.HasSuffix(f.Name, "_test.go") {
			continue
		}
		for _, decl := range f.Syntax.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil || fn.Name.Name == "_" {
				continue
			}
			obj := p.Info.Defs[fn.Name].(*types.Func)
			sig := obj.Signature()
			if ends[obj] || sig.TypeParams() != nil || sig.RecvTypeParams() != nil || sig.Params().Len() != 1 || sig.Results().Len() == 0 {
				continue
			}
			if last := sig.Results().At(sig.Results().Len() - 1); last.Type().String() != "error" {
				continue
			}
			call := fn.Name.Name
			if sig.Recv() != nil {
				call = "new(" + strings.TrimPrefix(f.source(fn.Recv.List[0].Type), "*") + ")." + call
			}
			switch sig.Params().At(0).Type().String() {
			case "[]byte":
				cases = append(cases, call+"(b)")
			case "io.Reader":
				cases = append(cases, call+"(trialBytes.NewReader(b))")
			}
		}
	}
	return cases
}

// ending gives the functions of a package that may end the process, or the goroutine.
func ending(p *Package) map[*types.Func]bool {
	ends := make(map[*types.Func]bool)
	for changed := true; changed; {
		changed = false
		for _, f := range p.Files {
			for _, decl := range f.Syntax.Decls {
				fn, ok := decl.(*ast.FuncDecl)
				if !ok {
					continue
				}
				obj := p.Info.Defs[fn.Name].(*types.Func)
				ast.Inspect(fn, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok && !ends[obj] {
						if used, ok := p.Info.Uses[id].(*types.Func); ok {
							switch name := used.FullName(); {
							case ends[used], name == "os.Exit", name == "runtime.Goexit", strings.HasPrefix(name, "log.Fatal"):
								ends[obj], changed = true, true
							}
						}
					}
					return true
				})
			}
		}
	}
	return ends
}

// trial is what the versions of a package have in common.
const trial = `package trial

type Package struct {
	Kind, Path string
	Cases      map[string]func(b []byte) []any
	Vars       []any
}

func Pack(rs ...any) []any { return rs }
`

// trialMain compares the behaviour of the versions with that of the original. With "probe", it tells which functions of
// the original never end.
const trialMain = `
func main() {
	trialLog.SetOutput(trialIO.Discard)
	out := trialOS.Stdout
	trialOS.Stdout, _ = trialOS.Open(trialOS.DevNull)
	var in struct {
		Bodies []string
		Skip   []string
	}
	if err := trialJSON.NewDecoder(trialOS.Stdin).Decode(&in); err != nil {
		panic(err)
	}
	enc := trialJSON.NewEncoder(out)
	original := versions[0]
	if len(trialOS.Args) > 1 {
		for name := range original.Cases {
			for _, body := range in.Bodies {
				if run(original, name, body, 300*trialTime.Millisecond) == "hangs" {
					enc.Encode(name)
					break
				}
			}
		}
		return
	}
	for name := range original.Cases {
		if trialSlices.Contains(in.Skip, name) {
			continue
		}
		for _, body := range in.Bodies {
			seen := make(map[string]bool)
			was := ""
			for range 5 {
				was = run(original, name, body, trialTime.Minute)
				seen[was] = true
			}
			for _, v := range versions[1:] {
				is := run(v, name, body, trialTime.Minute)
				// A range over a map has a different order in each run.
				for tries := 0; !seen[is] && tries < 200; tries++ {
					seen[run(original, name, body, trialTime.Minute)] = true
				}
				if !seen[is] {
					enc.Encode(map[string]string{"Kind": v.Kind, "Package": v.Path, "Func": name, "Body": body, "Was": was, "Is": is})
				}
			}
		}
	}
}

// Texts may differ in addresses, and in the parts that show a struct's declaration: %v of an embedding struct has more
// braces, and a decoder's error names the field's path.
var incidental = trialRegexp.MustCompile("0x[0-9a-f]+|[{}]|Go struct field [^ ]+")

func run(p *trial.Package, name, body string, limit trialTime.Duration) string {
	var trace []string
	for _, v := range p.Vars {
		v := trialReflect.ValueOf(v).Elem()
		if v.Kind() != trialReflect.Func {
			continue
		}
		v.Set(trialReflect.MakeFunc(v.Type(), func(args []trialReflect.Value) (rs []trialReflect.Value) {
			for _, a := range args {
				trace = append(trace, text(a.Interface()))
			}
			for i := range v.Type().NumOut() {
				rs = append(rs, trialReflect.Zero(v.Type().Out(i)))
			}
			return rs
		}))
	}
	done := make(chan string, 1)
	go func() {
		defer func() {
			if v := recover(); v != nil {
				done <- trialFmt.Sprint("panics ", v)
			}
		}()
		s := ""
		for _, r := range p.Cases[name]([]byte(body)) {
			s += text(r) + "; "
		}
		done <- s
	}()
	select {
	case s := <-done:
		return incidental.ReplaceAllString(s+trialFmt.Sprint(trace), "")
	case <-trialTime.After(limit):
		return "hangs"
	}
}

func text(v any) string {
	if err, ok := v.(error); ok && err != nil {
		return err.Error()
	}
	b, err := trialJSON.Marshal(v)
	if err != nil {
		return trialFmt.Sprint(v)
	}
	return string(b)
}
`

// run runs the versions of a package with every kind of answer.
func (x *execution) run() (functions int, found []Difference, err error) {
	dir, err := os.MkdirTemp("", "rewritten")
	if err != nil {
		return 0, nil, err
	}
	defer os.RemoveAll(dir)
	if err := write(dir, x.files()); err != nil {
		return 0, nil, err
	}
	build := exec.Command("go", "build", "-o", "program", "-gcflags=-N -l", ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=", "CGO_ENABLED=0", "GO111MODULE=on")
	if out, err := build.CombinedOutput(); err != nil {
		return 0, nil, fmt.Errorf("%s: what was rewritten doesn't compile: %w\n%s", x.pkg.Path, err, out)
	}
	in := struct{ Bodies, Skip []string }{Bodies: oracle.FixtureBodies()}
	run := func(args ...string) (*json.Decoder, error) {
		stdin, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		cmd := exec.Command(filepath.Join(dir, "program"), args...)
		cmd.Stdin = bytes.NewReader(stdin)
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("running %s: %w", x.pkg.Path, err)
		}
		return json.NewDecoder(bytes.NewReader(out)), nil
	}
	probe, err := run("probe")
	if err != nil {
		return 0, nil, err
	}
	for probe.More() {
		var name string
		if err := probe.Decode(&name); err != nil {
			return 0, nil, err
		}
		in.Skip = append(in.Skip, name)
	}
	out, err := run()
	if err != nil {
		return 0, nil, err
	}
	for out.More() {
		var d Difference
		if err := out.Decode(&d); err != nil {
			return 0, nil, err
		}
		found = append(found, d)
	}
	return len(x.cases) - len(in.Skip), found, nil
}

// files gives the files of the program.
func (x *execution) files() map[string]string {
	files := map[string]string{"go.mod": "module rewritten\n\ngo 1.26\n", "trial/trial.go": trial}
	imports, list := "", ""
	for _, p := range x.made {
		for _, f := range p.Files {
			files[filepath.Join("made", p.Path, f.Name)] = f.Text
		}
	}
	for i, v := range append([]version{{&Kind{Name: "original"}, x.pkg}}, x.versions...) {
		name := fmt.Sprint("v", i)
		for _, f := range v.pkg.Files {
			if strings.HasSuffix(f.Name, "_test.go") {
				continue
			}
			text := f.Text
			for _, made := range []string{checksPath, wirePath} {
				text = strings.ReplaceAll(text, `"`+made+`"`, `"rewritten/made/`+made+`"`)
			}
			files[filepath.Join(name, f.Name)] = text
		}
		files[filepath.Join(name, "trial_cases.go")] = x.caseFile(v)
		imports += fmt.Sprintf("\t%s \"rewritten/%[1]s\"\n", name)
		list += fmt.Sprintf("\t%s.TrialPackage,\n", name)
	}
	files["main.go"] = `package main

import (
	trialJSON "encoding/json"
	trialFmt "fmt"
	trialIO "io"
	trialLog "log"
	trialOS "os"
	trialReflect "reflect"
	trialRegexp "regexp"
	trialSlices "slices"
	trialTime "time"

	"rewritten/trial"
` + imports + ")\n\nvar versions = []*trial.Package{\n" + list + "}\n" + trialMain
	return files
}

// caseFile gives a file of a version with its functions, and with its variables that hold functions.
func (x *execution) caseFile(v version) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n\ttrialBytes \"bytes\"\n\n\t\"rewritten/trial\"\n)\n\nvar _ = trialBytes.NewReader\n\n", x.pkg.Types.Name())
	fmt.Fprintf(&b, "var TrialPackage = &trial.Package{Kind: %q, Path: %q, Cases: map[string]func(b []byte) []any{\n", v.kind.Name, x.pkg.Path)
	for _, c := range x.cases {
		fmt.Fprintf(&b, "\t%q: func(b []byte) []any { return trial.Pack(%s) },\n", c, c)
	}
	b.WriteString("}, Vars: []any{")
	scope := x.pkg.Types.Scope()
	for _, name := range scope.Names() {
		if v, ok := scope.Lookup(name).(*types.Var); ok {
			if _, ok := v.Type().Underlying().(*types.Signature); ok {
				b.WriteString("&" + name + ", ")
			}
		}
	}
	b.WriteString("}}\n")
	return b.String()
}
