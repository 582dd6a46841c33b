package typestate

import (
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
)

// binary gives the value of a binary operation. Comparisons of the code with
// a constant keep what they compare, so that a branch can narrow the code set
// wherever their result is tested.
func (r *run) binary(st *state, b *ssa.BinOp) value {
	x, y := r.eval(st, b.X), r.eval(st, b.Y)
	op, left, right := b.Op, b.X, b.Y
	first, second := x, y
	if isConst(left) && !isConst(right) {
		x, y, left, right, op = y, x, right, left, codeset.Flip(op)
	}
	if codeset.Comparison(op) {
		return r.comparison(st, &comparing{b, op, left, right, x, y})
	}
	for _, n := range []derived{succeeded, itemCount} {
		if x == n || y == n || n == succeeded && (r.countsSuccesses(x) || r.countsSuccesses(y)) {
			return n // deleted += len(out.Deleted)
		}
	}
	if op == token.ADD {
		switch {
		case r.isTask(x): // a task ID made part of a string or another number still leaves
			return x
		case r.isTask(y):
			return y
		case x == codeText || y == codeText:
			return codeText
		}
	}
	loop := r.home() < len(r.stack)-1 || r.flow.loopOf(b.Block()) != nil
	if op == token.ADD || op == token.SUB && !isUnsigned(b.Type()) {
		if v := compute(op, x, y, loop); v != nil {
			return v
		}
	}
	if v := combine(b.Op, first, second); v != nil && !loop && (isInteger(b.Type()) || isBytes(b.Type())) {
		return v
	}
	if v := r.opaqueOf(st, b, x, y); v != nil || !st.obj.live() || st.obj.Judged == NotJudged || op == token.ADD || op == token.SUB {
		return v
	}
	if is[constVal](x) && is[constVal](y) {
		return opaque // constants that are known on this path may depend on the code
	}
	return nil
}

// combine gives what an operation makes of two constants: flags |= failed.
func combine(op token.Token, x, y value) value {
	const long = 64 // bytes
	left, ok := x.(constVal)
	right, both := y.(constVal)
	if !ok || !both || len(left.exact)+len(right.exact) > long {
		return nil
	}
	a, b := left.value(), right.value()
	switch {
	case a.Kind() == constant.String && b.Kind() == constant.String && op == token.ADD:
	case a.Kind() != constant.Int || b.Kind() != constant.Int:
		return nil
	default:
		switch op {
		case token.AND, token.OR, token.XOR, token.AND_NOT, token.MUL:
		case token.QUO, token.REM:
			if constant.Sign(b) == 0 {
				return nil
			}
			if op == token.QUO {
				op = token.QUO_ASSIGN // of integers
			}
		default:
			return nil
		}
	}
	return constVal{constant.BinaryOp(a, op, b).ExactString()}
}

// isConst reports whether v is a constant, possibly in an interface.
func isConst(v ssa.Value) bool {
	if m, ok := v.(*ssa.MakeInterface); ok {
		v = m.X
	}
	_, ok := v.(*ssa.Const)
	return ok
}

// A comparing is a comparison with its constant, if it has one, on the right.
type comparing struct {
	instr       *ssa.BinOp
	op          token.Token
	left, right ssa.Value
	x, y        value // what they hold
}

func (c *comparing) equality() bool { return c.op == token.EQL || c.op == token.NEQ }

