package main

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// checkFilter compares asynccheck's findings under go vet with and without its filter.
func checkFilter(w io.Writer, t *tree, program string) (same bool, err error) {
	with, err := findings(t, program)
	if err != nil {
		return false, err
	}
	without, err := findings(t, program, "-nofilter")
	if err != nil {
		return false, err
	}
	same = slices.Equal(with, without)
	if same {
		fmt.Fprintf(w, "- findings: %d, the same without the filter\n", len(with))
	} else {
		fmt.Fprintf(w, "- findings: %d with the filter, %d without: THEY DIFFER\n", len(with), len(without))
	}
	return same, nil
}

// finding matches the end of a finding's line: its rule, and the contract. The message of a related position begins with a tab.
var finding = regexp.MustCompile(`\([a-z-]+(, [\w.-]+)?\)$`)

// lines returns the findings in go vet's output, sorted: go vet prints packages in any order. Any other output is an
// error.
func lines(out []byte) ([]string, error) {
	var found []string
	for line := range strings.Lines(string(out)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "#"), strings.Contains(line, ": \t"):
		case finding.MatchString(line):
			found = append(found, line)
		default:
			return nil, fmt.Errorf("go vet says: %s", line)
		}
	}
	slices.Sort(found)
	return found, nil
}
