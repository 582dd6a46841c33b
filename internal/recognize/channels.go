package recognize

import (
	"go/ast"
	"go/types"
	"iter"
)

// Channels. If only one function has a channel, everything that comes out of it was put in by that function:
//
//	answers := make(chan Response, 1)
//	answers <- Response{Code: 4000}
//	resp := <-answers
//
// What comes out of any other channel comes from elsewhere.

// channels are the channels that variables have.
type channels struct {
	made     map[*types.Var]bool // get a channel by make, and nothing else
	uses     map[*types.Var]int  // how often they are sent to, received from, or closed
	received []receipt           // what is received from them: checked when all uses are known
}

// A receipt is a value received from a variable's channel.
type receipt struct {
	of  *types.Var
	typ types.Type
}

// makeChannel notes that a variable gets a channel, if e is one.
func (t *tracker) makeChannel(lhs, e ast.Expr) {
	v := t.channel(lhs)
	if v == nil {
		return
	}
	if t.in.Info.Uses[ast.Unparen(lhs).(*ast.Ident)] != nil { // it isn't declared here
		t.channels.uses[v]++
	}
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	made := ok && t.in.Info.Types[call.Fun].IsBuiltin() // make is the only one that gives a channel
	if known, ok := t.channels.made[v]; ok {
		made = made && known
	}
	t.channels.made[v] = made
}

// useChannel notes a use of a channel that hands it to nobody.
func (t *tracker) useChannel(e ast.Expr) {
	if v := t.channel(e); v != nil {
		t.channels.uses[v]++
	}
}

// receiveFrom notes that a value of type typ is received from a channel.
func (t *tracker) receiveFrom(ch ast.Expr, typ types.Type) {
	v := t.channel(ch)
	if v == nil {
		t.receive(typ)
		return
	}
	t.channels.uses[v]++
	if !t.test {
		t.channels.received = append(t.channels.received, receipt{v, typ})
	}
}

// channel returns the local variable that e is, if it has a channel, else nil. A parameter or result doesn't count:
// callers may have its channel.
func (t *tracker) channel(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := t.in.Info.ObjectOf(id).(*types.Var)
	if !ok || v.Kind() != types.LocalVar {
		return nil
	}
	if _, ok := v.Type().Underlying().(*types.Chan); !ok {
		return nil
	}
	return v
}

// fromElsewhere yields the types of the values received from variables whose channels other code may have as well.
func (t *tracker) fromElsewhere() iter.Seq[types.Type] {
	return func(yield func(types.Type) bool) {
		if len(t.channels.received) == 0 { // as in most packages
			return
		}
		uses := make(map[*types.Var]int)
		for _, obj := range t.in.Info.Uses {
			if v, ok := obj.(*types.Var); ok && t.channels.made[v] {
				uses[v]++
			}
		}
		for _, r := range t.channels.received {
			if own := t.channels.made[r.of] && uses[r.of] == t.channels.uses[r.of]; !own && !yield(r.typ) {
				return
			}
		}
	}
}
