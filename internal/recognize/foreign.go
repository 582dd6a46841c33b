package recognize

import (
	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
)

// Another convention. Success may be equality with one value that is not the contract's, and code can say so in many
// ways:
//
//	if r.Code != 1 { return err }
//	if ok := r.Code == 1; ok { return nil }; return err
//	if !r.OK() { err = errFailed }
//
// So recognition does not look for it in the source. The analyzer treats the types as responses first, and the engine
// tells with which codes the package signals success: [Package.RecordSuccess]. Then [Package.DropForeign] drops the
// types that follow another convention.

// taken sums up what a package does with the values of one code.
type taken struct {
	success    codeset.Set // codes with which functions signal success
	singledOut codeset.Set // codes that functions without such a signal distinguish from all others
}

func (p *recognizer) RecordSuccess(resp *Response, success, singledOut codeset.Set) {
	if success.IsEmpty() && singledOut.IsEmpty() || structOf(gotype.Deref(resp.Type)) == nil {
		return
	}
	v := fieldAt(resp.Type, resp.Code.Path)
	t := p.taken[v]
	if t == nil {
		t = new(taken)
		p.taken[v] = t
	}
	t.success = t.success.Union(success)
	t.singledOut = t.singledOut.Union(singledOut)
}

// foreign reports whether all functions that signal success take one value for it, and none of the contract's. Other
// functions count only if no function signals success: a value that they single out may be a special case.
func (t *taken) foreign(c *contract.Contract) bool {
	codes := t.success
	if codes.IsEmpty() {
		codes = t.singledOut
	}
	_, one := codes.Finite(1)
	return one && !codes.Intersects(c.Code().Values())
}

func (p *recognizer) DropForeign() (changed bool) {
	for code, t := range p.taken {
		if t.foreign(p.contract) {
			p.foreign[code] = true
		}
	}
	if len(p.foreign) == 0 {
		return false
	}
	for _, answers := range p.structs {
		for _, a := range answers {
			changed = changed || a.resp != nil && (p.isForeignNow(a.resp) || a.resp.Kind == Batch && p.isForeignNow(a.resp.Detail.Entry))
		}
	}
	if changed {
		p.forget()
	}
	return changed
}

// isForeignNow reports whether resp has turned out to be no response. resp may be nil.
func (p *recognizer) isForeignNow(resp *Response) bool {
	if resp == nil {
		return false
	}
	r := newJSONStruct(resp.Type)
	if !p.foreign[r.variable(resp.Code)] || p.directive(r.typ) != nil {
		return false
	}
	v := p.verdict(r, resp.Code)
	return v.Foreign && !v.Evident && !p.speaks(r)
}
