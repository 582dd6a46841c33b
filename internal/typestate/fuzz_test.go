package typestate_test

import (
	"fmt"
	"go/token"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

// fragment is what a generated program needs besides its functions.
const fragment = header + `
var errFailed error

func unknown(any) error
func number() int
func fine() bool
func ids() []string

func check(code int) error {
	if code != 0 {
		return errFailed
	}
	return nil
}

func (r *Batch) ok() bool { return r.Code == 0 }

func (r *Batch) each(f func(string, Item) error) error {
	for id, e := range r.Detail {
		if err := f(id, e); err != nil {
			return err
		}
	}
	return nil
}
`

const (
	maxStatements = 40
	maxDepth      = 6
)

// A generator writes a function whose statements the bytes pick.
type generator struct {
	strings.Builder
	data  []byte
	n     int // statements so far
	depth int
	loops int
	names int
}

// pick takes the next byte for a choice among n; without bytes it is 0.
func (g *generator) pick(n int) int {
	if len(g.data) == 0 {
		return 0
	}
	b := g.data[0]
	g.data = g.data[1:]
	return int(b) % n
}

func (g *generator) line(format string, args ...any) {
	fmt.Fprintf(g, strings.Repeat("\t", g.depth)+format+"\n", args...)
}

// block writes statements up to the one that ends it, or to the end of the bytes.
func (g *generator) block() {
	g.depth++
	for len(g.data) > 0 && g.n < maxStatements && g.depth < maxDepth {
		g.n++
		if !g.statement() {
			break
		}
	}
	g.depth--
	g.line("}")
}

// condition gives a boolean expression.
func (g *generator) condition() string {
	codes := []string{"0", "5100", "5400", "-1", "4100", "7001"}
	ops := []string{"==", "!=", "<", "<=", ">", ">="}
	code, op := codes[g.pick(len(codes))], ops[g.pick(len(ops))]
	switch g.pick(12) {
	default:
		return "r.Code " + op + " " + code
	case 1:
		return code + " " + op + " p.Code"
	case 2:
		return "s.Code " + op + " " + code
	case 3:
		return "err != nil"
	case 4:
		return "flag"
	case 5:
		return "!flag && r.Code " + op + " " + code
	case 6:
		return "r.Code == 0 || s.Code " + op + " " + code
	case 7:
		return "p.ok()"
	case 8:
		return "len(r.Detail) " + op + " 0"
	case 9:
		return "check(r.Code) != nil"
	case 10:
		return "fine()"
	case 11:
		return `r.Detail["a"].Code ` + op + " " + code
	}
}

// statement writes a statement. It reports whether control can pass it.
func (g *generator) statement() bool {
	g.names++
	v := fmt.Sprintf("v%d", g.names)
	switch g.pick(28) {
	case 0:
		g.line("err = json.Unmarshal(b, &r)")
	case 1:
		g.line("err = json.Unmarshal(b, &s)")
	case 2:
		g.line("p = new(Batch)")
		g.line("err = json.Unmarshal(b, p)")
	case 3:
		g.line("if err := json.Unmarshal(b, &r); err != nil {")
		g.line("\treturn err")
		g.line("}")
	case 4, 5:
		g.line("if %s {", g.condition())
		g.block()
	case 6:
		g.line("flag = %s", g.condition())
	case 7:
		g.line("err = errFailed")
	case 8:
		g.line("err = nil")
	case 9:
		g.line("err = check(s.Code)")
	case 10:
		g.line("for %s, %s := range r.Detail {", v, v+"e")
		g.line("\tif %s.Code != 0 {", v+"e")
		g.line("\t\tuse(%s)", v)
		g.line("\t}")
		g.loops++
		g.block()
		g.loops--
	case 11:
		g.line("for %s := range %d {", v, g.pick(5))
		g.line("\tuse(%s)", v)
		g.loops++
		g.block()
		g.loops--
	case 12:
		g.line("for %s {", g.condition())
		g.loops++
		g.block()
		g.loops--
	case 13:
		if g.loops > 0 {
			g.line("%s", []string{"break", "continue"}[g.pick(2)])
			return false
		}
	case 14:
		g.line("switch r.Code {")
		g.line("case 0:")
		g.line("\tuse(0)")
		g.line("case %d, 5100:", 1+g.pick(9))
		g.line("\terr = errFailed")
		g.line("default:")
		g.block()
	case 15: // called in place
		g.line("%s := func() error {", v)
		loops := g.loops
		g.loops = 0
		g.depth++
		g.line("defer func() { use(r.Code) }()")
		g.depth--
		g.literal()
		g.loops = loops
		g.line("err = %s()", v)
	case 16:
		g.line("defer func() (err error) {")
		loops := g.loops
		g.loops = 0
		g.literal()
		g.loops = loops
		g.dropLast()
		g.line("}()")
	case 17:
		g.line("go func() { use(r) }()")
	case 18:
		g.line("p = &r")
	case 19:
		g.line("*p = r")
	case 20:
		g.line("r.Code = %d", g.pick(3))
	case 21:
		g.line("err = unknown(&r)")
	case 22:
		g.line("use(r.Code, r.Detail)")
	case 23:
		g.line("err = p.each(func(id string, e Item) error {")
		g.line("\tif e.Code != 0 {")
		g.line("\t\treturn errFailed")
		g.line("\t}")
		g.line("\treturn nil")
		g.line("})")
	case 24:
		g.line("if %s, ok := r.Detail[%q]; ok && %s.Code != 0 {", v, "a", v)
		g.block()
	case 25:
		g.line("return %s", []string{"nil", "err", "errFailed", "check(r.Code)", "f(b)", "unknown(p)"}[g.pick(6)])
		return false
	case 26:
		g.line("panic(err)")
		return false
	case 27:
		g.line("sink <- r")
	}
	return true
}

// literal writes the rest of a function literal that returns an error.
func (g *generator) literal() {
	g.block()
	g.dropLast()
	g.line("\treturn err")
	g.line("}")
}

// dropLast takes back the last line.
func (g *generator) dropLast() {
	s := strings.TrimSuffix(g.String(), "\n")
	g.Reset()
	g.WriteString(s[:strings.LastIndexByte(s, '\n')+1])
}

// program gives the source that the bytes stand for.
func program(data []byte) string {
	g := &generator{data: data}
	g.line("func f(b []byte) (err error) {")
	g.line("\tvar r Batch")
	g.line("\tvar s Result")
	g.line("\tp, flag, sink := &r, false, make(chan Batch, 1)")
	g.line("\t_, _, _, _ = s, p, flag, sink")
	g.block()
	g.dropLast()
	g.line("\treturn err")
	g.line("}")
	return fragment + g.String()
}

// describe gives what the engine says of the functions.
func describe(engine *typestate.Engine, fns []*ssa.Function) string {
	var s strings.Builder
	for _, fn := range fns {
		for _, v := range engine.Values(fn) {
			fmt.Fprintln(&s, fn, v.OriginKind, v.Pos, v.Unchecked, v.Rejects, v.Lookup)
			for _, e := range v.Ends {
				fmt.Fprintln(&s, e.Pos, e.Kind, e.Signal, e.Codes, e.Properties, e.Open, e.Bools, e.ResultTells, e.Compare, e.Exclude, e.Task)
			}
		}
		fmt.Fprintln(&s, engine.Summary(fn))
	}
	return s.String()
}

// FuzzAnalyze follows the responses of whatever program the bytes make: the
// engine does not panic, ends within its budget, says the same when it is asked
// again, and what it says makes sense.
func FuzzAnalyze(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x03\x04\x00\x01\x00\x19\x02"))                                     // if r.Code != 0 { return errFailed }
	f.Add([]byte("\x00\x04\x03\x00\x03\x19\x01\x06\x01\x00\x00\x04\x00\x00\x04\x19")) // a flag
	f.Add([]byte("\x03\x0a\x0a\x0a\x0a\x04\x02\x00\x00\x19\x02"))                     // nested ranges
	f.Add([]byte("\x02\x17\x18\x13\x0f\x04\x01\x00\x01\x19\x04\x10\x07\x19\x01"))     // closures, recursion
	f.Add([]byte("\x0c\x02\x01\x00\x00\x04\x00\x00\x00\x0d\x01\x0e\x03\x01\x14\x01")) // a loop around the origin
	f.Add([]byte("the quick brown fox jumps over the lazy dog, and then once more with feeling"))
	f.Add([]byte(strings.Repeat("\x06\x00\x00\x0a\x04\x00\x00\x04\x07", 30))) // many flags
	f.Fuzz(func(t *testing.T, data []byte) {
		src := program(data)
		cfg, fns := config(t, src)
		var said []string
		cfg.Debug = func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
		const budget = 20_000
		cfg.MaxSteps = budget
		engine := typestate.New(cfg)
		first := describe(engine, fns)
		if all := strings.Join(said, "\n"); strings.Contains(all, "panic") {
			t.Fatalf("%s\n%s", all, src)
		}
		if again := describe(engine, fns); again != first {
			t.Errorf("asked again:\n%s\nwant\n%s\n%s", again, first, src)
		}
		if again := describe(typestate.New(cfg), fns); again != first {
			t.Errorf("another run:\n%s\nwant\n%s\n%s", again, first, src)
		}
		for _, fn := range fns {
			for _, v := range engine.Values(fn) {
				if v.Pos == token.NoPos {
					t.Errorf("%s: a value without a position\n%s", fn, src)
				}
				for _, e := range v.Ends {
					if e.Codes.IsEmpty() || e.Pos == token.NoPos {
						t.Errorf("%s: codes %s at %s\n%s", fn, e.Codes, cfg.Fset.Position(e.Pos), src)
					}
				}
			}
		}
	})
}
