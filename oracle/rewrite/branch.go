package rewrite

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// These kinds write branches in another way.
var branches = []*Kind{
	{
		Name: "if-inverted", Before: "if c { A } else { B }", After: "if !(c) { B } else { A }",
		apply: each(func(f *function) {
			f.ifs(func(s *ast.IfStmt) {
				f.instead(s, func() string {
					other := "{\n}"
					switch e := s.Else.(type) {
					case *ast.BlockStmt:
						other = f.text(e)
					case *ast.IfStmt:
						other = "{\n" + f.text(e) + "\n}"
					}
					return "if " + f.initText(s.Init) + "!(" + f.text(s.Cond) + ") " + other + " else " + f.text(s.Body)
				})
				f.done()
			})
		}),
	},
	{
		Name: "if-to-switch", Before: "if a { A } else if b { B } else { C }", After: "switch { case a: A; case b: B; default: C }",
		apply: each(func(f *function) {
			f.ifs(func(s *ast.IfStmt) {
				chain, last := f.chain(s)
				if chain == nil || breaks(s) {
					return
				}
				f.instead(s, func() string {
					var b strings.Builder
					b.WriteString("switch " + f.initText(s.Init) + "{\n")
					for _, link := range chain {
						b.WriteString("case " + f.text(link.Cond) + ":" + f.block(link.Body))
					}
					if last != nil {
						b.WriteString("default:" + f.block(last))
					}
					return b.String() + "}"
				})
				f.done()
			})
		}),
	},
	{
		Name: "if-to-tagged-switch", Before: "if x == 1 { A } else if x == 2 { B } else { C }, if x != 1 { A }", After: "switch x { case 1: A; case 2: B; default: C }, switch x { case 1: default: A }",
		apply: each(func(f *function) {
			f.ifs(func(s *ast.IfStmt) {
				chain, last := f.chain(s)
				if chain == nil || breaks(s) {
					return
				}
				tag, values, unequal := f.sameTag(chain)
				if tag == nil {
					return
				}
				f.instead(s, func() string {
					var b strings.Builder
					b.WriteString("switch " + f.initText(s.Init) + f.text(tag) + " {\n")
					if unequal {
						b.WriteString("case " + f.text(values[0]) + ":")
						if last != nil {
							b.WriteString(f.block(last))
						}
						return b.String() + "\ndefault:" + f.block(s.Body) + "}"
					}
					for i, link := range chain {
						b.WriteString("case " + f.text(values[i]) + ":" + f.block(link.Body))
					}
					if last != nil {
						b.WriteString("default:" + f.block(last))
					}
					return b.String() + "}"
				})
				f.done()
			})
		}),
	},
	{
		Name: "switch-to-if", Before: "switch x { case 1, 2: A; default: B }", After: "if x == 1 || x == 2 { A } else { B }",
		apply: each(func(f *function) {
			ast.Inspect(f.decl.Body, func(n ast.Node) bool {
				if s, ok := n.(*ast.SwitchStmt); ok {
					f.switchToIf(s)
				}
				return true
			})
		}),
	},
	{
		Name: "early-return-to-else", Before: "if c { return }; A", After: "if c { return } else { A }",
		apply: each(func(f *function) {
			for _, list := range f.lists {
				for i, s := range list[:max(0, len(list)-1)] {
					s, ok := s.(*ast.IfStmt)
					if !ok || s.Else != nil || !f.listLeaves(s.Body.List) || f.jumps() {
						continue
					}
					rest := list[i+1:]
					if b, ok := rest[len(rest)-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
						continue
					}
					if f.initShadows(s.Init, rest) || f.redeclares(rest) {
						continue
					}
					f.after(s, " else {\n")
					f.after(rest[len(rest)-1], "\n}")
					f.done()
				}
			}
		}),
	},
	{
		Name: "guard", Before: "for ... { if c { A } }, or at the end of a function without results", After: "for ... { if !(c) { continue }; A }",
		apply: each(func(f *function) {
			for holder, list := range f.lists {
				if len(list) == 0 {
					continue
				}
				s, ok := list[len(list)-1].(*ast.IfStmt)
				if !ok || s.Init != nil || s.Else != nil {
					continue
				}
				leave := ""
				switch p := f.file.parent(holder).(type) {
				case *ast.ForStmt, *ast.RangeStmt:
					leave = "continue"
				case *ast.FuncDecl:
					if p.Type.Results == nil {
						leave = "return"
					}
				}
				if leave != "" {
					f.instead(s, func() string { return "if !(" + f.text(s.Cond) + ") {\n" + leave + "\n}\n" + f.text(s.Body) })
					f.done()
				}
			}
		}),
	},
	{
		Name: "and-nested", Before: "if a && b { A }", After: "if a { if b { A } }",
		apply: each(func(f *function) {
			f.ifs(func(s *ast.IfStmt) {
				b, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
				if !ok || b.Op != token.LAND || s.Else != nil {
					return
				}
				f.instead(s, func() string {
					return "if " + f.initText(s.Init) + f.text(b.X) + " {\nif " + f.text(b.Y) + " " + f.text(s.Body) + "\n}"
				})
				f.done()
			})
		}),
	},
	{
		Name: "or-split", Before: "if a || b { A } else { B }", After: "if a { A } else if b { A } else { B }",
		apply: each(func(f *function) {
			if f.jumps() {
				return
			}
			f.ifs(func(s *ast.IfStmt) {
				b, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
				if !ok || b.Op != token.LOR {
					return
				}
				f.instead(s, func() string {
					text := "if " + f.initText(s.Init) + f.text(b.X) + " " + f.text(s.Body) + " else if " + f.text(b.Y) + " " + f.text(s.Body)
					if s.Else != nil {
						text += " else " + f.text(s.Else)
					}
					return text
				})
				f.done()
			})
		}),
	},
	{
		Name: "init-outside", Before: "if err := f(); err != nil { A }", After: "{ err := f(); if err != nil { A } }",
		apply: each(func(f *function) {
			for _, list := range f.lists {
				for _, s := range list {
					s, ok := s.(*ast.IfStmt)
					if !ok || s.Init == nil {
						continue
					}
					f.instead(s, func() string {
						return "{\n" + f.text(s.Init) + "\nif " + f.span(s.Cond.Pos(), s.End(), f.order[s.Cond]) + "\n}"
					})
					f.done()
				}
			}
		}),
	},
	{
		Name: "loop-by-index", Before: "for _, e := range list { A }", After: "for i := range list { e := list[i]; A }",
		apply: each(func(f *function) {
			for _, list := range f.lists {
				for _, s := range list {
					if s, ok := s.(*ast.RangeStmt); ok {
						f.loopByIndex(s)
					}
				}
			}
		}),
	},
}

