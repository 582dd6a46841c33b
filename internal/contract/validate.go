package contract

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"unicode"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/importpath"
)

// A Problem is something that is wrong with a contract.
type Problem struct {
	Key string // the place within the contract, such as "duties[0].signals[0].path"
	Msg string
}

const (
	missing = "it is missing"
	noDuty  = "it is missing, want which member tells that items failed"
)

// Problems returns what is wrong with a contract, in no special order.
func (c *Contract) Problems() []Problem {
	v := new(validation)
	if !isID(c.ID) {
		v.failf("id", "%q is not an ID, want words with dots between them, such as vendor.api", c.ID)
	}
	for _, text := range []struct{ key, value string }{
		{"name", c.Name}, {"words.item", c.Words.Item}, {"words.items", c.Words.Items},
	} {
		if text.value == "" {
			v.failf(text.key, missing)
		}
	}
	switch {
	case c.Members != nil && c.Find != nil:
		v.failf("find", "there are members, too, want one of both")
		return v.problems
	case c.Members == nil && c.Find == nil:
		v.failf("find", "it is missing, want find for calls of an SDK, or members for structs with JSON members")
		if len(c.Duties) == 0 {
			v.failf("duties", noDuty)
		}
		return v.problems
	case c.Members != nil:
		v.members(c)
	default:
		v.found(c)
	}
	for i := range c.Duties {
		for k := range c.Duties[i].Signals {
			v.signal(fmt.Sprintf("duties[%d].signals[%d]", i, k), &c.Duties[i].Signals[k], c.ByMembers())
		}
	}
	return v.problems
}

// members checks what only a contract has that is found by members.
func (v *validation) members(c *Contract) {
	if len(c.Duties) == 0 {
		v.failf("duties", noDuty)
	} else if len(c.Duties) > 1 {
		v.failf("duties", "there are %d, want one: members describe one outcome", len(c.Duties))
	}
	for _, only := range []struct {
		key   string
		given bool
	}{
		{"tier", c.Tier != 0}, {"default", c.Off}, {"complement", len(c.Complement) > 0}, {"exempt", len(c.Exempt) > 0}, {"words.loss", c.Words.Loss != ""},
	} {
		if only.given {
			v.failf(only.key, "it is for contracts with find, not for those with members")
		}
	}
	for _, list := range []struct {
		key   string
		names []string
	}{
		{"message", c.Members.Message}, {"task", c.Members.Task}, {"taskEnvelopes", c.Members.TaskEnvelopes},
		{"required", c.Members.Required}, {"numericEvidence", c.Members.NumericEvidence}, {"hosts", c.Members.Hosts},
	} {
		if i := slices.Index(list.names, ""); i >= 0 {
			v.failf(fmt.Sprintf("members.%s[%d]", list.key, i), "it is empty")
		}
	}
	for i := range c.Duties {
		v.duty(fmt.Sprintf("duties[%d]", i), &c.Duties[i], c.Members)
	}
	if len(c.Duties) == 1 && len(c.Duties[0].Signals) > 0 && c.Symbol() == nil && len(c.Members.Task)+len(c.Members.Required) == 0 {
		v.failf("members.required", "it is missing, want the members that show a response of this API beside its code")
	}
}

// found checks what only a contract has that is found by type or function.
func (v *validation) found(c *Contract) {
	v.finder(c.Find)
	if c.Words.Loss == "" {
		v.failf("words.loss", "it is missing, want what becomes of failed items, such as messages that SQS did not send are lost")
	}
	if c.Tier < Loss || c.Tier > Read {
		v.failf("tier", "it is %d, want 1, 2 or 3", c.Tier)
	}
	v.signals(c.Duties)
	for i, path := range c.Complement {
		if _, err := ParsePath(path); err != nil {
			v.failf(fmt.Sprintf("complement[%d]", i), "%v", err)
		}
	}
	for i, e := range c.Exempt {
		if e.Field == "" || len(e.Values) == 0 {
			v.failf(fmt.Sprintf("exempt[%d]", i), "want a field of the request and the values that exempt")
		}
	}
}

