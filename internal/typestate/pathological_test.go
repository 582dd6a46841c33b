package typestate_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

// repeated gives the text n times, with the number in it each time.
func repeated(n int, text string) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, text, i)
	}
	return s.String()
}

// body gives a function that decodes a batch before its statements.
func body(stmts string) string {
	return "func f(b []byte, on []bool, g func() error) error {\n" + decode + stmts + "\tif r.Code != 0 {\n\t\treturn nil\n\t}\n\treturn nil\n}\n"
}

// pathological are functions of a size that only programs write, of one kind of code each.
var pathological = map[string]func(n int) string{
	"branches": func(n int) string { return body(repeated(n, "\tif on[%d] {\n\t\tuse(1)\n\t}\n")) },
	"errors": func(n int) string {
		return body(repeated(n, "\tif err := g(); err != nil {\n\t\tuse(%d)\n\t\treturn err\n\t}\n"))
	},
	"nested branches": func(n int) string { return body(repeated(n, "\tif on[%d] {\n") + strings.Repeat("\tuse(1)\n}\n", n)) },
	// Building the SSA form of more than a few hundred nested loops takes minutes.
	"nested loops": func(n int) string {
		n = min(n, 200)
		return body(repeated(n, "\tfor i := range %d {\n\tuse(i)\n") + strings.Repeat("}\n", n))
	},
	"jumps": func(n int) string { return body(repeated(n, "l%[1]d:\n\tif on[%[1]d] {\n\t\tgoto l%[1]d\n\t}\n")) },
	"cases": func(n int) string {
		return body("\tswitch r.Code {\n" + repeated(n, "\tcase %d:\n\t\tuse(1)\n") + "\t}\n")
	},
	"conditions": func(n int) string {
		return body("\tif r.Code != 0 " + repeated(n, "&& r.Code != %d ") + "{\n\t\treturn nil\n\t}\n")
	},
	"loops": func(n int) string {
		return body(repeated(n, "\tfor _, e := range r.Detail {\n\t\tif e.Code == %d {\n\t\t\tuse(1)\n\t\t}\n\t}\n"))
	},
	"lookups": func(n int) string {
		return body(repeated(n, "\tif e, ok := r.Detail[\"%d\"]; ok && e.Code != 0 {\n\t\treturn nil\n\t}\n"))
	},
	"variables": func(n int) string {
		return body(repeated(n, "\tv%d := r.Code\n") + "\tuse(" + repeated(n, "v%d, ") + "1)\n")
	},
	"numbers": func(n int) string { return body("\tuse([]int{" + repeated(n, "%d, ") + "})\n") },
	"structs": func(n int) string {
		return body("\tuse([]Result{" + repeated(n, "{Code: r.Code, Message: \"%d\"}, ") + "})\n")
	},
	"literals called": func(n int) string {
		return body(repeated(n, "\tif func() bool { return r.Code == %d }() {\n\t\tuse(1)\n\t}\n"))
	},
	"literals passed": func(n int) string { return body(repeated(n, "\tuse(func() int { return r.Code + %d })\n")) },
	"defers":          func(n int) string { return body(repeated(n, "\tdefer func() { use(r.Code, %d) }()\n")) },
	"helpers": func(n int) string {
		return "func is(r *Batch, n int) bool { return r.Code == n }\n" + body(repeated(n, "\tif is(&r, %d) {\n\t\tuse(1)\n\t}\n"))
	},
	"decodes": func(n int) string {
		return "func f(b [][]byte) error {\n" + repeated(n, "\t{\n\t\tvar r Result\n\t\tif err := json.Unmarshal(b[%d], &r); err != nil {\n\t\t\treturn err\n\t\t}\n\t\tif r.Code > 0 {\n\t\t\tuse(1)\n\t\t}\n\t}\n") + "\treturn nil\n}\n"
	},
	"decodes of the same": func(n int) string {
		return "func f(b []byte, on []bool) error {\n" + repeated(n, "\tif on[%d] {\n\t\tvar r Result\n\t\tif json.Unmarshal(b, &r) != nil {\n\t\t\treturn nil\n\t\t}\n\t}\n") + "\treturn nil\n}\n"
	},
	"elements": func(n int) string { return "func f(all []Result) {\n" + repeated(n, "\tuse(all[%d].Code)\n") + "}\n" },
	"functions in a chain": func(n int) string {
		return circle(n) + fmt.Sprintf("func f%d(r *Batch) error { return nil }\n", n)
	},
	"functions in a circle": func(n int) string {
		return circle(n) + fmt.Sprintf("func f%d(r *Batch) error { return f0(r) }\n", n)
	},
}

// circle gives functions that each call the next. The last one is missing.
func circle(n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, "func f%d(r *Batch) error {\n\tif r.Code == %d {\n\t\treturn nil\n\t}\n\treturn f%d(r)\n}\n\n", i, i, i+1)
	}
	return s.String()
}

// budget is what the analysis of a function may take, whatever its size: usually it is a second or
// two, and a busy machine takes several times as long.
const budget = 20 * time.Second

// A function of pathological size is analyzed in time, or its responses are skipped, and the engine says so.
func TestPathological(t *testing.T) {
	for _, kind := range slices.Sorted(maps.Keys(pathological)) {
		for _, n := range []int{500, 1000} {
			cfg, fns := config(t, header+pathological[kind](n))
			cfg.Debug = nil
			start := time.Now()
			engine := typestate.New(cfg)
			for _, fn := range fns {
				engine.Values(fn)
			}
			if took := time.Since(start); took > budget {
				t.Errorf("%s: %d take %s, want at most %s", kind, n, took, budget)
			}
		}
	}
}

// BenchmarkPathological shows how the time grows with the size.
func BenchmarkPathological(b *testing.B) {
	for _, kind := range slices.Sorted(maps.Keys(pathological)) {
		for _, n := range []int{500, 1000, 2000, 4000} {
			b.Run(fmt.Sprintf("%s/%d", kind, n), func(b *testing.B) {
				cfg, fns := config(b, header+pathological[kind](n))
				cfg.Debug = nil
				for b.Loop() {
					engine := typestate.New(cfg)
					for _, fn := range fns {
						engine.Values(fn)
					}
				}
				if took := b.Elapsed() / time.Duration(b.N); took > budget {
					b.Errorf("%s, want at most %s", took, budget)
				}
			})
		}
	}
}

// Functions that all call each other are asked about in few rounds: the time doesn't double with each of them.
func TestDenseCalls(t *testing.T) {
	const n = 40
	var src strings.Builder
	src.WriteString(header + "type node struct{ k int }\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&src, "func w%d(n *node) error {\n", i)
		fmt.Fprintf(&src, "\tif n.k == 0 {\n\t\treturn w%d(n)\n\t}\n", min(i+1, n))
		for j := n; j > 0; j-- {
			fmt.Fprintf(&src, "\tif n.k == %d {\n\t\treturn w%[1]d(n)\n\t}\n", j)
		}
		src.WriteString("\treturn nil\n}\n")
	}
	src.WriteString(`
func client(b []byte, n *node) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		return w1(n)
	}
	return nil
}
`)
	engine, fns := load(t, src.String())
	for _, fn := range fns {
		engine.Values(fn)
	}
}
