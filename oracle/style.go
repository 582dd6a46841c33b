package oracle

import (
	"math/rand/v2"
	"regexp"
	"strings"
)

// A Style is the form in which a program is written. Programs of the same tree do the same in any style, except Carry,
// which hands an answer on.
type Style struct {
	Results Results
	Made    Made
	Capture Capture
	Carry   bool // the answer goes into the next request: r, err := fetch(prev)
	Methods bool // a helper that gets the code is a method of the code's type
	Based   bool // a method that looks only at the embedded struct belongs to that struct
}

// Results says how a handler declares its results.
type Results int

const (
	Plain    Results = iota // error
	Named                   // (fault error)
	Deferred                // likewise, and something is deferred
	Captured                // likewise, and what is deferred captures the error
	numResults
)

// Made says what a handler decodes into.
type Made int

const (
	Value   Made = iota // var r Answer; json.Unmarshal(b, &r)
	New                 // r := new(Answer); json.Unmarshal(b, r)
	Literal             // r := &Answer{}
	numMade
)

// Capture says which function literal captures the response.
type Capture int

const (
	None       Capture = iota
	ByDeferred         // defer func() { _ = r }()
	ByCalled           // see := func() { _ = r }; see()
	numCaptures
)

func genStyle(r *rand.Rand) Style {
	return Style{
		Results: Results(r.IntN(int(numResults))),
		Made:    Made(r.IntN(int(numMade))),
		Capture: Capture(r.IntN(int(numCaptures))),
		Carry:   r.IntN(3) == 0,
		Methods: r.IntN(2) == 0,
		Based:   r.IntN(2) == 0,
	}
}

// carriesOn reports whether each answer goes into the next request. In a loop that ends, the last answer would go
// nowhere, and all runs have the other answers.
func (p *Program) carriesOn() bool { return p.Style.Carry && p.Origin == Fetched && p.Retry == Forever }

// methods reports whether helpers that get the code are methods of its type.
func (p *Program) methods() bool { return p.Style.Methods && p.Shape.CodeType == "state" }

// results gives the result list of the handler, whose types are given.
func (w *printer) results(list string) string {
	p := w.p
	if p.Style.Results == Plain || p.Sig == SigVoid || p.Sig == SigNamedErr {
		return list
	}
	types := strings.Split(strings.Trim(list, "()"), ", ")
	names := []string{"got", "fault"}
	if len(types) == 1 && p.Sig.HasErr() {
		names = names[1:]
	}
	for i, t := range types {
		types[i] = names[i] + " " + t
	}
	return "(" + strings.Join(types, ", ") + ")"
}

// deferred writes the handler's first statement if it is a defer.
func (w *printer) deferred() {
	fault := "fault"
	if w.p.Sig == SigNamedErr {
		fault = "err"
	}
	switch {
	case w.p.Style.Results == Captured && w.p.Sig.HasErr():
		w.line("defer func() { _ = %s }()", fault)
	case w.p.Style.Results >= Deferred:
		w.line("defer rest()")
	}
}

// captured writes the literal that captures the response, just after the handler got the response.
func (w *printer) captured() {
	switch {
	case w.p.Style.Capture == ByDeferred && w.p.Retry == Once:
		w.line("defer func() { _ = r }()")
	case w.p.Style.Capture == ByCalled:
		w.line("see := func() { _ = r }")
		w.line("see()")
	}
}

var ofHead = regexp.MustCompile(`\br\.(Code|Message|CodeDesc)\b`)

// based reports whether a helper with the given text is a method of the embedded struct. If the embedded struct had a
// method with an error, docs/rules would report a batch where the method is called, and not in the helper.
func (w *printer) based(h *Helper, text string) bool {
	s := w.p.Shape
	if !w.p.Style.Based || !s.Embedded || h.Kind != MethodBool && (h.Kind != MethodErr || s.Batch) {
		return false
	}
	return !mentions(ofHead.ReplaceAllString(text, ""), "r")
}
