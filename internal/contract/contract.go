// Package contract says what an API promises about the outcome of a call: where the outcome stands, which values mean
// success, partial failure and total failure, and what the program owes.
//
// A [Contract] is data. Package recognize finds the Go types that follow one. Package typestate finds what functions do
// about it. Neither knows an API's names or numbers.
package contract

import (
	"go/token"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/importpath"
)

// A Contract is what one API promises.
type Contract struct {
	ID      string // such as "tencent.cloudapi2"
	Name    string // for messages and docs, such as "cloud API 2.0"
	URL     string // its documentation
	Tier    Tier
	Off     bool     // it is off unless the user asks for it
	Members *Members // how to find the types that follow it, by JSON members
	Find    *Find    // or by Go type and function
	Duties  []Duty   // what the program owes for a response: each of them
	Words   Words    // what messages say

	// Of a contract that is found by type or function.
	Complement []string    // paths of what succeeded: its length, or whether something is in it, tells what failed
	Exempt     []Exemption // requests for which nothing is owed
}

// A Tier says what is at stake if failed items pass for done.
type Tier int

const (
	Loss   Tier = 1 // data or messages are lost, duplicated or read wrongly
	Change Tier = 2 // another change isn't made
	Read   Tier = 3 // what was not found is missing from a list
)

// A Find says which Go types and calls follow a contract. A path stands for all major versions of its module: it has no
// element such as v2, and an import path matches it without these.
type Find struct {
	Paths  []string // import paths of the packages that declare the type or the functions; one SDK may have had several
	Majors []int    // the major versions that it is about, if it isn't about all of them
	Type   string   // the response's type; "" if it has none of its own
	Calls  []string // functions and methods that give it: "DeleteObjects", or "Client.Do" for the method of one type

	// Again are methods that tell the same once more, on what the call was made on: "Job.LastStatus" after "Job.Wait".
	Again []string

	// Result is the index of the result that is the response. It is 0, and of no interest if the type tells.
	Result int
}

// In reports whether the contract is about the package with an import path.
func (f *Find) In(path string) bool {
	return slices.Contains(f.Paths, importpath.Unversioned(path)) && (len(f.Majors) == 0 || slices.Contains(f.Majors, importpath.Major(path)))
}

// Names returns the names of the type and of the functions, without receivers. Whoever uses the contract's responses
// mentions one of them, or gets the response from a package that does.
func (f *Find) Names() []string {
	var names []string
	if f.Type != "" {
		names = append(names, f.Type)
	}
	for _, call := range f.Calls {
		names = append(names, MethodName(call))
	}
	return names
}

// MethodName returns the name of a function or method in [Find] without the receiver's type.
func MethodName(call string) string { return call[strings.LastIndexByte(call, '.')+1:] }

// An Exemption says that nothing is owed for a request whose field has one of these values, written as in Go.
type Exemption struct {
	Field  string
	Values []string
}

// A Duty is what the program owes for a response until it consults one of the signals.
type Duty struct {
	Signals []Signal // the first is the outcome code
	Entries bool     // if the code may mean a partial failure, entries must be inspected
}

// A Signal tells whether items failed. It is read as a number: so a comparison of it narrows a set of numbers.
type Signal struct {
	// Path is the JSON name of the member or, for a contract that is found by type or function, a Go selector with []
	// for the elements of a list or a map and () for a method: "Records[].ErrorCode", "Status.Err()", "[].Err".
	Path    string
	Reading Reading

	// What the numbers mean. Clean and Partial share a value if the API gives one answer for both: then only the
	// entries tell.
	Clean   codeset.Set // every item succeeded, or the task was accepted
	Partial codeset.Set // some items may have failed, and the entries say which
	Total   codeset.Set // every item failed

	Texts []string // of a Text: the known texts; each one's number is its index
}

// A Reading says how a signal becomes a number.
type Reading uint8

