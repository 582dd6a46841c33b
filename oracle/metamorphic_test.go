package oracle

import (
	"fmt"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

const metamorphic = 400 // programs of each test

func newAnalysis(t testing.TB) *Analysis {
	t.Helper()
	x, err := NewAnalysis()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// rulesOf gives the rules that are reported in the source of one program.
func rulesOf(t *testing.T, x *Analysis, sources ...string) []string {
	t.Helper()
	found, err := x.Files(sources...)
	if err != nil {
		t.Fatalf("%v\n%s", err, strings.Join(sources, "\n"))
	}
	var rules []string
	for _, f := range found {
		rules = append(rules, f.Rule)
	}
	slices.Sort(rules)
	return rules
}

// unchanged checks that a change of a program's source does not change its findings.
func unchanged(t *testing.T, change func(source string) []string) {
	t.Helper()
	x := newAnalysis(t)
	failures := 0
	for i := range metamorphic {
		source := Generate(11, i).Source()
		want := rulesOf(t, x, header+source)
		changed := change(source)
		if got := rulesOf(t, x, changed...); !slices.Equal(got, want) {
			if failures++; failures <= 3 {
				t.Errorf("program %d: reported %v, and after the change %v:\n%s", i, want, got, strings.Join(changed, "\n// ----\n"))
			}
		}
	}
	if failures > 3 {
		t.Errorf("%d programs in all", failures)
	}
}

// Names of types, members, functions and variables mean nothing.
func TestRename(t *testing.T) {
	names := strings.NewReplacer("Answer", "Reply", "Entry", "Item", "Handler", "Do", "Head", "Meta", "check", "verify", "Failure", "Trouble", "accepted", "taken")
	member := regexp.MustCompile("(\t|\\.)(Code|Message|Detail|RequestID|InstanceID)\\b")
	local := regexp.MustCompile(`\b(r|e|id|res|failed|ok|bad|n|b)\b`)
	unchanged(t, func(source string) []string {
		source = member.ReplaceAllString(names.Replace(source), "${1}Its$2")
		source = local.ReplaceAllString(source, "the_$1")
		return []string{header + source}
	})
}

// declarations splits a source into its top-level declarations.
func declarations(source string) []string {
	return regexp.MustCompile(`(?m)^(type|func|var) [^{}]*?(\{[^\n]*\}\n|\{\n(.*\n)*?\}\n|\n)`).FindAllString(source, -1)
}

// The order of declarations means nothing.
func TestReorderDeclarations(t *testing.T) {
	unchanged(t, func(source string) []string {
		ds := declarations(source)
		slices.Reverse(ds)
		return []string{header + strings.Join(ds, "\n")}
	})
}

// The order of files means nothing.
func TestReorderFiles(t *testing.T) {
	imports := "package handlers\n\nimport (\n\t\"encoding/json\"\n\t\"fmt\"\n\t\"io\"\n\t\"log\"\n\t\"maps\"\n\t\"slices\"\n)\n\nvar (\n\t_ = maps.All[map[string]int]\n\t_ = slices.Values[[]int]\n\t_ = json.Unmarshal\n\t_ = fmt.Errorf\n\t_ = log.Printf\n\t_ = io.EOF\n)\n\n"
	unchanged(t, func(source string) []string {
		files := []string{header}
		for _, d := range declarations(source) {
			files = append(files, imports+d)
		}
		slices.Reverse(files)
		return files
	})
}

// changedProgram checks that a change of a program's tree does not change the findings.
func changedProgram(t *testing.T, change func(p *Program) bool) {
	t.Helper()
	x := newAnalysis(t)
	failures, n := 0, 0
	for i := range metamorphic {
		p := Generate(12, i)
		want := rulesOf(t, x, header+p.Source())
		q := p.Clone()
		if !change(q) {
			continue
		}
		n++
		if got := rulesOf(t, x, header+q.Source()); !slices.Equal(got, want) {
			if failures++; failures <= 3 {
				t.Errorf("program %d: reported %v, and after the change %v:\n%s", i, want, got, q.Source())
			}
		}
	}
	if failures > 3 {
		t.Errorf("%d of %d programs in all", failures, n)
	}
	if n < metamorphic/10 {
		t.Errorf("the change applies to %d programs of %d", n, metamorphic)
	}
}

// A block around statements means nothing.
func TestWrapInBlock(t *testing.T) {
	changedProgram(t, func(p *Program) bool {
		var blocks []*[]*Stmt
		p.blocks(func(b *[]*Stmt) { blocks = append(blocks, b) })
		for _, b := range blocks {
			if len(*b) > 0 {
				*b = []*Stmt{{Op: Block, Body: *b}}
			}
		}
		return true
	})
}

// Code that nothing depends on means nothing.
func TestDeadCode(t *testing.T) {
	changedProgram(t, func(p *Program) bool {
		var blocks []*[]*Stmt
		p.blocks(func(b *[]*Stmt) { blocks = append(blocks, b) })
		for _, b := range blocks {
			*b = slices.Insert(*b, 0, &Stmt{Op: Dead})
		}
		return true
	})
}

// A comparison means the same in a helper.
func TestExtractHelper(t *testing.T) {
	changedProgram(t, func(p *Program) bool {
		// A helper that is called after another comparison is an ordinary call, which may acknowledge a failure.
		if len(p.Body) == 0 || p.Body[0].Op != If || p.Body[0].Cond.Op != Cmp || p.Body[0].Cond.Ref != Outer {
			return false
		}
		found := p.Body[0].Cond
		inner := *found
		inner.Ref = Param
		p.Helpers = append(p.Helpers, &Helper{Kind: CodeBool, Final: &Stmt{Op: Return, Val: &Val{Op: Holds, Cond: &inner}}})
		*found = Cond{Op: Ask, Ref: Outer, Helper: len(p.Helpers) - 1}
		return true
	})
}

// Findings don't depend on the number of processors.
func TestProcessors(t *testing.T) {
	x := newAnalysis(t)
	var ps []*Program
	for i := range metamorphic {
		ps = append(ps, Generate(13, i))
	}
	want, err := x.Programs(ps)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 8} {
		old := runtime.GOMAXPROCS(n)
		got, err := x.Programs(ps)
		runtime.GOMAXPROCS(old)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("with %d processors something else is reported", n)
		}
	}
}

// FuzzSource analyses the program that a seed gives, with a piece of its text replaced. The analyzer must not panic,
// and must skip nothing for its size.
func FuzzSource(f *testing.F) {
	f.Add(uint64(1), uint16(0), uint16(0), "")
	f.Add(uint64(2), uint16(300), uint16(4), " && r.Code < 0")
	f.Add(uint64(3), uint16(500), uint16(1), "\tif r.Code != 0 {\n\t\treturn nil\n\t}\n")
	f.Add(uint64(4), uint16(700), uint16(0), "\tfor {\n\t}\n")
	x := newAnalysis(f)
	f.Fuzz(func(t *testing.T, seed uint64, at, drop uint16, piece string) {
		source := Generate(seed, 0).Source()
		from := min(int(at), len(source))
		source = source[:from] + piece + source[min(from+int(drop), len(source)):]
		x.Skipped = nil
		if _, err := x.Files(header + source); err != nil {
			t.Skip() // no Go
		}
		if len(x.Skipped) > 0 {
			t.Errorf("skipped: %v\n%s", x.Skipped, source)
		}
	})
}
