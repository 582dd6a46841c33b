package oracle

import (
	"fmt"
	"regexp"
	"strings"
)

// A Site is a place in a program at which execution leaves a mark.
type Site struct {
	Outer bool   // what is compared or assigned depends on the outer code
	Entry bool   // it depends on an entry's code
	Var   string // the variable that is assigned, or that decides the branch
	Inner bool   // a branch in a helper that tells its caller a bool alone
}

// A printer writes a program as Go source: as it is analysed, or as it runs.
// The second differs in marks only: branches tell which way they went,
// printers tell that they were called instead of printing, and maps are
// ranged over in the order of their keys.
type printer struct {
	strings.Builder
	p      *Program
	run    bool
	sites  []Site
	depth  int
	helper *Helper // nil in the handler
	inner  bool    // in a function literal that returns an error
	value  bool    // r is a struct, not a pointer
	ptr    []bool  // of the loops around: e is a pointer where the collection has values
	loops  int
	reads  map[string]bool
}

// Source gives the program as it is analysed.
func (p *Program) Source() string {
	s, _ := p.print(false)
	return s
}

// print gives the declarations of a program, and the sites that it marks.
func (p *Program) print(run bool) (string, []Site) {
	w := &printer{p: p, run: run, reads: p.reads()}
	w.WriteString(p.Shape.declare(p.Index))
	if p.Anchor {
		fmt.Fprintf(w, "\nfunc (r *Answer%d) accepted() bool { return %s == 0 }\n", p.Index, p.Shape.read("r"))
	}
	if p.Anchor && p.Shape.Batch {
		fmt.Fprintf(w, "\nfunc (e *Entry%d) accepted() bool { return %s == 0 }\n", p.Index, p.Shape.read("e"))
	}
	carries := false
	p.stmts(func(s *Stmt) { carries = carries || s.Err != nil && s.Err.Op == Carries })
	if carries {
		fmt.Fprintf(w, "\ntype Failure%d struct{ Answer *Answer%[1]d }\n\nfunc (e *Failure%[1]d) Error() string { return \"refused\" }\n", p.Index)
	}
	switch p.Origin {
	case Sent:
		fmt.Fprintf(w, "\nfunc send%d(b []byte) (*Answer%[1]d, error) {\n\tr := new(Answer%[1]d)\n\tif err := json.Unmarshal(b, r); err != nil {\n\t\treturn nil, err\n\t}\n\treturn r, nil\n}\n", p.Index)
	case Fetched:
		fmt.Fprintf(w, "\nvar fetch%d func() (*Answer%[1]d, error)\n", p.Index)
	}
	for i, h := range p.Helpers {
		w.writeHelper(i, h)
	}
	w.handler()
	return w.String(), w.sites
}

// reads gives the variables that something reads.
func (p *Program) reads() map[string]bool {
	m := make(map[string]bool)
	p.conds(func(c *Cond) {
		switch c.Op {
		case BoolVar, ErrVar:
			m[c.Var] = true
		case Counted:
			m["n"] = true
		case AnyID:
			m["failed"] = true
		}
	})
	args := func(as []Arg) {
		for _, a := range as {
			m["n"] = m["n"] || a == ArgCount
			m["failed"] = m["failed"] || a == ArgFailed
		}
	}
	p.stmts(func(s *Stmt) {
		args(s.Args)
		if s.Err != nil {
			args(s.Err.Args)
			if s.Err.Op == VarErr {
				m[s.Err.Var] = true
			}
		}
		if s.Val != nil {
			m["n"] = m["n"] || s.Val.Op == Count
			m["failed"] = m["failed"] || s.Val.Op == Failed
		}
	})
	if p.Sig == SigNamedErr {
		m["err"] = true
	}
	return m
}

func (w *printer) site(s Site) int {
	s.Inner = w.helper != nil && (w.helper.Kind == CodeBool || w.helper.Kind == EntryBool)
	w.sites = append(w.sites, s)
	return len(w.sites) - 1
}

func (w *printer) line(format string, args ...any) {
	w.WriteString(strings.Repeat("\t", w.depth))
	fmt.Fprintf(w, format, args...)
	w.WriteByte('\n')
}

