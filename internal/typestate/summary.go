package typestate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/codeset"
)

// A Summary says what a call does to the responses that it is given, and what
// it tells of those that it gives. It holds no pointers into the program, so
// that it can be kept with the function from one package to the next.
type Summary struct {
	bottom  bool     // the call does not return, as far as known yet
	Params  []Param  // sorted by index and role
	Results []Result // sorted by index
}

// A Role is what a parameter is with regard to a response.
type Role uint8

const (
	Whole   Role = iota // a response
	Base                // a struct that has a response's code, but is no response by itself
	Code                // an outcome code
	Bytes               // the bytes, or a reader of the bytes, of a response
	Detail              // the entries of a batch response
	Target              // a pointer to what a response is decoded into
	Printed             // anything, which goes to printers alone
)

// hasCode reports whether a parameter with the role is a response, or a struct with a response's code.
func (r Role) hasCode() bool { return r == Whole || r == Base }

// A Param is what a call does with one parameter. A method's receiver has
// index 0.
type Param struct {
	Index    int
	Role     Role
	Outcomes []Outcome // for any role but Target: the ways in which the call can go
	Fill     Delivered // for Target: what it is filled with
	Member   string    // for Bytes and Target: names in JSON of the code that the outcomes or the codes describe; "" if they describe any
	From     int       // for Target: one more than the parameter with the bytes that it is decoded from, 0 if there is none
	Rejects  Place     // for Target: the return that rejects a partial failure and keeps the detail from everybody, if one does
	Callback int       // for Whole: the parameter that is called with the entries and inspects them, or not; -1 if none
}

// An Outcome is one way in which a call can go: for which codes it does, what
// it does, and by which results the caller can tell.
type Outcome struct {
	Signal Signal
	Bools  []Bool
	Consts []string // values of other results by index, where they are constants
	Sizes  []Size   // of other results by index, where they are made of a batch's entries
	Codes  []int64  // bounds of intervals, in pairs
	Does   Does
}

// Set gives the codes of the outcome.
func (o Outcome) Set() codeset.Set { return toSet(o.Codes) }

// like reports whether the outcomes differ in their codes at most.
func (o Outcome) like(p Outcome) bool {
	return o.Signal == p.Signal && slices.Equal(o.Bools, p.Bools) && slices.Equal(o.Consts, p.Consts) && slices.Equal(o.Sizes, p.Sizes) && o.Does == p.Does
}

// subsumedBy reports whether all covers the codes of o and says the same of them, with or without an entry.
func (o Outcome) subsumedBy(all Outcome) bool {
	o.Does &^= HasEntry
	return o.like(all) && toSet(o.Codes).SubsetOf(toSet(all.Codes))
}

// Does are properties of an outcome, which hold whenever the call goes that way.
type Does uint8

const (
	Judges Does = 1 << iota
	Inspects
	KeepsCode
	KeepsDetail
	Touches
	NamesFailure // the code is one that the callee names by its symbolic name
	HasEntry     // there is an entry
	Tests        // an opaque test has told codes apart, nobody knows which
)

// A Result is what is known of one result: that it is a member of a parameter,
// that it is a response, or bytes that nobody has looked into.
type Result struct {
	Index   int
	Param   int        // the parameter, -1 if the result is none of its members
	Path    string     // with Param: the member
	NonNil  bool       // an error that is never nil
	Wraps   int        // 1 + the index of an error parameter: the result, an error, is nil if and only if that is, and the call does nothing else; 0 if there is none
	From    int        // see [Param]
	Type    string     // the dynamic type of an interface, as [types.TypeString] writes it
	Hidden  *Hidden    // what the interface holds, if callers can't name the type
	Raw     bool       // the bytes of a response, as they came
	Within  string     `json:",omitempty"` // where the response stands in the result, a struct or a pointer to one
	Signal  *SignalRef `json:",omitempty"` // the result is no response, but a signal of one
	Nil     Delivered  // the response, on the paths without an error
	Member  string     // names in JSON of the code that Nil describes, "" if it describes any
	Rejects Place      // see [Param]
}

// A SignalRef is a signal of a response by a contract that is found by type or function. A function gives it without the
// response, such as the list of failures.
type SignalRef struct {
	Contract string // its ID
	Path     string // of the signal, as in the contract
}

// A Place is a line of the source of some package. The zero Place is none.
type Place struct {
	Pkg  string // path
	File string // without its directory, which differs from machine to machine
	Line int
}

// A Delivered says what is known of a response that a call gives.
type Delivered struct {
	Known            bool
	Codes            []int64 // codes that it may have, as bounds of intervals in pairs
	Unchecked        bool    // nobody may have judged it
	SharedWithOthers bool    // somebody else has it as well, who may have judged it
	Plain            bool    // the call does nothing with it and with the bytes but to decode
}

func (s *Summary) param(i int, role Role) *Param {
	if s != nil {
		for k := range s.Params {
			if p := &s.Params[k]; p.Index == i && p.Role == role {
				return p
			}
		}
	}
	return nil
}

// decodesFrom reports whether the call decodes the bytes that the parameter has.
func (s *Summary) decodesFrom(i int) bool {
	return slices.ContainsFunc(s.Params, func(p Param) bool { return p.From == i+1 }) ||
		slices.ContainsFunc(s.Results, func(r Result) bool { return r.From == i+1 })
}

