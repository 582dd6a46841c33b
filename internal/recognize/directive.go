package recognize

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/asynccheck/asynccheck/internal/gotype"
)

// A directive in the doc comment of a type declaration says what the type is. It wins over everything that recognition
// finds:
//
//	//asynccheck:response batch|single|none [code=Sel] [detail=Sel] [task=Sel] [message=Sel] [desc=Sel]
//
// Sel is a Go selector. Members that are not given are found by their JSON names.
// A wrong directive is a [Problem], and has no other effect.
const (
	directivePrefix   = "asynccheck:"
	responseDirective = directivePrefix + "response"
	ignoreDirective   = directivePrefix + "ignore" // silences findings; says nothing about types
)

// spacedDirective matches a directive that a space has made an ordinary comment.
var spacedDirective = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^//[ \t]+` + responseDirective + `[ \t]+(batch|single|none)\b`)
})

// A Problem is a wrong directive, or an error in the configuration.
type Problem struct {
	Pos, End token.Pos
	Message  string // without a period at its end
}

// A note is a directive as it stands in the source.
type note struct {
	Problem           // where it stands, and what is wrong with it, if anything
	response bool     // it is a response directive
	args     []string // of a response directive
	attached bool     // it belongs to a type declaration
}

// failf says what is wrong with n. Only the first error counts.
func (n *note) failf(format string, args ...any) {
	if n.Message == "" {
		n.Message = responseDirective + ": " + fmt.Sprintf(format, args...)
	}
}

// readDirectives finds, checks and keeps the package's directives.
func (p *Package) readDirectives() {
	notes := make(map[*ast.Comment]*note)
	for _, file := range p.in.Files {
		for _, group := range file.Comments {
			for _, c := range group.List {
				if n := parseNote(c); n != nil {
					notes[c] = n
				}
			}
		}
	}
	if len(notes) == 0 {
		return
	}
	attached := p.attach(notes)
	// Types refer to each other, as batches do to entries. So all directives are read before the first is checked, and
	// none is dropped before the last is checked. An entry depends on its own members alone: its wrong directive is
	// dropped before the batches are checked.
	p.dropWrong(attached, p.recognizers[0].assigned)
	p.dropWrong(attached, p.recognizers[0].directed)
	for _, n := range notes {
		if n.response && !n.attached {
			n.failf("it must stand in the doc comment of one type's declaration")
		}
		if n.Message != "" {
			p.problems = append(p.problems, n.Problem)
		}
	}
}

// parseNote returns the directive, or what looks like one, in the comment c. It returns nil if there is none.
func parseNote(c *ast.Comment) *note {
	text := c.Text
	if !strings.Contains(text, directivePrefix) { // like most comments
		return nil
	}
	if i := strings.Index(text, " //"); i >= 0 { // a comment on the directive
		text = strings.TrimSpace(text[:i])
	}
	n := &note{Problem: Problem{Pos: c.Pos(), End: c.Pos() + token.Pos(len(text))}}
	if spacedDirective().MatchString(text) {
		n.failf("remove the space before it: with the space it is an ordinary comment")
		return n
	}
	text, ok := strings.CutPrefix(text, "//")
	if !ok || !strings.HasPrefix(text, directivePrefix) {
		return nil
	}
	words := strings.Fields(text)
	switch words[0] {
	case ignoreDirective:
		return nil
	case responseDirective:
		n.response = true
		n.args = words[1:]
	default:
		if len(words) > 1 && slices.Contains([]string{responseDirective, ignoreDirective}, directivePrefix+words[1]) {
			n.Message = fmt.Sprintf("%s%s: remove the space after the colon", directivePrefix, words[1])
			break
		}
		n.Message = fmt.Sprintf("unknown directive %s, want %s or %s", words[0], responseDirective, ignoreDirective)
	}
	return n
}

// attach finds the types that the notes belong to, and stores the well-formed directives. It returns their notes.
func (p *Package) attach(notes map[*ast.Comment]*note) map[*types.TypeName]*note {
	attached := make(map[*types.TypeName]*note)
	for _, file := range p.in.Files {
		for n := range ast.Preorder(file) {
			if decl, ok := n.(*ast.GenDecl); ok && decl.Tok == token.TYPE {
				p.attachIn(decl, notes, attached)
			}
		}
	}
	return attached
}

