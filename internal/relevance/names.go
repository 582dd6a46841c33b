package relevance

import (
	"unicode"
	"unicode/utf8"
)

// What the engine and the contract know by name, as far as it shows in source. It is written down
// here once more, and compared by a test: a process for a package that doesn't matter would
// take longer to start with the engine than to read the source.

// memberNames are the JSON names of which each response has one beside its code, compared as
// encoding/json does.
var memberNames = []string{"detail", "codeDesc", "requestId", "taskId", "errmsg"}

// codeName is the JSON name of the code.
const codeName = "code"

// nestNames are the JSON names of the structs in which a response may have a task ID instead.
var nestNames = []string{"data"}

// exitNames are names of functions that are always known to never return.
var exitNames = map[string]bool{
	"panic": true, "Exit": true, "Exitf": true, "FailNow": true, "Fatal": true, "Fatalf": true, "Fatalln": true, "Fatalw": true,
	"Goexit": true, "Panic": true, "Panicf": true, "Panicln": true, "Skip": true, "SkipNow": true, "Skipf": true,
}

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
