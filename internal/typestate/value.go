package typestate

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/contract"
)

// A value is an abstract value: what a register or a variable holds, by itself or in relation to the
// response value. It is one of the types of this file, which are all comparable, or nil: then nothing is known.
//
// A switch over values hands on what no case models; see handOn.
type value interface{ isValue() }

// The response, and what is reached through it.
type (
	// A member is the member at path of the response, or a pointer to it: the Go type tells them apart where
	// it matters. The whole response has the path "".
	member struct {
		path string // field indexes, one rune a step
	}

	// An entry is the member at path of some entry of the detail, or a pointer to it.
	entry struct {
		path   string
		lookup ssa.Value // the comma-ok lookup that gave it, if there may be no entry
		lost   bool      // there was none: it is the zero value
	}

	// An iterator goes over the detail.
	iterator struct {
		begun bool // it has given an entry
	}
)

// A derived value comes from the response, and is no member of it.
type derived uint8

const (
	entryCount  derived = iota + 1 // the number of entries
	originError                    // the error that the origin gave beside the response
	rawBytes                       // the bytes that the response was decoded from
	codeText                       // a text that the code was formatted into
	opaque                         // something computed from the code that the engine doesn't evaluate
	noted                          // what is read from memory in which the function may have noted something about the code
	number                         // the code, where the member itself is no number: the length of a list
	told                           // something computed from a signal
	itemCount                      // how many items have a signal of their own
	succeeded                      // how many items succeeded, or something computed from that
	ofSuccess                      // what a pointer leads to that only an item has which succeeded
	verdict                        // the error by which a callee says that the code, or an entry's, is a failure
)

// Memory and functions.
type (
	// A pointer leads to the local variable block at path.
	pointer cell

	// A box is a struct that holds the response in the variable block below path.
	box cell

	// A function is one that is known: a *ssa.Function or a *ssa.MakeClosure.
	function struct{ of ssa.Value }
)

// What is known of a value by itself.
type (
	nullness   uint8
	truthValue uint8
	sign       uint8

	// A constVal is a constant, given by its exact value as Go writes it.
	constVal struct{ exact string }

	// A collected value is a list or a map that isn't nil.
	collected struct {
		some bool      // it has an element
		made ssa.Value // the instruction that makes the map, if it is one that the function makes
	}
)

const (
	isNil    nullness = iota + 1
	nonNil            // it isn't nil
	mayBeNil          // an error that is nil on some paths of its maker
)

const (
	isTrue truthValue = iota + 1
	isFalse
)

const positive sign = 1 // an integer greater than 0

// A condition is a boolean that carries a test, so that a branch on it, wherever that is, says what the test
// says. With neg it is the test's negation.
type condition interface {
	value
	negated() bool
	not() value
}

type (
	// inSet is true if the code is in a set.
	inSet struct {
		set int32 // index in the run's table of splits
		neg bool
		reading
	}

	// isNamed is true if the code's symbolic name is a particular failure.
	isNamed struct {
		neg bool
		reading
	}

	// nilTest is true if the operand is nil.
	nilTest struct {
		neg     bool
		operand ssa.Value
		of      value // the operand's value: a member, an entry, originError or nothing
	}

	// drained is true if a loop over the detail has no more entries.
	drained struct {
		neg   bool
		it    ssa.Value // what goes over a map, nil for a list
		begun bool      // it has given an entry
	}

	// noEntry is true if the detail has no entry with the key.
	noEntry struct {
		neg    bool
		lookup ssa.Value
	}

	// A test is true if the answer to its question is yes.
	test struct {
		what question
		neg  bool
	}
)

// A question is what a test asks.
type question uint8

const (
	noEntries    question = iota + 1 // has the detail no entry?
	someEntry                        // true only if there is an entry
	originFailed                     // true only if the origin's error is non-nil
	noValue                          // did the origin give no value?
	noItems                          // are there no items with a signal of their own?
	allItems                         // are there as many items as something else says?
	otherDuty                        // is a signal of another duty clean?
	loopLeft                         // has the loop over an iterator been left?
	otherMember                      // a comparison of a member that says nothing of the code
)

// A reading says where the code is read, and where that decides.
type reading struct {
	read ssa.Value
	pos  token.Pos // of the comparison
}

func (member) isValue()     {}
func (entry) isValue()      {}
func (iterator) isValue()   {}
func (derived) isValue()    {}
func (pointer) isValue()    {}
func (box) isValue()        {}
func (function) isValue()   {}
func (nullness) isValue()   {}
func (truthValue) isValue() {}
func (sign) isValue()       {}
func (constVal) isValue()   {}
func (collected) isValue()  {}
func (inSet) isValue()      {}
func (isNamed) isValue()    {}
func (nilTest) isValue()    {}
func (drained) isValue()    {}
func (noEntry) isValue()    {}
func (test) isValue()       {}