func (f *function) ifs(do func(s *ast.IfStmt)) {
	ast.Inspect(f.decl.Body, func(n ast.Node) bool {
		if s, ok := n.(*ast.IfStmt); ok {
			do(s)
		}
		return true
	})
}

func (f *function) initText(init ast.Stmt) string {
	if init == nil {
		return ""
	}
	return f.text(init) + "; "
}

// block gives the text between a block's braces.
func (f *function) block(b *ast.BlockStmt) string {
	text := f.span(b.Lbrace+1, b.Rbrace, f.order[b]+1)
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}

// chain gives the links of the if ... else if ... chain that begins here, and the last else's block. It gives none if
// the chain doesn't begin here, or a later link has an init statement.
func (f *function) chain(s *ast.IfStmt) (links []*ast.IfStmt, last *ast.BlockStmt) {
	if p, ok := f.file.parent(s).(*ast.IfStmt); ok && p.Else == s {
		return nil, nil
	}
	for {
		links = append(links, s)
		switch e := s.Else.(type) {
		case *ast.IfStmt:
			if e.Init != nil {
				return nil, nil
			}
			s = e
			continue
		case *ast.BlockStmt:
			last = e
		}
		return links, last
	}
}

// sameTag gives the expression that all links compare with constants, and the constants. unequal tells that it is a
// single link with !=.
func (f *function) sameTag(chain []*ast.IfStmt) (tag ast.Expr, values []ast.Expr, unequal bool) {
	var seen []constant.Value
	for _, link := range chain {
		b, ok := ast.Unparen(link.Cond).(*ast.BinaryExpr)
		if !ok || b.Op != token.EQL && (b.Op != token.NEQ || len(chain) > 1) || !f.constant(b.Y) || f.constant(b.X) || !f.pure(b.X) {
			return nil, nil, false
		}
		if tag != nil && f.source(tag) != f.source(b.X) || types.IsInterface(f.pkg.Info.TypeOf(b.X)) {
			return nil, nil, false
		}
		value := f.pkg.Info.Types[b.Y].Value
		for _, v := range seen {
			if v.Kind() != value.Kind() || constant.Compare(v, token.EQL, value) {
				return nil, nil, false
			}
		}
		seen = append(seen, value)
		tag, values, unequal = b.X, append(values, b.Y), b.Op == token.NEQ
	}
	return tag, values, unequal
}

