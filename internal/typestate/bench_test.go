package typestate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

// benchmark measures the engine on sources of different sizes.
func benchmark(b *testing.B, sizes []int, source func(n int) string) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			cfg, fns := config(b, source(n))
			for b.Loop() {
				engine := typestate.New(cfg) // since an engine keeps what it has found out
				n := 0
				for _, fn := range fns {
					n += len(engine.Values(fn))
				}
				if n == 0 {
					b.Fatal("no response value was followed to the end")
				}
			}
		})
	}
}

// A thousand consecutive comparisons of one code: the number of states must
// not grow with the number of branches.
func BenchmarkComparisons(b *testing.B) {
	benchmark(b, []int{10, 100, 1000}, func(n int) string {
		var src strings.Builder
		src.WriteString(header + "func f(b []byte) error {\n\tvar r Batch\n\tif err := json.Unmarshal(b, &r); err != nil {\n\t\treturn err\n\t}\n")
		for i := range n {
			fmt.Fprintf(&src, "\tif r.Code == %d {\n\t\tuse(%d)\n\t}\n", 1000+i, i)
		}
		src.WriteString("\treturn nil\n}\n")
		return src.String()
	})
}

// Nested loops over details: each has an entry of its own.
func BenchmarkNestedLoops(b *testing.B) {
	benchmark(b, []int{3, 6, 12}, func(n int) string {
		var src strings.Builder
		src.WriteString(header + "func f(b []byte) error {\n\tvar r Batch\n\tif err := json.Unmarshal(b, &r); err != nil {\n\t\treturn err\n\t}\n\tn := 0\n")
		for i := range n {
			fmt.Fprintf(&src, "\tfor id%d, e%d := range r.Detail {\n\tif e%d.Code != 0 {\n\t\tn++\n\t\tuse(id%d)\n\t}\n", i, i, i, i)
		}
		src.WriteString(strings.Repeat("}\n", n))
		src.WriteString("\tif n > 0 || r.Code != 0 {\n\t\tuse(n)\n\t}\n\treturn nil\n}\n")
		return src.String()
	})
}

// Bytes that are chosen again and again, where each choice goes through a call.
func BenchmarkChoices(b *testing.B) {
	benchmark(b, []int{10, 100, 1000}, func(n int) string {
		var src strings.Builder
		src.WriteString(strings.Replace(header, "import ", "import \"bytes\"\nimport ", 1) + "func f(b []byte, yes []bool) error {\n")
		for i := range n {
			fmt.Fprintf(&src, "\tif yes[%d] {\n\t\tb = bytes.TrimSpace(b)\n\t}\n", i)
		}
		src.WriteString("\tvar r Result\n\treturn json.Unmarshal(b, &r)\n}\n")
		return src.String()
	})
}

// Many elements of one list, each looked at once.
func BenchmarkElements(b *testing.B) {
	benchmark(b, []int{10, 100, 1000}, func(n int) string {
		var src strings.Builder
		src.WriteString(header + "func f(all []*Result, yes bool) error {\n")
		for i := range n {
			fmt.Fprintf(&src, "\tif yes {\n\t\tuse(all[%d].Message)\n\t}\n", i)
		}
		src.WriteString("\treturn nil\n}\n")
		return src.String()
	})
}

// One element that is looked at again and again, on ways that exclude each other.
func BenchmarkElementAgain(b *testing.B) {
	benchmark(b, []int{10, 100, 1000}, func(n int) string {
		var src strings.Builder
		src.WriteString(header + "func f(all []*Result, way int) error {\n\tswitch way {\n")
		for i := range n {
			fmt.Fprintf(&src, "\tcase %d:\n\t\tuse(all[0].Message, all[0].RequestID)\n", i)
		}
		src.WriteString("\t}\n\treturn nil\n}\n")
		return src.String()
	})
}
