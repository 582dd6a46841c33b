package main

import (
	"fmt"
	"strings"

	"github.com/asynccheck/asynccheck/internal/spelling"
)

// unknownName returns an error about a name that is neither a rule's nor a contract's: it lists the names that have it
// in them or, if none has, those that are spelled alike.
func unknownName(name string, known []string) error {
	unknown := fmt.Sprintf("no rule or contract %q", name)
	if found := spelling.Containing(name, known); len(found) > 0 {
		return fmt.Errorf("%s; these have it in their names:\n\t%s", unknown, strings.Join(found, "\n\t"))
	}
	return fmt.Errorf("%s%s", unknown, spelling.Meant(name, known,
		"; asynccheck -list-rules shows the rules, and asynccheck -contracts the contracts"))
}
