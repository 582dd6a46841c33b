// Package library knows other people's functions: which of them print, exit, decode, encode or wrap errors. It
// is one table, and whoever asks anything of a function by its name asks that.
//
// A logger, a decoder or a function that never returns is added by a line of the table. From it follows what the engine
// does not look into, what recognition takes for a decode and for a write, and what the filter looks for in a
// package's bytes.
//
// The filter asks before most of the program has started, once for each package of a program. So nothing is imported
// here, and the table is data: there is nothing to set up.
package library

// A Kind says what a function does. Kinds can be combined to ask for any of them.
type Kind uint64

// What is known of a call without a look at the function.
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
	Iterates                        // gives an iterator over the elements of its argument
	IteratesKeys                    // gives an iterator over the keys of its argument

	Effects = 1<<iota - 1 // any of these
)

// What else there is to know. A function may be of such a kind and have an effect.
const (
	Exits        Kind = IteratesKeys << (1 + iota) // ends the process: what is owed by then is never paid
	Unwinds                                        // never returns either, and the path owes nothing: a panic, the end of a test
	FailsTest                                      // makes the running test fail, and returns
	MakesDecoder                                   // gives a decoder of the reader that it gets
	JudgesBytes                                    // tells what it finds in the bytes that it gets

	Moves      // hands on or transforms bytes without judging them
	Fetches    // has bytes of its own to give
	Digests    // makes sums of bytes
	Codec      // takes part in decoding or encoding: neither judges nor keeps bytes
	BuildsText // makes a text or an error: neither judges nor keeps bytes, but may give them back

	MayGiveNil // gives a nil error where all went well
	Collects   // makes a slice of what its argument, an iterator, gives
	Searches   // looks for something in a slice or a map, and changes nothing
	Contains   // likewise, and says whether its second argument is there

	CopiesTo   // moves bytes into the argument, from what stands before it: see Row.Arg
	CopiesFrom // moves bytes from the argument, into what stands before it
	Tees       // lets somebody else read what goes through
	Limits     // gives a reader of the argument
	OnlyReads  // writes nothing into its receiver, a buffer
	Splits     // gives one piece of the bytes after the other, or several at a time
	Advances   // goes on to the next piece, and says whether there is one
	Measures   // tells of bytes by numbers and truth values
	WritesTo   // writes to its receiver, or to its first argument

	Writes         // encodes, prints or sends what it gets, by its name
	DecodesRequest // decodes the request that the program serves, by its name
	Logs           // prints, by its name, if it has a logger's signature
)

// Ends are the kinds of functions that never return.
const Ends = Exits | Unwinds

// A Row says what some functions do.
type Row struct {
	Packages []string // import paths, or what paths of packages below another begin with, as "crypto/"; nil for any package
	Recv     string   // the names of types that have the methods, or one of those below
	Names    string   // of functions, or patterns: see Name
	Kinds    Kind

	// Arg is the argument that is decoded into, moved to or moved from. The other side is the one before it, or
	// the receiver.
	Arg int
}

const (
	function = ""   // no method
	method   = "()" // a method of any type
	either   = "?"  // a function or a method
)

// AnyType stands for all types in a question about a method.
const AnyType = method

// all are the names that begin with anything.
const all = "*"

// Find returns the first row of the table that has one of the kinds for a function, nil if there is none. For a
// method, recv names its type, or is [AnyType].
func Find(kinds Kind, path, recv, name string) *Row {
	for i := range table {
		r := &table[i]
		if r.Kinds&kinds != 0 && r.of(recv) && r.in(path) && r.has(name) {
			return r
		}
	}
	return nil
}

// Kinds returns all kinds of which the table says that a function is.
func Kinds(path, recv, name string) (kinds Kind) {
	for i := range table {
		if r := &table[i]; r.of(recv) && r.in(path) && r.has(name) {
			kinds |= r.Kinds
		}
	}
	return kinds
}

// Package returns the kinds of which all functions and methods of a package are.
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

// IsCodec reports whether a package has the names of encoding/json.
func IsCodec(path string) bool {
	for _, p := range codecs {
		if p == path {
			return true
		}
	}
	return false
}

// Each visits the names of the functions of the kinds, or patterns of them, with their rows.
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

// cut returns the first word of a list, and the others.
func cut(list string) (word, others string) {
	for i := range len(list) {
		if list[i] == ' ' {
			return list[:i], list[i+1:]
		}
	}
	return list, ""
}