const (
	Number Reading = iota // itself
	Count                 // itself, never negative
	Length                // of a list, a map, a channel or a text: how many are in it
	Truth                 // 1 for true, 0 for false
	Nil                   // 0 for nil, 1 for everything else
	Text                  // the number of the text, see [Signal.Texts]; all unknown texts share one more number
)

// Readings are the names of all readings in a contract's YAML. A name's index is the reading.
var Readings = [...]string{Number: "number", Count: "count", Length: "length", Truth: "truth", Nil: "nil", Text: "text"}

func (r Reading) String() string { return Readings[r] }

// Domain returns the numbers that a reading can give.
func (r Reading) Domain() codeset.Set {
	switch r {
	case Count, Length, Text:
		return codeset.Compare(token.GEQ, 0)
	case Truth, Nil:
		return codeset.Of(0, 1)
	}
	return codeset.All()
}

// Members are the JSON names by which a struct is found to follow a contract. Case does not matter. The code and its
// symbolic name are signals: see [Contract.Code] and [Contract.Symbol].
type Members struct {
	Detail        string   // the collection of entries of a batch response
	Message       []string // human-readable text; decides nothing
	Task          []string // the task ID; the first is the documented name
	TaskEnvelopes []string // structs one level down in which a task ID may stand

	Required   []string // every response has these as well
	Embeddable bool     // a struct that embeds one with the code alone is a response

	// Evidence that a type, or a whole package, speaks this API.
	NumericEvidence []string // members of the type that are numbers
	Hosts           []string // substrings of the package's string constants
}

// Words are the words for a contract's items in messages.
type Words struct {
	Item  string // such as "resource"
	Items string // more than one
	Loss  string // what becomes of failed ones, such as "messages that SQS did not send are lost"; of a contract by type or function
}

// Code returns the signal that is the outcome code.
func (c *Contract) Code() *Signal { return &c.Duties[0].Signals[0] }

// Symbol returns the signal that is the code's symbolic name, a string beside the code, or nil.
func (c *Contract) Symbol() *Signal {
	for i := range c.Duties[0].Signals {
		if s := &c.Duties[0].Signals[i]; s.Reading == Text {
			return s
		}
	}
	return nil
}

// Number returns the number of a text.
func (s *Signal) Number(text string) int64 {
	if i := slices.Index(s.Texts, text); i >= 0 {
		return int64(i)
	}
	return int64(len(s.Texts))
}

// Values returns the numbers that have a meaning for the signal.
func (s *Signal) Values() codeset.Set { return s.Clean.Union(s.Partial).Union(s.Total) }

// SuccessValue returns the number that fixes compare with: the least clean one.
func (s *Signal) SuccessValue() int64 { return s.Clean.Min() }

// Counts reports whether the signal says how many items failed.
func (s *Signal) Counts() bool {
	return (s.Reading == Count || s.Reading == Length) && s.Clean.Equal(codeset.Of(0))
}

// CleanMayBePartial reports whether one value may mean both success and partial failure.
func (s *Signal) CleanMayBePartial() bool { return s.Clean.Intersects(s.Partial) }

// WithValues returns a contract that differs in the code's values alone.
func (c *Contract) WithValues(clean, partial, total codeset.Set) *Contract {
	own := *c
	own.Duties = slices.Clone(c.Duties)
	own.Duties[0].Signals = slices.Clone(own.Duties[0].Signals)
	code := own.Code()
	code.Clean, code.Partial, code.Total = clean, partial, total
	return &own
}

// ByMembers reports whether types follow the contract by their JSON members.
func (c *Contract) ByMembers() bool { return c.Members != nil }

// Companions returns the members that accompany a code. Every response has at least one of them. They are the required
// members if there are any, else detail, symbol and task ID.
func (c *Contract) Companions() []string {
	if len(c.Members.Required) > 0 {
		return c.Members.Required
	}
	var names []string
	if c.Members.Detail != "" {
		names = append(names, c.Members.Detail)
	}
	if s := c.Symbol(); s != nil {
		names = append(names, s.Path)
	}
	return append(names, c.Members.Task...)
}
