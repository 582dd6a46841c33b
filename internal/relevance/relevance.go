// Package relevance says what makes a package, or a function, matter: why it may have to do with responses. Each
// reason is a row of one table, and whoever decides what is read, parsed, built or exported asks the rows:
//
//	package program          which packages of a program have a response in reach, by their bytes: [Shapes], [Directive]
//	package source           which package can matter, by its bytes and by the facts of its imports: all rows
//	analyzer/matters.go      which package does, by its syntax and types: a [Tier]
//	typestate/concerns.go    of which function an SSA form is built, likewise: a [Tier]
//	analyzer/leads.go        by which names importers know what is exported: [Hints]
//
// Each of these may say yes more often than those that come after it, and never less: TestTiers compares them.
//
// What a package that doesn't matter declares leads to no response: it would have to mention a name that does so.
//
// Under go vet the filter asks before most of the program has started, once for each package. So little is imported
// here, and what contracts say is a table of its own: see [Shapes].
package relevance

import (
	"github.com/asynccheck/asynccheck/internal/filter/lex"
	"github.com/asynccheck/asynccheck/internal/library"
)

// A Reason is why something matters: the number of a row.
type Reason uint8

const (
	Directive Reason = iota
	Member
	Data
	Part
	Code
	Named
	Decodes
	Fetches
	Reads
	Exits
	Helper

	Reasons // how many there are
)

// A Row is what is known of a reason.
type Row struct {
	Name string
	Why  string
	Seen func(Tier) bool // how it shows in syntax and types

	// How it shows in bytes: by these words and, if a fact or the configuration gives names with the hint, by those.
	Word string // wherever it stands
	Hint byte

	// By functions that are called: by these names, or those of the library's functions that do this. Imports tells
	// whether a package is one of theirs. Who imports none of these calls none, unless a hint says so. Alike says that others
	// have such names: a pool's Get has no arguments, and a header's or a query's gives a string.
	Calls   []string
	Alike   bool
	Does    library.Kind
	Imports func(path string) bool

	// By what the results' types of the calling function end in. Often says that nearly every file has such a result.
	Gives []string
	Often bool

	// By a package's size in bytes, if it imports these alone.
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
		Why:   "An exported function never returns: nothing is owed where it is called.",
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

// A Shape is what a struct must have to be a response of one contract: JSON names of members, compared as
// encoding/json does. [Shapes] is generated from the contracts.
type Shape struct {
	Code          string
	Companions    []string // it has one of these as well
	TaskEnvelopes []string // or a struct of this name, which has
	Embeddable    bool     // the code alone makes responses of the structs that embed it

	// Seldom says that few structs have a member of Companions, and each response does: that is looked for, not the
	// code.
	Seldom bool
}

// Sought returns the names to look for in a source where few structs have them: each response has a member of the first
// name, and one of the others.
func (s *Shape) Sought() (name string, others []string) {
	if s.Seldom {
		return s.Companions[0], []string{s.Code}
	}
	return s.Code, s.Companions
}

// A Tier is a package, or a function, of which syntax and types are known. It has a method for each way in which a reason
// shows there, so that no tier is forgotten when there is another.
type Tier interface {
	Response() bool // some value is a response
	Judges() bool   // what has the code may be embedded by others' responses, and is judged
	Mentions() bool // a function of another package is used that does something to responses
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