// attachIn does the same for one declaration.
func (p *Package) attachIn(decl *ast.GenDecl, notes map[*ast.Comment]*note, attached map[*types.TypeName]*note) {
	for _, spec := range decl.Specs {
		spec := spec.(*ast.TypeSpec)
		docs := []*ast.CommentGroup{decl.Doc, spec.Doc}
		if len(decl.Specs) > 1 { // the doc comment of several types belongs to none of them
			docs = docs[1:]
		}
		for _, doc := range docs {
			if doc == nil {
				continue
			}
			for _, c := range doc.List {
				if n := notes[c]; n != nil && n.response {
					n.attached = true
					p.attachTo(spec, n, attached)
				}
			}
		}
	}
}

// attachTo stores the directive n of one type.
func (p *Package) attachTo(spec *ast.TypeSpec, n *note, attached map[*types.TypeName]*note) {
	name, ok := p.in.Info.Defs[spec.Name].(*types.TypeName)
	if !ok {
		return // a type error
	}
	if name.IsAlias() || structOf(name.Type()) == nil {
		n.failf("%s is not declared as a struct type", name.Name())
		return
	}
	d := n.parse(p.in.Contracts[0].ID)
	if d == nil {
		return
	}
	if first := attached[name]; first == nil {
		attached[name] = n
		p.declarations.directives[name] = d
	} else if other := p.declarations.directives[name]; other == nil || *other != *d {
		line := p.in.Fset.Position(first.Pos).Line
		n.failf("it contradicts the directive of the same type on line %d", line)
		delete(p.declarations.directives, name)
	}
}

// parse returns the directive in n's arguments, for the contract with the given ID. It returns nil if the directive is
// not well-formed.
func (n *note) parse(contract string) *Verdict {
	const shapes = "batch, single or none"
	if len(n.args) == 0 {
		n.failf("the shape is missing, want %s", shapes)
		return nil
	}
	d := &Verdict{Contract: contract, Shape: n.args[0]}
	if !slices.Contains([]string{"batch", "single", "none"}, d.Shape) {
		n.failf("unknown shape %q, want %s", d.Shape, shapes)
		return nil
	}
	members := map[string]*string{
		"code": &d.Code, "detail": &d.Detail, "task": &d.Task, "message": &d.Message, "desc": &d.Symbol,
	}
	for _, arg := range n.args[1:] {
		key, sel, ok := strings.Cut(arg, "=")
		member := members[key]
		switch {
		case !ok:
			n.failf("unexpected %q, want members such as code=RetCode", arg)
		case member == nil:
			n.failf("unknown member %q, want code, detail, task, message or desc", key)
		case sel == "":
			n.failf("%s= is empty, want a Go selector such as RetCode or Data.TaskID", key)
		case *member != "":
			n.failf("%s is given twice", key)
		case d.Shape == "none":
			n.failf("none has no members, want nothing after it")
		case d.Shape == "single" && key == "detail":
			n.failf("a single result has no detail, want batch or no detail=")
		}
		if n.Message != "" {
			return nil
		}
		*member = sel
	}
	return d
}

// dropWrong drops the directives whose members can't play their roles, and says so in the notes.
func (p *Package) dropWrong(attached map[*types.TypeName]*note, check func(*jsonStruct, *Verdict) (*Response, error)) {
	for name, n := range attached {
		if d := p.declarations.directives[name]; d != nil && d.Shape != "none" {
			if _, err := check(newJSONStruct(name.Type()), d); err != nil {
				n.failf("%v", err)
			}
		}
	}
	for name, n := range attached {
		if n.Message != "" {
			delete(p.declarations.directives, name)
		}
	}
}

// directive returns the valid directive of a type, of this package or another. Without one it returns what the
// configuration says about the type, or nil. Directives and settings speak about the first contract only. For the
// others such a type is no response.
func (p *recognizer) directive(t types.Type) *Verdict {
	d := p.saidOf(t)
	if d != nil && !p.first {
		return &Verdict{Shape: "none"}
	}
	return d
}

