package recognize

import (
	"go/types"

	"github.com/asynccheck/asynccheck/internal/gotype"
)

// Base describes t if it is a struct with an outcome code, and no response or entry by itself: what embeds
// it may be one.
//
//	type Base struct {
//		Code    int    `json:"code"`
//		Message string `json:"message"`
//	}
//
//	type StopResponse struct {
//		Base
//		Detail map[string]Item `json:"detail"`
//	}
//
// Its kind is None. It returns nil if t is none.
func (p *api) Base(t types.Type) *Response {
	code := p.Code(t)
	if code == nil || p.Holds(t) {
		return nil
	}
	base, ok := p.bases[gotype.Deref(t)]
	if !ok {
		base = p.response(newRecord(t), code)
		p.bases[gotype.Deref(t)] = base
	}
	return base
}

// Shares reports whether a base may be there for other packages to embed it: this one gives it its code, and
// says itself that JSON has it; and there is nothing but numbers and texts in it. What has more than
// that, as the status of Kubernetes has, is an answer of another kind.
func (p *api) Shares(base *Response) bool {
	r := newRecord(base.Type)
	if r.variable(base.Code).Pkg() != p.in.Pkg {
		return false
	}
	for _, f := range r.fields {
		if !gotype.IsBasic(gotype.Deref(f.v.Type()), types.IsConstType) {
			return false
		}
	}
	if !p.contract.Members.Base {
		return false
	}
	f := r.find(p.contract.Code().Path)
	return f != nil && f.tagged
}
