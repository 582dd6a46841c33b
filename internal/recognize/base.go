package recognize

import (
	"go/types"

	"github.com/asynccheck/asynccheck/internal/gotype"
)

func (p *recognizer) Base(t types.Type) *Response {
	code := p.Code(t)
	if code == nil || p.contract.Off || p.Holds(t) {
		return nil
	}
	base, ok := p.bases[gotype.Deref(t)]
	if !ok {
		base = p.response(newJSONStruct(t), code)
		p.bases[gotype.Deref(t)] = base
	}
	return base
}

func (p *recognizer) Embeddable(base *Response) bool {
	r := newJSONStruct(base.Type)
	if r.variable(base.Code).Pkg() != p.in.Pkg {
		return false
	}
	for _, f := range r.fields {
		if !gotype.IsBasic(gotype.Deref(f.v.Type()), types.IsConstType) {
			return false
		}
	}
	if !p.contract.Members.Embeddable {
		return false
	}
	f := r.find(p.contract.Code().Path)
	return f != nil && f.tagged
}
