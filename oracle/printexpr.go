package oracle

import (
	"fmt"
	"strconv"
	"strings"
)

func (w *printer) val(v *Val, isBool bool) string {
	op := Zero
	if v != nil {
		op = v.Op
	}
	if isBool {
		switch op {
		case One:
			return "true"
		case Holds:
			return w.cond(v.Cond, w.helper == nil) // a verdict that depends on the code counts as a branch
		}
		return "false"
	}
	switch w.p.Sig {
	case SigIntErr:
		switch op {
		case One:
			return "1"
		case Code:
			return "int(" + w.p.Shape.read("r") + ")"
		case Count:
			return "n"
		}
		return "0"
	case SigStrErr:
		switch {
		case op == One:
			return `"done"`
		case op == Task && !w.p.Shape.Batch:
			return "r.RequestID"
		}
		return `""`
	case SigListErr, SigList:
		if op == Failed {
			return "failed"
		}
		return "nil"
	case SigRespErr:
		if op == Resp {
			return w.resp()
		}
	}
	return "nil"
}

// resp gives a pointer to the response.
func (w *printer) resp() string {
	if w.value && w.helper == nil {
		return "&r"
	}
	return "r"
}

func (w *printer) err(e *Err) string {
	if e == nil {
		return "nil"
	}
	switch e.Op {
	case Sentinel:
		return e.Var
	case Errorf:
		if w.run {
			text, _ := w.args(computed(e.Args))
			return fmt.Sprintf("rig.Errorf(%s)", strings.Join(append([]string{fmt.Sprint(w.site(Site{})), fmt.Sprint(touches(e.Args))}, text...), ", "))
		}
		text, verbs := w.args(e.Args)
		return fmt.Sprintf("fmt.Errorf(%s)", strings.Join(append([]string{`"refused` + verbs + `"`}, text...), ", "))
	case Wrapped:
		return fmt.Sprintf(`fmt.Errorf("refused: %%w", %s)`, e.Var)
	case VarErr:
		return e.Var
	case AskErr:
		return w.ask(e.Helper, Outer)
	case Carries:
		return fmt.Sprintf("&Failure%d{Answer: %s}", w.p.Index, w.resp())
	}
	return "nil"
}

// ask writes the call of a helper.
func (w *printer) ask(i int, ref Ref) string {
	switch w.p.Helpers[i].Kind {
	case CodeBool, CodeErr:
		if w.p.methods() {
			return fmt.Sprintf("%s.check%d_%d()", w.ref(ref), w.p.Index, i)
		}
		return fmt.Sprintf("check%d_%d(%s)", w.p.Index, i, w.ref(ref))
	case RespBool, RespErr:
		return fmt.Sprintf("check%d_%d(%s)", w.p.Index, i, w.resp())
	case MethodBool, MethodErr:
		return fmt.Sprintf("r.check%d()", i)
	}
	e := "e"
	if len(w.ptr) > 0 && w.ptr[len(w.ptr)-1] {
		e = "*e"
	}
	return fmt.Sprintf("check%d_%d(%s)", w.p.Index, i, e)
}

func (w *printer) ref(r Ref) string {
	switch r {
	case Outer:
		return w.p.Shape.read("r")
	case Entry:
		return w.p.Shape.read("e")
	}
	return "code"
}

func (w *printer) refSite(r Ref) Site {
	if r == Param {
		return w.p.askedAbout(w.helper)
	}
	return Site{Outer: r != Entry, Entry: r == Entry}
}

// askedAbout gives the code that a helper with a code parameter is asked about: of the batch or of an entry.
func (p *Program) askedAbout(h *Helper) Site {
	var s Site
	p.conds(func(c *Cond) {
		if c.Op == Ask && p.Helpers[c.Helper] == h {
			s.Outer = s.Outer || c.Ref != Entry
			s.Entry = s.Entry || c.Ref == Entry
		}
	})
	p.stmts(func(st *Stmt) {
		if st.Err != nil && st.Err.Op == AskErr && p.Helpers[st.Err.Helper] == h {
			s.Outer = true
		}
	})
	return s
}

// depends says what a condition depends on.
func (p *Program) depends(c *Cond) Site {
	var s Site
	join := func(t Site) { s.Outer, s.Entry = s.Outer || t.Outer, s.Entry || t.Entry }
	switch c.Op {
	case Cmp:
		join(Site{Outer: c.Ref != Entry, Entry: c.Ref == Entry})
	case Ask:
		switch p.Helpers[c.Helper].Kind {
		case EntryBool, EntryErr:
			s.Entry = true
		case CodeBool, CodeErr:
			join(Site{Outer: c.Ref != Entry, Entry: c.Ref == Entry})
		default:
			s.Outer = true
		}
	case BoolVar, ErrVar:
		s.Var = c.Var
	}
	return s
}

