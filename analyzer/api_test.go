package analyzer_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
)

var update = flag.Bool("update", false, "write testdata/api.txt")

// unpromised are methods for the drivers of this module: importers may not rely on them.
var unpromised = []string{"Concerns", "BeyondFacts", "Hint", "KnownContracts", "Notes"}

// Importers rely on what testdata/api.txt lists: see docs/architecture.md. The next version's notes must
// mention a change of it.
func TestAPI(t *testing.T) {
	got := api(t)
	file := filepath.Join("testdata", "api.txt")
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	missing := func(from [][]byte, in [][]byte, text string) {
		for _, line := range from {
			if !slices.ContainsFunc(in, func(l []byte) bool { return bytes.Equal(l, line) }) {
				t.Errorf("%s: %s", text, line)
			}
		}
	}
	missing(wantLines, gotLines, "importers lose")
	missing(gotLines, wantLines, "this is new")
	if t.Failed() {
		t.Log("if the change is meant, run: go test ./analyzer -run TestAPI -update")
	}
}

// api lists the exported identifiers of the package with their types, the keys of JSON, the flags of Analyzer, and
// the categories of diagnostics with their URLs, one per line.
func api(t *testing.T) []byte {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadTypes}, ".")
	if err != nil {
		t.Fatal(err)
	}
	if packages.PrintErrors(pkgs) > 0 {
		t.FailNow()
	}
	pkg := pkgs[0].Types
	short := types.RelativeTo(pkg)
	var buf bytes.Buffer
	for _, name := range pkg.Scope().Names() {
		obj := pkg.Scope().Lookup(name)
		if !obj.Exported() {
			continue
		}
		typ, ok := obj.(*types.TypeName)
		if !ok {
			fmt.Fprintln(&buf, types.ObjectString(obj, short))
			continue
		}
		fmt.Fprintf(&buf, "type %s\n", name)
		if st, ok := typ.Type().Underlying().(*types.Struct); ok {
			for i := range st.NumFields() {
				if f := st.Field(i); f.Exported() {
					fmt.Fprintln(&buf, strings.TrimSpace(fmt.Sprintf("field %s.%s %s %s", name, f.Name(), types.TypeString(f.Type(), short), st.Tag(i))))
				}
			}
		} else {
			fmt.Fprintf(&buf, "underlying %s %s\n", name, types.TypeString(typ.Type().Underlying(), short))
		}
		for m := range types.NewMethodSet(types.NewPointer(typ.Type())).Methods() {
			if m.Obj().Exported() && !slices.Contains(unpromised, m.Obj().Name()) {
				fmt.Fprintln(&buf, types.ObjectString(m.Obj(), short))
			}
		}
	}
	analyzer.Analyzer.Flags.VisitAll(func(f *flag.Flag) { fmt.Fprintf(&buf, "flag -%s\n", f.Name) })
	for _, r := range analyzer.Rules() {
		fmt.Fprintf(&buf, "category %s %s\n", r.Name, analyzer.URL(r.Name))
	}
	return buf.Bytes()
}
