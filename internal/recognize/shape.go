package recognize

import (
	"go/types"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
)

// recognise returns the response type that r is, or nil.
//
// A directive wins over everything. Then evidence wins over the signs of another API: its convention, no JSON at all,
// an answer being written. Those signs win over the shape. If the shape is not enough, evidence can complete it. The
// shape is checked first only because it is cheap: the others need the package's source.
func (p *recognizer) recognise(r *jsonStruct) *Response {
	if d := p.directive(r.typ); d != nil {
		resp, _ := p.directed(r, d)
		return resp
	}
	if p.contract.Off { // nothing else is a response
		return nil
	}
	resp, enough := p.shape(r)
	if resp == nil {
		return nil
	}
	v := p.verdict(r, resp.Code)
	if v.Foreign && !v.Evident && !p.speaks(r) || !r.tagged && !v.Decoded || p.writes(r) {
		return nil
	}
	if !enough && !v.Evident {
		return nil
	}
	return resp
}

// shape returns the response that r's members make, or nil. It also tells whether they are enough: otherwise r is a
// response only with evidence.
func (p *recognizer) shape(r *jsonStruct) (resp *Response, enough bool) {
	c := p.contract
	code := r.member(isNumberOrAny, c.Code().Path)
	if code == nil {
		return nil, false
	}
	if !r.complete(c) {
		return nil, false
	}
	evident := p.speaks(r)
	enough = evident || !gotype.IsAny(gotype.Deref(code.Type))
	resp = p.response(r, code)
	// A type with a detail of any kind is no single result. If the detail holds no entries, the type is the answer to a
	// query: its code is no task's outcome.
	if f := r.find(c.Members.Detail); f != nil {
		d := p.detail(r.at(f.path), hint{judged: p.judged(r, code)})
		if d == nil || p.general(f, resp) {
			return nil, false
		}
		resp.Kind, resp.Detail = Batch, d
		return resp, evident || enough && d.Form != Opaque && !gotype.IsAny(gotype.Deref(d.Entry.Code.Type))
	}
	resp.Kind = Single
	documented := len(c.Members.Required) > 0 // it has them
	if tasks := c.Members.Task; len(tasks) > 0 {
		documented = resp.Message != nil && r.member(isID, tasks[0]) != nil
	}
	if resp.Task == nil {
		resp.Task = p.nestedTask(r)
	}
	if !documented && resp.Symbol == nil && resp.Task == nil {
		return nil, false
	}
	return resp, evident || enough && documented
}

// complete reports whether r has all members that every response has.
func (r *jsonStruct) complete(c *contract.Contract) bool {
	return !slices.ContainsFunc(c.Members.Required, func(name string) bool { return r.find(name) == nil })
}

// general reports whether the type serves several calls of the API, and only some of them give a detail. If the API's
// success may be partial, the code doesn't tell these calls apart, and a call without a detail owes nothing for one:
//
//	type Answer struct {
//		Result int    `json:"result"`
//		Errmsg string `json:"errmsg"`
//		Sid    string `json:"sid"`              // of one message
//		Detail []Sent `json:"detail,omitempty"` // of several
//	}
func (p *recognizer) general(detail *field, resp *Response) bool {
	return p.contract.Code().CleanMayBePartial() && (detail.optional || resp.Task != nil)
}

// judged reports whether the source compares r's code with partial or total failure.
func (p *recognizer) judged(r *jsonStruct, code *Member) bool {
	p.gather()
	if c := p.evidence.codes[r.variable(code)]; c != nil && c.failure {
		return true
	}
	for _, name := range r.owners(code) {
		if i := p.imported(name); i != nil && i.Evident {
			return true
		}
	}
	return false
}

// response returns a response whose members, except the code, are found by their JSON names. Its kind is not yet set.
func (p *recognizer) response(r *jsonStruct, code *Member) *Response {
	c := p.contract
	return &Response{
		Contract: c,
		Type:     r.typ,
		Code:     code,
		Message:  r.member(gotype.IsText, c.Members.Message...),
		Task:     r.member(isID, c.Members.Task...),
		Symbol:   r.symbol(c),
	}
}

// nestedTask returns a task ID one struct level down, in "data", or nil.
func (p *recognizer) nestedTask(r *jsonStruct) *Member {
	c := p.contract
	for _, name := range c.Members.TaskEnvelopes {
		f := r.find(name)
		if f == nil {
			continue
		}
		inner := newJSONStruct(f.v.Type())
		if inner == nil {
			continue
		}
		if m := inner.member(isID, c.Members.Task...); m != nil {
			return r.at(append(f.path[:len(f.path):len(f.path)], m.Path...))
		}
	}
	return nil
}

