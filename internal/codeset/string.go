package codeset

import (
	"strconv"
	"strings"
)

const (
	// Listed is the number of values that Words lists one by one.
	Listed = 4

	maxListed = 8 // values that String lists one by one, and ranges that it writes out
	maxBarred = 4 // values that String names as the only ones missing
)

// String describes the set to those who develop asynccheck: "{5100, 5400}", "not 0",
// "less than 0", "0 to 99", "any value". Long descriptions are cut short.
func (s Set) String() string {
	if s.IsEmpty() {
		return "no value"
	}
	rest := s.Complement()
	if rest.IsEmpty() {
		return "any value"
	}
	if members, ok := s.Finite(maxListed); ok {
		return "{" + strings.Join(decimals(members), ", ") + "}"
	}
	if barred, ok := rest.Finite(maxBarred); ok {
		return "not " + alternatives(decimals(barred))
	}
	var parts []string
	for i, iv := range s.ivs {
		if i == maxListed {
			parts = append(parts, "one of "+strconv.Itoa(len(s.ivs)-i)+" more ranges")
			break
		}
		parts = append(parts, iv.String())
	}
	return alternatives(parts)
}

// Words describes the set to people, after "may be" or "is": "5100 or 5400", "anything but 0", "less than 0", "any
// value". It cuts a long description short.
func (s Set) Words() string {
	rest := s.Complement()
	if s.IsEmpty() || rest.IsEmpty() {
		return s.String()
	}
	if barred, ok := rest.Finite(maxBarred); ok {
		return "anything but " + alternatives(decimals(barred))
	}
	if members, ok := s.Finite(Listed); ok {
		return alternatives(decimals(members))
	}
	parts := make([]string, 0, Listed)
	for _, iv := range s.ivs {
		if len(parts) == Listed-1 && len(s.ivs) > Listed {
			parts = append(parts, "others")
			break
		}
		parts = append(parts, iv.String())
	}
	return alternatives(parts)
}

func (iv interval) String() string {
	switch {
	// The set is not all values, so that one bound at most is an extreme: neither sum overflows.
	case iv.lo == lowest:
		return "less than " + strconv.FormatInt(iv.hi+1, 10)
	case iv.hi == highest && iv.lo == 0:
		return "0 or more"
	case iv.hi == highest:
		return "greater than " + strconv.FormatInt(iv.lo-1, 10)
	case iv.lo == iv.hi:
		return strconv.FormatInt(iv.lo, 10)
	}
	return strconv.FormatInt(iv.lo, 10) + " to " + strconv.FormatInt(iv.hi, 10)
}

func decimals(values []int64) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strconv.FormatInt(v, 10)
	}
	return out
}

// alternatives joins parts as English does: "a", "a or b", "a, b or c".
func alternatives(parts []string) string {
	last := len(parts) - 1
	if last == 0 {
		return parts[0]
	}
	return strings.Join(parts[:last], ", ") + " or " + parts[last]
}