func (p *recognizer) saidOf(t types.Type) *Verdict {
	n, ok := t.(*types.Named)
	if !ok {
		return nil
	}
	name := n.Origin().Obj()
	if d := p.declarations.directives[name]; d != nil {
		return d
	}
	for _, v := range p.verdicts(name) {
		if v.Shape != "" {
			return &v
		}
	}
	if s := p.in.setting(name); s != nil {
		return &s.Verdict
	}
	return nil
}

// directed returns the response that r is by its directive. It returns nil if the directive says "none", or if an error
// says what is wrong. A generic type may get a detail by its type arguments: it can have neither a response nor an
// error.
func (p *recognizer) directed(r *jsonStruct, d *Verdict) (*Response, error) {
	if d.Shape == "none" {
		return nil, nil
	}
	resp, err := p.assigned(r, d)
	if err != nil {
		return nil, err
	}
	if d.Shape == "single" {
		resp.Kind = Single
		if resp.Task == nil {
			resp.Task = p.nestedTask(r)
		}
		return resp, nil
	}
	c := p.contract
	anything := func(types.Type) bool { return true }
	m, err := r.role("detail", d.Detail, anything, "", c.Members.Detail)
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, fmt.Errorf("a batch needs a detail: write detail=…, since no member of %s is named %q", r, c.Members.Detail)
	}
	h := hint{directed: true, contract: resp.Contract}
	if d.Code != "" {
		h.code = d.Code[strings.LastIndexByte(d.Code, '.')+1:]
	}
	resp.Kind = Batch
	resp.Detail = p.detail(m, h)
	if resp.Detail != nil {
		return resp, nil
	}
	if n, ok := r.typ.(*types.Named); ok && n.TypeParams().Len() > n.TypeArgs().Len() {
		return nil, nil
	}
	return nil, fmt.Errorf("detail %s is %s, want a collection of entries with a code, any or json.RawMessage", m.Selector, r.string(m.Type))
}

// assigned returns a response with the members that d gives to r, or an error. The detail and the kind are not set.
func (p *recognizer) assigned(r *jsonStruct, d *Verdict) (*Response, error) {
	c := p.contract
	code, err := r.role("code", d.Code, isCode, "a number, a string or any", c.Code().Path)
	if err != nil {
		return nil, err
	}
	if code == nil {
		return nil, fmt.Errorf("%s needs an outcome code: write code=…, since no number of %s is named %q", d.Shape, r, c.Code().Path)
	}
	resp := p.response(r, code)
	if n, ok := r.typ.(*types.Named); ok {
		if s := p.in.setting(n.Origin().Obj()); s != nil && d == &s.Verdict && s.Contract != nil {
			resp.Contract = s.Contract
		}
	}
	for _, role := range []struct {
		key, sel string
		suits    func(types.Type) bool
		want     string
		member   **Member
	}{
		{"task", d.Task, isID, "a string or a number", &resp.Task},
		{"message", d.Message, gotype.IsText, "a string", &resp.Message},
		{"desc", d.Symbol, gotype.IsText, "a string", &resp.Symbol},
	} {
		if role.sel != "" {
			if *role.member, err = r.role(role.key, role.sel, role.suits, role.want); err != nil {
				return nil, err
			}
		}
	}
	return resp, nil
}

// role returns the member of r that plays a role: the one that the selector denotes, or without a selector the one that
// has one of the JSON names. It is an error if the selector denotes nothing, or if the type doesn't suit. It returns
// nil if no member has one of the names.
func (r *jsonStruct) role(key, sel string, suits func(types.Type) bool, want string, names ...string) (*Member, error) {
	if sel == "" {
		return r.member(suits, names...), nil
	}
	m := r.selector(sel)
	if m == nil {
		return nil, fmt.Errorf("%s=%s: %s has no such field", key, sel, r)
	}
	if !suits(m.Type) {
		return nil, fmt.Errorf("%s=%s is %s, want %s", key, sel, r.string(m.Type), want)
	}
	return m, nil
}

func (r *jsonStruct) String() string { return r.string(r.typ) }

// string returns t as r's package would write it.
func (r *jsonStruct) string(t types.Type) string {
	return types.TypeString(t, types.RelativeTo(packageOf(r.typ)))
}
