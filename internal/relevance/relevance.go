// Package relevance says why a package, or a function, matters: why it may have to do with responses. Each reason is a
// row of one table. All code that decides what is read, parsed, built or exported asks the rows:
//
//	package program          which packages of a program have a response in reach, by their bytes: [Shapes], [Directive]
//	package source           which package can matter, by its bytes and by the facts of its imports: all rows
//	analyzer/matters.go      which package does, by its syntax and types: a [Tier]
//	typestate/concerns.go    which functions get an SSA form, likewise: a [Tier]
//	analyzer/leads.go        the names that tell importers about exports: [Hints]
//
// Each place may say yes more often than those below it, and never less often: TestTiers compares them.
//
// If a package doesn't matter, none of its declarations leads to a response: it would have to mention a name that does.
//
// Under go vet the filter asks before most of the program has started, once for each package. So this package imports
// little, and has a table of its own for what contracts say: see [Shapes].
package relevance

import (
	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/library"
)

// A Reason says why something matters. It is the number of a row.
type Reason uint8

const (
	Directive Reason = iota
	Member
	Data
	Part
	Code
	Named
	SDK
	Decodes
	Fetches
	Reads
	Exits
	Helper

	Reasons // how many there are
)

// A Row is what is known about a reason.
type Row struct {
	Name string
	Why  string
	Seen func(Tier) bool // how it shows in syntax and types

	// How the reason shows in bytes: by these words, and by the names that a fact or the configuration gives with the
	// hint.
	Word string // at any place
	Hint byte

	// By calls: of functions with these names, or of the library's functions of this kind. Imports tells whether a
	// package has such functions. Without an import of such a package there is no such call, unless a hint names one.
	// Alike says that other functions have these names too: a pool's Get has no arguments, and a header's or a query's
	// Get gives a string.
	Calls   []string
	Alike   bool
	Does    library.Kind
	Imports func(path string) bool

	// By the results of the function that calls: the last words of their types are these. Often says that nearly every
	// file has such a result.
	Gives []string
	Often bool

	// By a package's size in bytes, if it imports only these.
	Size int
	Only []string
}

// Table has all reasons.
var Table = [Reasons]Row{
	Directive: {
		Name: "directive",
		Why:  "It has a directive, right or wrong.",
		Seen: Tier.Response,
		Word: lex.Directive,
	},
	Member: { // see Shapes
		Name: "member",
		Why:  "A struct has a member that each response has beside its code, by name or by tag.",
		Seen: Tier.Response,
	},
	Data: { // see Shapes
		Name: "data",
		Why:  "Something is generic, and a struct has data of any type: with a task ID in it, it is a response's.",
		Seen: Tier.Response,
	},
	Part: {
		Name: "part",
		Why:  "A struct embeds a type of another package that has such a member, or a type is declared as that one.",
		Seen: Tier.Response,
		Hint: 'p',
	},
	Code: { // see Shapes
		Name: "code",
		Why:  "A struct's tag names the code: responses of other packages may embed the struct, and its methods judge them.",
		Seen: Tier.Judges,
	},
	Named: {
		Name: "name",
		Why:  "It mentions a name of an import that leads to a response, or of a function that does something to one.",
		Seen: Tier.Mentions,
		Hint: 'n',
	},
	SDK: { // see sdks
		Name: "uses an SDK",
		Why:  "It imports a package that contracts name, or one that gives such a package's values, and mentions one of their functions or types.",
		Seen: Tier.Response,
	},
	Decodes: {
		Name: "decodes for others",
		Why: "A function hands its parameter to a decoder, or to a function that does so, unless that points to a type with " +
			"a name; or it is generic and decodes. A caller's response may be decoded.",
		Seen:    Tier.Decodes,
		Hint:    'f',
		Does:    library.Decodes,
		Imports: library.HasDecoder,
	},
	Fetches: {
		Name:    "fetches for others",
		Why:     "A function gives an HTTP response or the bytes of one: its callers decode them.",
		Seen:    Tier.Fetches,
		Hint:    'g',
		Calls:   []string{"Do", "Get", "Head", "Post", "PostForm", "ReadAll"},
		Alike:   true,
		Imports: isHTTP,
		Gives:   []string{"byte", "uint8", "Buffer", "RawMessage", "Response", "Reader", "ReadCloser"},
	},
	Reads: { // many functions give a text: fewer read
		Name:    "reads for others",
		Why:     "A function gives the bytes of an HTTP response as a text.",
		Seen:    Tier.Reads,
		Hint:    'g',
		Calls:   []string{"ReadAll"},
		Imports: isHTTP,
		Gives:   []string{"string"},
		Often:   true,
	},
	Exits: {
		Name:  "exits",
		Why:   "An exported function never returns, so a call of it ends the path.",
		Seen:  Tier.Exits,
		Hint:  'e',
		Calls: []string{"panic"},
		Does:  library.Ends,
	},
	Helper: {
		Name: "helper",
		Why: "It is small, imports little, and exports a function that looks as if it judged a code, made an error or printed. " +
			"What such a one does is known by its body alone.",
		Seen: Tier.Helps,
		Size: 32 << 10,
		Only: []string{
			"bufio", "bytes", "context", "encoding/json", "errors", "fmt", "io", "log", "log/slog", "os", "runtime", "runtime/debug",
			"strconv", "strings", "sync", "sync/atomic", "time", "unsafe",
		},
	},
}

func isHTTP(path string) bool { return path == "net/http" }

// A Shape is what a struct must have to be a response of one contract: JSON names of members. They are compared as
// encoding/json does it. [Shapes] is generated from the contracts.
type Shape struct {
	Code          string
	Companions    []string // and it has one of these
	TaskEnvelopes []string // or a struct of this name, which has
	Embeddable    bool     // a struct that embeds one with the code alone is a response

	// Seldom says that few structs have a member of Companions, and that each response has one. Then the filter looks
	// for these members, and not for the code.
	Seldom bool
}

// Sought returns the names to look for in a source where few structs have them. Each response has a member of the first
// name, and one of the others.
func (s *Shape) Sought() (name string, others []string) {
	if s.Seldom {
		return s.Companions[0], []string{s.Code}
	}
	return s.Code, s.Companions
}

// A Tier is a package, or a function, whose syntax and types are known. It has one method for each way in which a
// reason shows there. So a new way can't be forgotten in any tier.
type Tier interface {
	Response() bool // some value is a response
	Judges() bool   // a struct with the code is judged, and responses of other packages may embed it
	Mentions() bool // it uses a function of another package that does something to responses
	Decodes() bool
	Fetches() bool
	Reads() bool
	Exits() bool
	Helps() bool
}

// Matters reports whether there is a reason.
func Matters(t Tier) bool {
	for r := range Table {
		if Table[r].Seen(t) {
			return true
		}
	}
	return false
}
