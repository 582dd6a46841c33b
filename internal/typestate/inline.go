package typestate

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// inlinable reports whether the function value is a literal that can be
// followed where it is called.
func (r *run) inlinable(v value) bool {
	fn := functionOf(v)
	bound := fn != nil && isBound(fn)
	if fn == nil || len(fn.Blocks) == 0 || len(r.stack)-r.home() > maxInline || !bound && (fn.Parent() == nil || fn.Synthetic != "") {
		return false
	}
	for _, f := range r.stack {
		if f == fn {
			return false // recursion
		}
	}
	return true
}

func functionOf(v value) *ssa.Function {
	fn, ok := v.(function)
	if !ok {
		return nil
	}
	switch f := fn.of.(type) {
	case *ssa.Function:
		return f
	case *ssa.MakeClosure:
		return f.Fn.(*ssa.Function)
	}
	return nil
}

// inline follows a function literal where it is called. call is nil for a
// deferred one.
func (r *run) inline(st *state, f value, args []ssa.Value, call *ssa.Call) ([]*state, error) {
	vals := make([]value, len(args))
	for i, a := range args {
		vals[i] = r.eval(st, a)
	}
	outer := st.defers
	if call != nil {
		r.calls = append(r.calls, call.Pos())
		defer func() { r.calls = r.calls[:len(r.calls)-1] }()
	}
	results, err := r.enter(st, f, vals)
	if err != nil {
		return nil, err
	}
	var sts []*state
	for _, res := range results {
		res.st.defers = outer
		for i, a := range args {
			if vals[i] == nil && i < len(res.params) {
				r.learn(res.st, a, res.params[i])
			}
		}
		if call != nil {
			r.results(res.st, call, func(i int) value {
				if i < len(res.values) {
					return res.values[i]
				}
				return nil
			})
		}
		if !r.join(sts, res.st) {
			sts = append(sts, res.st)
		}
	}
	return sts, nil
}

// learn takes over what a function has found out about an argument: the value x says whether it is true, or nil.
func (r *run) learn(st *state, arg ssa.Value, x value) {
	switch x {
	case isTrue, isFalse, isNil, nonNil:
		if _, constant := arg.(*ssa.Const); !constant {
			st.set(arg, x)
			r.refine(st, arg, x)
		}
	}
}

// enter simulates the body of a function literal.
func (r *run) enter(st *state, f value, args []value) ([]result, error) {
	fn := functionOf(f)
	if c, ok := f.(function).of.(*ssa.MakeClosure); ok {
		for i, v := range fn.FreeVars {
			st.set(v, st.bound(c, i))
		}
	}
	for i, p := range fn.Params {
		switch {
		case p == r.org.param(): // of a tail
			st.set(p, member{r.org.path()})
		case i < len(args):
			st.set(p, args[i])
		}
	}
	st.defers = nil
	return r.function(fn, st)
}

// join merges st into one of sts that agrees with it, if there is one.
func (r *run) join(sts []*state, st *state) bool {
	for _, old := range sts {
		if same, _ := r.merge(old, st, true); same {
			return true
		}
	}
	return false
}

// deferred notes a deferred literal. One that a loop defers again and again runs once, when it was last
// deferred: else there would be as many states as there are ways through the loop's iterations.
func (st *state) deferred(d *ssa.Defer) {
	others := slices.DeleteFunc(slices.Clone(st.defers), func(old *ssa.Defer) bool { return old == d })
	st.defers = append(others, d)
}

// runDefers runs the deferred literals of the path, the last one first.
func (r *run) runDefers(st *state) ([]*state, error) {
	sts := []*state{st}
	defers := st.defers
	st.defers = nil
	for i := len(defers) - 1; i >= 0; i-- {
		var next []*state
		for _, st := range sts {
			d := defers[i]
			fn := r.eval(st, d.Call.Value)
			if !r.inlinable(fn) { // a merge of states has lost which literal it is
				r.transfer(st, d.Common(), nil)
				next = append(next, st)
				continue
			}
			before := st.obj.Object
			out, err := r.inline(st, fn, d.Call.Args, nil)
			if err != nil {
				return nil, err
			}
			for _, st := range out { // it runs after a success, too, so that it acknowledges no failure unless it tests for one
				if o := &st.obj.Object; !before.Acted && o.Exclude == before.Exclude {
					o.Acted = false
				}
			}
			next = append(next, out...)
		}
		sts = next
	}
	return sts, nil
}
