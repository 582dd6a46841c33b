package typestate

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"
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
	if isConst(left) && !isConst(right) {
		x, y, left, right, op = y, x, right, left, codeset.Flip(op)
	}
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return r.comparison(st, b, op, left, x, right, y)
	case token.ADD:
		// A task ID made part of a string or another number still leaves.
		if r.isTask(x) {
			return x
		}
		if r.isTask(y) {
			return y
		}
		if x.kind == text || y.kind == text {
			return value{kind: text}
		}
	}
	if op == token.ADD || op == token.SUB && !isUnsigned(b.Type()) {
		if v := compute(op, x, y, r.home() < len(r.stack)-1 || r.flow.loopOf(b.Block()) != nil); v.kind != unknown {
			return v
		}
	}
	loop := r.home() < len(r.stack)-1 || r.flow.loopOf(b.Block()) != nil
	if v := combine(b.Op, r.eval(st, b.X), r.eval(st, b.Y)); v.kind != unknown && !loop && (isInteger(b.Type()) || isBytes(b.Type())) {
		return v
	}
	if v := r.opaqueOf(st, b, x, y); v.kind != unknown || !st.obj.live || !st.obj.Judged || op == token.ADD || op == token.SUB {
		return v
	}
	if x.kind == known && y.kind == known {
		return value{kind: opaque} // what is known on this path goes together with the code
	}
	return value{}
}

// combine gives what an operation makes of two constants: flags |= failed.
func combine(op token.Token, x, y value) value {
	const long = 64 // bytes
	if x.kind != known || y.kind != known || len(x.path)+len(y.path) > long {
		return value{}
	}
	a, b := exact(x), exact(y)
	switch {
	case a.Kind() == constant.String && b.Kind() == constant.String && op == token.ADD:
	case a.Kind() != constant.Int || b.Kind() != constant.Int:
		return value{}
	default:
		switch op {
		case token.AND, token.OR, token.XOR, token.AND_NOT, token.MUL:
		case token.QUO, token.REM:
			if constant.Sign(b) == 0 {
				return value{}
			}
			if op == token.QUO {
				op = token.QUO_ASSIGN // of integers
			}
		default:
			return value{}
		}
	}
	return value{kind: known, path: constant.BinaryOp(a, op, b).ExactString()}
}

func (r *run) isTask(x value) bool { return x.kind == part && x.path == r.roles.task }

// isConst reports whether v is a constant, possibly in an interface.
func isConst(v ssa.Value) bool {
	if m, ok := v.(*ssa.MakeInterface); ok {
		v = m.X
	}
	_, ok := v.(*ssa.Const)
	return ok
}

func (r *run) comparison(st *state, b *ssa.BinOp, op token.Token, left ssa.Value, x value, right ssa.Value, y value) value {
	neq := op == token.NEQ
	equality := op == token.EQL || neq
	switch {
	case x.kind == opaque || y.kind == opaque || x.kind == told || y.kind == told:
		return r.opaqueOf(st, b, x, y)
	case y.kind == isNil && equality:
		return r.nilTest(st, left, x, neq)
	case x.kind == text || y.kind == text: // the text may tell the codes apart
		return r.opaqueOf(st, b, x, y)
	case x.kind == unknown && y.kind == unknown:
		return value{}
	case x.kind == origin && y.kind == nonNil && equality:
		return value{kind: failed, neg: neq}
	case x.kind == part && x.path == r.roles.code:
		if c, ok := integer(right); ok {
			return r.predicate(op, c, left, b.Pos())
		}
		if s, ok := stringOf(right); ok && equality { // of a json.Number, or a directive made a string the code
			if s == "" { // there is no code
				return value{kind: nilOf, neg: neq, subject: part, block: left, path: x.path}
			}
			return r.symbolic(s, left, b.Pos(), neq)
		}
		return r.opaqueOf(st, b, x, y)
	case x.kind == part && x.path == r.roles.desc && y.kind == known && equality:
		if s, ok := stringOf(right); ok {
			return r.symbolic(s, left, b.Pos(), neq)
		}
		return value{}
	case x.kind == positive:
		if n, ok := integer(right); ok {
			return comparePositive(op, n)
		}
	case x.kind == length:
		r.touch(st)
		n, ok := integer(right)
		return empty(op, n, ok)
	case y.kind == length && x.kind == known: // such as the index at which a range starts
		n, ok := constant.Int64Val(constant.ToInt(exact(x)))
		return empty(codeset.Flip(op), n, ok)
	case y.kind == length && op == token.LSS && loopsOver(b.Block()):
		return value{kind: drained, neg: true}
	case x.kind == entry && x.set == lost:
		if c, ok := integer(right); ok && x.path == r.roles.entryCode {
			return boolean(codeset.Compare(op, c).Contains(0))
		}
		return value{}
	case x.kind == entry:
		r.handOn(st, x, b.Pos())
		r.handOn(st, y, b.Pos())
		if c, ok := integer(right); ok && x.path == r.roles.entryCode {
			// An entry that is absent has the zero code.
			return value{kind: present, neg: codeset.Compare(op, c).Contains(0)}
		}
		return value{}
	case x.kind == known && y.kind == known && x.path != "" && y.path != "":
		return r.fold(st, op, x, y)
	case equality && (y.kind == isTrue || y.kind == isFalse):
		v := x
		if (y.kind == isTrue) == neq {
			v = negated(v)
		}
		return v
	}
	if x.kind == part && y.kind == known && x.path != "" {
		return value{kind: aside} // another member, which decides nothing
	}
	return r.opaqueOf(st, b, x, y)
}

