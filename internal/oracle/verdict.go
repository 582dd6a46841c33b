package oracle

import (
	"fmt"
	"slices"

	"github.com/asynccheck/asynccheck/internal/oracle/rig"
)

// A Class is what a rule is about: a batch's detail, or an outcome code.
type Class int

const (
	DetailClass Class = iota
	ResultClass
	neither // of a gap in which SPEC.md says silence: it excuses nothing
)

func (c Class) String() string { return [...]string{"detail", "result", "neither"}[c] }

// classOf gives the class of a rule.
func classOf(rule string) Class {
	if len(rule) > 6 && rule[:6] == "batch-" && rule != "batch-outer-unread" {
		return DetailClass
	}
	return ResultClass
}

// A Verdict is what execution says of a program.
type Verdict struct {
	Rules map[string]string // expected findings, each with the answer that shows it
	Gaps  map[string]Class  // where the two notions differ, and in which class
}

// Buggy reports whether execution has shown a bug of the class.
func (v *Verdict) Buggy(c Class) bool {
	for rule := range v.Rules {
		if classOf(rule) == c {
			return true
		}
	}
	return false
}

// Gap gives the name of a gap of the class, "" if there is none.
func (v *Verdict) Gap(c Class) string {
	var names []string
	for g, class := range v.Gaps {
		if class == c {
			names = append(names, g)
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		return ""
	}
	return names[0]
}

// Judge gives the verdict on a program from what its units did.
func Judge(us []*Unit) *Verdict {
	v := &Verdict{Rules: make(map[string]string), Gaps: make(map[string]Class)}
	inspects := false
	v.unreached(us)
	if us[0].Program.Shape.Detail == "array" {
		v.Gaps["an array has entries with code 0 where the answer has none"] = ResultClass
	}
	us[0].Program.conds(func(c *Cond) {
		if c.Op == HasTask {
			v.Gaps["the task ID's absence decides"] = ResultClass
		}
	})
	if us[0].Program.outerInLoop() {
		v.Gaps["the outer code is looked at in a loop over entries"] = ResultClass
	}
	for _, u := range us {
		j := newJudge(u, v)
		if u.Helper == nil {
			inspects = j.inspects() || j.handsBatch()
		}
		j.results()
		if j.batch {
			if u.Helper == nil || !j.called() || !inspects {
				j.detail()
			}
			j.total()
			j.unjudged()
			j.entries()
		}
	}
	return v
}

// A judge judges one unit.
type judge struct {
	*Verdict
	u     *Unit
	batch bool
	sig   Sig
	by    map[string]*rig.Trace
	named []int // constants that the outer code is compared with
}

func newJudge(u *Unit, v *Verdict) *judge {
	j := &judge{Verdict: v, u: u, batch: u.shape().Batch, sig: u.sig(), by: make(map[string]*rig.Trace)}
	for i, a := range u.Answers {
		t := u.Traces[i]
		t.Log = slices.DeleteFunc(t.Log, func(e rig.Event) bool { return e.Kind == rig.Branched && u.Sites[e.Site].Inner })
		j.by[a.String()] = t
	}
	j.named = u.Program.constants(u.Helper != nil && u.Helper.Kind == EntryErr)
	return j
}

// unreached looks for code that no answer brings to life: comparisons of
// entries that are never made, loops that never turn twice.
func (v *Verdict) unreached(us []*Unit) {
	made := make(map[int]bool)
	turns := make(map[int]int) // the most in one run
	for _, u := range us {
		for _, t := range u.Traces {
			n := make(map[int]int)
			for _, e := range t.Log {
				switch e.Kind {
				case rig.Branched:
					made[e.Site] = true
				case rig.Turned:
					made[e.Site] = true
					n[e.Site]++
					turns[e.Site] = max(turns[e.Site], n[e.Site])
				}
			}
		}
	}
	for i, s := range us[0].Sites {
		if s.Entry && s.Var == "" && !made[i] {
			v.Gaps["a comparison of an entry's code that is never made"] = ResultClass
		}
		if turns[i] == 1 {
			v.Gaps["a loop over entries that never turns twice"] = DetailClass
			v.Gaps["a loop over entries that never turns twice, so for the code"] = ResultClass
		}
	}
}

// outerInLoop reports whether the outer code is looked at in a loop over
// entries, which a request that was refused as a whole doesn't have.
func (p *Program) outerInLoop() bool {
	found := false
	p.stmts(func(s *Stmt) {
		if s.Op != Range {
			return
		}
		q := &Program{Body: s.Body, Final: &Stmt{}}
		q.conds(func(c *Cond) {
			found = found || c.Op == Cmp && (c.Ref == Outer || c.Ref == Copied) || c.Op == Ask && c.Ref != Entry || c.Op == BoolVar && p.carries(c.Var)
		})
		q.stmts(func(s *Stmt) { found = found || s.Op == Switch && (s.Ref == Outer || s.Ref == Copied) })
	})
	return found
}

// carries reports whether a variable carries a comparison of the outer code.
func (p *Program) carries(variable string) bool {
	found := false
	p.stmts(func(s *Stmt) {
		if s.Op == SetBool && s.Var == variable {
			q := &Program{Final: &Stmt{Cond: s.Cond}}
			q.conds(func(c *Cond) { found = found || c.Op == Cmp && c.Ref != Entry || c.Op == Ask && c.Ref != Entry })
		}
	})
	return found
}

// called reports whether the unit is a helper that the handler calls.
func (j *judge) called() bool {
	called := false
	h := j.u.Helper
	j.u.Program.conds(func(c *Cond) { called = called || c.Op == Ask && j.u.Program.Helpers[c.Helper] == h })
	j.u.Program.stmts(func(s *Stmt) {
		called = called || s.Err != nil && s.Err.Op == AskErr && j.u.Program.Helpers[s.Err.Helper] == h
	})
	return called
}

func (j *judge) expect(rule string, a Answer) {
	if _, ok := j.Rules[rule]; !ok {
		where := ""
		if j.u.Helper != nil {
			where = fmt.Sprintf("helper %d: ", j.u.Number-1)
		}
		j.Rules[rule] = where + a.String()
	}
}

// trace gives what the unit did with an answer like a but for its codes.
func (j *judge) trace(a Answer, outer int, entries ...int) *rig.Trace {
	a.Outer, a.Entries, a.Absent = outer, entries, ""
	if entries == nil {
		a.Absent = "{}"
	}
	return j.by[a.String()]
}

// ways gives the branches that control took.
func ways(t *rig.Trace) []rig.Event {
	var ws []rig.Event
	for _, e := range t.Log {
		if e.Kind == rig.Branched {
			ws = append(ws, e)
		}
	}
	return ws
}

// toldApart reports whether control went different ways.
func toldApart(a, b *rig.Trace) bool { return !slices.Equal(ways(a), ways(b)) }

// seen gives what somebody outside can see of a run.
func seen(t *rig.Trace) []string {
	s := append([]string{t.Signal, t.Error}, t.Results...)
	for _, e := range t.Log {
		if e.Kind == rig.Handed {
			s = append(s, e.Value)
		}
	}
	return s
}

// alike reports whether two runs are the same in all that was recorded.
func alike(a, b *rig.Trace) bool {
	return slices.Equal(a.Log, b.Log) && slices.Equal(seen(a), seen(b))
}

// on reports whether a branch of the run depends on a code.
func (j *judge) on(t *rig.Trace, entry bool) bool {
	assigned := make(map[string]Site)
	for _, e := range t.Log {
		if e.Kind != rig.Assigned && e.Kind != rig.Branched {
			continue
		}
		s := j.u.Sites[e.Site]
		if was := assigned[s.Var]; s.Var != "" {
			s.Outer, s.Entry = s.Outer || was.Outer, s.Entry || was.Entry
		}
		if e.Kind == rig.Assigned {
			assigned[s.Var] = s
		} else if entry && s.Entry || !entry && s.Outer {
			return true
		}
	}
	return false
}

// judged reports whether the code of the unit's response decided a branch.
func (j *judge) judged(t *rig.Trace) bool {
	return j.on(t, j.u.Helper != nil && j.u.Helper.Kind == EntryErr)
}

// success reports whether the run signals success to its caller.
func (j *judge) success(t *rig.Trace) bool {
	switch t.Signal {
	case "nil":
		return true
	case "true":
		return j.u.origin() != Given && j.denies()
	case "none", "stopped":
		return t.Task
	}
	return t.Task && t.Signal == "false"
}

// denies reports whether a bool function gives false for some code.
func (j *judge) denies() bool {
	for _, t := range j.u.Traces {
		if t.Signal == "false" && (j.judged(t) || j.on(t, true)) {
			return true
		}
	}
	return false
}

// open reports whether a code is a failure that the program does not name.
func (j *judge) open(code int) bool {
	return code != 0 && !slices.Contains(j.named, code) && !(j.batch && (code == 5100 || code == 5400))
}

// results looks for failures that pass for success by the outer code.
func (j *judge) results() {
	for i, a := range j.u.Answers {
		if a.Entries != nil || a.Absent != "{}" || !j.open(a.Outer) {
			continue
		}
		t, zero := j.u.Traces[i], j.trace(a, 0)
		if t.Signal == "panic" {
			continue
		}
		handed := !slices.Equal(seen(t), seen(zero))
		switch told, judged := toldApart(t, zero), j.judged(t); {
		case told:
			j.dropped(a, t, zero)
		case handed:
		case !judged:
			if !j.success(t) {
				continue
			}
			switch {
			case !j.u.origin().Unchecked():
				j.Gaps["not known to come unchecked"] = ResultClass
			case j.batch && j.handsDetail(a):
				j.Gaps["detail handed on, code never looked at"] = ResultClass
			case j.batch && j.inspectsEntries(a):
				j.expect("batch-outer-unread", a)
			default:
				j.expect("result-unchecked", a)
			}
		case j.success(t), !j.sig.HasErr() && j.sig != SigBool:
			j.expect("result-nonzero-success", a)
		}
	}
}

// unjudged looks for batches of which some or all resources failed, and that
// pass although nothing was looked at.
func (j *judge) unjudged() {
	for i, a := range j.u.Answers {
		valid := len(a.Entries) == 2 && (a.Outer == 5100 && a.Entries[0] == a.Entries[1] || a.Outer == 5400) && a.Entries[0] != 0
		if !valid || !j.u.origin().Unchecked() {
			continue
		}
		t := j.u.Traces[i]
		if !j.judged(t) && j.success(t) && alike(t, j.trace(a, 0, 0, 0)) && !j.on(t, true) {
			j.expect("result-unchecked", a)
		}
	}
}

// dropped looks at a failure that was told apart from success.
func (j *judge) dropped(a Answer, t, zero *rig.Trace) {
	if t.Signal != "nil" {
		if j.success(t) && t.Signal == "true" {
			j.Gaps["a bool function that tells a failure apart and returns true"] = ResultClass
		}
		return
	}
	for i, r := range t.Results {
		if i < len(zero.Results) && r == zero.Results[i] || slices.Contains([]string{"0", `""`, "null", `"91"`}, r) {
			continue
		}
		switch {
		case j.sig == SigBoolErr && zero.Signal == "nil", j.sig == SigRespErr, j.sig == SigIntErr && r == fmt.Sprint(a.Outer):
			return // acknowledged, or handed on
		}
		if j.sig != SigBoolErr {
			j.Gaps["another result tells the failure apart"] = ResultClass
			return
		}
	}
	if j.handedBefore(t, zero) {
		return
	}
	if !j.judged(t) {
		j.Gaps["told apart by something else than the code"] = ResultClass
		return
	}
	assigned := false
	for _, e := range t.Log[divergence(t, zero):] {
		switch {
		case e.Kind == rig.Assigned:
			assigned = true
		case e.Kind == rig.Called:
			j.Gaps["a helper is called after the comparison"] = ResultClass
			return
		case e.Kind == rig.Acted || e.Kind == rig.Handed:
			if slices.Contains(zero.Log, e) {
				j.Gaps["acts alike for success and failure"] = ResultClass
			}
			return
		}
	}
	if assigned {
		j.Gaps["the failure is noted in a variable"] = ResultClass
		return
	}
	j.expect("result-failure-dropped", a)
}

// handedBefore reports whether the code was handed on before it was told apart
// from success.
func (j *judge) handedBefore(t, zero *rig.Trace) bool {
	handed := func(log []rig.Event) (vs []string) {
		for _, e := range log {
			if e.Kind == rig.Handed {
				vs = append(vs, e.Value)
			}
		}
		return vs
	}
	before, other := handed(t.Log[:divergence(t, zero)]), handed(zero.Log)
	for i, v := range before {
		if i >= len(other) || other[i] != v {
			return true
		}
	}
	return false
}

// divergence gives the place in t's log at which control first went another
// way than in u's.
func divergence(t, u *rig.Trace) int {
	ws := ways(u)
	n := 0
	for i, e := range t.Log {
		if e.Kind != rig.Branched {
			continue
		}
		if n >= len(ws) || ws[n] != e {
			return i
		}
		n++
	}
	return len(t.Log)
}

// total looks at the batch's own code for a total failure.
func (j *judge) total() {
	for i, a := range j.u.Answers {
		if a.Outer != 5100 || len(a.Entries) != 2 || a.Entries[0] == 0 || a.Entries[0] != a.Entries[1] {
			continue
		}
		t, zero := j.u.Traces[i], j.trace(a, 0, 0, 0)
		if !j.judged(t) || !j.success(t) {
			continue
		}
		if !alike(t, j.trace(a, 5100, 0, 0)) || !alike(t, j.trace(a, 5100, a.Entries[0], 0)) || j.on(t, true) || j.handedBefore(t, zero) || slices.Contains(t.Results, "5100") {
			continue // inspected or handed on
		}
		if t.Signal != "nil" {
			j.Gaps["total failure, no error result"] = ResultClass
			continue
		}
		if j.sig == SigBoolErr && zero.Signal == "nil" && !slices.Equal(t.Results, zero.Results) {
			continue // acknowledged
		}
		acted := false
		for _, e := range t.Log[divergence(t, zero):] {
			acted = acted || e.Kind != rig.Branched && e.Kind != rig.Turned
		}
		if acted {
			j.Gaps["total failure acknowledged"] = ResultClass
			continue
		}
		j.expect("result-nonzero-success", a)
	}
}

// failures gives the answers of a partial failure, grouped by what they have
// in common with others that differ only in the entries' codes.
func (j *judge) failures() map[key][]int {
	groups := make(map[key][]int)
	for i, a := range j.u.Answers {
		if a.Outer == 5400 && a.Entries != nil && slices.Contains(a.Entries, 0) && slices.ContainsFunc(a.Entries, func(c int) bool { return c != 0 }) {
			groups[a.key()] = append(groups[a.key()], i)
		}
	}
	return groups
}

// inspects reports whether the unit looks at entries on some answer.
func (j *judge) inspects() bool {
	return slices.ContainsFunc(j.u.Traces, func(t *rig.Trace) bool { return j.on(t, true) })
}

// detail looks for partial failures of which nobody learns.
func (j *judge) detail() {
	for _, g := range j.failures() {
		first := j.u.Traces[g[0]]
		if !j.judged(first) || first.Signal == "panic" {
			continue
		}
		same, visible := true, false
		for _, i := range g {
			t := j.u.Traces[i]
			same = same && alike(t, first)
			visible = visible || !slices.Equal(seen(t), seen(first))
		}
		if !same {
			if !visible {
				j.Gaps["entries decide branches, and nobody outside learns which"] = neither
			}
			continue
		}
		a := j.u.Answers[g[0]]
		zero := j.trace(a, 0, make([]int, len(a.Entries))...)
		if zero == nil {
			panic("no success to compare with: " + a.String())
		}
		told := toldApart(first, zero)
		if slices.ContainsFunc(first.Log, func(e rig.Event) bool { return e.Kind == rig.Turned && j.u.Sites[e.Site].Entry }) {
			j.Gaps["a loop that inspects entries, but not on this path"] = DetailClass
			continue
		}
		if j.u.origin() == Given && !j.sig.HasErr() && told {
			j.Gaps["a helper without results, its caller has the response"] = DetailClass
			continue
		}
		switch {
		case first.Touched:
			j.expect("batch-detail-shallow", a)
		case !told, first.Signal == "nil", first.Signal == "true" && j.success(first):
			j.expect("batch-partial-as-success", a)
		default:
			j.expect("batch-partial-as-failure", a)
		}
	}
}

// looksTwice reports whether there are several loops over the entries, of
// which one compares with 0.
func (p *Program) looksTwice() bool {
	loops, tells := 0, false
	p.stmts(func(s *Stmt) {
		if s.Op != Range {
			return
		}
		q := &Program{Body: s.Body, Final: &Stmt{}}
		looks := false
		q.conds(func(c *Cond) {
			if (c.Op == Cmp || c.Op == Ask) && c.Ref == Entry {
				looks = true
				tells = tells || c.Op == Ask || c.K == 0 && (c.Rel == "==" || c.Rel == "!=")
			}
		})
		q.stmts(func(s *Stmt) {
			if s.Op == Switch && s.Ref == Entry {
				looks = true
				for _, k := range s.Cases {
					tells = tells || slices.Contains(k.Values, 0)
				}
			}
		})
		if looks {
			loops++
		}
	})
	return loops > 1 && tells
}

// turns counts the turns of the loop in which an entry's code is first looked at.
func (j *judge) turns(t *rig.Trace) int {
	loop, n := -1, make(map[int]int)
	for i, e := range t.Log {
		switch {
		case e.Kind == rig.Turned:
			n[e.Site]++
		case loop < 0 && e.Kind == rig.Branched && j.on(&rig.Trace{Log: t.Log[:i+1]}, true):
			for k := i; k >= 0 && loop < 0; k-- {
				if t.Log[k].Kind == rig.Turned {
					loop = t.Log[k].Site
				}
			}
		}
	}
	return n[loop]
}

// handsBatch reports whether the unit hands the whole batch or its detail on
// somewhere: then somebody else may look at the entries.
func (j *judge) handsBatch() bool {
	p := j.u.Program
	q := &Program{Body: p.Body, Final: p.Final}
	if j.u.Helper != nil {
		q = &Program{Body: j.u.Helper.Body, Final: j.u.Helper.Final}
	}
	hands := false
	q.stmts(func(s *Stmt) {
		switch s.Op {
		case Keep, Store:
			hands = hands || s.What == WhatResp || s.What == WhatDetail
		}
		hands = hands || s.Err != nil && s.Err.Op == Carries || p.Sig == SigRespErr && s.Val != nil && s.Val.Op == Resp
	})
	return hands
}

// entries looks for failed entries that go the way of those that succeeded.
func (j *judge) entries() {
	for i, a := range j.u.Answers {
		if len(a.Entries) != 2 || a.Entries[0] == 0 || a.Entries[1] != 0 || slices.Contains(j.u.Program.constants(true), a.Entries[0]) {
			continue
		}
		t, zero := j.u.Traces[i], j.trace(a, a.Outer, 0, 0)
		if a.Outer == 5400 && j.success(t) && j.on(t, true) && toldApart(t, zero) {
			j.Gaps["a failed entry is told apart, and success is signalled"] = ResultClass
		}
		if !j.on(t, true) || !alike(t, zero) || t.Signal == "panic" {
			continue
		}
		turns := j.turns(t)
		switch {
		case j.u.Program.looksTwice():
			j.Gaps["another loop tells entries with code 0 from the others"] = ResultClass
		case j.handsBatch():
			j.Gaps["the batch is handed on elsewhere in the function"] = ResultClass
		case turns < 2 && t.Signal == "error":
			j.Gaps["an entry's turn ends in an error"] = ResultClass
		case j.sig == SigBool:
			j.Gaps["entries in a function whose verdict is a bool"] = ResultClass
		case a.Outer != 5400:
			j.Gaps["entries that the contract does not allow"] = ResultClass
		default:
			j.expect("result-nonzero-success", a)
		}
	}
}

// inspectsEntries reports whether the unit tells entries apart on some answer
// like a.
func (j *judge) inspectsEntries(a Answer) bool {
	for i, b := range j.u.Answers {
		if b.Msg == a.Msg && b.Flag == a.Flag && len(b.Entries) == 2 && j.on(j.u.Traces[i], true) {
			return true
		}
	}
	return false
}

// handsDetail reports whether what the unit hands on depends on the entries of
// an answer like a.
func (j *judge) handsDetail(a Answer) bool {
	zero := j.trace(a, 4112, 0, 0)
	for _, x := range fresh {
		if !j.on(zero, true) && !slices.Equal(seen(j.trace(a, 4112, x, 0)), seen(zero)) {
			return true
		}
	}
	return false
}