// capture gives what f writes, without writing it.
func (w *printer) capture(f func()) string {
	saved := w.Builder
	w.Builder = strings.Builder{}
	f()
	text := w.String()
	w.Builder = saved
	return text
}

func mentions(text, name string) bool {
	return regexp.MustCompile(`(^|[^.\w])` + name + `\b`).MatchString(text)
}

// reads reports whether the text does more with a variable than to assign it.
func reads(text, name string) bool {
	text = strings.ReplaceAll(text, name+" = append("+name+",", "")
	text = strings.ReplaceAll(text, name+" = ", "")
	return mentions(strings.ReplaceAll(text, name+"++", ""), name)
}

// locals writes the declarations of the variables that the text uses.
func (w *printer) locals(text string) {
	for _, v := range [][2]string{{"ok", "ok := false"}, {"bad", "bad := false"}, {"res", "var res error"}, {"n", "n := 0"}, {"failed", "var failed []string"}} {
		if mentions(text, v[0]) {
			w.line("%s", v[1])
			if !reads(text, v[0]) {
				w.line("_ = %s", v[0])
			}
		}
	}
}

func (w *printer) writeHelper(i int, h *Helper) {
	w.helper = h
	n, result := w.p.Index, "error"
	if h.Kind.bool() {
		result = "bool"
	}
	elem := fmt.Sprintf("Entry%d", n)
	if w.p.Shape.ptr() {
		elem = "*" + elem
	}
	switch h.Kind {
	case CodeBool, CodeErr:
		w.line("\nfunc check%d_%d(code %s) %s {", n, i, w.p.Shape.code(n), result)
	case RespBool, RespErr:
		w.line("\nfunc check%d_%d(r *Answer%d) %s {", n, i, n, result)
	case MethodBool, MethodErr:
		w.line("\nfunc (r *Answer%d) check%d() %s {", n, i, result)
	case EntryBool, EntryErr:
		w.line("\nfunc check%d_%d(e %s) %s {", n, i, elem, result)
	}
	w.depth++
	text := w.capture(func() {
		if w.run {
			w.line("rig.Call(%d)", w.site(Site{}))
		}
		w.block(h.Body)
		w.stmt(h.Final)
	})
	w.locals(text)
	w.WriteString(text)
	w.depth--
	w.line("}")
	w.helper = nil
}

func (w *printer) handler() {
	p := w.p
	n := p.Index
	var params []string
	switch p.Origin {
	case Decoded, Sent, Generic:
		params = append(params, "b []byte")
	case Stream:
		params = append(params, "body io.Reader")
	case Given:
		params = append(params, fmt.Sprintf("r *Answer%d", n))
	}
	if p.Flag {
		params = append(params, "flag bool")
	}
	result := [...]string{"error", "(err error)", "(int, error)", "(string, error)", "([]string, error)", fmt.Sprintf("(*Answer%d, error)", n), "(bool, error)", "bool", "", "[]string"}[p.Sig]
	w.line("\nfunc Handler%d(%s) %s {", n, strings.Join(params, ", "), result)
	w.depth++
	w.value = p.Origin == Decoded || p.Origin == Stream || p.Origin == Generic
	inLoop := 0
	if p.Retry != Once {
		inLoop = 1
	}
	w.depth += inLoop
	body := w.capture(func() { w.block(p.Body) })
	w.depth -= inLoop
	final := ""
	if p.Retry != Forever {
		final = w.capture(func() { w.stmt(p.Final) })
	}
	w.locals(body + final)
	switch p.Retry {
	case Forever:
		w.line("for {")
	case Bounded:
		w.line("for range 3 {")
	}
	w.depth += inLoop
	if inLoop > 0 && w.run {
		w.line("rig.Tick()")
	}
	uses := body
	if inLoop == 0 {
		uses += final
	}
	w.origin(uses)
	if mentions(uses, "code") {
		w.line("code := %s", p.Shape.read("r"))
	}
	w.WriteString(body)
	if inLoop > 0 {
		w.stmt(&Stmt{Op: Sleep})
		w.depth--
		w.line("}")
	}
	w.WriteString(final)
	w.depth--
	w.line("}")
}

