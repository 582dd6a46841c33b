package contract

import "go/types"

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
func (p *Package) Base(t types.Type) *Response {
	code := p.Code(t)
	if code == nil || p.Holds(t) {
		return nil
	}
	base, ok := p.bases[deref(t)]
	if !ok {
		base = p.response(newRecord(t), code)
		p.bases[deref(t)] = base
	}
	return base
}

// Declares reports whether the package itself gives a base its code, and says itself that JSON has it: then
// what embeds the base may be another package's.
func (p *Package) Declares(base *Response) bool {
	r := newRecord(base.Type)
	if r.variable(base.Code).Pkg() != p.in.Pkg {
		return false
	}
	f := r.find(p.in.Contract.Code)
	return f != nil && f.tagged
}
