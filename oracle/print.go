package oracle

import (
	"fmt"
	"regexp"
	"strings"
)

// A Site is a place in a program where execution leaves a mark.
type Site struct {
	Outer bool    // what is compared or assigned depends on the outer code
	Entry bool    // it depends on an entry's code
	Var   string  // the variable that is assigned, or that decides the branch
	Loop  bool    // the iterations of a loop
	Zero  bool    // a comparison that tells 0 from all other codes
	Key   bool    // it concerns an entry that was looked up
	Inner bool    // a branch in a helper that gives its caller only a bool
	Asked *Helper // the helper around it, if that gives its caller an error or nil
	Probe bool    // a branch in the function that gives the response
}

// A printer writes a program as Go source: as it is analysed, or as it runs. The source that runs has marks in
// addition: branches record which way they went, printers record that they were called instead of printing, and maps
// are ranged over in the order of their keys.
type printer struct {
	strings.Builder
	p      *Program
	run    bool
	sites  []Site
	depth  int
	helper *Helper // nil in the handler
	inner  bool    // in a function literal that returns an error
	value  bool    // r is a struct, not a pointer
	ptr    []bool  // for each loop around: e is a pointer, although the collection has values
	loops  int
	labels int  // of the function
	key    bool // in a condition about an entry that is looked up
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
	case Probed:
		w.writeProbe()
	case Fetched:
		prev := ""
		if p.carriesOn() {
			prev = fmt.Sprintf("prev *Answer%d", p.Index)
		}
		fmt.Fprintf(w, "\nvar fetch%d func(%s) (*Answer%[1]d, error)\n", p.Index, prev)
	}
	via := false
	p.conds(func(c *Cond) { via = via || p.via(c) })
	if via {
		called := ""
		if run {
			called = fmt.Sprintf("rig.Call(%d); ", w.site(Site{}))
		}
		fmt.Fprintf(w, "\nfunc status%d(r *Answer%[1]d) int { %[3]sreturn int(%[2]s) }\n", p.Index, p.Shape.read("r"), called)
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
	s.Inner = w.helper != nil && w.helper.Kind.bool() && (!s.Entry || w.helper.Kind == CodeBool || w.helper.Kind == EntryBool)
	if w.helper != nil && !w.helper.Kind.bool() {
		s.Asked = w.helper
	}
	w.sites = append(w.sites, s)
	return len(w.sites) - 1
}

func (w *printer) line(format string, args ...any) {
	w.WriteString(strings.Repeat("\t", w.depth))
	fmt.Fprintf(w, format, args...)
	w.WriteByte('\n')
}

// capture gives what f writes, and writes nothing itself.
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

// reads reports whether the text uses a variable other than to assign it.
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
	w.helper, w.labels = h, 0
	n, result := w.p.Index, "error"
	if h.Kind.bool() {
		result = "bool"
	}
	elem := fmt.Sprintf("Entry%d", n)
	if w.p.Shape.ptr() {
		elem = "*" + elem
	}
	w.depth++
	text := w.capture(func() {
		if w.run {
			w.line("rig.Call(%d)", w.site(Site{}))
		}
		w.block(h.Body)
		w.stmt(h.Final)
	})
	w.depth--
	switch h.Kind {
	case CodeBool, CodeErr:
		if w.p.methods() {
			w.line("\nfunc (code %s) check%d_%d() %s {", w.p.Shape.code(n), n, i, result)
			break
		}
		w.line("\nfunc check%d_%d(code %s) %s {", n, i, w.p.Shape.code(n), result)
	case RespBool, RespErr:
		w.line("\nfunc check%d_%d(r *Answer%d) %s {", n, i, n, result)
	case MethodBool, MethodErr:
		recv := "Answer"
		if w.based(h, text) {
			recv = "Head"
		}
		w.line("\nfunc (r *%s%d) check%d() %s {", recv, n, i, result)
	case EntryBool, EntryErr:
		w.line("\nfunc check%d_%d(e %s) %s {", n, i, elem, result)
	}
	w.depth++
	w.locals(text)
	w.WriteString(text)
	w.depth--
	w.line("}")
	w.helper, w.labels = nil, 0
}

