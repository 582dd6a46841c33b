package oracle

import (
	"fmt"
	"slices"

	"github.com/asynccheck/asynccheck/oracle/rig"
)

// results looks for failures that pass as success by the outer code.
func (j *judge) results() {
	for i, a := range j.u.Answers {
		if a.Entries != nil || !j.open(a.Outer) {
			continue
		}
		t, zero := j.u.Traces[i], j.trace(a, 0)
		if j.u.Program.Shape.Detail == "array" && j.on(t, true) {
			j.Gaps["limit: an array has entries with code 0 where the answer has none"] = ResultClass
		}
		if t.Signal == "panic" {
			continue
		}
		handed := !slices.Equal(seen(t), seen(zero))
		if t.Signal == "error" && j.u.Program.Retry != Once && slices.ContainsFunc(t.Log, func(e rig.Event) bool { return e.Task }) {
			j.Gaps["the task ID leaves in an iteration that another follows"] = ResultClass
		}
		told, judged := toldApart(t, zero), j.judged(t)
		if j.noVerdict() && j.u.Helper == nil { // a helper's distinction counts only if its result shows it
			told = toldApart(j.withoutHelpers(t), j.withoutHelpers(zero))
		}
		switch {
		case told:
			j.dropped(a, t, zero)
		case handed:
		case !judged:
			if !j.success(t) || j.acknowledged(t) && t.Results[0] == "false" {
				continue
			}
			switch {
			case !j.u.origin().Unchecked():
				j.Gaps["not known to come unchecked"] = ResultClass
			case j.batch && (j.handsDetail(a) || j.handsInLoop()):
				j.Gaps["detail handed on, code never looked at"] = ResultClass
			case j.batch && j.inspectsEntries(a):
				j.expect("batch-outer-unread", a)
			default:
				j.expect("result-unchecked", a)
			}
		case j.success(t), j.noVerdict():
			j.expect("result-nonzero-success", a)
		}
	}
}

// unjudged looks for batches in which some or all resources failed, and that pass although nothing was looked at.
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
	if j.sig == SigBoolErr && j.u.Program.Shape.Detail == "array" && j.on(zero, true) {
		j.Gaps["limit: an array has entries with code 0 where the answer has none"] = ResultClass
		return
	}
	if j.acknowledged(t) {
		return
	}
	for i, r := range t.Results {
		if j.sig == SigIntErr && r == fmt.Sprint(a.Outer) {
			return // handed on
		}
		if i < len(zero.Results) && r == zero.Results[i] || slices.Contains([]string{"0", `""`, "null", `"91"`}, r) {
			continue
		}
		if j.sig == SigRespErr {
			return // handed on
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
	var assigned []string
	read := false
	for _, e := range t.Log[divergence(t, zero):] {
		switch {
		case e.Kind == rig.Assigned:
			assigned = append(assigned, j.u.Sites[e.Site].Var)
		case e.Kind == rig.Branched && slices.Contains(assigned, j.u.Sites[e.Site].Var):
			read = true
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
	switch {
	case read:
		j.Gaps["a failure is noted and the note is read, but nothing comes of it"] = ResultClass
		return
	case len(assigned) > 0: // otherwise prune would have removed it
		j.Gaps["a failure is noted in a variable that is read on another path"] = ResultClass
		return
	}
	j.expect("result-failure-dropped", a)
}

// acknowledged reports whether the bool beside a nil error tells the run from one with a success's code, for any
// entries. Which bool means success is up to the function.
func (j *judge) acknowledged(t *rig.Trace) bool {
	if j.sig != SigBoolErr {
		return false
	}
	for i, a := range j.u.Answers {
		if u := j.u.Traces[i]; a.Outer == 0 && u.Signal == "nil" && !slices.Equal(u.Results, t.Results) {
			return true
		}
	}
	return false
}

// noVerdict reports whether the unit has no result to signal success.
func (j *judge) noVerdict() bool { return !j.sig.HasErr() && j.sig != SigBool }

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

// divergence gives the place in t's log where control first went another way than in u's.
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

// total looks for a total failure by the batch's own code.
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
		if slices.ContainsFunc(t.Log, j.turned) {
			j.Gaps["a loop that inspects entries, but not in this iteration"] = ResultClass
			continue
		}
		if t.Signal != "nil" {
			j.Gaps["total failure, no error result"] = ResultClass
			continue
		}
		if j.acknowledged(t) && toldApart(t, zero) {
			continue
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

// inspectsEntries reports whether the unit tells entries apart for some answer like a.
func (j *judge) inspectsEntries(a Answer) bool {
	for i, b := range j.u.Answers {
		if b.Msg == a.Msg && b.Flag == a.Flag && len(b.Entries) == 2 && j.on(j.u.Traces[i], true) {
			return true
		}
	}
	return false
}

// handsDetail reports whether what the unit hands on depends on the entries of an answer like a.
func (j *judge) handsDetail(a Answer) bool {
	zero := j.trace(a, 4112, 0, 0)
	for _, x := range fresh {
		if !j.on(zero, true) && !slices.Equal(seen(j.trace(a, 4112, x, 0)), seen(zero)) {
			return true
		}
	}
	return false
}
