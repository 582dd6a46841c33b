package typestate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

func benchmark(b *testing.B, src string) {
	cfg, fns := config(b, src)
	for b.Loop() {
		engine := typestate.New(cfg) // which does things once
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
			benchmark(b, header+src.String())
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
			benchmark(b, header+src.String())
		})
	}
}

// Bytes that are chosen again and again, where each choice goes through a call.
func BenchmarkChoices(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var src strings.Builder
			src.WriteString("func f(b []byte, yes []bool) error {\n")
			for i := range n {
				fmt.Fprintf(&src, "\tif yes[%d] {\n\t\tb = bytes.TrimSpace(b)\n\t}\n", i)
			}
			src.WriteString("\tvar r Result\n\treturn json.Unmarshal(b, &r)\n}\n")
			benchmark(b, strings.Replace(header, "import ", "import \"bytes\"\nimport ", 1)+src.String())
		})
	}
}
