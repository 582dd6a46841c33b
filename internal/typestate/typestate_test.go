package typestate_test

import (
	"fmt"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

const decode = "\tvar r Batch\n\tif err := json.Unmarshal(b, &r); err != nil {\n\t\treturn err\n\t}\n"

// flags gives a function in which n booleans correlate branches.
func flags(n int) string {
	var src strings.Builder
	src.WriteString(header + "func f(b []byte, on []bool) error {\n" + decode)
	for i := range n {
		fmt.Fprintf(&src, "\tf%d := false\n\tif on[%d] {\n\t\tf%d = true\n\t}\n", i, i, i)
	}
	src.WriteString("\tif r.Code != 0 {\n\t\treturn errFailed\n\t}\n")
	for i := range n {
		fmt.Fprintf(&src, "\tif f%d {\n\t\tuse(%d)\n\t}\n", i, i)
	}
	src.WriteString("\treturn nil\n}\n\nvar errFailed error\n")
	return src.String()
}

// A few correlated booleans are followed exactly; with many of them states are
// given up, and with them the reports from paths that may be infeasible.
func TestCorrelatedBooleans(t *testing.T) {
	for _, test := range []struct {
		n    int
		ends bool
	}{{3, true}, {20, false}} {
		engine, fns := load(t, flags(test.n))
		values := engine.Values(fns[0])
		if len(values) != 1 {
			t.Fatalf("%d flags: %d values, want 1", test.n, len(values))
		}
		partial := 0
		for _, e := range values[0].Ends {
			if e.Codes.Contains(5400) {
				partial++
			}
		}
		if got := partial > 0; got != test.ends {
			t.Errorf("%d flags: %d ends with 5400 possible, want any: %t", test.n, partial, test.ends)
		}
	}
}

// A value that takes more steps than the budget allows is skipped, and the engine says so.
func TestBudget(t *testing.T) {
	cfg, fns := config(t, header+"func f(b []byte) error {\n"+decode+"\tif r.Code == 5100 {\n\t\treturn nil\n\t}\n\treturn nil\n}\n")
	var said []string
	cfg.Debug = func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	if got := len(typestate.New(cfg).Values(fns[0])); got != 1 || len(said) != 0 {
		t.Fatalf("%d values, said %q; want one value, and nothing said", got, said)
	}
	cfg.MaxSteps = 5
	if got := typestate.New(cfg).Values(fns[0]); len(got) != 0 {
		t.Errorf("%d values past the budget, want none", len(got))
	}
	if got := strings.Join(said, "\n"); !strings.Contains(got, "p.go:") || !strings.Contains(got, "skipped the response of p.Batch") {
		t.Errorf("said %q, want position and type", said)
	}
}

// What the engine says does not depend on the order in which maps are ranged.
func TestDeterministic(t *testing.T) {
	describe := func() string {
		engine, fns := load(t, flags(5))
		var s strings.Builder
		for _, v := range engine.Values(fns[0]) {
			for _, e := range v.Ends {
				fmt.Fprintln(&s, fset.Position(e.Pos), e.Signal, e.Codes, e.Judged, fset.Position(e.Compare), fset.Position(e.Exclude))
			}
		}
		return s.String()
	}
	want := describe()
	for range 10 {
		if got := describe(); got != want {
			t.Fatalf("ends differ:\n%s\n%s", got, want)
		}
	}
}

// A panic loses one function, which is named, and no other. Where nobody wants to be told,
// as in all other tests, nothing keeps it.
func TestPanic(t *testing.T) {
	cfg, fns := config(t, header+"func bad(r *Result) bool { return r.Code == 0 }\n\nfunc good(r *Batch) bool { return r.Code == 0 }\n")
	response := cfg.Response
	cfg.Response = func(t types.Type) *recognize.Response {
		if strings.HasSuffix(t.String(), "p.Result") {
			panic("what a strange type")
		}
		return response(t)
	}
	var said []string
	cfg.Panicked = func(fn *ssa.Function, v any) { said = append(said, fmt.Sprintf("%s: %v", fn, v)) }
	engine := typestate.New(cfg)
	for _, fn := range fns {
		switch got := len(engine.Values(fn)); fn.Name() {
		case "bad":
			if got != 0 {
				t.Errorf("%d values after a panic, want none", got)
			}
		case "good":
			if got != 1 {
				t.Errorf("%d values in another function, want 1", got)
			}
		}
	}
	if want := []string{"p.bad: what a strange type"}; !slices.Equal(said, want) {
		t.Errorf("said %q, want %q", said, want)
	}
	defer func() {
		if v := recover(); v != "what a strange type" {
			t.Errorf("panicked with %v", v)
		}
	}()
	cfg.Panicked = nil
	engine = typestate.New(cfg)
	for _, fn := range fns {
		engine.Values(fn)
	}
	t.Error("the panic was kept")
}

// A set that is joined thousands of times is widened, and nothing is said of
// paths past that: what they hold may be more than any path has.
func TestWidening(t *testing.T) {
	const n = 4500
	var src strings.Builder
	src.WriteString(header + "func f(b []byte) error {\n" + decode + "\tswitch r.Code {\n")
	for i := range n {
		fmt.Fprintf(&src, "\tcase %d:\n\t\tuse(%d)\n", 10_000+10*i, i)
	}
	src.WriteString("\tdefault:\n\t\treturn errFailed\n\t}\n\treturn nil\n}\n\nvar errFailed error\n")
	engine, fns := load(t, src.String())
	values := engine.Values(fns[0])
	if len(values) != 1 {
		t.Fatalf("%d values, want 1", len(values))
	}
	for _, e := range values[0].Ends {
		if e.Signal == typestate.Success && e.Codes.Contains(10_007) {
			t.Errorf("the successful end at %s has code 10007, which no path has", fset.Position(e.Pos))
		}
	}
}

// What functions in a circle do does not depend on which of them is asked for
// first.
func TestCircle(t *testing.T) {
	const src = header + `
func a(code, n int) bool {
	if n == 0 {
		return code == 0
	}
	return b(code, n-1)
}

func b(code, n int) bool {
	if n == 0 {
		return code == 0 || code == 7
	}
	return c(code, n-1)
}

func c(code, n int) bool { return n > 3 || a(code, n) }

func entry(r *Batch, n int) bool { return c(r.Code, n) && r.Detail["x"].Code == 0 }
`
	want := map[string]string{}
	for i := range 4 {
		engine, fns := load(t, src)
		for k := range fns {
			fn := fns[(i+k)%len(fns)]
			got := engine.OfCode(fn, 0).String()
			if fn.Name() == "entry" {
				got = engine.Summary(fn).String()
			}
			if want[fn.Name()] == "" {
				want[fn.Name()] = got
			}
			if got != want[fn.Name()] {
				t.Errorf("asked from %s on, %s: %s\nbefore: %s", fns[i], fn.Name(), got, want[fn.Name()])
			}
		}
	}
	for _, name := range []string{"a", "b"} {
		if got := want[name]; !strings.Contains(got, "true {0, 7} judged") || !strings.Contains(got, "false not 0 judged") {
			t.Errorf("%s: %s; want true for 0 and 7 alone where the code decides", name, got)
		}
	}
}

// A function that tells more in each round is given up after some, and is then
// unknown to itself: it keeps the code.
func TestCircleWithoutEnd(t *testing.T) {
	for _, test := range []struct {
		steps int
		kept  bool
	}{{3, false}, {6, true}} {
		var src strings.Builder
		src.WriteString(header + "func f(code, n int) int {\n\tif code == 0 || n == 0 {\n\t\treturn 0\n\t}\n\tswitch f(code, n-1) {\n")
		for i := range test.steps {
			fmt.Fprintf(&src, "\tcase %d:\n\t\treturn %d\n", i, i+1)
		}
		src.WriteString("\t}\n\treturn -1\n}\n")
		engine, fns := load(t, src.String())
		got := engine.OfCode(fns[0], 0).String()
		if kept := strings.Contains(got, "code kept"); kept != test.kept {
			t.Errorf("%d steps: %s; code kept: %t, want %t", test.steps, got, kept, test.kept)
		}
	}
}
