package oracle

import "testing"

func TestIdle(t *testing.T) {
	failed, some, done := code(Outer, "!=", 0), code(Outer, "!=", 5400), code(Outer, "==", 0)
	for _, test := range []struct {
		name string
		body []*Stmt
		want bool
	}{
		{"once", []*Stmt{iff(failed, refuse())}, false},
		{"&&", []*Stmt{iff(&Cond{Op: And, L: failed, R: some}, refuse())}, false},
		{"||", []*Stmt{iff(&Cond{Op: Or, L: failed, R: done}, refuse())}, true},
		{"asked again behind it", []*Stmt{iff(failed, refuse()), iff(done, refuse())}, true},
		{"asked again in it", []*Stmt{iff(failed, iff(done, refuse()))}, true},
		{"another question", []*Stmt{iff(failed, iff(some, refuse()))}, false},
		{"a case that is excluded", []*Stmt{iff(failed, &Stmt{Op: Switch, Ref: Outer, Cases: []Case{{[]int{0}, []*Stmt{refuse()}}}})}, true},
		{"entries where there are none", []*Stmt{iff(code(Outer, "==", 6000), loop(iff(code(Entry, "!=", 0), refuse())))}, true},
		{"each turn has another entry", []*Stmt{loop(iff(code(Entry, "!=", 0), &Stmt{Op: Continue})), loop(iff(code(Entry, "!=", 0), refuse()))}, false},
	} {
		if got := handler(batch, SigErr, ok(), test.body...).idle(); got != test.want {
			t.Errorf("%s: %t, want %t", test.name, got, test.want)
		}
	}
}
