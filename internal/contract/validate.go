package contract

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/asynccheck/asynccheck/internal/codeset"
)

// Validate says what is wrong with a contract. The error has a line for each problem. The line begins with the
// contract's ID and the place within the contract.
func (c *Contract) Validate() error {
	v := &validation{id: c.ID}
	if !isID(c.ID) {
		v.failf("id", "%q is not an ID, want words with dots between them, such as vendor.api", c.ID)
	}
	for _, text := range []struct{ key, value string }{
		{"name", c.Name}, {"url", c.URL}, {"words.item", c.Words.Item}, {"words.items", c.Words.Items},
	} {
		if text.value == "" {
			v.failf(text.key, "it is missing")
		}
	}
	if len(c.Duties) != 1 {
		v.failf("duties", "there are %d, want one: members describe one outcome", len(c.Duties))
	}
	for i := range c.Duties {
		v.duty(fmt.Sprintf("duties[%d]", i), &c.Duties[i], &c.Members)
	}
	return errors.Join(v.errs...)
}

// A validation collects the errors.
type validation struct {
	id   string
	errs []error
}

func (v *validation) failf(key, format string, args ...any) {
	v.errs = append(v.errs, fmt.Errorf("%s: %s: %s", v.id, key, fmt.Sprintf(format, args...)))
}

func (v *validation) duty(key string, d *Duty, m *Members) {
	if len(d.Signals) == 0 {
		v.failf(key+".signals", "there is none, want at least the outcome code")
		return
	}
	if r := d.Signals[0].Reading; r != Number {
		v.failf(key+".signals[0].reading", "it is %s, want number: the first signal is the outcome code", r)
	}
	for i := range d.Signals {
		v.signal(fmt.Sprintf("%s.signals[%d]", key, i), &d.Signals[i])
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

func (v *validation) signal(key string, s *Signal) {
	if s.Path == "" {
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
