package contract

import (
	"fmt"
	"go/token"
	"strings"
)

// A Step is a step of a signal's path from the response.
type Step struct {
	Kind StepKind
	Name string // of a field or a method
}

// A StepKind is what a step does.
type StepKind uint8

const (
	Field    StepKind = iota // selects a field
	Elements                 // goes to the elements of a list or a map
	Method                   // calls a method without arguments
)

// ParsePath returns the steps of a path such as "Records[].ErrorCode", "Status.Err()" or "[].Err". A path without
// steps is the response itself: "".
func ParsePath(path string) (steps []Step, err error) {
	rest, begun := path, false
	for rest != "" {
		if elem, ok := strings.CutPrefix(rest, "[]"); ok {
			steps, rest, begun = append(steps, Step{Kind: Elements}), elem, true
			continue
		}
		if begun {
			after, ok := strings.CutPrefix(rest, ".")
			if !ok {
				return nil, fmt.Errorf("%q: want a dot before %q", path, rest)
			}
			rest = after
		}
		end := strings.IndexAny(rest, ".[(")
		if end < 0 {
			end = len(rest)
		}
		step := Step{Name: rest[:end]}
		if !token.IsIdentifier(step.Name) {
			return nil, fmt.Errorf("%q: %q is no name in Go", path, step.Name)
		}
		rest, begun = rest[end:], true
		if after, ok := strings.CutPrefix(rest, "()"); ok {
			step.Kind, rest = Method, after
		}
		steps = append(steps, step)
	}
	return steps, nil
}
