package oracle

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/analyzer"
)

// An Outcome is a program with the verdicts of execution and of the analyzer.
type Outcome struct {
	Program  *Program
	Verdict  *Verdict
	Findings []Finding
}

// rules gives the rules that were reported.
func (o *Outcome) rules() []string {
	var rs []string
	for _, f := range o.Findings {
		rs = append(rs, f.Rule)
	}
	slices.Sort(rs)
	return slices.Compact(rs)
}

func (o *Outcome) reported(c Class) bool {
	return slices.ContainsFunc(o.rules(), func(r string) bool { return classOf(r) == c })
}

// A Disagreement says in which class and in which direction execution and the
// analyzer disagree.
type Disagreement struct {
	Class    Class
	Positive bool // the analyzer reports what execution does not show
}

func (d Disagreement) String() string {
	return map[bool]string{true: "false positive", false: "false negative"}[d.Positive] + " (" + d.Class.String() + ")"
}

// Disagreements compares the two verdicts. A finding about the detail covers a result bug of the same program: one
// mistake, one finding.
func (o *Outcome) Disagreements() []Disagreement {
	var ds []Disagreement
	for _, c := range []Class{DetailClass, ResultClass, MissingClass} {
		buggy, reported := o.Verdict.Buggy(c), o.reported(c)
		switch {
		case buggy && !reported && !(c == ResultClass && o.reported(DetailClass)):
			ds = append(ds, Disagreement{c, false})
		case reported && !buggy && o.Verdict.Gap(c) == "":
			ds = append(ds, Disagreement{c, true})
		}
	}
	return ds
}

// disputed gives the rules in a disagreement.
func (o *Outcome) disputed(d Disagreement) []string {
	rules := slices.Sorted(maps.Keys(o.Verdict.Rules))
	if d.Positive {
		rules = o.rules()
	}
	return slices.DeleteFunc(rules, func(r string) bool { return classOf(r) != d.Class })
}

// A Tally counts outcomes.
type Tally struct {
	Programs         int
	Buggy            int
	Positive         map[string][2]int // by rule: true, false
	Negative         map[string][2]int // by rule: true, false
	Other            map[string]int    // by rule: another rule of its class is reported instead
	Covered          int               // result bugs behind a finding about the detail
	Gaps             map[string]int    // programs in which the notions differ
	Decisive         map[string]int    // those in which that decides
	GapPrograms      int
	DecisivePrograms int
	Disagreements    []*Outcome
}

// NewTally gives an empty tally.
func NewTally() *Tally {
	return &Tally{Positive: make(map[string][2]int), Negative: make(map[string][2]int), Other: make(map[string]int), Gaps: make(map[string]int), Decisive: make(map[string]int)}
}

// Add counts an outcome.
func (t *Tally) Add(o *Outcome) {
	t.Programs++
	if len(o.Verdict.Rules) > 0 {
		t.Buggy++
	}
	if len(o.Verdict.Gaps) > 0 {
		t.GapPrograms++
	}
	for g := range o.Verdict.Gaps {
		t.Gaps[g]++
	}
	decisive := false
	for _, c := range []Class{DetailClass, ResultClass, MissingClass} {
		if g := o.Verdict.Gap(c); g != "" && o.reported(c) && !o.Verdict.Buggy(c) {
			t.Decisive[g]++
			decisive = true
		}
	}
	if decisive {
		t.DecisivePrograms++
	}
	if o.Verdict.Buggy(ResultClass) && !o.reported(ResultClass) && o.reported(DetailClass) {
		t.Covered++
	}
	add := func(m map[string][2]int, rule string, i int) {
		n := m[rule]
		n[i]++
		m[rule] = n
	}
	reported := o.rules()
	for _, r := range analyzer.Rules() {
		_, expected := o.Verdict.Rules[r.Name]
		switch has := slices.Contains(reported, r.Name); {
		case expected && has:
			add(t.Positive, r.Name, 0)
		case expected && (o.reported(classOf(r.Name)) || classOf(r.Name) == ResultClass && o.reported(DetailClass)):
			t.Other[r.Name]++
		case expected:
			add(t.Negative, r.Name, 1)
		case has && !o.Verdict.Buggy(classOf(r.Name)) && o.Verdict.Gap(classOf(r.Name)) == "":
			add(t.Positive, r.Name, 1)
		case has:
			t.Other[r.Name]++
		default:
			add(t.Negative, r.Name, 0)
		}
	}
	if len(o.Disagreements()) > 0 {
		t.Disagreements = append(t.Disagreements, o)
	}
}

// FalsePositives gives the number of programs with a false positive.
func (t *Tally) FalsePositives() (n int) {
	for _, o := range t.Disagreements {
		if slices.ContainsFunc(o.Disagreements(), func(d Disagreement) bool { return d.Positive }) {
			n++
		}
	}
	return n
}

// Print writes the tally as a table.
func (t *Tally) Print(w io.Writer) {
	fmt.Fprintf(w, "%d programs, %d of them buggy\n\n", t.Programs, t.Buggy)
	fmt.Fprintf(w, "%-26s %9s %9s %9s %9s %9s\n", "rule", "true pos", "false pos", "true neg", "false neg", "other")
	for _, r := range analyzer.Rules() {
		p, n := t.Positive[r.Name], t.Negative[r.Name]
		if p[0]+p[1]+n[1]+t.Other[r.Name] == 0 {
			continue
		}
		fmt.Fprintf(w, "%-26s %9d %9d %9d %9d %9d\n", r.Name, p[0], p[1], n[0], n[1], t.Other[r.Name])
	}
	kinds := make(map[string][]int)
	for _, o := range t.Disagreements {
		for _, d := range o.Disagreements() {
			kinds[d.String()] = append(kinds[d.String()], o.Program.Index)
		}
	}
	fmt.Fprintln(w)
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		fmt.Fprintf(w, "%s: %d, programs %v\n", k, len(kinds[k]), kinds[k])
	}
	fmt.Fprintf(w, "result bugs behind a finding about the detail: %d\n", t.Covered)
	share := func(n int) float64 { return 100 * float64(n) / float64(max(t.Programs, 1)) }
	fmt.Fprintf(w, "programs in which the two notions can differ: %d (%.1f %%); in which that decides: %d (%.1f %%)\n", t.GapPrograms, share(t.GapPrograms), t.DecisivePrograms, share(t.DecisivePrograms))
	for _, g := range slices.Sorted(maps.Keys(t.Gaps)) {
		fmt.Fprintf(w, "  %6d %6d  %s\n", t.Gaps[g], t.Decisive[g], g)
	}
}

// Describe says what is disagreed upon.
func (o *Outcome) Describe() string {
	var b strings.Builder
	for _, d := range o.Disagreements() {
		fmt.Fprintf(&b, "%s: program %d of seed %d\n", d, o.Program.Index, o.Program.Seed)
	}
	for _, rule := range slices.Sorted(maps.Keys(o.Verdict.Rules)) {
		fmt.Fprintf(&b, "  executed: %s, by %s\n", rule, o.Verdict.Rules[rule])
	}
	for _, f := range o.Findings {
		fmt.Fprintf(&b, "  reported: line %d: %s: %s\n", f.Line, f.Rule, f.Message)
	}
	b.WriteString("\n")
	b.WriteString(o.Program.Source())
	return b.String()
}