// comparison gives the value of a comparison.
func (r *run) comparison(st *state, c *comparing) value {
	x, y, neq := c.x, c.y, c.op == token.NEQ
	if r.roles.signalled {
		if v, ok := r.compareSignal(st, c); ok {
			return v
		}
	}
	switch {
	case x == opaque || y == opaque || x == noted || y == noted:
		return r.opaqueOf(st, c.instr, x, y)
	case y == isNil && c.equality():
		return r.nilTest(st, c.left, x, neq)
	case x == codeText || y == codeText: // the text may tell the codes apart
		return r.opaqueOf(st, c.instr, x, y)
	case x == nil && y == nil:
		return nil
	case x == originError && y == nonNil && c.equality():
		return test{originFailed, neq}
	case x == entryCount:
		r.touch(st)
		n, ok := integer(c.right)
		return empty(c.op, n, ok)
	case y == entryCount && c.op == token.LSS && !is[constVal](x) && x != positive && !r.isOuterCode(x) && loopsOver(c.instr.Block()):
		return drained{neg: true}
	case c.equality() && is[truthValue](y) && !is[member](x) && !is[entry](x) && !is[constVal](x) && x != positive:
		if (y == isTrue) == neq {
			return negation(x)
		}
		return x
	}
	switch x := x.(type) {
	case member:
		return r.compareMember(st, x, c)
	case entry:
		return r.compareEntry(st, x, c)
	case constVal:
		if y == entryCount { // such as the index at which a range starts
			n, ok := constant.Int64Val(constant.ToInt(x.value()))
			return empty(codeset.Flip(c.op), n, ok)
		}
		if y, ok := y.(constVal); ok && x.exact != "" && y.exact != "" {
			return r.fold(st, c.op, x, y)
		}
	case sign:
		if n, ok := integer(c.right); ok {
			return comparePositive(c.op, n)
		}
	}
	return r.opaqueOf(st, c.instr, x, y)
}

// compareMember gives the value of a comparison of a member of the response.
func (r *run) compareMember(st *state, x member, c *comparing) value {
	neq := c.op == token.NEQ
	s, isText := stringOf(c.right)
	switch x.path {
	case r.roles.code:
		if n, ok := integer(c.right); ok {
			return r.predicate(c.op, n, c.left, c.instr.Pos())
		}
		if isText && c.equality() { // of a json.Number, or a directive made a string the code
			if s == "" { // there is no code
				return nilTest{neq, c.left, x}
			}
			return r.symbolic(s, c.left, c.instr.Pos(), neq)
		}
		return r.opaqueOf(st, c.instr, x, c.y)
	case r.roles.desc:
		if is[constVal](c.y) && c.equality() {
			if isText {
				return r.symbolic(s, c.left, c.instr.Pos(), neq)
			}
			return nil
		}
	}
	switch {
	case c.equality() && is[truthValue](c.y):
		return x
	case is[constVal](c.y) && x.path != "":
		return test{what: otherMember}
	}
	return r.opaqueOf(st, c.instr, x, c.y)
}

// compareEntry gives the value of a comparison of an entry's member.
func (r *run) compareEntry(st *state, x entry, c *comparing) value {
	n, ok := integer(c.right)
	ok = ok && x.path == r.roles.entryCode
	if x.lost {
		if ok {
			return boolean(codeset.Compare(c.op, n).Contains(0))
		}
		return nil
	}
	r.handOn(st, x, c.instr.Pos())
	r.handOn(st, c.y, c.instr.Pos())
	if ok { // an entry that is absent has the zero code
		return test{someEntry, codeset.Compare(c.op, n).Contains(0)}
	}
	return nil
}

// symbolic gives the value of a comparison with a code's name.
func (r *run) symbolic(name string, read ssa.Value, pos token.Pos, neq bool) value {
	if name == "" {
		return nil // without a name nothing is known
	}
	if s := r.org.resp.Contract.Symbol(); s != nil && s.Clean.Contains(s.Number(name)) {
		c := r.predicate(token.EQL, r.code().SuccessValue(), read, pos)
		c.neg = neq
		return c
	}
	return isNamed{neq, reading{read, pos}}
}

