package typestate

import (
	"strings"
	"unicode/utf8"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// A member path is a string of field indexes, one rune a step, so that a
// prefix of the string is a prefix of the path.
func pathOf(steps ...[]int) string {
	path := ""
	for _, s := range steps {
		for _, i := range s {
			path = appendField(path, i)
		}
	}
	return path
}

// appendField appends a field to a path. Most paths are of one step, and most structs small: for these, the strings
// exist already.
func appendField(path string, field int) string {
	if uint(field) < uint(len(smallFields)) {
		return path + smallFields[field:field+1]
	}
	return path + string(rune(field))
}

var smallFields = func() string {
	var b strings.Builder
	for i := range rune(utf8.RuneSelf) {
		b.WriteRune(i)
	}
	return b.String()
}()

// No struct has a field with these indexes.
const (
	unreachable = 0x10FFFF // of the code of a response whose type is not known
	missing     = 0x10FFFE // of a member that the response doesn't have
)

// Paths that no field has. A value may be at nowhere: bytes, or an element of a collection. No value is ever at
// noMember.
const (
	nowhere  = string(rune(unreachable))
	noMember = string(rune(missing))
)

// escape is the path at which a variable's memory says that a pointer to it has left the function. No member's path is
// a prefix of it.
const escape = "\xff"

// roles are the paths of the members that play a role in a response.
type roles struct {
	code, desc, task, message string
	detail                    string // the collection
	entryCode, entryDesc      string // within an entry
	opaque                    bool   // entries have no Go type

	// By a contract that is found by type or function; see signals.go.
	signalled  bool
	reading    contract.Reading // of the code
	signals    []string         // all of them, with the code
	complement []string         // what succeeded
}

func rolesOf(resp *recognize.Response) roles {
	member := func(m *recognize.Member) string {
		if m == nil {
			return noMember
		}
		return pathOf(m.Path)
	}
	if resp.Contract.Find != nil {
		return signalledRoles(resp)
	}
	r := roles{
		code:      member(resp.Code),
		desc:      member(resp.Symbol),
		task:      member(resp.Task),
		message:   member(resp.Message),
		detail:    noMember,
		entryCode: noMember,
		entryDesc: noMember,
	}
	if d := resp.Detail; d != nil {
		r.detail = pathOf(d.Path, d.Inner)
		r.opaque = d.Form == recognize.Opaque
		if d.Entry != nil {
			r.entryCode, r.entryDesc = pathOf(d.Entry.Code.Path), member(d.Entry.Symbol)
		}
	}
	return r
}

// holds reports whether the member at path is the member at role, or a struct
// that contains it.
func holds(path, role string) bool { return strings.HasPrefix(role, path) }
