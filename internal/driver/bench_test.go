package driver

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/report"
)

// The time per finding should not grow.
func BenchmarkFix(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			file := filepath.Join(b.TempDir(), "p.go")
			var src strings.Builder
			src.WriteString("package p\n")
			res := new(Result)
			for i := range n {
				at := src.Len() + len("\nvar ")
				fmt.Fprintf(&src, "\nvar a%d = %[1]d\n", i)
				res.Findings = append(res.Findings, report.Finding{Fixes: []report.Fix{{Edits: []report.Edit{
					{File: file, Start: len("package p\n"), End: len("package p\n"), New: "\n// Changed.\n"},
					{File: file, Start: at, End: at + 1, New: "b"},
				}}}})
			}
			if err := os.WriteFile(file, []byte(src.String()), 0o666); err != nil {
				b.Fatal(err)
			}
			res.sources = map[string][]byte{file: []byte(src.String())}
			b.ReportAllocs()
			for b.Loop() {
				if fixes := res.Fix(); fixes.Overlapping > 0 || len(fixes.Errors) > 0 {
					b.Fatal(fixes.Overlapping, fixes.Errors)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/finding")
		})
	}
}