// loopsOver reports whether the block is the head of a loop that counts.
func loopsOver(b *ssa.BasicBlock) bool {
	return b.Comment == "rangeindex.loop" || b.Comment == "for.loop"
}

// symbolic gives the value of a comparison with a code's name.
func (r *run) symbolic(name string, read ssa.Value, pos token.Pos, neq bool) value {
	if name == "" {
		return value{} // without a name nothing is known
	}
	if s := r.org.resp.Contract.Symbol(); s != nil && s.Clean.Contains(s.Number(name)) {
		v := r.predicate(token.EQL, r.code().Success(), read, pos)
		v.neg = neq
		return v
	}
	return value{kind: named, neg: neq, block: read, pos: pos}
}

// nilTest gives the value of a comparison with nil.
func (r *run) nilTest(st *state, left ssa.Value, x value, neg bool) value {
	switch x.kind {
	case isNil, nonNil, filled, hollow, verdict, mem, box, code:
		return boolean((x.kind == isNil) != neg)
	case part, entry:
		switch {
		case x.kind == entry && IsError(left.Type()):
			r.inspect(st) // an error that a function made of the entry's code
		case x.kind == entry || holds(r.roles.detail, x.path):
			r.touch(st)
		}
		return value{kind: nilOf, neg: neg, subject: x.kind, block: left, path: x.path}
	case origin:
		return value{kind: nilOf, neg: neg, subject: origin, block: left}
	case unknown, mayBeNil:
		return value{kind: nilOf, neg: neg, block: left}
	}
	return value{}
}

// empty gives the value of a comparison of the number of entries.
func empty(op token.Token, n int64, ok bool) value {
	switch {
	case !ok:
	case n == 0 && (op == token.EQL || op == token.LEQ), n == 1 && op == token.LSS:
		return value{kind: emptyOf}
	case n == 0 && (op == token.NEQ || op == token.GTR), n == 1 && op == token.GEQ:
		return value{kind: emptyOf, neg: true}
	}
	return value{}
}

// fold compares two constants.
func (r *run) fold(st *state, op token.Token, x, y value) value {
	a, b := exact(x), exact(y)
	if a.Kind() == constant.Unknown || a.Kind() != b.Kind() {
		if st.obj.live && st.obj.Judged {
			return value{kind: opaque} // such as a fraction: it may go together with the code
		}
		return value{}
	}
	return boolean(constant.Compare(a, op, b))
}

// boolean gives the value of a bool that is known.
func boolean(truth bool) value {
	if truth {
		return value{kind: isTrue}
	}
	return value{kind: isFalse}
}

// compute adds or subtracts two small integers. In a loop, where there would be no
// end of new values, it tells at most that a sum is positive.
func compute(op token.Token, x, y value, loop bool) value {
	const small = 1 << 20 // no overflow in most types
	number := func(v value) (n int64, ok bool) {
		switch v.kind {
		case positive:
			return 1, true
		case known:
			n, ok = constant.Int64Val(constant.ToInt(exact(v)))
		}
		return n, ok && max(n, -n) < small
	}
	a, aok := number(x)
	b, bok := number(y)
	if !aok || !bok {
		return value{}
	}
	if loop || x.kind == positive || y.kind == positive {
		switch {
		case op == token.ADD && min(a, b) >= 0 && max(a, b) > 0:
			return value{kind: positive}
		case op == token.ADD && a+b == 0:
			return value{kind: known, path: "0"} // where the index of a range starts
		}
		return value{}
	}
	if op == token.SUB {
		b = -b
	}
	return value{kind: known, path: strconv.FormatInt(a+b, 10)}
}