func (c inSet) negated() bool   { return c.neg }
func (c isNamed) negated() bool { return c.neg }
func (c nilTest) negated() bool { return c.neg }
func (c drained) negated() bool { return c.neg }
func (c noEntry) negated() bool { return c.neg }
func (c test) negated() bool    { return c.neg }

func (c inSet) not() value   { c.neg = !c.neg; return c }
func (c isNamed) not() value { c.neg = !c.neg; return c }
func (c nilTest) not() value { c.neg = !c.neg; return c }
func (c drained) not() value { c.neg = !c.neg; return c }
func (c noEntry) not() value { c.neg = !c.neg; return c }
func (c test) not() value    { c.neg = !c.neg; return c }

// is reports whether x is of the type.
func is[T value](x value) bool {
	_, ok := x.(T)
	return ok
}

// negation gives the value of a boolean that is true where x is false. A member is its own negation: a branch on
// either is a branch on the member.
func negation(x value) value {
	switch x := x.(type) {
	case truthValue:
		return boolean(x == isFalse)
	case condition:
		return x.not()
	}
	return x
}

// oneSided reports whether the condition says something where it is true, and nothing where it is false.
func oneSided(c condition) bool {
	t, ok := c.(test)
	return ok && t.what == someEntry
}

// boolean gives the value of a bool that is known.
func boolean(b bool) value {
	if b {
		return isTrue
	}
	return isFalse
}

// nilness gives the value of what is nil, or isn't.
func nilness(null bool) value {
	if null {
		return isNil
	}
	return nonNil
}

// hasSome reports whether x is a list or a map that has an element.
func hasSome(x value) bool {
	c, ok := x.(collected)
	return ok && c.some
}

// readAt moves a test of the code to the call that makes it. Other values stay as they are.
func readAt(x value, by reading) value {
	switch x := x.(type) {
	case inSet:
		x.reading = by
		return x
	case isNamed:
		x.reading = by
		return x
	}
	return x
}

// deeper gives what stands at path in x: in a member, an entry, or the memory that x points to. It is nil
// for anything else.
func deeper(x value, path string) value {
	switch x := x.(type) {
	case member:
		x.path += path
		return x
	case entry:
		x.path += path
		return x
	case pointer:
		x.path += path
		return x
	}
	return nil
}

// cellOf gives the memory that a pointer leads to or that a box is in. It is not ok for anything else.
func cellOf(x value) (c cell, ok bool) {
	switch x := x.(type) {
	case pointer:
		return cell(x), true
	case box:
		return cell(x), true
	}
	return cell{}, false
}

// aboutResponse reports whether x loses its meaning with the response.
func aboutResponse(x value) bool {
	switch x := x.(type) {
	case member, entry, iterator, derived, box, inSet, isNamed, drained, noEntry, test:
		return true
	case nilTest:
		return x.of != nil
	}
	return false
}

// isWhole reports whether x is the response as a whole.
func isWhole(x value) bool { return x == value(member{}) }

// isOuterCode reports whether x is the outcome code of the response itself.
func (r *run) isOuterCode(x value) bool {
	if r.roles.signalled && r.roles.reading != contract.Number && r.roles.reading != contract.Count {
		return x == number
	}
	return x == value(member{r.roles.code})
}

// isEntryCode reports whether x is the code of an entry.
func (r *run) isEntryCode(x value) bool {
	e, ok := x.(entry)
	return ok && e.path == r.roles.entryCode && !r.roles.opaque
}

// isCode reports whether x is the outcome code, the response's or an entry's.
func (r *run) isCode(x value) bool { return r.isOuterCode(x) || r.isEntryCode(x) }

// isTask reports whether x is the task ID.
func (r *run) isTask(x value) bool { return x == value(member{r.roles.task}) }

// isDetail reports whether x is the collection of entries.
func (r *run) isDetail(x value) bool {
	m, ok := x.(member)
	return ok && (m.path == r.roles.detail || r.roles.opaque && len(m.path) > len(r.roles.detail) && holds(r.roles.detail, m.path))
}

// entryCode reports whether x is the entry's code or holds it.
func (r *run) entryCode(x entry) bool {
	return r.roles.opaque || holds(x.path, r.roles.entryCode) || x.path == r.roles.entryDesc
}
