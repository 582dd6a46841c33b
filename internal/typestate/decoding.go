package typestate

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
)

// A function that does nothing but decode its caller's bytes is a decoder, too. Only the caller knows where the bytes
// come from, and who else looks into them. So a call of such a function counts as the decode that is in it:
//
//	func decode(b []byte, into *Result) error { return json.Unmarshal(b, into) }
//	func decodeAny(r io.Reader, into any) error { return json.NewDecoder(r).Decode(into) }
//	func decoded(b []byte) (r Result, err error) { err = json.Unmarshal(b, &r); return r, err }

// effectOf says what is known of a call without a look at the callee's body: by its name, or because it does nothing
// but decode.
func (e *Engine) effectOf(c *ssa.CallCommon) library.Kind {
	k := e.effect(calleeOf(c))
	if k == nothing && e.plainly(c) != nil {
		return library.Decodes
	}
	return k
}

// plainly gives the callee's summary if the callee does nothing but decode.
func (e *Engine) plainly(c *ssa.CallCommon) *Summary {
	if callee := calleeOf(c); e.effect(callee) != nothing || e.is(library.DecodesRequest, callee) || e.cfg.checks(c) {
		return nil
	}
	sum := e.summaryOf(c)
	if p, res := sum.decoder(); p == nil && res == nil {
		return nil
	}
	return sum
}

// A decoding is a call that decodes bytes.
type decoding struct {
	call *ssa.Call
	data ssa.Value // the bytes, or a reader or decoder of them
	into ssa.Value // what it fills, or gives; nil if nobody takes what it gives
	give bool      // it gives what it decodes
}

// decodingOf gives the operands of the call if it decodes bytes.
func (e *Engine) decodingOf(call *ssa.Call) (d decoding, ok bool) {
	if data, target, ok := e.decoderArgs(call.Common()); ok {
		return decoding{call: call, data: data, into: stripInterface(target)}, true
	}
	data, i := e.decodedResult(call.Common())
	if data == nil {
		return d, false
	}
	return decoding{call: call, data: data, into: resultAt(call, i), give: true}, true
}

// decodedResult gives the bytes from which the call decodes its i'th result, nil if it doesn't.
func (e *Engine) decodedResult(c *ssa.CallCommon) (data ssa.Value, i int) {
	_, res := e.plainly(c).decoder()
	if res == nil {
		return nil, 0
	}
	return argument(c, res.From-1), res.Index
}

// decoder gives the parameter that the call decodes into, or the result that it decodes, if that is all
// that it does.
func (s *Summary) decoder() (*Param, *Result) {
	if s == nil {
		return nil, nil
	}
	for i := range s.Params {
		if p := &s.Params[i]; p.Role == Target && p.Fill.Plain && s.alone(p.From, p.Index) {
			return p, nil
		}
	}
	for i := range s.Results {
		if r := &s.Results[i]; r.Nil.Plain && s.alone(r.From, -1) {
			return nil, r
		}
	}
	return nil, nil
}

// alone reports whether the call decodes the bytes of the parameter from-1 once and does nothing else, except to print
// other parameters. It decodes into the parameter into, or into a result if that is -1.
func (s *Summary) alone(from, into int) bool {
	return from > 0 &&
		!slices.ContainsFunc(s.Params, func(p Param) bool { return p.Index != into && p.Role != Printed }) &&
		!slices.ContainsFunc(s.Results, func(r Result) bool { return r.Param >= 0 || r.From > 0 && into >= 0 })
}

// argument gives the value of the parameter with the index that it has in a summary, nil if there is none.
func argument(c *ssa.CallCommon, param int) ssa.Value {
	first := firstArg(c)
	switch {
	case param < first:
		return c.Value // the receiver
	case param-first < len(c.Args):
		return c.Args[param-first]
	}
	return nil
}

// resultAt gives the i'th result of the call, nil if nobody takes it.
func resultAt(call *ssa.Call, i int) ssa.Value {
	if call.Call.Signature().Results().Len() == 1 {
		return call
	}
	for _, ref := range referrers(call) {
		if x, ok := ref.(*ssa.Extract); ok && x.Index == i {
			return x
		}
	}
	return nil
}

// bytesOf gives one more than the index of the parameter whose bytes the run's value is decoded from,
// 0 if there is none.
func (r *run) bytesOf() int {
	p, _ := r.org.decode.data.root.(*ssa.Parameter)
	return slices.Index(r.fn.Params, p) + 1
}

// plain reports whether the function does nothing with the value and its bytes but decode.
func (r *run) plain() bool {
	if !r.org.raw || r.failed || r.blurred || r.killed || r.org.kind == Parameter {
		return false
	}
	for _, e := range r.ends {
		if e.Judged != NotJudged || e.JudgedByProducer || e.does != 0 || !e.Codes.Equal(r.org.codes) {
			return false
		}
	}
	return true
}

// handOnAside hands on what a function that only decodes gets beside the bytes and the pointer.
func (r *run) handOnAside(st *state, c *ssa.CallCommon, args []value) {
	sum := r.engine.plainly(c)
	p, res := sum.decoder()
	for i, x := range args {
		switch {
		case p != nil && (i == p.From-1 || i == p.Index), res != nil && i == res.From-1, sum == nil:
		case sum.param(i, Printed) != nil:
			r.print(st, x)
		default:
			r.handOn(st, x, c.Pos())
		}
	}
}

// exclusive reports whether no path comes by both calls:
//
//	if resp.StatusCode >= 400 {
//		json.Unmarshal(body, &refusal)
//		return refusal
//	}
//	return json.Unmarshal(body, out)
func exclusive(a, b *ssa.Call) bool { return Apart(a.Block(), b.Block()) }