func (f *function) switchToIf(s *ast.SwitchStmt) {
	if _, labelled := f.file.parent(s).(*ast.LabeledStmt); labelled || breaks(s) || s.Tag != nil && f.constant(s.Tag) {
		return
	}
	var cases []*ast.CaseClause
	var other *ast.CaseClause
	for _, c := range s.Body.List {
		c := c.(*ast.CaseClause)
		if len(c.Body) > 0 {
			if b, ok := c.Body[len(c.Body)-1].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
				return
			}
		}
		if c.List == nil {
			other = c
		} else {
			cases = append(cases, c)
		}
	}
	if len(cases) == 0 {
		return
	}
	tag := ""
	if s.Tag != nil && !f.pure(s.Tag) {
		tag = f.fresh("tag")
	}
	f.instead(s, func() string {
		var b strings.Builder
		b.WriteString("{\n")
		if s.Init != nil {
			b.WriteString(f.text(s.Init) + "\n")
		}
		left := tag
		switch {
		case tag != "":
			b.WriteString(tag + " := " + f.text(s.Tag) + "\n")
		case s.Tag != nil:
			left = f.operand(s.Tag)
		}
		for i, c := range cases {
			var tests []string
			for _, e := range c.List {
				if s.Tag == nil {
					tests = append(tests, f.operand(e))
				} else {
					tests = append(tests, left+" == "+f.operand(e))
				}
			}
			if i > 0 {
				b.WriteString(" else ")
			}
			b.WriteString("if " + strings.Join(tests, " || ") + " {\n" + f.clause(c) + "\n}")
		}
		if other != nil {
			b.WriteString(" else {\n" + f.clause(other) + "\n}")
		}
		b.WriteString("\n}")
		if _, init := s.Init.(*ast.AssignStmt); !init && tag == "" {
			return strings.TrimSuffix(strings.TrimPrefix(b.String(), "{\n"), "\n}")
		}
		return b.String()
	})
	f.done()
}

// clause gives the statements of a clause.
func (f *function) clause(c *ast.CaseClause) string {
	if len(c.Body) == 0 {
		return ""
	}
	return f.span(c.Colon+1, c.Body[len(c.Body)-1].End(), f.order[c.Body[0]])
}

// operand gives an expression in a form that can stand beside an operator.
func (f *function) operand(e ast.Expr) string {
	switch ast.Unparen(e).(type) {
	case *ast.BinaryExpr, *ast.CompositeLit:
		return "(" + f.text(e) + ")"
	}
	return f.text(e)
}

// initShadows tells whether an init statement declares a name that the statements have, too: the name may mean another
// variable there.
func (f *function) initShadows(s ast.Stmt, rest []ast.Stmt) bool {
	init, ok := s.(*ast.AssignStmt)
	if !ok || init.Tok != token.DEFINE {
		return false
	}
	for _, r := range rest {
		names := identifiers(r)
		for _, l := range init.Lhs {
			if id, ok := l.(*ast.Ident); ok && id.Name != "_" && names[id.Name] {
				return true
			}
		}
	}
	return false
}

func (f *function) loopByIndex(s *ast.RangeStmt) {
	value, ok := s.Value.(*ast.Ident)
	if !ok || s.Tok != token.DEFINE || value.Name == "_" {
		return
	}
	switch t := f.pkg.Info.TypeOf(s.X).Underlying().(type) {
	case *types.Slice:
	case *types.Map:
		if key, ok := t.Key().Underlying().(*types.Basic); !ok || key.Info()&(types.IsString|types.IsInteger) == 0 {
			return // a key that is not equal to itself can't be found
		}
	default:
		return
	}
	for _, s := range s.Body.List {
		if declares(s, value.Name) {
			return
		}
	}
	list := f.fresh("list")
	key := ""
	if id, ok := s.Key.(*ast.Ident); ok && id.Name != "_" {
		key = id.Name
	} else {
		key = f.fresh("i")
	}
	f.instead(s, func() string {
		return list + " := " + f.text(s.X) + "\nfor " + key + " := range " + list + " {\n" + value.Name + " := " + list + "[" + key + "]\n" + f.block(s.Body) + "}"
	})
	f.done()
}

// declares tells whether a statement declares a variable of that name.
func declares(s ast.Stmt, name string) bool {
	switch s := s.(type) {
	case *ast.AssignStmt:
		if s.Tok == token.DEFINE {
			for _, l := range s.Lhs {
				if id, ok := l.(*ast.Ident); ok && id.Name == name {
					return true
				}
			}
		}
	case *ast.DeclStmt:
		return identifiers(s)[name]
	}
	return false
}
