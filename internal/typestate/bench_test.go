package typestate_test

import (
	"fmt"
	"strings"
	"testing"
)

func benchmark(b *testing.B, body string) {
	engine, fns := load(b, header+body)
	b.ResetTimer()
	for b.Loop() {
		n := 0
		for _, fn := range fns {
			n += len(engine.Values(fn))
		}
		if n == 0 {
			b.Fatal("no response value was followed to the end")
		}
	}
}

// A thousand consecutive comparisons of one code: the number of states must
// not grow with the number of branches.
func BenchmarkComparisons(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var src strings.Builder
			src.WriteString("func f(b []byte) error {\n\tvar r Batch\n\tif err := json.Unmarshal(b, &r); err != nil {\n\t\treturn err\n\t}\n")
			for i := range n {
				fmt.Fprintf(&src, "\tif r.Code == %d {\n\t\tuse(%d)\n\t}\n", 1000+i, i)
			}
			src.WriteString("\treturn nil\n}\n")
			benchmark(b, src.String())
		})
	}
}

// Nested loops over details: each has an entry of its own.
func BenchmarkNestedLoops(b *testing.B) {
	for _, n := range []int{3, 6, 12} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var src strings.Builder
			src.WriteString("func f(b []byte) error {\n\tvar r Batch\n\tif err := json.Unmarshal(b, &r); err != nil {\n\t\treturn err\n\t}\n\tn := 0\n")
			for i := range n {
				fmt.Fprintf(&src, "\tfor id%d, e%d := range r.Detail {\n\tif e%d.Code != 0 {\n\t\tn++\n\t\tuse(id%d)\n\t}\n", i, i, i, i)
			}
			src.WriteString(strings.Repeat("}\n", n))
			src.WriteString("\tif n > 0 || r.Code != 0 {\n\t\tuse(n)\n\t}\n\treturn nil\n}\n")
			benchmark(b, src.String())
		})
	}
}
