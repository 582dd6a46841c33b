package oracle

import (
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/contract/catalog"
)

func newChecker(t testing.TB) *Checker {
	t.Helper()
	c, err := NewChecker(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A program depends on its seed and its number alone.
func TestGenerateDeterministic(t *testing.T) {
	for i := range 200 {
		a, b := Generate(7, i), Generate(7, i)
		if a.Source() != b.Source() {
			t.Fatalf("program %d is not the same twice", i)
		}
		if i > 0 && strings.Contains(a.Source(), "Handler0(") {
			t.Fatalf("program %d has another's name", i)
		}
	}
	if Generate(7, 0).Source() == Generate(8, 0).Source() {
		t.Error("seeds 7 and 8 give the same first program")
	}
}

// Programs are in normal form: the oracle can't judge code without effect.
func TestGeneratePlain(t *testing.T) {
	for i := range 500 {
		if p := Generate(9, i); !p.plain() {
			t.Errorf("program %d has code without effect:\n%s", i, p.Source())
		}
	}
}

// handler gives a program with a body and a last return.
func handler(s Shape, sig Sig, final *Stmt, body ...*Stmt) *Program {
	s.CodeType = "int"
	if s.Batch && s.Detail == "" {
		s.Detail = "map"
	}
	return &Program{Shape: s, Sig: sig, Anchor: true, Body: body, Final: final}
}

var (
	batch  = Shape{Batch: true}
	single = Shape{}
)

func ok() *Stmt     { return &Stmt{Op: Return, Err: &Err{Op: Nil}} }
func refuse() *Stmt { return &Stmt{Op: Return, Err: &Err{Op: Sentinel, Var: "errFailed"}} }

func iff(c *Cond, body ...*Stmt) *Stmt { return &Stmt{Op: If, Cond: c, Body: body} }

func code(r Ref, rel string, k int) *Cond { return &Cond{Op: Cmp, Ref: r, Rel: rel, K: k} }

func loop(body ...*Stmt) *Stmt { return &Stmt{Op: Range, Body: body} }

// Execution judges these examples as docs/rules does.
func TestVerdicts(t *testing.T) {
	for _, test := range []struct {
		name string
		p    *Program
		want []string
	}{
		{"!= 0", handler(batch, SigErr, ok(), iff(code(Outer, "!=", 0), refuse())), []string{"batch-partial-as-failure"}},
		{"== 5100", handler(batch, SigErr, ok(), iff(code(Outer, "==", 5100), refuse())), []string{"batch-partial-as-success", "result-nonzero-success"}},
		{"printed", handler(batch, SigErr, ok(), iff(code(Outer, "!=", 0), &Stmt{Op: Return, Err: &Err{Op: Errorf, Args: []Arg{ArgResp}}})), []string{"batch-detail-shallow"}},
		{"counted", handler(batch, SigErr, ok(), iff(code(Outer, "!=", 0), &Stmt{Op: Return, Err: &Err{Op: Errorf, Args: []Arg{ArgLen}}})), []string{"batch-detail-shallow"}},
		{"entries, outer unread", handler(batch, SigErr, ok(), loop(iff(code(Entry, "!=", 0), refuse()))), []string{"batch-outer-unread"}},
		{"entry == 5100", handler(batch, SigErr, ok(), iff(&Cond{Op: And, L: code(Outer, "!=", 0), R: code(Outer, "!=", 5400)}, refuse()), loop(iff(code(Entry, "==", 5100), refuse()))), []string{"result-nonzero-success"}},
		{"careful", handler(batch, SigErr, ok(), iff(&Cond{Op: And, L: code(Outer, "!=", 0), R: code(Outer, "!=", 5400)}, refuse()), loop(iff(code(Entry, "!=", 0), refuse()))), nil},
		{"refused requests pass", handler(batch, SigErr, ok(), iff(code(Outer, "!=", 0), loop(iff(code(Entry, "!=", 0), refuse())))), []string{"result-failure-dropped"}},
		{"handed on", handler(batch, SigErr, ok(), iff(code(Outer, "!=", 0), &Stmt{Op: Return, Err: &Err{Op: Carries}})), nil},
		{"returned", handler(batch, SigRespErr, &Stmt{Op: Return, Val: &Val{Op: Resp}}, iff(code(Outer, "!=", 0), &Stmt{Op: Return, Val: &Val{Op: Resp}, Err: &Err{Op: Sentinel, Var: "errFailed"}})), nil},
		{"> 0", handler(single, SigErr, ok(), iff(code(Outer, ">", 0), refuse())), []string{"result-nonzero-success"}},
		{"single == 5100", handler(single, SigErr, ok(), iff(code(Outer, "==", 5100), refuse())), []string{"result-nonzero-success"}},
		{"message", handler(single, SigErr, ok(), iff(&Cond{Op: HasMsg}, refuse())), []string{"result-unchecked"}},
		{"polled", handler(single, SigVoid, &Stmt{Op: Return}, &Stmt{Op: Poll}), []string{"result-unchecked"}},
		{"polled, then judged", handler(single, SigErr, ok(), &Stmt{Op: Poll}, iff(code(Outer, "!=", 0), refuse())), nil},
		{"dropped", handler(single, SigErr, ok(), iff(code(Outer, "!=", 0), ok()), &Stmt{Op: Poll}), []string{"result-failure-dropped"}},
		{"logged", handler(single, SigErr, ok(), iff(code(Outer, "!=", 0), &Stmt{Op: Print, Args: []Arg{ArgCode}}, ok())), nil},
		{"carried by a variable", handler(single, SigErr, ok(), &Stmt{Op: SetBool, Var: "ok", Cond: code(Outer, "==", 0)}, iff(&Cond{Op: Not, L: &Cond{Op: BoolVar, Var: "ok"}}, refuse())), nil},
		{"error variable", handler(single, SigErr, &Stmt{Op: Return, Err: &Err{Op: VarErr, Var: "res"}}, iff(code(Outer, "!=", 0), &Stmt{Op: SetErr, Var: "res", Err: &Err{Op: Sentinel, Var: "errFailed"}})), nil},
		{"tolerated", handler(single, SigErr, ok(), iff(&Cond{Op: And, L: code(Outer, "!=", 0), R: code(Outer, "!=", 7001)}, refuse())), nil},
		{"code returned", handler(single, SigIntErr, &Stmt{Op: Return, Val: &Val{Op: Code}}), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			units, err := Run(t.TempDir(), []*Program{test.p})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for rule := range Judge(units[0]).Rules {
				got = append(got, rule)
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("execution says %v, want %v\n%s", got, test.want, test.p.Source())
			}
		})
	}
}

// The oracle can fail. It finds within a thousand programs that an analyzer is broken which takes 5400 for 5100.
// Disagreements that a right analyzer has don't count.
func TestBrokenContract(t *testing.T) {
	const within = 400
	c := newChecker(t)
	count := func() (n int) {
		err := c.CheckSeed(1, within, func(o *Outcome) {
			for _, d := range o.Disagreements() {
				if d.Class == DetailClass {
					n++
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := count()
	broken(t)
	if after := count(); after < 10+5*before {
		t.Errorf("%d disagreements about details within %d programs, %d where nothing is broken", after, within, before)
	}
}

// broken makes the analyzer take 5400 for 5100, and 5100 for 5400.
func broken(t *testing.T) {
	code := catalog.Default().Code()
	sound := *code
	t.Cleanup(func() { *code = sound })
	code.Partial, code.Total = sound.Total, sound.Partial
}

// Shrinking keeps the disagreement and makes the program smaller.
func TestShrink(t *testing.T) {
	c := newChecker(t)
	broken(t)
	var big []*Outcome
	err := c.CheckSeed(1, 200, func(o *Outcome) {
		if len(o.Disagreements()) > 0 && len(big) < 3 {
			big = append(big, o)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	small, err := c.Shrink(big)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range small {
		if !same(o, big[i]) {
			t.Errorf("%v lost its disagreement", o.Program)
		}
		if o.Program.Size() > 14 {
			t.Errorf("%v still has a size of %d, of %d:\n%s", o.Program, o.Program.Size(), big[i].Program.Size(), o.Program.Source())
		}
	}
}