// origin writes how the handler gets its response.
func (w *printer) origin(uses string) {
	p := w.p
	fail := func() {
		w.depth++
		switch {
		case p.Sig == SigBool:
			w.line("return false")
		case p.Sig == SigVoid:
			w.line("return")
		case p.Sig == SigList:
			w.line("return nil")
		case p.Sig <= SigNamedErr:
			w.line("return err")
		default:
			w.line("return %s, err", w.zero())
		}
		w.depth--
		w.line("}")
	}
	r, define := "r", ":="
	if !mentions(uses, "r") && !mentions(uses, "code") {
		r = "_"
		if p.Sig == SigNamedErr && p.Retry == Once {
			define = "="
		}
	}
	switch p.Origin {
	case Decoded:
		w.line("var r Answer%d", p.Index)
		w.line("if err := json.Unmarshal(b, &r); err != nil {")
		fail()
	case Stream:
		w.line("var r Answer%d", p.Index)
		w.line("if err := json.NewDecoder(body).Decode(&r); err != nil {")
		fail()
	case Sent:
		w.line("%s, err %s send%d(b)", r, define, p.Index)
		w.line("if err != nil {")
		fail()
	case Generic:
		w.line("%s, err %s decode[Answer%d](b)", r, define, p.Index)
		w.line("if err != nil {")
		fail()
	case Fetched:
		w.line("%s, err %s fetch%d()", r, define, p.Index)
		w.line("if err != nil {")
		fail()
	}
}

func (w *printer) zero() string {
	switch w.p.Sig {
	case SigIntErr:
		return "0"
	case SigStrErr:
		return `""`
	case SigBoolErr:
		return "false"
	}
	return "nil"
}

func (w *printer) block(b []*Stmt) {
	for _, s := range b {
		w.stmt(s)
	}
}

// mark records an assignment to a variable that somebody reads.
func (w *printer) mark(variable string, s Site) {
	if w.run && w.reads[variable] {
		s.Var = variable
		w.line("rig.Assign(%d)", w.site(s))
	}
}

func (w *printer) stmt(s *Stmt) {
	switch s.Op {
	case If:
		w.line("if %s {", w.cond(s.Cond, true))
		w.depth++
		w.block(s.Body)
		w.depth--
		if len(s.Else) > 0 {
			w.line("} else {")
			w.depth++
			w.block(s.Else)
			w.depth--
		}
		w.line("}")
	case Switch:
		w.writeSwitch(s)
	case Range:
		w.writeRange(s)
	case Return:
		w.writeReturn(s)
	case SetBool:
		w.line("%s = %s", s.Var, w.cond(s.Cond, false))
		w.mark(s.Var, w.dependsDeep(s.Cond))
	case SetErr:
		w.line("%s = %s", s.Var, w.err(s.Err))
		w.mark(s.Var, Site{Outer: s.Err.Op == AskErr})
	case Inc:
		w.line("n++")
		w.mark("n", Site{})
	case Append:
		w.line("failed = append(failed, %s)", w.id())
		w.mark("failed", Site{})
	case Print:
		w.print("log.Printf", s.Args, "")
	case Defer:
		w.print("defer log.Printf", s.Args, "defer ")
	case Keep:
		w.line("keep(%s)", w.what(s.What))
	case Store:
		if w.run {
			w.line("rig.Keep(%s)", w.what(s.What))
		} else {
			w.line("last = %s", w.what(s.What))
		}
	case Poll:
		w.line("poll(r.RequestID)")
	case Sleep:
		w.line("sleep()")
	case Break, Continue:
		word := "break"
		if s.Op == Continue {
			word = "continue"
		}
		if s.Label && w.loops > 1 {
			word += " entries"
		}
		w.line("%s", word)
	case Closure:
		w.line("%s = func() error {", s.Var)
		inner, loops := w.inner, w.loops
		w.inner, w.loops = true, 0
		w.depth++
		w.block(s.Body)
		w.line("return %s", w.err(s.Err))
		w.depth--
		w.inner, w.loops = inner, loops
		w.line("}()")
		w.mark(s.Var, Site{})
	case Panic:
		w.line("panic(errFailed)")
	case Block:
		w.line("{")
		w.depth++
		w.block(s.Body)
		w.depth--
		w.line("}")
	case Dead:
		w.line("_ = 1")
	}
}

