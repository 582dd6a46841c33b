// Package rig records what a generated handler does. Its source is copied into
// the programs that the oracle runs.
package rig

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

// A Trace is what a handler did with one answer.
type Trace struct {
	Signal  string // nil, error, true, false, none, panic, stopped
	Error   string // the error result
	Results []string
	Log     []Event
	Touched bool // the detail's length, keys or messages were used, or it was printed
	Refused bool // a function that looked at the code by itself gave an error
	Lookups int  // how often an entry was looked up
}

// An Event is one thing that a handler did.
type Event struct {
	Kind  Kind
	Site  int
	Taken int    // of a Branched: the way it went
	Value string // of a Handed: what
	Task  bool   // of a Handed: it is the task ID
}

// Kind is the kind of an event.
type Kind int

const (
	Branched Kind = iota // control went one way
	Acted                // a printer was called
	Assigned             // a variable that somebody reads was assigned
	Handed               // a value was handed on
	Turned               // an iteration of a loop over entries began
	Called               // a helper was called
)

// Cur is the trace of the running handler.
var Cur *Trace

var ticks int

type stop struct{}

// Run calls a handler and gives its trace.
func Run(f func()) (t *Trace) {
	t = new(Trace)
	Cur, ticks = t, 0
	defer func() {
		if v := recover(); v != nil {
			if _, ok := v.(stop); ok {
				t.Signal = "stopped"
			} else {
				t.Signal = "panic"
			}
		}
	}()
	f()
	return t
}

// Tick counts the iterations of a loop, and ends a loop that does not end by itself.
func Tick() {
	if ticks++; ticks > 4 {
		panic(stop{})
	}
}

// Results records a handler's results. hasErr says that the last is an error.
func Results(hasErr bool) func(...any) {
	return func(rs ...any) {
		Cur.Signal = "none"
		if hasErr {
			last := rs[len(rs)-1]
			rs = rs[:len(rs)-1]
			if last == nil {
				Cur.Signal = "nil"
			} else {
				Cur.Signal = "error"
				Cur.Error = describe(last.(error))
			}
		}
		for _, r := range rs {
			if b, ok := r.(bool); ok && !hasErr {
				Cur.Signal = fmt.Sprint(b)
			}
			Cur.Results = append(Cur.Results, Snap(r))
		}
	}
}

// Snap gives a deep snapshot of a value.
func Snap(v any) string {
	if err, ok := v.(error); ok {
		return describe(err)
	}
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%#v", v)
	}
	return string(b)
}

// describe describes an error by its origin, what it carries and what it wraps. The text of a printed response does not
// count.
func describe(err error) string {
	var s strings.Builder
	switch e := err.(type) {
	case *printed:
		fmt.Fprintf(&s, "printed %d %s", e.site, e.args)
	default:
		b, _ := json.Marshal(err)
		fmt.Fprintf(&s, "%T %s", err, b)
		if errors.Unwrap(err) == nil {
			s.WriteString(err.Error())
		}
	}
	if inner := errors.Unwrap(err); inner != nil {
		s.WriteString(": " + describe(inner))
	}
	return s.String()
}

type printed struct {
	site int
	args []string
}

func (e *printed) Error() string { return fmt.Sprint("printed ", e.site) }

// Errorf replaces fmt.Errorf. The arguments are those that the handler computed. Printed parts of the response are left
// out.
func Errorf(site int, touch bool, args ...any) error {
	Cur.Touched = Cur.Touched || touch
	e := &printed{site: site}
	for _, a := range args {
		e.args = append(e.args, Snap(a))
	}
	return e
}

// Print replaces a printer.
func Print(site int, touch bool) {
	Cur.Touched = Cur.Touched || touch
	event(Event{Kind: Acted, Site: site})
}

func event(e Event) { Cur.Log = append(Cur.Log, e) }

// Assign records an assignment.
func Assign(site int) { event(Event{Kind: Assigned, Site: site}) }

// Call records that a helper is called.
func Call(site int) { event(Event{Kind: Called, Site: site}) }

// Turn records that an iteration of a loop over entries begins.
func Turn(site int) { event(Event{Kind: Turned, Site: site}) }

// Keep takes a value over.
func Keep(v any) { event(Event{Kind: Handed, Value: Snap(v)}) }

// Poll takes the task ID over.
func Poll(id string) {
	event(Event{Kind: Handed, Value: Snap("task " + id), Task: true})
}

// Sleep is a call that has nothing to do with the response.
func Sleep() { Keep("slept") }

// Branch records which way a branch goes.
func Branch(site int, touch, taken bool) bool {
	Cur.Touched = Cur.Touched || touch
	e := Event{Kind: Branched, Site: site}
	if taken {
		e.Taken = 1
	}
	event(e)
	return taken
}

// Lookup records that an entry is looked up.
func Lookup() { Cur.Lookups++ }

// Touched records that a condition touched the detail.
func Touched(b bool) bool {
	Touch()
	return b
}

// Touch records that the detail was touched.
func Touch() { Cur.Touched = true }

// Reject records that the origin gives an error.
func Reject() { Cur.Refused = true }

// Case records which clause a switch takes.
func Case(site, clause int) { event(Event{Kind: Branched, Site: site, Taken: clause}) }

// Sorted ranges over a map in the order of its keys.
func Sorted[M ~map[string]V, V any](m M) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}
