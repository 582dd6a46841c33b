package sdks

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/contract"
)

// The lines of docs/contracts.md between which the table stands.
const (
	tableBegin = "<!-- The table is written by: go -C sdks test -run TestTable . -update -->\n"
	tableEnd   = "<!-- End of the table. -->\n"
)

// WithTable returns the page docs/contracts.md with a table of the contracts that were verified.
func WithTable(page []byte, verdicts []*Verdict) ([]byte, error) {
	before, rest, ok1 := bytes.Cut(page, []byte(tableBegin))
	_, after, ok2 := bytes.Cut(rest, []byte(tableEnd))
	if !ok1 || !ok2 {
		return nil, errors.New("docs/contracts.md has no lines between which the table stands")
	}
	return slices.Concat(before, []byte(tableBegin+table(verdicts)+tableEnd), after), nil
}

func table(verdicts []*Verdict) string {
	var b strings.Builder
	b.WriteString("\n| contract | call | what becomes of failed items | signals | default | tier | verified in |\n|---|---|---|---|---|---|---|\n")
	for _, v := range verdicts {
		c := v.Contract
		state := "on"
		if c.Off {
			state = "off"
		}
		fmt.Fprintf(&b, "| [%s](contracts/%[1]s.md) | %s | %s | %s | %s | %d | %s |\n",
			c.ID, c.Name, c.Words.Loss, signals(c), state, c.Tier, strings.Join(v.Modules(), ", "))
	}
	b.WriteString("\n")
	return b.String()
}

// signals lists what pays: "A or B" if one of them does, "A; B" if both are owed.
func signals(c *contract.Contract) string {
	var duties []string
	for _, d := range c.Duties {
		var any []string
		for _, s := range d.Signals {
			path := "`" + s.Path + "`"
			if s.Path == "" {
				path = "the result"
			}
			any = append(any, path)
		}
		duties = append(duties, strings.Join(any, " or "))
	}
	return strings.Join(duties, "; ")
}

// Modules lists the modules whose source follows the contract, with their versions.
func (v *Verdict) Modules() (all []string) {
	for _, f := range v.Packages {
		if f.Module == nil || !f.Follows() {
			continue
		}
		name := strings.TrimPrefix(f.Module.Path, "github.com/") + " " + f.Module.Version
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}