// nilTest gives the value of a comparison with nil.
func (r *run) nilTest(st *state, left ssa.Value, x value, neg bool) value {
	switch x := x.(type) {
	case nil:
		return nilTest{neg, left, nil}
	case nullness:
		if x == mayBeNil {
			return nilTest{neg, left, nil}
		}
		return boolean((x == isNil) != neg)
	case collected, pointer, box, function:
		return boolean(neg)
	case member:
		if holds(r.roles.detail, x.path) {
			r.touch(st)
		}
		return nilTest{neg, left, x}
	case entry:
		if IsError(left.Type()) {
			r.inspect(st) // an error that a function made of the entry's code
		} else {
			r.touch(st)
		}
		return nilTest{neg, left, entry{path: x.path}}
	case derived:
		switch x {
		case verdict:
			return boolean(neg)
		case originError:
			return nilTest{neg, left, x}
		}
	}
	return nil
}

// empty gives the value of a comparison of the number of entries.
func empty(op token.Token, n int64, ok bool) value {
	switch {
	case !ok:
	case n == 0 && (op == token.EQL || op == token.LEQ), n == 1 && op == token.LSS:
		return test{what: noEntries}
	case n == 0 && (op == token.NEQ || op == token.GTR), n == 1 && op == token.GEQ:
		return test{noEntries, true}
	}
	return nil
}

// fold compares two constants.
func (r *run) fold(st *state, op token.Token, x, y constVal) value {
	a, b := x.value(), y.value()
	if a.Kind() == constant.Unknown || a.Kind() != b.Kind() {
		if st.obj.live() && st.obj.Judged != NotJudged {
			return opaque // such as a fraction: it may depend on the code
		}
		return nil
	}
	return boolean(constant.Compare(a, op, b))
}

// compute adds or subtracts two small integers. In a loop, where there would be no
// end of new values, it tells at most that a sum is positive.
func compute(op token.Token, x, y value, loop bool) value {
	const small = 1 << 20 // no overflow in most types
	number := func(v value) (n int64, ok bool) {
		if v == positive {
			return 1, true
		}
		if c, is := v.(constVal); is {
			n, ok = constant.Int64Val(constant.ToInt(c.value()))
		}
		return n, ok && max(n, -n) < small
	}
	a, aok := number(x)
	b, bok := number(y)
	if !aok || !bok {
		return nil
	}
	if loop || x == positive || y == positive {
		switch {
		case op == token.ADD && min(a, b) >= 0 && max(a, b) > 0:
			return positive
		case op == token.ADD && a+b == 0:
			return constVal{"0"} // where the index of a range starts
		}
		return nil
	}
	if op == token.SUB {
		b = -b
	}
	return constVal{strconv.FormatInt(a+b, 10)}
}

func isUnsigned(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsUnsigned != 0
}

// comparePositive gives the truth of a comparison of a positive number with n if n alone decides it.
func comparePositive(op token.Token, n int64) value {
	switch {
	case n <= 0 && (op == token.GTR || op == token.NEQ), n <= 1 && op == token.GEQ:
		return isTrue
	case n <= 0 && (op == token.LEQ || op == token.EQL), n <= 1 && op == token.LSS:
		return isFalse
	}
	return nil
}

// value gives the constant.
func (c constVal) value() constant.Value {
	digits, minus := strings.CutPrefix(c.exact, "-")
	switch {
	case c.exact == "":
		return constant.MakeUnknown()
	case c.exact[0] == '"':
		return constant.MakeFromLiteral(c.exact, token.STRING, 0)
	}
	v := constant.MakeFromLiteral(digits, token.INT, 0)
	if minus {
		v = constant.UnaryOp(token.SUB, v, 0)
	}
	return v
}

// integer gives the integer value of a constant: of any numeric type, in an
// interface, or in the text of a number as json.Number holds it.
func integer(v ssa.Value) (int64, bool) {
	if m, ok := v.(*ssa.MakeInterface); ok {
		v = m.X
	}
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil {
		return 0, false
	}
	val := c.Value
	if val.Kind() == constant.String {
		val = constant.MakeFromLiteral(constant.StringVal(val), token.INT, 0)
	}
	return constant.Int64Val(constant.ToInt(val))
}

func stringOf(v ssa.Value) (string, bool) {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.String {
		return constant.StringVal(c.Value), true
	}
	return "", false
}