// response gives what the call does with a response, or with the struct in it that has the code.
func (s *Summary) response(i int) *Param {
	if p := s.param(i, Whole); p != nil {
		return p
	}
	return s.param(i, Base)
}

func (s *Summary) result(i int) *Result {
	if s != nil {
		for k := range s.Results {
			if s.Results[k].Index == i {
				return &s.Results[k]
			}
		}
	}
	return nil
}

// String describes the summary in one line, for tests and debugging.
func (s *Summary) String() string {
	if s == nil || s.bottom {
		return ""
	}
	var parts []string
	for _, p := range s.Params {
		name := fmt.Sprintf("%s %d", [...]string{"response", "base", "code", "bytes", "detail", "target", "printed"}[p.Role], p.Index)
		if p.Role == Target {
			name += " filled with " + p.Fill.String()
			if p.From > 0 {
				name += fmt.Sprintf(" from %d", p.From-1)
			}
			if p.Rejects.Line > 0 {
				name += ", partial failure rejected"
			}
		}
		for i, o := range p.Outcomes {
			name += [...]string{": ", "; "}[min(i, 1)] + o.String()
		}
		if p.Callback >= 0 {
			name += fmt.Sprintf(", entries to %d", p.Callback)
		}
		parts = append(parts, name)
	}
	for _, r := range s.Results {
		name := fmt.Sprintf("result %d", r.Index)
		switch {
		case r.NonNil:
			name += " never nil"
		case r.Wraps > 0:
			name += fmt.Sprintf(" wraps %d", r.Wraps-1)
		case r.Raw:
			name += " raw"
		case r.Param >= 0:
			name += fmt.Sprintf(" of %d", r.Param)
		default:
			name += " " + r.Nil.String()
			if r.Type != "" {
				name += " in " + r.Type
			}
			if r.Within != "" {
				name += " in a struct"
			}
			if r.Signal != nil {
				name += " " + r.Signal.Path + " by " + r.Signal.Contract
			}
			if r.From > 0 {
				name += fmt.Sprintf(" from %d", r.From-1)
			}
			if r.Rejects.Line > 0 {
				name += ", partial failure rejected"
			}
		}
		parts = append(parts, name)
	}
	return strings.Join(parts, " | ")
}

func (o Outcome) String() string {
	var words []string
	switch o.Signal {
	case Success:
		words = append(words, "nil")
	case Maybe:
		words = append(words, "maybe nil")
	case Failure:
		words = append(words, "error")
	}
	for _, b := range o.Bools {
		words = append(words, [...]string{"bool", "true", "false"}[b])
	}
	for i, c := range o.Consts {
		if c != "" {
			words = append(words, fmt.Sprintf("result %d %s", i, c))
		}
	}
	for i, s := range o.Sizes {
		if s != AnySize {
			words = append(words, fmt.Sprintf("result %d %s", i, [...]string{Nothing: "nothing", NoneIn: "empty", SomeIn: "not empty"}[s]))
		}
	}
	words = append(words, toSet(o.Codes).String())
	for i, d := range []string{"judged", "inspected", "code kept", "detail kept", "touched", "named", "not empty", "tested"} {
		if o.Does&(1<<i) != 0 {
			words = append(words, d)
		}
	}
	return strings.Join(words, " ")
}

func (g Delivered) String() string {
	if !g.Known {
		return "something"
	}
	s := toSet(g.Codes).String()
	if g.Unchecked {
		s += " unchecked"
	}
	if g.SharedWithOthers {
		s += " kept"
	}
	if g.Plain {
		s += " plain"
	}
	return s
}

// toSet gives the set with the given bounds.
func toSet(bounds []int64) codeset.Set {
	var s codeset.Set
	for i := 0; i+1 < len(bounds); i += 2 {
		s = s.Union(codeset.Range(bounds[i], bounds[i+1]))
	}
	return s
}

// Export gives what other packages need to know: nil if the function neither touches a response nor decodes one. What
// a function does with a mere number matters only if it gives a verdict. What it does with a struct that is no
// response by itself matters only if it gives a verdict or the code.
func (s *Summary) Export() *Summary {
	if s == nil {
		return nil
	}
	out := new(Summary)
	for _, p := range s.Params {
		verdict := p.does(Judges) && len(p.Outcomes) <= mostOutcomes && p.verdict()
		if p.Role == Code && !verdict || p.Role == Base && !verdict && !s.gives(p.Index) {
			continue
		}
		out.Params = append(out.Params, p)
	}
	out.Results = s.Results
	if len(out.Params)+len(out.Results) == 0 {
		return nil
	}
	return out
}

// gives reports whether a result is a member of the parameter.
func (s *Summary) gives(param int) bool {
	return slices.ContainsFunc(s.Results, func(r Result) bool { return r.Param == param })
}

// IrrelevantToResponses reports whether the summary only tells of errors and of what is printed, and nothing of
// responses.
func (s *Summary) IrrelevantToResponses() bool {
	return !slices.ContainsFunc(s.Params, func(p Param) bool { return p.Role != Printed }) &&
		!slices.ContainsFunc(s.Results, func(r Result) bool { return !r.NonNil && r.Wraps == 0 })
}

// verdict reports whether the caller can tell outcomes apart.
func (p *Param) verdict() bool {
	for _, o := range p.Outcomes {
		if o.Signal != NoSignal || len(o.Bools) > 0 || len(o.Consts) > 0 {
			return true
		}
	}
	return false
}
