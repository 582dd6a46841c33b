// Package library knows other people's functions: which of them print, exit, decode, encode or wrap errors. It is one
// table. All code that asks about a function by its name asks this table.
//
// To add a logger, a decoder or a function that never returns, add a line to the table. The table decides what the
// engine does not look into, what recognition takes for a decode or a write, and what the filter looks for in a
// package's bytes.
//
// The filter asks before most of the program has started, once for each package of a program. So this package imports
// nothing, and the table is data without initialization.
package library

// A Kind says what a function does. Combine kinds to ask for any of them.
type Kind uint64

// What is known about a call without a look at the function.
const (
	Prints         Kind = 1 << iota // formats or logs its arguments
	Formats                         // likewise, and returns the text
	MakesError                      // likewise, and returns an error that is never nil
	JoinsErrors                     // returns an error that wraps its arguments, nil if all of these are
	TestsError                      // says whether its first argument is a particular error
	WrapsNil                        // wraps its first argument, an error, and gives nil for nil
	Encodes                         // encodes its argument and returns the bytes
	EncodesTo                       // encodes its argument to the encoder's writer
	Decodes                         // decodes into an argument: see Row.Arg
	ConvertsNumber                  // gives the number that a text holds, or a number's text
	Dereferences                    // gives what its argument points to, or a zero value
	Iterates                        // gives an iterator over the elements of its argument
	IteratesKeys                    // gives an iterator over the keys of its argument

	Effects = 1<<iota - 1 // any of these
)

// What else is known. A function may have one of these kinds and an effect.
const (
	Exits        Kind = IteratesKeys << (1 + iota) // ends the process: what is owed then stays unpaid
	Unwinds                                        // never returns, and the path owes nothing: a panic, the end of a test
	FailsTest                                      // makes the running test fail, and returns
	MakesDecoder                                   // gives a decoder of the reader that it gets
	JudgesBytes                                    // tells what it finds in the bytes that it gets

	Moves      // hands on or transforms bytes without judging them
	Fetches    // gives bytes that it gets elsewhere
	Digests    // makes sums of bytes
	Codec      // takes part in decoding or encoding: neither judges nor keeps bytes
	BuildsText // makes a text or an error: neither judges nor keeps bytes, but may give them back

	MayGiveNil // gives a nil error on success
	Collects   // makes a slice of what its argument, an iterator, gives
	Searches   // looks for something in a slice or a map, and changes nothing
	Contains   // likewise, and says whether its second argument is there

	CopiesTo   // moves bytes into the argument, from the one before it: see Row.Arg
	CopiesFrom // moves bytes from the argument, into the one before it
	Tees       // copies what goes through to another writer
	Limits     // gives a reader of the argument
	OnlyReads  // writes nothing into its receiver, a buffer
	Splits     // gives the bytes in pieces, one or several at a time
	Advances   // goes on to the next piece, and says whether there is one
	Measures   // tells numbers and truth values about bytes
	WritesTo   // writes to its receiver, or to its first argument

	Writes         // encodes, prints or sends what it gets, by its name
	DecodesRequest // decodes the request that the program serves, by its name
	Logs           // prints, by its name, if it has a logger's signature
)

// Ends are the kinds of functions that never return.
const Ends = Exits | Unwinds

// A Row says what some functions do.
type Row struct {
	Packages []string // import paths, or prefixes of them such as "crypto/"; nil for any package
	Recv     string   // the names of types that have the methods, or one of those below
	Names    string   // of functions, or patterns: see Name
	Kinds    Kind

	// Arg is the argument that is decoded into, moved to or moved from. The other side is the argument before it, or
	// the receiver.
	Arg int
}

const (
	function = ""   // no method
	method   = "()" // a method of any type
	either   = "?"  // a function or a method
)

// AnyType stands for all types when the question is about a method.
const AnyType = method

// all is the pattern that every name matches.
const all = "*"

// Find returns the first row for a function that has one of the kinds, nil if there is none. For a method, recv names
// its type, or is [AnyType].
func Find(kinds Kind, path, recv, name string) *Row {
	for i := range table {
		r := &table[i]
		if r.Kinds&kinds != 0 && r.of(recv) && r.in(path) && r.has(name) {
			return r
		}
	}
	return nil
}

// Kinds returns all kinds that the table gives for a function.
func Kinds(path, recv, name string) (kinds Kind) {
	for i := range table {
		if r := &table[i]; r.of(recv) && r.in(path) && r.has(name) {
			kinds |= r.Kinds
		}
	}
	return kinds
}

// Package returns the kinds that all functions and methods of a package have.
func Package(path string) (kinds Kind) {
	for i := range table {
		if r := &table[i]; r.Names == all && r.in(path) {
			kinds |= r.Kinds
		}
	}
	return kinds
}

// HasDecoder reports whether a package has functions that decode.
func HasDecoder(path string) bool {
	for i := range table {
		if r := &table[i]; r.Kinds == Decodes && r.in(path) {
			return true
		}
	}
	return false
}

// IsCodec reports whether a package uses the names of encoding/json.
func IsCodec(path string) bool {
	for _, p := range codecs {
		if p == path {
			return true
		}
	}
	return false
}

// Each visits the names, or patterns of names, of the functions of the kinds, with their rows.
func Each(kinds Kind, yield func(Name, *Row)) {
	for i := range table {
		if r := &table[i]; r.Kinds&kinds != 0 {
			for names := r.Names; names != ""; {
				var name string
				name, names = cut(names)
				yield(Name(name), r)
			}
		}
	}
}

func (r *Row) in(path string) bool {
	if r.Packages == nil {
		return true
	}
	for _, p := range r.Packages {
		if p == path || p[len(p)-1] == '/' && len(path) > len(p) && path[:len(p)] == p {
			return true
		}
	}
	return false
}

func (r *Row) of(recv string) bool {
	switch r.Recv {
	case either, recv:
		return true
	case function:
		return false
	case method:
		return recv != ""
	}
	for types := r.Recv; types != ""; {
		var t string
		if t, types = cut(types); t == recv || recv == AnyType {
			return true
		}
	}
	return false
}

func (r *Row) has(name string) bool {
	for names := r.Names; names != ""; {
		var n string
		if n, names = cut(names); Name(n).Match(name) {
			return true
		}
	}
	return false
}

// cut returns the first word of a list, and the rest.
func cut(list string) (word, others string) {
	for i := range len(list) {
		if list[i] == ' ' {
			return list[:i], list[i+1:]
		}
	}
	return list, ""
}
