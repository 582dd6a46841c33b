package oracle

import (
	"slices"

	"github.com/asynccheck/asynccheck/oracle/rig"
)

// failures gives the answers of a partial failure, in groups. The answers of a group differ only in the entries' codes.
func (j *judge) failures() map[key][]int {
	groups := make(map[key][]int)
	for i, a := range j.u.Answers {
		if a.Outer == 5400 && a.Entries != nil && a.Missing == 0 && slices.Contains(a.Entries, 0) && slices.ContainsFunc(a.Entries, func(c int) bool { return c != 0 }) {
			groups[a.key()] = append(groups[a.key()], i)
		}
	}
	return groups
}

// inspects reports whether the unit looks at entries, for some answer with entries that the contract has. Asking the
// helper does not count.
func (j *judge) inspects(but *Helper) bool {
	for i, t := range j.u.Traces {
		if a := j.u.Answers[i]; len(a.Entries) > 0 && a.possible() && t.Signal != "panic" && j.on(j.without(t, func(s Site) bool { return s.Asked == but }), true) {
			return true
		}
	}
	return false
}

// detail looks for partial failures that nobody learns about.
func (j *judge) detail() {
	for _, g := range j.failures() {
		first := j.u.Traces[g[0]]
		if !j.judged(first) || first.Signal == "panic" {
			continue
		}
		if slices.ContainsFunc(g, func(i int) bool { return !alike(j.u.Traces[i], first) }) {
			continue
		}
		a := j.u.Answers[g[0]]
		zero := j.trace(a, 0, make([]int, len(a.Entries))...)
		if zero == nil {
			panic("no success to compare with: " + a.String())
		}
		told := toldApart(first, zero)
		if j.u.origin() == Probed && j.u.Program.Probe.Partial && !j.judgedHere(first) && !j.success(first) && j.sig != SigVoid {
			j.Gaps["a callee passes partial failures on, and the function signals no success"] = DetailClass
			continue
		}
		if slices.ContainsFunc(first.Log, j.turned) {
			j.Gaps["a loop that inspects entries, but not on this path"] = DetailClass
			continue
		}
		if j.u.origin() == Given && !j.sig.HasErr() && told {
			j.Gaps["a helper without results, its caller has the response"] = DetailClass
			continue
		}
		switch {
		case first.Refused:
			j.expect("batch-detail-unreachable", a)
		case first.Touched:
			j.expect("batch-detail-shallow", a)
		case !told, first.Signal == "nil", first.Signal == "true" && j.success(first):
			j.expect("batch-partial-as-success", a)
		default:
			j.expect("batch-partial-as-failure", a)
		}
	}
}

// turned reports whether the event is an iteration of a loop that looks at entries.
func (j *judge) turned(e rig.Event) bool { return e.Kind == rig.Turned && j.u.Sites[e.Site].Entry }

// turns counts the iterations of the loop that looks first at an entry's code.
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

// handed reports whether the unit hands on the whole batch or its detail, for some answer.
func (j *judge) handed() bool {
	for i, a := range j.u.Answers {
		t := j.u.Traces[i]
		if t.Signal == "panic" || len(a.Entries) == 0 {
			continue
		}
		if zero := j.trace(a, a.Outer, make([]int, len(a.Entries))...); zero != nil && slices.Equal(ways(t), ways(zero)) && !slices.Equal(seen(t), seen(zero)) {
			return true
		}
	}
	return false
}

// handsBatch reports whether a function with such results hands on the whole batch or its detail somewhere: then other
// code may look at the entries.
func (p *Program) handsBatch(sig Sig) bool {
	hands := false
	p.stmts(func(s *Stmt) {
		switch s.Op {
		case Keep, Store, Send, Go:
			hands = hands || s.What == WhatResp || s.What == WhatDetail
		}
		hands = hands || s.Err != nil && s.Err.Op == Carries || sig == SigRespErr && s.Val != nil && s.Val.Op == Resp
	})
	return hands
}

// handsInLoop reports whether the unit hands on the whole batch or its detail in a loop over entries. What a loop's
// body does, the loop does at its header.
func (j *judge) handsInLoop() bool {
	hands := false
	j.own().loops(func(body *Program) { hands = hands || body.handsBatch(j.sig) })
	return hands
}

// scope gives the unit's function and what it may ask.
func (j *judge) scope() *Program {
	if j.u.Helper != nil {
		return j.own()
	}
	return j.u.Program
}

// own gives the unit's function without its helpers.
func (j *judge) own() *Program {
	if h := j.u.Helper; h != nil {
		return &Program{Body: h.Body, Final: h.Final}
	}
	return &Program{Body: j.u.Program.Body, Final: j.u.Program.Final}
}