// speaks reports whether r's members alone show that it speaks the contract's
// API: a symbolic name beside the code, or a task ID that is a number.
func (p *recognizer) speaks(r *jsonStruct) bool {
	c := p.contract
	return r.symbol(c) != nil || r.member(gotype.IsNumber, c.Members.NumericEvidence...) != nil
}

// symbol returns the member that is the code's symbolic name, or nil.
func (r *jsonStruct) symbol(c *contract.Contract) *Member {
	if s := c.Symbol(); s != nil {
		return r.member(gotype.IsText, s.Path)
	}
	return nil
}

// A hint is what a batch tells about its entries.
type hint struct {
	directed bool               // a directive says that it is a batch
	judged   bool               // its own code is compared with a batch's values
	contract *contract.Contract // the batch's own, if it has one
	code     string             // Go name of the batch's own code, if a directive gives it
}

// detail returns where the member m keeps a batch's entries, or nil if m holds none. The caller decides whether an
// opaque detail is acceptable.
func (p *recognizer) detail(m *Member, h hint) *Detail {
	t := gotype.Deref(m.Type)
	if isOpaque(t, 2) { // map[string]map[string]any is an entry's members by resource
		return &Detail{Member: *m, Collection: t, Form: Opaque}
	}
	if d := p.collection(t, h); d != nil {
		d.Member = *m
		return d
	}
	r := newJSONStruct(t)
	if r == nil {
		return nil
	}
	var found *Detail
	for _, f := range r.fields {
		if d := p.collection(gotype.Deref(f.v.Type()), h); d != nil {
			if found != nil {
				return nil // two collections: it is unknown which one counts
			}
			found = d
			found.Member = *m
			found.Inner = f.path
		}
	}
	return found
}

// collection returns the detail that t is: a map with string keys, a slice or an array of entries. It returns nil for
// other types. The member of the result is not set.
func (p *recognizer) collection(t types.Type, h hint) *Detail {
	d := &Detail{Collection: t}
	var elem types.Type
	switch u := t.Underlying().(type) {
	case *types.Map:
		if !gotype.IsBasic(u.Key(), types.IsString) {
			return nil
		}
		d.Form, elem = Map, u.Elem()
	case *types.Slice:
		d.Form, elem = Slice, u.Elem()
	case *types.Array:
		d.Form, elem = Array, u.Elem()
	default:
		return nil
	}
	_, d.EntryPtr = types.Unalias(elem).(*types.Pointer)
	if d.Entry = p.entry(elem, d.Form == Map, h); d.Entry == nil {
		return nil
	}
	return d
}

func (p *recognizer) Entries(t types.Type) *Detail {
	d := p.collection(gotype.Deref(t), hint{})
	if d == nil {
		return nil
	}
	d.Type = t
	if e := p.Entry(d.Entry.Type); e != nil { // the batch may have values of its own
		d.Entry = e
	}
	return d
}

func (p *recognizer) Entry(t types.Type) *Response {
	n, ok := types.Unalias(gotype.Deref(t)).(*types.Named)
	if !ok || p.Code(n) == nil {
		return nil
	}
	resp, ok := p.entries[n]
	if !ok {
		resp = p.entryOf(n)
		p.entries[n] = resp
	}
	return resp
}

func (p *recognizer) entryOf(n *types.Named) *Response {
	if e := p.entryIn(p.in.Pkg, n); e != nil {
		return e
	}
	if pkg := n.Obj().Pkg(); pkg != nil && pkg != p.in.Pkg {
		return p.entryIn(pkg, n)
	}
	return nil
}

// entryIn describes n as the entry type of a batch that is declared in pkg. If several batches have such entries, the
// first by name counts.
func (p *recognizer) entryIn(pkg *types.Package, n *types.Named) *Response {
	entries, ok := p.batches[pkg]
	if !ok {
		entries = make(map[any][]*Response)
		for _, name := range p.declared(pkg) {
			if resp := p.Response(name.Type()); resp != nil && resp.Kind == Batch && resp.Detail.Entry != nil {
				key := typeKey(resp.Detail.Entry.Type)
				entries[key] = append(entries[key], resp.Detail.Entry)
			}
		}
		p.batches[pkg] = entries
	}
	for _, e := range entries[typeKey(n)] {
		if types.Identical(e.Type, n) {
			return e
		}
	}
	return nil
}

// declared returns the types of a package's scope, aliases too, in the order of their names.
func (p *recognizer) declared(pkg *types.Package) []*types.TypeName {
	if pkg == p.in.Pkg {
		return p.declarations.all(p.in)
	}
	var names []*types.TypeName
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		if obj, ok := scope.Lookup(name).(*types.TypeName); ok {
			names = append(names, obj)
		}
	}
	return names
}

func (p *recognizer) HasDetailMember(t types.Type) bool { return p.traits(t).detailed }

