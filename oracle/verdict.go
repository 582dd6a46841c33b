package oracle

import (
	"fmt"
	"maps"
	"slices"

	"github.com/asynccheck/asynccheck/oracle/rig"
)

// A Class is the subject of a rule: a batch's detail, or an outcome code.
type Class int

const (
	DetailClass Class = iota
	ResultClass
	MissingClass // an entry that is not there
)

func (c Class) String() string { return [...]string{"detail", "result", "missing entry"}[c] }

// classOf gives the class of a rule.
func classOf(rule string) Class {
	if rule == "batch-entry-missing" {
		return MissingClass
	}
	if len(rule) > 6 && rule[:6] == "batch-" && rule != "batch-outer-unread" {
		return DetailClass
	}
	return ResultClass
}

// A Verdict is what execution shows about a program.
type Verdict struct {
	Rules map[string]string // expected findings, each with the answer that shows it
	Gaps  map[string]Class  // where the two notions differ, and in which class
}

func newVerdict() *Verdict {
	return &Verdict{Rules: make(map[string]string), Gaps: make(map[string]Class)}
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

// Gap gives the name of a gap of the class, or "".
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

// Judge gives the verdict on a program by what its units did.
func Judge(us []*Unit) *Verdict {
	v := newVerdict()
	var handler *judge
	v.unreached(us)
	us[0].Program.conds(func(c *Cond) {
		if c.Op == HasTask {
			v.Gaps["the task ID's absence decides"] = ResultClass
		}
	})
	if us[0].Program.outerInLoop() {
		v.Gaps["limit: the outer code is looked at in a loop over entries"] = ResultClass
	}
	if us[0].Program.panicsLater() {
		v.Gaps["limit: an iteration panics because of an earlier one"] = DetailClass
	}
	for _, u := range us {
		if u.Helper != nil && u.Helper.Kind == EntryErr && u.Program.Shape.NoTask && !u.Program.Shape.Desc {
			// An entry that the helper gets is no single result.
			v.gap("a helper gives a verdict on an entry without a task", ResultClass, u, (*judge).results)
			continue
		}
		ends := u.Helper != nil && u.Program.endsIn(u.Helper)
		if ends {
			// The helper is called only there. So to the analyzer it is a part of the handler, which may have handed on
			// the response before, or judged its code.
			v.gap("a helper is the end of a function", ResultClass, u, (*judge).results)
			if u.Program.handsOn() {
				continue
			}
		}
		j := newJudge(u, v)
		if u.sig() == SigBool && j.computes() && !j.denies() {
			v.Gaps["limit: a bool result is computed, and always true"] = ResultClass
			v.Gaps["limit: a bool result is computed, and always true: lookups"] = MissingClass
		}
		if u.Helper == nil {
			handler = j
		}
		if !ends {
			j.results()
		}
		if j.batch {
			switch {
			case u.Helper == nil, !j.called(), !handler.inspects(u.Helper) && !handler.handed():
				j.detail()
			case !handler.inspects(u.Helper):
				v.gap("a helper's caller hands the batch on", DetailClass, u, (*judge).detail)
			}
			j.total()
			j.unjudged()
			j.entries()
			j.missing()
		}
	}
	// A bug that was shown is expected, and no gap excuses a finding about it.
	maps.DeleteFunc(v.Gaps, func(_ string, c Class) bool { return v.Buggy(c) })
	return v
}

// gap notes a gap if the unit by itself has a bug of the class. look is how to find it.
func (v *Verdict) gap(name string, c Class, u *Unit, look func(*judge)) {
	own := newVerdict()
	if look(newJudge(u, own)); own.Buggy(c) {
		v.Gaps[name] = c
	}
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

func (j *judge) expect(rule string, a Answer) {
	if _, ok := j.Rules[rule]; !ok {
		where := ""
		if j.u.Helper != nil {
			where = fmt.Sprintf("helper %d: ", j.u.Number-1)
		}
		j.Rules[rule] = where + a.String()
	}
}

// trace gives what the unit did with an answer like a, but with other codes. An answer without entries keeps its empty,
// null or absent detail.
func (j *judge) trace(a Answer, outer int, entries ...int) *rig.Trace {
	switch {
	case entries != nil:
		a.Absent = ""
	case a.Entries != nil:
		a.Absent = "{}"
	}
	a.Outer, a.Entries = outer, entries
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

// seen gives what other code can see of a run.
func seen(t *rig.Trace) []string {
	s := append([]string{t.Signal, t.Error}, t.Results...)
	for _, e := range t.Log {
		if e.Kind == rig.Handed {
			s = append(s, e.Value)
		}
	}
	return s
}

// withoutHelpers gives the run without the branches of helpers that give the unit only an error.
func (j *judge) withoutHelpers(t *rig.Trace) *rig.Trace {
	return j.without(t, func(s Site) bool { return s.Asked != nil })
}

// without gives the run without the branches of some sites.
func (j *judge) without(t *rig.Trace, leave func(Site) bool) *rig.Trace {
	u := *t
	u.Log = slices.DeleteFunc(slices.Clone(t.Log), func(e rig.Event) bool { return e.Kind == rig.Branched && leave(j.u.Sites[e.Site]) })
	return &u
}

// alike reports whether two runs have the same record.
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

// judgedHere reports whether it decided one in the unit or in a helper that the unit asked, and not only in the
// function that gave the response.
func (j *judge) judgedHere(t *rig.Trace) bool {
	return j.judged(j.without(t, func(s Site) bool { return s.Probe }))
}

// success reports whether the run signals success to its caller.
func (j *judge) success(t *rig.Trace) bool {
	switch t.Signal {
	case "nil":
		return true
	case "true":
		return j.u.origin() != Given && j.denies()
	case "none", "stopped":
		return j.taskLeft(t)
	}
	return t.Signal == "false" && j.taskLeft(t)
}

// taskLeft reports whether the task ID left, and the code was not judged later.
func (j *judge) taskLeft(t *rig.Trace) bool {
	for i, e := range slices.Backward(t.Log) {
		if e.Task {
			return !j.judged(&rig.Trace{Log: t.Log[i:]})
		}
	}
	return false
}

// denies reports whether a bool function gives false for some code.
func (j *judge) denies() bool {
	for i, t := range j.u.Traces {
		if t.Signal == "false" && j.u.Answers[i].possible() && (j.judged(t) || j.on(t, true)) {
			return true
		}
	}
	return false
}

// computes reports whether a bool result is computed, or is false on some branch.
func (j *judge) computes() bool {
	found := false
	j.own().stmts(func(s *Stmt) {
		found = found || s.Op == Return && (s.Val == nil || s.Val.Op == Zero || s.Val.Op == Holds)
	})
	return found
}

// open reports whether a code is a failure that the program does not name.
func (j *judge) open(code int) bool {
	return code != 0 && !slices.Contains(j.named, code) && !(j.batch && (code == 5100 || code == 5400))
}