// entries looks for failed entries that take the way of entries that succeeded.
func (j *judge) entries() {
	for i, a := range j.u.Answers {
		if len(a.Entries) != 2 || a.Entries[0] == 0 || a.Entries[1] != 0 || slices.Contains(j.u.Program.constants(true), a.Entries[0]) {
			continue
		}
		t, zero := j.u.Traces[i], j.trace(a, a.Outer, 0, 0)
		if !j.on(t, true) || !alike(t, zero) {
			continue
		}
		turns := j.turns(t)
		switch {
		case t.Signal == "panic":
			j.Gaps["everything after an entry's iteration panics"] = ResultClass
		case j.scope().looksTwice():
			j.Gaps["another loop tells entries with code 0 from the others"] = ResultClass
		case j.own().handsBatch(j.sig):
			j.Gaps["the batch is handed on elsewhere in the function"] = ResultClass
		case t.Signal == "error" && (turns < 2 || j.leavesError()):
			j.Gaps["an entry's iteration ends in an error"] = ResultClass
		case j.sig == SigBool, j.asksLoop():
			j.Gaps["entries in a function whose verdict is a bool"] = ResultClass
		default:
			j.expect("result-nonzero-success", a)
		}
	}
}

// leavesError reports whether an iteration of a loop over entries leaves an error in a variable.
func (j *judge) leavesError() bool {
	leaves := false
	j.own().loops(func(body *Program) {
		body.stmts(func(s *Stmt) { leaves = leaves || s.Op == SetErr })
	})
	return leaves
}

// asksLoop reports whether a helper that gives a bool ranges over the entries.
func (j *judge) asksLoop() bool {
	loops := false
	for _, h := range j.scope().Helpers {
		if h.Kind.bool() {
			(&Program{Body: h.Body, Final: h.Final}).stmts(func(s *Stmt) { loops = loops || s.Op == Range })
		}
	}
	return loops
}

// missing looks for resources that were asked for and are not in the detail, and that take the way of those that
// succeeded.
func (j *judge) missing() {
	if !j.u.Program.looksUp() {
		return
	}
	loops, lookups := false, 0
	j.u.Program.stmts(func(s *Stmt) {
		loops = loops || s.Op == Range
		if s.Key {
			lookups++
		}
	})
	if loops {
		j.Gaps["an entry is looked up, and the others are ranged over"] = MissingClass
	}
	if lookups > 1 {
		j.Gaps["limit: entries are looked up in several places"] = MissingClass
	}
	looked := false
	for i, a := range j.u.Answers {
		present := a
		switch {
		case a.Missing > 0:
			present.Missing = 0
		case a.Entries == nil:
			present.Entries, present.Absent = []int{0, 0}, ""
		default:
			continue
		}
		t, there := j.u.Traces[i], j.by[present.String()]
		if there != nil && t.Lookups > 0 && there.Lookups == 0 && j.success(t) {
			j.Gaps["an entry is looked up where the detail is empty alone"] = MissingClass
			continue
		}
		if there == nil || t.Lookups == 0 || !j.looked(t) && !j.looked(there) {
			continue
		}
		looked = true
		if lookups > 1 && t.Lookups > 1 || slices.ContainsFunc(t.Log, func(e rig.Event) bool { return e.Kind == rig.Turned }) {
			continue // the gaps above
		}
		if j.actsSinceLookup(t, there) {
			j.Gaps["acts alike for a missing entry and for one that succeeded"] = MissingClass
			continue
		}
		if !(j.success(t) || t.Signal == "none" && there.Signal == "none") || !subset(did(t), did(there)) {
			continue
		}
		if j.handsInLoop() || j.own().handsBatch(j.sig) && slices.ContainsFunc(t.Log, func(e rig.Event) bool { return e.Kind == rig.Handed }) {
			j.Gaps["the batch is handed on, and its entries with it"] = MissingClass
			continue
		}
		j.expect("batch-entry-missing", a)
	}
	if !looked {
		j.Gaps["a lookup that is never made"] = MissingClass
	}
	if j.u.Program.asksBehindLookup() {
		j.Gaps["limit: an entry is looked up where the outer code is known, and the code is compared after it"] = MissingClass
	}
}

// actsSinceLookup reports whether the run t did something after the lookup. Run t may find that the entry is missing
// before it looks at the code, which run there did not.
func (j *judge) actsSinceLookup(t, there *rig.Trace) bool {
	from := divergence(t, there)
	if i := slices.IndexFunc(t.Log, j.keyed); i >= 0 {
		from = min(from, i)
	}
	return len(did(&rig.Trace{Log: t.Log[from:]})) > 0
}

// looked reports whether the code of an entry that was looked up decided a branch.
func (j *judge) looked(t *rig.Trace) bool {
	return slices.ContainsFunc(t.Log, j.keyed)
}

// keyed reports whether the event is a branch on an entry that was looked up.
func (j *judge) keyed(e rig.Event) bool { return e.Kind == rig.Branched && j.u.Sites[e.Site].Key }

// did gives what a run did about its answer.
func did(t *rig.Trace) []rig.Event {
	return slices.DeleteFunc(slices.Clone(t.Log), func(e rig.Event) bool { return e.Kind == rig.Branched || e.Kind == rig.Turned })
}

func subset(a, b []rig.Event) bool {
	return !slices.ContainsFunc(a, func(e rig.Event) bool {
		return !slices.ContainsFunc(b, func(f rig.Event) bool { return e.Kind == f.Kind && e.Site == f.Site })
	})
}