// print writes a call of a printer.
func (w *printer) print(call string, args []Arg, before string) {
	if w.run {
		w.line("%srig.Print(%d, %t)", before, w.site(Site{}), touches(args))
		return
	}
	text, verbs := w.args(args)
	w.line("%s(%s)", call, strings.Join(append([]string{`"answer` + verbs + `"`}, text...), ", "))
}

// touches reports whether printing the arguments touches the detail.
func touches(args []Arg) bool {
	for _, a := range args {
		switch a {
		case ArgResp, ArgDetail, ArgLen, ArgEntry, ArgEMsg, ArgID:
			return true
		}
	}
	return false
}

func (w *printer) args(args []Arg) (text []string, verbs string) {
	for _, a := range args {
		verbs += " %v"
		switch a {
		case ArgMsg:
			text = append(text, "r.Message")
		case ArgCode:
			text = append(text, w.p.Shape.read("r"))
		case ArgResp:
			text = append(text, "r")
		case ArgDetail:
			text = append(text, w.p.Shape.detail())
		case ArgLen:
			text = append(text, "len("+w.p.Shape.detail()+")")
		case ArgEntry:
			text = append(text, w.p.Shape.read("e"))
		case ArgEMsg:
			text = append(text, "e.Message")
		case ArgID:
			text = append(text, w.id())
		case ArgCount:
			text = append(text, "n")
		case ArgFailed:
			text = append(text, "failed")
		}
	}
	return text, verbs
}

// computed are the arguments that the program computed itself.
func computed(args []Arg) []Arg {
	var c []Arg
	for _, a := range args {
		if a == ArgCount || a == ArgFailed || a == ArgID {
			c = append(c, a)
		}
	}
	return c
}

func (w *printer) id() string {
	if w.p.Shape.keyed() {
		return "id"
	}
	return "e.InstanceID"
}

func (w *printer) what(x What) string {
	switch x {
	case WhatCode:
		return w.p.Shape.read("r")
	case WhatResp:
		return "r"
	case WhatDetail:
		return w.p.Shape.detail()
	case WhatEntry:
		return "e"
	case WhatID:
		return w.id()
	case WhatECode:
		return w.p.Shape.read("e")
	}
	return `"answered"`
}

func (w *printer) writeSwitch(s *Stmt) {
	w.line("switch %s {", w.ref(s.Ref))
	site, def := w.site(w.refSite(s.Ref)), false
	for i, k := range s.Cases {
		if len(k.Values) == 0 {
			def = true
			w.line("default:")
		} else {
			var vs []string
			for _, v := range k.Values {
				vs = append(vs, fmt.Sprint(v))
			}
			w.line("case %s:", strings.Join(vs, ", "))
		}
		w.depth++
		if w.run {
			w.line("rig.Case(%d, %d)", site, i)
		}
		w.block(k.Body)
		w.depth--
	}
	if w.run && !def {
		w.line("default:")
		w.line("\trig.Case(%d, -1)", site)
	}
	w.line("}")
}