func isUnsigned(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsUnsigned != 0
}

// comparePositive gives the truth of a comparison of a positive number with n
// where that is all it takes.
func comparePositive(op token.Token, n int64) value {
	truth := value{kind: isTrue}
	switch {
	case n <= 0 && (op == token.GTR || op == token.NEQ), n <= 1 && op == token.GEQ:
	case n <= 0 && (op == token.LEQ || op == token.EQL), n <= 1 && op == token.LSS:
		truth.kind = isFalse
	default:
		truth.kind = unknown
	}
	return truth
}

// exact gives the constant of a known value.
func exact(v value) constant.Value {
	digits, minus := strings.CutPrefix(v.path, "-")
	switch {
	case v.path == "":
		return constant.MakeUnknown()
	case v.path[0] == '"':
		return constant.MakeFromLiteral(v.path, token.STRING, 0)
	}
	c := constant.MakeFromLiteral(digits, token.INT, 0)
	if minus {
		c = constant.UnaryOp(token.SUB, c, 0)
	}
	return c
}

func negated(v value) value {
	switch v.kind {
	case isTrue:
		v.kind = isFalse
	case isFalse:
		v.kind = isTrue
	case unknown, opaque, told, part, entry:
	default:
		v.neg = !v.neg
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

// assume narrows st to the paths on which cond has the given truth. It
// reports whether there are any.
func (r *run) assume(st *state, cond ssa.Value, truth bool) bool {
	v := r.eval(st, cond)
	switch v.kind {
	case unknown, aside:
	case opaque, told:
		r.test(st, r.at[len(r.at)-1])
		return true // either way: another branch on it is as open
	case present:
		if truth != v.neg && !r.meet(st) {
			return false
		}
	default:
		return r.assumeValue(st, v, truth)
	}
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		return r.assume(st, not.X, !truth)
	}
	st.set(cond, boolean(truth))
	r.refine(st, cond, boolean(truth))
	return true
}

func (r *run) assumeValue(st *state, v value, truth bool) bool {
	if v.neg {
		truth = !truth
	}
	switch v.kind {
	case isTrue:
		return truth
	case isFalse:
		return !truth
	case pred:
		if truth {
			return r.narrow(st, r.sets[v.set].holds, v)
		}
		return r.narrow(st, r.sets[v.set].fails, v)
	case named:
		if truth {
			st.obj.Named = true
			return r.narrow(st, r.code().Clean.Complement(), v)
		}
		return r.narrow(st, codeset.All(), v)
	case emptyOf:
		if truth && st.obj.Met {
			return false
		}
		st.obj.none = st.obj.none || truth
		return r.count(st, truth)
	case drained:
		return r.drain(st, v, truth)
	case noEntry:
		if truth {
			st.lose(v.block)
		}
		return r.count(st, truth)
	case failed:
		if truth {
			st.resolve(false)
		} else {
			r.narrowGiven(st) // whoever asks which error it is knows what to do without it
		}
	case stopped:
		if truth {
			st.kill() // nobody asks any more
		}
	case absent:
		if truth {
			r.gone(st)
		} else {
			st.obj.Absent = false
		}
	case nilOf:
		return r.assumeNil(st, v, truth)
	case part:
		// A boolean member decides: it may say what the code says.
		st.obj.HandedCode = true
	case entry:
		r.handOn(st, v, token.NoPos)
	}
	return true
}

// drain notes that a loop over the detail has no more entries, or one more. A map
// that has an entry does not run out before the first iteration.
func (r *run) drain(st *state, v value, truth bool) bool {
	if v.block != nil && !truth {
		st.set(v.block, value{kind: iter, set: turned})
	}
	if truth && st.obj.Met {
		return v.block == nil || v.set == turned
	}
	return r.count(st, truth)
}

// narrow judges the code: it keeps the codes in s.
func (r *run) narrow(st *state, s codeset.Set, by value) bool {
	o := &st.obj
	if !o.live || o.area != nil {
		return true
	}
	before := o.Codes
	r.setCodes(o, before.Intersect(s))
	if o.Codes.IsEmpty() {
		return false
	}
	if r.blame != nil {
		by = value{block: r.blame, pos: r.blame.Pos()}
	}
	o.Judged, o.tested = true, false
	o.TaskLeft = false
	o.Absent = o.Absent && o.Codes.Contains(0) // an absent entry has the zero code
	o.Decide, o.Compare = by.block, by.pos
	if before.Meets(r.code().Clean) && !o.Codes.Meets(r.code().Clean) {
		o.Acted = false
		o.Exclude, o.excl, o.okay = by.pos, r.at[r.home()], nil
	}
	return true
}

// gone notes that the comma-ok flag or a nil pointer said that there is no value.
func (r *run) gone(st *state) {
	if !r.org.lookup {
		st.kill()
		return
	}
	st.obj.missing = true
	r.setCodes(&st.obj, codeset.Of(0)) // the zero value has this code
}

// assumeNil narrows st to the paths on which the operand is nil, or isn't. It reports
// whether there are any.
func (r *run) assumeNil(st *state, v value, truth bool) bool {
	switch v.subject {
	case origin:
		st.resolve(truth)
		if truth {
			r.narrowGiven(st)
		}
	case entry:
		if truth && v.path == "" {
			st.obj.Empty = true
		}
	case part:
		switch {
		case v.path == "":
			if truth {
				r.gone(st)
			} else {
				st.obj.Absent = false
			}
		case truth && holds(v.path, r.roles.code):
			st.kill() // an answer without a code breaks the contract
		case v.path == r.roles.detail && st.obj.live && isPointer(v.block.Type()) == isPointer(r.org.resp.Detail.Type):
			null := False
			if truth {
				null = True
			}
			if st.obj.null != Unknown && st.obj.null != null {
				return false
			}
			st.obj.null = null
			st.obj.Empty = st.obj.Empty || truth
		case truth && holds(r.roles.detail, v.path), truth && holds(v.path, r.roles.detail):
			st.obj.Empty = true
		}
	case unknown:
		x := value{kind: nonNil}
		if truth {
			x.kind = isNil
		}
		st.set(v.block, x)
		r.refine(st, v.block, x)
	}
	return true
}

// resolve settles whether the origin's error is nil, wherever it is kept. If
// it is not, nothing is owed for the value.
func (st *state) resolve(null bool) {
	x := value{kind: nonNil}
	if null {
		x.kind = isNil
	}
	st.env.replace(origin, x)
	st.mem.replace(origin, x)
	if !null {
		st.kill()
	}
}

// narrowGiven narrows the code to what the origin gives without an error.
func (r *run) narrowGiven(st *state) {
	g := r.org.given
	if !st.obj.live || !g.Known {
		return
	}
	if s := st.obj.Codes.Intersect(toSet(g.Codes)); !s.IsEmpty() {
		r.setCodes(&st.obj, s)
	}
	st.obj.Vouched = st.obj.Vouched || !g.Unchecked
	if g.Kept {
		st.obj.HandedCode, st.obj.HandedDetail = true, true
	}
}

// refine carries what a branch says of a loaded value to the variable that
// it was loaded from, if that can't have changed since.
func (r *run) refine(st *state, v ssa.Value, x value) {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL || load.Block() != r.at[len(r.at)-1] {
		return
	}
	addr := r.eval(st, load.X)
	if addr.kind != mem || st.escaped(addr.block) {
		return
	}
	after := false
	for _, instr := range load.Block().Instrs {
		switch instr := instr.(type) {
		case *ssa.UnOp:
			after = after || instr == load
		case *ssa.Store:
			if after {
				return
			}
		case *ssa.Call:
			if after && mayWrite(instr) {
				return
			}
		}
	}
	st.store(addr.block, addr.path, x)
}

// mayWrite reports whether the call may write to a variable of which nobody else has a pointer: by a literal
// that has captured it.
func mayWrite(call *ssa.Call) bool {
	fn, declared := call.Call.Value.(*ssa.Function)
	return !declared || fn.Parent() != nil || slices.ContainsFunc(call.Call.Args, func(a ssa.Value) bool {
		_, literal := a.Type().Underlying().(*types.Signature)
		return literal
	})
}