func (p *recognizer) Code(t types.Type) *Member { return p.traits(t).code }

func (p *recognizer) MemberByJSON(t types.Type, json string) *Member {
	if m := p.Code(t); m != nil && m.JSON == json {
		return m
	}
	typ := gotype.Deref(t)
	t = typ
	var path []int
	for name := range strings.SplitSeq(json, ".") {
		r := newJSONStruct(t)
		if r == nil {
			return nil
		}
		f := r.find(name)
		if f == nil {
			return nil
		}
		path, t = append(path, f.path...), gotype.Deref(f.v.Type())
	}
	if m := newJSONStruct(typ).at(path); isCode(m.Type) {
		return m
	}
	return nil
}

func (p *recognizer) HasCompanion(t types.Type) bool { return p.traits(t).companion }

// traits are what recognition asks about each type, many times.
type traits struct {
	code      *Member
	generic   bool // only an instance tells what the code is
	detailed  bool
	companion bool
	complete  bool // nothing is missing that every response has
}

// traits returns the traits of the struct that t is or points to. Other types have none.
func (p *recognizer) traits(t types.Type) traits {
	t = gotype.Deref(t)
	if structOf(t) == nil {
		return traits{}
	}
	known, ok := p.known[t]
	if !ok {
		c := p.contract
		r := newJSONStruct(t)
		known = traits{
			code:      p.codeOf(r),
			generic:   r.generic(c.Code().Path),
			detailed:  r.find(c.Members.Detail) != nil,
			companion: r.companion(c) != nil,
			complete:  r.complete(c),
		}
		p.known[t] = known
	}
	return known
}

// codeOf returns the member of r that plays the code's role, or nil.
func (p *recognizer) codeOf(r *jsonStruct) *Member {
	if d := p.directive(r.typ); d != nil && d.Code != "" {
		return r.selector(d.Code)
	}
	return r.member(isNumberOrAny, p.contract.Code().Path)
}

// entry returns the type of a batch's entries that t is, or nil. If its code has an opaque type, other signs must make
// the batch evident.
func (p *recognizer) entry(t types.Type, keyed bool, h hint) *Response {
	r := newJSONStruct(t)
	if r == nil {
		return nil
	}
	if d := p.directive(r.typ); d != nil {
		resp, err := p.assigned(r, d)
		if err != nil || d.Shape == "none" {
			return nil
		}
		resp.Kind = Entry
		if h.contract != nil && resp.Contract == p.contract {
			resp.Contract = h.contract
		}
		return resp
	}
	if p.contract.Off && !h.directed {
		return nil
	}
	code := r.member(isNumberOrAny, p.contract.Code().Path)
	if code == nil && h.code != "" {
		code = r.selector(h.code)
	}
	if code == nil || !isNumberOrAny(code.Type) {
		return nil
	}
	resp := p.response(r, code)
	resp.Kind = Entry
	if h.contract != nil {
		resp.Contract = h.contract
	}
	if h.directed {
		return resp
	}
	v := p.verdict(r, code)
	if v.Foreign && !v.Evident && !p.speaks(r) && !h.judged {
		return nil
	}
	// An element of a list is an outcome only if an ID says whose, or if there is evidence. Else a list of area codes
	// would make a batch. It is evidence if the owner's code is compared with values that only a batch has.
	if keyed || h.judged || v.Evident || p.speaks(r) || resp.Message != nil || resp.Task != nil || r.hasID() {
		return resp
	}
	return nil
}

// hasID reports whether r has a member that identifies something: "id",
// "instanceId", "InstanceID", "instance_id".
func (r *jsonStruct) hasID() bool {
	for _, f := range r.fields {
		named := strings.EqualFold(f.name, "id")
		for _, suffix := range []string{"Id", "ID", "_id"} {
			named = named || strings.HasSuffix(f.name, suffix)
		}
		if named && isID(f.v.Type()) {
			return true
		}
	}
	return false
}

// isOpaque reports whether t keeps JSON undecoded or without Go types: any, json.RawMessage, and maps with string keys,
// slices and arrays of them, up to the given number of levels.
func isOpaque(t types.Type, levels int) bool {
	t = gotype.Deref(t)
	if gotype.IsAny(t) || gotype.IsRawJSON(t) {
		return true
	}
	if _, ok := t.(*types.TypeParam); ok && levels < 2 {
		return true // all that a generic type's own methods know
	}
	if levels == 0 {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Map:
		return gotype.IsBasic(u.Key(), types.IsString) && isOpaque(u.Elem(), levels-1)
	case *types.Slice:
		return isOpaque(u.Elem(), levels-1)
	case *types.Array:
		return isOpaque(u.Elem(), levels-1)
	}
	return false
}
