package recognize

import (
	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
)

// Another convention. That equality with one value other than the contract's is the only way to success
// can be written in many ways:
//
//	if r.Code != 1 { return err }
//	if ok := r.Code == 1; ok { return nil }; return err
//	if !r.OK() { err = errFailed }
//
// So nobody looks for it in the source. The package is analysed as if its types were responses, and
// whoever follows their values tells with which codes it goes the way of success: [Package.RecordSuccess]. Then
// [Package.DropForeign] tells which types are none after all.

// taken sums up what a package does with the values of one code.
type taken struct {
	success    codeset.Set // codes with which functions signal success
	singledOut codeset.Set // codes that functions without such a signal tell from all others
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

// foreign reports whether all functions that say so take one value for success, and none of the
// contract's. A function that signals nothing counts only where no other does: it may have singled out
// a special case.
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

// isForeignNow reports whether resp, which may be nil, is none after all.
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