// dependsDeep says what any part of a condition depends on.
func (w *printer) dependsDeep(c *Cond) Site {
	var s Site
	q := &Program{Final: &Stmt{Cond: c}}
	q.conds(func(c *Cond) {
		t := w.p.depends(c)
		if c.Op == Cmp {
			t = w.refSite(c.Ref)
		}
		s.Outer, s.Entry = s.Outer || t.Outer, s.Entry || t.Entry
	})
	return s
}

// cond writes a condition. branch says whether control depends on it.
func (w *printer) cond(c *Cond, branch bool) string {
	group := func(d *Cond, branch bool) string {
		text := w.cond(d, branch)
		if d.Op == And || d.Op == Or {
			return "(" + text + ")"
		}
		return text
	}
	switch c.Op {
	case And:
		return group(c.L, true) + " && " + group(c.R, branch)
	case Or:
		return group(c.L, true) + " || " + group(c.R, branch)
	case Not:
		text := w.cond(c.L, branch)
		if !w.run && c.L.Op != Cmp && c.L.Op != Len && c.L.Op != Counted && c.L.Op != AnyID && c.L.Op != IsNil && c.L.Op != HasMsg && c.L.Op != HasTask && c.L.Op != ErrVar && c.L.Op != And && c.L.Op != Or && !(c.L.Op == Ask && !w.p.Helpers[c.L.Helper].Kind.bool()) {
			return "!" + text
		}
		return "!(" + text + ")"
	}
	text := w.leaf(c)
	if w.run {
		touch := c.Op == Len || c.Op == IsNil
		switch {
		case branch:
			s := w.p.depends(c)
			if c.Op == Cmp {
				s = w.refSite(c.Ref)
				s.Zero = c.K == 0 && (c.Rel == "==" || c.Rel == "!=")
			}
			s.Key = w.key && c.Op == Cmp && c.Ref == Entry
			text = fmt.Sprintf("rig.Branch(%d, %t, %s)", w.site(s), touch, text)
		case touch:
			text = fmt.Sprintf("rig.Touched(%s)", text)
		}
	}
	return text
}

func (w *printer) leaf(c *Cond) string {
	cmp := func(x, rel, k string, flip bool) string {
		if flip {
			return fmt.Sprintf("%s %s %s", k, mirror[rel], x)
		}
		return fmt.Sprintf("%s %s %s", x, rel, k)
	}
	switch c.Op {
	case Cmp:
		x, k := w.ref(c.Ref), fmt.Sprint(c.K)
		switch {
		case w.p.byDesc(c):
			x = strings.TrimPrefix(strings.TrimSuffix(x, "Code"), "*") + "CodeDesc"
			k = strconv.Quote(described(c.K))
		case w.p.via(c) && w.helper == nil:
			x = fmt.Sprintf("status%d(%s)", w.p.Index, w.resp())
		}
		if name := names[c.K]; name != "" && c.Named && !w.p.byDesc(c) {
			k = name
		}
		return cmp(x, c.Rel, k, c.Flip)
	case BoolVar:
		return c.Var
	case ErrVar:
		return c.Var + " != nil"
	case Ask:
		text := w.ask(c.Helper, c.Ref)
		if !w.p.Helpers[c.Helper].Kind.bool() {
			text += " != nil"
		}
		return text
	case Len:
		return cmp("len("+w.p.Shape.detail()+")", c.Rel, fmt.Sprint(c.K), c.Flip)
	case IsNil:
		if w.p.Shape.Detail == "array" {
			return "len(r.Detail) == 0"
		}
		return w.p.Shape.base() + " == nil"
	case HasMsg:
		return `r.Message != ""`
	case HasTask:
		return `r.RequestID != ""`
	case Flagged:
		return "flag"
	case Found:
		return "found"
	case Counted:
		return "n > 0"
	case AnyID:
		return "len(failed) > 0"
	}
	panic(fmt.Sprintf("no leaf: %d", c.Op))
}

var mirror = map[string]string{"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

// names are constants of the package.
var names = map[int]string{0: "codeDone", 5100: "codeAllFailed", 5400: "codeSomeFailed", 7001: "codeGone"}

// described gives the codeDesc beside a code.
func described(code int) string {
	switch code {
	case 0:
		return "Success"
	case 7001:
		return "ResourceGone"
	}
	return "InternalError"
}

// byDesc reports whether a comparison looks at the codeDesc.
func (p *Program) byDesc(c *Cond) bool {
	return c.Op == Cmp && c.Desc && p.Shape.Desc && c.Ref <= Entry && (c.K == 0 || c.K == 7001) && (c.Rel == "==" || c.Rel == "!=")
}

// via reports whether a comparison asks a function for the code.
func (p *Program) via(c *Cond) bool { return c.Op == Cmp && c.Via && c.Ref == Outer && !p.byDesc(c) }
