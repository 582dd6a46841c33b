package oracle

import (
	"fmt"
	"strings"
)

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
		w.key = s.Key
		cond := w.cond(s.Cond, true)
		w.key = false
		w.depth++
		body := w.capture(func() { w.block(s.Body) })
		w.depth--
		if s.Key {
			if w.run {
				w.line("rig.Lookup()")
			}
			cond = w.lookup(cond, body) + cond
		}
		w.line("if %s {", cond)
		w.WriteString(body)
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
		w.print("log.Printf", "rig.Print", s.Args)
	case Defer:
		if s.Lit {
			w.line("defer func() {")
			w.depth++
			w.print("log.Printf", "rig.Print", s.Args)
			w.depth--
			w.line("}()")
			break
		}
		w.print("defer log.Printf", "rig.Print", s.Args) // deferring it is what is done about the answer
	case Keep, Store, Send, Go:
		form := "keep(%s)"
		if !w.run {
			form = map[Op]string{Keep: form, Store: "last = %s", Send: "answers <- %s", Go: "go keep(%s)"}[s.Op]
		}
		w.line(form, w.what(s.What))
	case Poll:
		w.line("poll(r.RequestID)")
	case Sleep:
		w.line("sleep()")
	case Break, Continue:
		word := "break"
		if s.Op == Continue {
			word = "continue"
		}
		if s.Label && w.loops > 0 {
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
	if form == Keys && !w.p.Shape.keyed() || form == Iterator && w.p.Shape.Detail == "array" {
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
		label := "entries"
		if w.labels++; w.labels > 1 {
			label += fmt.Sprint(w.labels)
		}
		body = strings.ReplaceAll(body, " entries\n", " "+label+"\n")
		w.WriteString(label + ":\n")
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
	case form == Iterator && key == "i":
		w.line("for e := range slices.Values(%s) {", over)
	case form == Iterator:
		if !w.run {
			over = "maps.All(" + over + ")"
		}
		if hasID {
			w.line("for id, e := range %s {", over)
		} else {
			w.line("for _, e := range %s {", over)
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
		w.line("\trig.Turn(%d)", w.site(Site{Loop: true, Entry: inspects(s.Body)}))
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

// inspects reports whether the body of a loop uses an entry's code, or hands on the entry or all entries.
func inspects(body []*Stmt) bool {
	found := false
	q := &Program{Body: body, Final: &Stmt{}}
	q.conds(func(c *Cond) { found = found || (c.Op == Cmp || c.Op == Ask) && c.Ref == Entry })
	q.stmts(func(s *Stmt) {
		found = found || s.Op == Switch && s.Ref == Entry || (s.Op >= Keep && s.Op <= Go) && (s.What == WhatEntry || s.What == WhatECode || s.What == WhatResp || s.What == WhatDetail)
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

// lookup gives the statement that looks an entry up, before a condition.
func (w *printer) lookup(cond, body string) string {
	e, found := mentions(cond+body, "e"), mentions(cond, "found")
	if !strings.Contains(body, "found := ") { // else it is that of a lookup inside
		found = found || mentions(body, "found")
	}
	from := w.p.Shape.detail() + `["web-1"]`
	switch {
	case e && found:
		return "e, found := " + from + "; "
	case e:
		return "e := " + from + "; "
	case found:
		return "_, found := " + from + "; "
	}
	return ""
}