func (w *printer) handler() {
	p := w.p
	n := p.Index
	var params []string
	switch p.Origin {
	case Decoded, Sent, Generic, Probed:
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
	w.line("\nfunc Handler%d(%s) %s {", n, strings.Join(params, ", "), w.results(result))
	w.depth++
	switch p.Origin {
	case Decoded, Stream:
		w.value = p.Style.Made == Value
	case Probed:
		w.value = p.Style.Made == Value || p.Probe.Generic
	case Generic:
		w.value = true
	}
	w.deferred()
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
	if p.carriesOn() {
		w.line("var prev *Answer%d", n)
	}
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
	if p.carriesOn() {
		w.line("prev = r")
	}
	if mentions(uses, "r") || mentions(uses, "code") {
		w.captured()
	}
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
	if !mentions(uses, "r") && !mentions(uses, "code") && !p.carriesOn() {
		r = "_"
		if p.Sig == SigNamedErr && p.Retry == Once {
			define = "="
		}
	}
	switch p.Origin {
	case Decoded:
		w.declare()
		w.line("if err := json.Unmarshal(b, %s); err != nil {", w.resp())
		fail()
	case Stream:
		w.declare()
		w.line("if err := json.NewDecoder(body).Decode(%s); err != nil {", w.resp())
		fail()
	case Probed:
		if p.Probe.Generic {
			w.line("%s, err %s call%d[Answer%[3]d](b)", r, define, p.Index)
			w.line("if err != nil {")
		} else {
			w.declare()
			w.line("if err := call%d(b, %s); err != nil {", p.Index, w.resp())
		}
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
		prev := ""
		if p.carriesOn() {
			prev = "prev"
		}
		w.line("%s, err %s fetch%d(%s)", r, define, p.Index, prev)
		w.line("if err != nil {")
		fail()
	}
}

// declare writes the declaration of the variable to decode into.
func (w *printer) declare() {
	w.line([...]string{"var r Answer%d", "r := new(Answer%d)", "r := &Answer%d{}"}[w.p.Style.Made], w.p.Index)
}

// writeProbe writes the function that looks at the code by itself. It rejects failures, and decodes other answers for
// its caller.
func (w *printer) writeProbe() {
	p := w.p.Probe
	cond := "probe.Code != 0"
	if p.Partial {
		cond += " && probe.Code != 5400"
	}
	reject := ""
	if w.run {
		cond = fmt.Sprintf("rig.Branch(%d, false, %s)", w.site(Site{Outer: true, Probe: true}), cond)
		reject = "rig.Reject()"
	}
	head, bad, decode := "(b []byte, out any) error", "return ", "return json.Unmarshal(b, out)"
	if p.Generic {
		head, bad, decode = "[T any](b []byte) (v T, err error)", "return v, ", "err = json.Unmarshal(b, &v)\n\treturn v, err"
	}
	w.line("\nfunc call%d%s {", w.p.Index, head)
	w.line("\tvar probe struct {\n\t\tCode %s `json:\"code\"`\n\t\tMessage string `json:\"message\"`\n\t}", w.p.Shape.code(w.p.Index))
	w.line("\tif err := json.Unmarshal(b, &probe); err != nil {\n\t\t%serr\n\t}", bad)
	w.line("\tif %s {", cond)
	if reject != "" {
		w.line("\t\t%s", reject)
	}
	w.line("\t\t%serrFailed\n\t}\n\t%s\n}", bad, decode)
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

// print writes a call of a printer.
func (w *printer) print(call, stand string, args []Arg) {
	if w.run {
		w.line("%s(%d, %t)", stand, w.site(Site{}), touches(args))
		return
	}
	text, verbs := w.args(args)
	w.line("%s(%s)", call, strings.Join(append([]string{`"answer` + verbs + `"`}, text...), ", "))
}