// finder checks how a contract's types and functions are found.
func (v *validation) finder(f *Find) {
	if len(f.Paths) == 0 {
		v.failf("find.paths", "it is missing, want the import paths of the packages that declare the type or the functions")
	}
	for i, path := range f.Paths {
		if !importpath.Valid(path) {
			v.failf(fmt.Sprintf("find.paths[%d]", i), "%q is not an import path, want one such as example.com/sdk", path)
		} else if path != importpath.Unversioned(path) {
			v.failf(fmt.Sprintf("find.paths[%d]", i), "%q has a major version, want %q: it stands for all of them", path, importpath.Unversioned(path))
		}
	}
	for i, n := range f.Majors {
		if n < 1 || slices.Contains(f.Majors[:i], n) {
			v.failf(fmt.Sprintf("find.majors[%d]", i), "it is %d, want different major versions, such as 3 and 4; 1 stands for no version", n)
		}
	}
	if f.Type == "" && len(f.Calls) == 0 {
		v.failf("find", "it has neither a type nor calls, want at least one of them")
	}
	if f.Type != "" && !token.IsIdentifier(f.Type) {
		v.failf("find.type", "%q is not a type, want its name without the package", f.Type)
	}
	v.functions("find.calls", f.Calls)
	v.functions("find.again", f.Again)
	if f.Result < 0 {
		v.failf("find.result", "it is %d, want the index of a result", f.Result)
	}
}

// functions checks names of functions and methods.
func (v *validation) functions(key string, names []string) {
	for i, call := range names {
		recv, name, method := strings.Cut(call, ".")
		if !token.IsIdentifier(recv) || method && !token.IsIdentifier(name) {
			v.failf(fmt.Sprintf("%s[%d]", key, i), "%q is not a function, want a name such as Send or Client.Send", call)
		}
	}
}

// signals checks the signals of such a contract.
func (v *validation) signals(duties []Duty) {
	if len(duties) == 0 {
		v.failf("duties", noDuty)
	}
	for i := range duties {
		d := &duties[i]
		key := fmt.Sprintf("duties[%d]", i)
		if len(d.Signals) == 0 {
			v.failf(key+".signals", "it is missing, want which member tells that items failed")
		}
		if d.Entries {
			v.failf(key+".entries", "it is for contracts with members")
		}
		for k, s := range d.Signals {
			if _, err := ParsePath(s.Path); err != nil {
				v.failf(fmt.Sprintf("%s.signals[%d].path", key, k), "%v", err)
			}
		}
	}
}

// A validation collects the problems.
type validation struct{ problems []Problem }

func (v *validation) failf(key, format string, args ...any) {
	v.problems = append(v.problems, Problem{key, fmt.Sprintf(format, args...)})
}

func (v *validation) duty(key string, d *Duty, m *Members) {
	if len(d.Signals) == 0 {
		v.failf(key+".signals", "it is missing, want at least the outcome code")
		return
	}
	if r := d.Signals[0].Reading; r != Number {
		v.failf(key+".signals[0].reading", "it is %s, want number: the first signal is the outcome code", r)
	}
	switch partial := d.Signals[0].Partial; {
	case d.Entries && partial.IsEmpty():
		v.failf(key+".signals[0].partial", "it is missing: entries must be inspected, want the values that say so")
	case !d.Entries && !partial.IsEmpty():
		v.failf(key+".entries", "it is false, want true: a value means partial failure")
	case d.Entries && m.Detail == "":
		v.failf("members.detail", "it is missing: entries must be inspected, want the member that has them")
	}
}

func (v *validation) signal(key string, s *Signal, members bool) {
	if s.Path == "" && members { // of the others, it is the response itself
		v.failf(key+".path", "it is missing, want the member's name")
	}
	if s.Clean.IsEmpty() {
		v.failf(key+".clean", "it is missing, want the values that mean success")
	}
	if other := s.Values().Minus(s.Reading.Domain()); !other.IsEmpty() {
		v.failf(key, "a %s can't be %s", s.Reading, other)
	}
	if both := s.Total.Intersect(s.Clean.Union(s.Partial)); !both.IsEmpty() {
		v.failf(key+".total", "%s already means success or partial failure, want another value", both)
	}
	if s.Reading == Text != (len(s.Texts) > 0) {
		v.failf(key+".texts", "texts and the reading text go together")
	}
	if n := len(s.Texts); s.Reading == Text && !s.Clean.SubsetOf(codeset.Range(0, int64(n)-1)) {
		v.failf(key+".clean", "it has a number without a text, want the numbers of texts")
	}
}

// isID reports whether s is two or more words with dots between them.
func isID(s string) bool {
	words := strings.Split(s, ".")
	for _, w := range words {
		if w == "" || strings.ContainsFunc(w, func(c rune) bool { return c >= unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
			return false
		}
	}
	return len(words) > 1
}
