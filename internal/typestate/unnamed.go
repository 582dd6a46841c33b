package typestate

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// A Hidden describes the response in an interface that a function gives, if its callers can't name the response's
// type:
//
//	func (c *Client) Stop(ids []string) (Answer, error) { …; return &batch{…}, nil }
//
// Drivers that read export data don't have such types. So a summary describes them.
type Hidden struct {
	Batch              bool
	Code, Detail, Task string     // members by their paths
	Contract           string     // its ID
	Values             [3][]int64 // bounds of the code's values for success, partial and total failure
	JSON               string     // names of the code in JSON
	Methods            []Method   // of the interface, sorted by name
}

// A Method is what a method does with its receiver.
type Method struct {
	Name    string
	Path    string // to the embedded struct whose method it is
	Summary Summary
}

// hide describes t, the type of the value that the i'th result of fn always holds. The result is an interface. It
// returns nil if callers can name the type.
func (e *Engine) hide(fn *ssa.Function, i int, t types.Type) *Hidden {
	resp := e.cfg.Response(t)
	if resp == nil || hasName(fn, t) {
		return nil
	}
	ro := rolesOf(resp)
	h := &Hidden{
		Batch: resp.Kind == recognize.Batch, Code: ro.code, Detail: ro.detail, Task: ro.task,
		Contract: resp.Contract.ID, Values: boundsOf(resp.Contract), JSON: resp.Code.JSON,
	}
	iface := fn.Signature.Results().At(i).Type().Underlying().(*types.Interface)
	for m := range iface.Methods() {
		sum, path := e.methodSummary(t, m)
		p := sum.response(0)
		if p == nil {
			continue
		}
		does := Summary{Params: []Param{*p}}
		for _, res := range sum.Results {
			if res.Param == 0 || res.NonNil {
				does.Results = append(does.Results, res)
			}
		}
		h.Methods = append(h.Methods, Method{m.Name(), path, does})
	}
	slices.SortFunc(h.Methods, func(a, b Method) int { return strings.Compare(a.Name, b.Name) })
	return h
}

// hasName reports whether callers of fn can name the type, or one that it points to.
func hasName(fn *ssa.Function, t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Exported() && n.Obj().Parent() == n.Obj().Pkg().Scope() && fn.Pkg != nil && n.Obj().Pkg() == fn.Pkg.Pkg
}

// boundsOf gives the bounds of a contract's values for success, partial and total failure.
func boundsOf(c *contract.Contract) [3][]int64 {
	code := c.Code()
	var all [3][]int64
	for i, s := range []codeset.Set{code.Clean, code.Partial, code.Total} {
		if !s.IsEmpty() { // facts don't tell an empty list from none
			all[i] = s.Bounds()
		}
	}
	return all
}

// response describes what is in the interface t. It returns nil if none of the contracts is that of the response.
func (h *Hidden) response(contracts []*contract.Contract, t types.Type) *recognize.Response {
	i := slices.IndexFunc(contracts, func(c *contract.Contract) bool { return c.ID == h.Contract })
	if i < 0 {
		return nil
	}
	c := contracts[i]
	if known := boundsOf(c); !slices.EqualFunc(h.Values[:], known[:], slices.Equal[[]int64]) {
		c = c.WithValues(toSet(h.Values[0]), toSet(h.Values[1]), toSet(h.Values[2]))
	}
	resp := &recognize.Response{
		Kind: recognize.Single, Contract: c, Type: t,
		Code: &recognize.Member{Path: fields(h.Code), Selector: h.selector(h.Code, "code"), JSON: h.JSON, Type: types.Typ[types.Int]},
	}
	if !c.ByMembers() {
		resp.Code.Selector = c.Code().Path
	}
	if h.Task != noMember {
		resp.Task = &recognize.Member{Path: fields(h.Task), Selector: h.selector(h.Task, "task"), Type: types.Typ[types.String]}
	}
	if h.Batch {
		resp.Kind = recognize.Batch
		detail := recognize.Member{Path: fields(h.Detail), Selector: h.selector(h.Detail, "detail"), Type: t}
		resp.Detail = &recognize.Detail{Member: detail, Collection: t, Form: recognize.Opaque}
	}
	return resp
}

// selector gives the call of the method that returns the member at path, or the member's role if no method does.
func (h *Hidden) selector(path, role string) string {
	for i := range h.Methods {
		m := &h.Methods[i]
		if res := m.Summary.result(0); res != nil && res.Param == 0 && m.Path+res.Path == path {
			return m.Name + "()"
		}
	}
	return role
}

// fields gives the field indexes of a path.
func fields(path string) []int {
	var indexes []int
	for _, index := range path {
		indexes = append(indexes, int(index))
	}
	return indexes
}

// method gives what the method of the name does, nil if nothing is known of it.
func (h *Hidden) method(name string) (sum *Summary, path string) {
	if h != nil {
		for i := range h.Methods {
			if m := &h.Methods[i]; m.Name == name {
				return &m.Summary, m.Path
			}
		}
	}
	return nil, ""
}

// methodOfDynamic gives the summary of a method of the interface that holds the value, nil if none does.
func (e *Engine) methodOfDynamic(s *site, m *types.Func) (sum *Summary, path string) {
	if s.iface.dynamic != nil {
		return e.methodSummary(s.iface.dynamic, m)
	}
	return s.iface.hidden.method(m.Name())
}
