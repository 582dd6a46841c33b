package source

import (
	"unicode"
	"unicode/utf8"

	"github.com/asynccheck/asynccheck/internal/library"
)

// What the engine and the contract know by name, as far as it shows in source. What the contract says is written
// down here once more, and compared by a test: a process for a package that doesn't matter would
// take longer to start with the contract than to read the source.

// memberNames are the JSON names of which each response has one beside its code, compared as
// encoding/json does.
var memberNames = []string{"detail", "codeDesc", "requestId", "taskId", "errmsg"}

// codeName is the JSON name of the code.
const codeName = "code"

// nestNames are the JSON names of the structs in which a response may have a task ID instead.
var nestNames = []string{"data"}

// exitNames are names of functions that are always known to never return.
var exitNames = func() map[string]bool {
	names := map[string]bool{"panic": true}
	library.Each(library.Ends, func(name library.Name, _ *library.Row) { names[string(name)] = true })
	return names
}()

// A decoder is a name, or what names begin with, of functions that decode.
type decoder struct {
	begin       string
	exact       bool
	first, last int // the arguments of which one is filled, depending on the function
}

// decodings are all of them.
var decodings = func() (all []decoder) {
	library.Each(library.Decodes, func(name library.Name, row *library.Row) {
		begin, exact := name.Prefix()
		for i := range all {
			if d := &all[i]; d.begin == begin && d.exact == exact {
				d.first, d.last = min(d.first, row.Arg), max(d.last, row.Arg)
				return
			}
		}
		all = append(all, decoder{begin, exact, row.Arg, row.Arg})
	})
	return all
}()

// isKeyword reports whether a word is one of the language's.
func isKeyword(word string) bool {
	switch word {
	case "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func", "go", "goto",
		"if", "import", "interface", "map", "package", "range", "return", "select", "struct", "switch", "type", "var":
		return true
	}
	return false
}

// isExported reports whether a name begins with an upper-case letter.
func isExported(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(r)
}
