package oracle

import (
	"slices"

	"github.com/asynccheck/asynccheck/internal/oracle/rig"
)

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
