package analyzer_test

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
)

// TestFacts checks every fact of a package: an object without a want comment must have none.
func TestFacts(t *testing.T) {
	src, err := filepath.Abs("../testdata")
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, src, withRule(t, analyzer.Config{}), "facts")
}

// objectFacts runs the analyzer on a module of one package, and returns the facts
// of its objects.
func objectFacts(t *testing.T, source string) []analysis.ObjectFact {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module m\n\ngo 1.26\n", "m.go": source} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Dir: dir}, ".")
	if err != nil {
		t.Fatal(err)
	}
	var facts []analysis.ObjectFact
	for _, act := range analyze(t, analyzer.Config{}, pkgs).Roots {
		facts = append(facts, ownFacts(act)...)
	}
	return facts
}

// analyze runs the analyzer on packages, and on those that they import.
func analyze(t *testing.T, cfg analyzer.Config, pkgs []*packages.Package) *checker.Graph {
	t.Helper()
	a, err := analyzer.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
	}
	return graph
}

// ownFacts returns the facts of a package's own objects.
func ownFacts(act *checker.Action) []analysis.ObjectFact {
	return slices.DeleteFunc(act.AllObjectFacts(), func(f analysis.ObjectFact) bool { return f.Object.Pkg() != act.Package.Types })
}

const clientHeader = "package m\n\nimport (\n\t\"encoding/json\"\n\t\"io\"\n)\n\n" +
	"type Result struct {\n\tCode int `json:\"code\"`\n\tMessage string `json:\"message\"`\n\tRequestID string `json:\"requestId\"`\n}\n\n"

// The facts of a client are small: every importer reads them.
func TestFactSize(t *testing.T) {
	const n, budget = 1000, 200 // functions, bytes a function
	var src strings.Builder
	src.WriteString(clientHeader)
	for i := range n {
		fmt.Fprintf(&src, "func Create%d(body io.Reader) (*Result, error) {\n\tvar r Result\n\tif err := json.NewDecoder(body).Decode(&r); err != nil {\n\t\treturn nil, err\n\t}\n\treturn &r, nil\n}\n\n", i)
	}
	facts := objectFacts(t, src.String())
	if len(facts) < n {
		t.Fatalf("%d facts, want at least %d", len(facts), n)
	}
	if size := len(encode(t, facts)); size > n*budget {
		t.Errorf("%d functions have %d bytes of facts, want at most %d a function", n, size, budget)
	}
}

// A function that has nothing to do with responses has no fact.
func TestNoFacts(t *testing.T) {
	var src strings.Builder
	src.WriteString("package m\n\n")
	for i := range 1000 {
		fmt.Fprintf(&src, "func F%d(code int, b []byte, v any) (int, error) { return code + len(b), nil }\n", i)
	}
	if facts := objectFacts(t, src.String()); len(facts) > 0 {
		t.Errorf("%d facts, want none; the first is %s: %v", len(facts), facts[0].Object, facts[0].Fact)
	}
}

// The build cache stores facts: equal sources have equal bytes.
func TestFactsDeterministic(t *testing.T) {
	src := clientHeader + `
func Check(code int) error {
	switch code {
	case 0, 7, 9:
		return nil
	}
	return io.EOF
}

func (r *Result) Err() error { return Check(r.Code) }

func Create(body io.Reader) (r Result, err error) {
	err = json.NewDecoder(body).Decode(&r)
	return r, err
}
`
	want := encode(t, objectFacts(t, src))
	for range 3 {
		if got := encode(t, objectFacts(t, src)); !bytes.Equal(got, want) {
			t.Fatal("the facts of one source have different encodings")
		}
	}
}

// encode returns the facts' bytes as a driver would write them.
func encode(t *testing.T, facts []analysis.ObjectFact) []byte {
	t.Helper()
	type fact struct {
		Object string
		Fact   analysis.Fact
	}
	var buf bytes.Buffer
	enc := gob.NewEncoder(&buf)
	for _, f := range sorted(facts) {
		gob.Register(f.Fact)
		if err := enc.Encode(fact{f.Object.Name(), f.Fact}); err != nil {
			t.Fatal(err)
		}
	}
	return buf.Bytes()
}

// sorted orders facts by the positions of their objects.
func sorted(facts []analysis.ObjectFact) []analysis.ObjectFact {
	slices.SortFunc(facts, func(a, b analysis.ObjectFact) int {
		return cmp.Or(cmp.Compare(a.Object.Pos(), b.Object.Pos()), strings.Compare(fmt.Sprintf("%T", a.Fact), fmt.Sprintf("%T", b.Fact)))
	})
	return facts
}
