package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Statistics prints how many findings each rule, each contract and each package has, instead of the findings. It is no
// format: nobody wants it in a file beside them.
var Statistics = &Format{"statistics", nil, func(w io.Writer, r *Report) error {
	var buf bytes.Buffer
	for _, by := range []struct {
		title string
		value func(Finding) string
	}{
		{"rule", func(f Finding) string { return f.Rule }},
		{"contract", func(f Finding) string { return f.Contract }},
		{"package", func(f Finding) string { return f.Package }},
	} {
		counts := make(map[string]int)
		for _, f := range r.Unsuppressed() {
			if value := by.value(f); value != "" {
				counts[value]++
			}
		}
		printCounts(&buf, by.title, counts)
	}
	_, err := w.Write(buf.Bytes())
	return err
}}

// printCounts prints a table, the most frequent first.
func printCounts(buf *bytes.Buffer, title string, counts map[string]int) {
	if len(counts) == 0 {
		return
	}
	var values []string
	most := 0
	for value, n := range counts {
		values = append(values, value)
		most = max(most, n)
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	if buf.Len() > 0 {
		buf.WriteByte('\n')
	}
	width := len(fmt.Sprint(most))
	fmt.Fprintf(buf, "%*s  %s\n", width, "", title)
	for _, value := range values {
		fmt.Fprintf(buf, "%*d  %s\n", width, counts[value], value)
	}
}
