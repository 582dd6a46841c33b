package program

import (
	"bytes"
	"go/types"

	"github.com/asynccheck/asynccheck/internal/filter/lex"
)

// predeclared are the names of predeclared types.
var predeclared = func() map[string]bool {
	names := make(map[string]bool)
	for _, name := range types.Universe.Names() {
		if _, ok := types.Universe.Lookup(name).(*types.TypeName); ok {
			names[name] = true
		}
	}
	return names
}()

// predeclaredNames is the lookout for them.
var predeclaredNames = func() *lex.Lookout {
	l := new(lex.Lookout)
	for name := range predeclared {
		l.Add(name)
	}
	return l
}()

// shadows reports whether a file may declare a type, or a type parameter, with the name of a predeclared type.
func shadows(src []byte) bool {
	for start, end := predeclaredNames.Next(src, 0); start < len(src); start, end = predeclaredNames.Next(src, end) {
		if predeclared[string(src[start:end])] && (isDeclared(src, start, end) || isParameter(src, start, end)) {
			return true
		}
	}
	return false
}

// declares reports whether a file may declare a type of the name.
func declares(src []byte, name string) bool {
	for i := 0; ; {
		n := bytes.Index(src[i:], []byte(name))
		if n < 0 {
			return false
		}
		start := i + n
		i = start + len(name)
		if lex.Start(src, start) == start && isDeclared(src, start, i) {
			return true
		}
	}
}

// isDeclared reports whether the word may be the name of a type that is declared here.
func isDeclared(src []byte, start, end int) bool {
	next := after(src, end)
	if next == len(src) {
		return false
	}
	if c := src[next]; lex.IsLetter(c) && next > end || bytes.IndexByte([]byte("[=*(/"), c) >= 0 {
		return beginsDeclaration(src, before(src, start))
	}
	return false
}

// isParameter reports whether the word may be the name of a type parameter that is declared here. It says yes for some
// parameters' types and arguments, too.
func isParameter(src []byte, start, end int) bool {
	first := before(src, start)
	next := after(src, end)
	return first > 0 && (src[first-1] == '[' || src[first-1] == ',') && next < len(src) &&
		(next > end || src[next] == ',' || src[next] == '*' || src[next] == '~')
}
