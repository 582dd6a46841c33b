package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// checkFilter compares what asynccheck finds under go vet with and without its filter.
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

// lines returns the findings in go vet's output, sorted.
func lines(out []byte) []string {
	var s []string
	for line := range strings.Lines(string(out)) {
		if !strings.HasPrefix(line, "#") {
			s = append(s, strings.TrimSpace(line))
		}
	}
	slices.Sort(s)
	return s
}