func (w *printer) writeRange(s *Stmt) {
	d := w.p.Shape.detail()
	over, key := d, "i"
	if w.p.Shape.keyed() {
		key = "id"
		if w.run {
			over = "rig.Sorted(" + d + ")"
		}
	}
	form := s.Form
	if form == Pointer && (w.p.Shape.keyed() || w.p.Shape.ptr()) {
		form = Indexed
	}
	if form == Keys && !w.p.Shape.keyed() {
		form = KeyValue
	}
	w.loops++
	w.depth++
	w.ptr = append(w.ptr, form == Pointer)
	body := w.capture(func() { w.block(s.Body) })
	w.ptr = w.ptr[:len(w.ptr)-1]
	w.depth--
	w.loops--
	if w.loops == 0 && strings.Contains(body, " entries\n") {
		w.WriteString("entries:\n")
	}
	first := ""
	hasE, hasID := mentions(body, "e"), mentions(body, "id") && key == "id"
	switch {
	case !hasE && !hasID:
		w.line("for range %s {", d)
	case !hasE:
		w.line("for id := range %s {", over)
		if w.run {
			first = "rig.Touch()"
		}
	case form == KeyValue && hasID:
		w.line("for id, e := range %s {", over)
	case form == KeyValue:
		w.line("for _, e := range %s {", over)
	case form == Pointer:
		w.line("for %s := range %s {", key, over)
		first = fmt.Sprintf("e := &%s[%s]", d, key)
	default:
		w.line("for %s := range %s {", key, over)
		first = fmt.Sprintf("e := %s[%s]", d, key)
	}
	if w.run {
		w.line("\trig.Turn(%d)", w.site(Site{Entry: inspects(s.Body)}))
	}
	if first != "" {
		w.line("\t%s", first)
	}
	if strings.Contains(body, "range ") { // another e and id may be meant in there
		switch {
		case hasE && hasID:
			w.line("\t_, _ = id, e")
		case hasE:
			w.line("\t_ = e")
		case hasID:
			w.line("\t_ = id")
		}
	}
	w.WriteString(body)
	w.line("}")
}

// inspects reports whether the body of a loop uses an entry's code or hands the
// entry on.
func inspects(body []*Stmt) bool {
	found := false
	q := &Program{Body: body, Final: &Stmt{}}
	q.conds(func(c *Cond) { found = found || (c.Op == Cmp || c.Op == Ask) && c.Ref == Entry })
	q.stmts(func(s *Stmt) {
		found = found || s.Op == Switch && s.Ref == Entry || (s.Op == Keep || s.Op == Store) && (s.What == WhatEntry || s.What == WhatECode)
	})
	return found
}

func (w *printer) writeReturn(s *Stmt) {
	switch {
	case w.inner || w.helper != nil && !w.helper.Kind.bool():
		w.line("return %s", w.err(s.Err))
	case w.helper != nil:
		w.line("return %s", w.val(s.Val, true))
	case w.p.Sig == SigVoid:
		w.line("return")
	case w.p.Sig <= SigNamedErr:
		w.line("return %s", w.err(s.Err))
	case w.p.Sig.HasErr():
		w.line("return %s, %s", w.val(s.Val, w.p.Sig == SigBoolErr), w.err(s.Err))
	default:
		w.line("return %s", w.val(s.Val, w.p.Sig == SigBool))
	}
}

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
			return w.cond(v.Cond, w.helper == nil) // a verdict that the code decides is a branch
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

// askedAbout says whose code a helper that is given a code is asked about.
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

// cond writes a condition; branch says whether control depends on it.
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
			}
			text = fmt.Sprintf("rig.Branch(%d, %t, %s)", w.site(s), touch, text)
		case touch:
			text = fmt.Sprintf("rig.Touched(%s)", text)
		}
	}
	return text
}

func (w *printer) leaf(c *Cond) string {
	cmp := func(x, rel string, k int, flip bool) string {
		if flip {
			return fmt.Sprintf("%d %s %s", k, mirror[rel], x)
		}
		return fmt.Sprintf("%s %s %d", x, rel, k)
	}
	switch c.Op {
	case Cmp:
		return cmp(w.ref(c.Ref), c.Rel, c.K, c.Flip)
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
		return cmp("len("+w.p.Shape.detail()+")", c.Rel, c.K, c.Flip)
	case IsNil:
		if w.p.Shape.Detail == "array" {
			return "len(r.Detail) == 0"
		}
		return w.p.Shape.detail() + " == nil"
	case HasMsg:
		return `r.Message != ""`
	case HasTask:
		return `r.RequestID != ""`
	case Flagged:
		return "flag"
	case Counted:
		return "n > 0"
	case AnyID:
		return "len(failed) > 0"
	}
	panic(fmt.Sprintf("no leaf: %d", c.Op))
}

var mirror = map[string]string{"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
