package analyzer

import (
	"go/token"
	"slices"

	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// A check is a rule about the ends of paths: it reports an end, unless it has an excuse. The first excuse in the list
// that holds silences it.
type check struct {
	rule    string
	excuses []excuse
}

// An excuse is a reason to report nothing at the end of a path.
type excuse struct {
	why       string // as a sentence without a period
	holds     func(f *function, v *typestate.Value, e *typestate.End) bool
	otherKind bool // the rule is about another kind of value
}

// excuse returns the excuse that silences the rule at the end of a path, nil if there is none.
func (c *check) excuse(f *function, v *typestate.Value, e *typestate.End) *excuse {
	for i := range c.excuses {
		if x := &c.excuses[i]; x.holds(f, v, e) {
			return x
		}
	}
	return nil
}

// reports says whether the rule reports the end of a path.
func (c *check) reports(f *function, v *typestate.Value, e *typestate.End) bool {
	return c.excuse(f, v, e) == nil
}

// first returns the first end of v that the rule reports.
func (c *check) first(f *function, v *typestate.Value) *typestate.End {
	return f.first(v, func(v *typestate.Value, e *typestate.End) bool { return c.reports(f, v, e) })
}

// Excuses that several rules have.
var (
	handedCode = excuse{why: "the code was handed on", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
		return e.Handed.Has(typestate.HandedCode)
	}}
	handedDetail = excuse{why: "the detail was handed on", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
		return e.Handed.Has(typestate.HandedDetail)
	}}
	inspects = excuse{why: "an entry was inspected", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
		return e.Detail == typestate.Inspected
	}}
	detailEmpty = excuse{why: "there is no entry to inspect", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
		return e.Detail == typestate.Empty
	}}
	symbolic = excuse{why: "the function names the code by its symbolic name", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
		return e.NamedFailure
	}}
	judgedAlready = excuse{why: "the code was judged", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
		return e.Judged != typestate.NotJudged
	}}
	vouched = excuse{why: "the function that returned the response has judged it", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
		return e.JudgedByProducer
	}}
	notRaw = excuse{why: "the response may have been checked before", holds: func(_ *function, v *typestate.Value, _ *typestate.End) bool {
		return !v.Unchecked
	}}
	isEntry = excuse{why: "it is an entry", holds: func(_ *function, v *typestate.Value, _ *typestate.End) bool {
		return v.OriginKind == typestate.EntryOf
	}, otherKind: true}
	notEntry = excuse{why: "it is not an entry", holds: func(_ *function, v *typestate.Value, _ *typestate.End) bool {
		return v.OriginKind != typestate.EntryOf
	}, otherKind: true}
	notBatch = excuse{why: "it is not a batch", holds: func(_ *function, v *typestate.Value, _ *typestate.End) bool {
		return v.Response.Kind != recognize.Batch
	}, otherKind: true}
	notJudged = excuse{why: "the code decided nothing", holds: func(f *function, _ *typestate.Value, e *typestate.End) bool {
		return !f.judged(e)
	}}
	notDecided = excuse{why: "the code decided nothing", holds: func(f *function, _ *typestate.Value, e *typestate.End) bool {
		return !f.judged(e) && !(e.CalleeVerdict == typestate.Failure && e.Signal == typestate.NoSignal)
	}}
	noSuccess = excuse{why: "success is not signalled", holds: func(f *function, v *typestate.Value, e *typestate.End) bool {
		return !f.succeeds(v, e)
	}}
	notReturned = excuse{why: "the path does not end in a return", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
		return e.Kind != typestate.Return
	}}
	noNilError = excuse{why: "no nil error is returned", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
		return e.Signal != typestate.Success
	}}
	successPossible = excuse{why: "the code may be success", holds: func(_ *function, v *typestate.Value, e *typestate.End) bool {
		return clean(v, e)
	}}
	inTest = excuse{why: "it is in a test", holds: func(f *function, _ *typestate.Value, _ *typestate.End) bool { return f.test }}
)

// checks are the rules about the ends of paths, in the order in which they are asked. The first is three rules,
// which [function.partialRule] distinguishes. batch-detail-unreachable is not here: it is only about the origin.
var checks = struct{ partial, unchecked, nonzero, totalNamed, dropped, missing, unread, firstOnly check }{
	// A partial failure is possible, and the failed items stay unknown.
	partial: check{"batch-partial-as-success, batch-partial-as-failure or batch-detail-shallow", []excuse{
		notBatch,
		{why: "the code decided nothing", holds: func(f *function, v *typestate.Value, e *typestate.End) bool {
			return !(f.judged(e) || f.callsUnreportedHelper(e.VerdictCall) || f.passes(v, e))
		}},
		inspects, detailEmpty, handedDetail, symbolic,
		{why: "the code can't be a partial failure", holds: func(_ *function, v *typestate.Value, e *typestate.End) bool {
			return !e.Codes.Intersects(v.Response.Contract.Code().Partial)
		}},
		{why: "the caller still has the response", holds: func(f *function, v *typestate.Value, e *typestate.End) bool {
			return f.helper(v) && !f.hasErr && !clean(v, e)
		}},
		{why: "a test expects the partial failure", holds: func(f *function, v *typestate.Value, e *typestate.End) bool {
			return f.test && !clean(v, e) && !e.Open
		}},
		{why: "all callers inspect the detail", holds: func(f *function, v *typestate.Value, _ *typestate.End) bool {
			return f.callersInspect(v)
		}},
		{why: "the request names one item, the one that failed", holds: func(f *function, v *typestate.Value, e *typestate.End) bool {
			return !f.asSuccess(v, e) && f.namesOneResource(f.fn)
		}},
	}},

	// Success is signalled, but no code was judged on the path, and the value is known to come unchecked.
	unchecked: check{"result-unchecked", []excuse{
		isEntry, inTest, judgedAlready, notRaw, vouched,
		{why: "the call's error may have been tested: it is kept where it is not followed", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
			return e.OriginError == typestate.ErrorTested
		}},
		{why: "the code can only be success", holds: func(_ *function, v *typestate.Value, e *typestate.End) bool {
			return e.OnlySuccess(v)
		}},
		handedCode, inspects, handedDetail,
		{why: "success is not signalled", holds: func(f *function, v *typestate.Value, e *typestate.End) bool {
			return !f.succeeds(v, e) && !f.leavesBehind(v, e)
		}},
		{why: "the function throws the result away, and says so", holds: func(f *function, v *typestate.Value, _ *typestate.End) bool {
			return !f.cfg.Strict && f.thrownAway(v)
		}},
		{why: "there is no entry, and entries are inspected where there are any", holds: func(_ *function, v *typestate.Value, e *typestate.End) bool {
			return e.Detail == typestate.Empty && inspected(v)
		}},
	}},

	// The code was judged, and success is signalled where it may be zero or any of an open set of others.
	nonzero: check{"result-nonzero-success", []excuse{
		notDecided, handedCode, symbolic,
		{why: "the code can't be success", holds: func(_ *function, v *typestate.Value, e *typestate.End) bool { return !clean(v, e) }},
		{why: "all codes but success are named", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool { return !e.Open }},
		{why: "success is not signalled", holds: func(f *function, v *typestate.Value, e *typestate.End) bool {
			if v.OriginKind == typestate.EntryOf {
				return e.Signal == typestate.Failure || e.Kind == typestate.Process
			}
			return !f.succeeds(v, e) && !f.endSignalsSuccess(v, e)
		}},
		{why: "other code decides what happens to a failed entry", holds: func(f *function, v *typestate.Value, _ *typestate.End) bool {
			return v.OriginKind == typestate.EntryOf && (f.callersTellApart(v) || !f.entriesCount(v))
		}},
	}},

	// The code of a total failure is named, and treated as success.
	totalNamed: check{"result-nonzero-success", []excuse{
		notBatch, isEntry, notDecided, handedCode, symbolic,
		{why: "total failure is not possible, or not named", holds: func(_ *function, v *typestate.Value, e *typestate.End) bool {
			return !e.Codes.Intersects(v.Response.Contract.Code().Total) || e.Open
		}, otherKind: true},
		inspects, detailEmpty, handedDetail, noNilError, noSuccess,
		{why: "the failure was acknowledged", holds: func(_ *function, v *typestate.Value, e *typestate.End) bool {
			return !clean(v, e) && e.Acted
		}},
	}},

	// The code is one of an open set of failures, and a nil error is returned without another reaction.
	dropped: check{"result-failure-dropped", []excuse{
		isEntry, notJudged, handedCode, symbolic, successPossible,
		{why: "the failure was acknowledged", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool { return e.Acted }},
		{why: "another result signals the failure", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool { return e.ResultTells }},
		{why: "the failures are named", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool { return !e.Open }},
		notReturned, noNilError, noSuccess,
	}},

	// An entry that was looked up may be absent, and is treated like those that succeeded.
	missing: check{"batch-entry-missing", []excuse{
		notEntry,
		{why: "the entry isn't looked up by its key", holds: func(_ *function, v *typestate.Value, _ *typestate.End) bool { return !v.Lookup }},
		{why: "the entry is there, or its absence is handled", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
			return !e.Lookup.Unsettled()
		}},
		handedCode,
		{why: "the path ends in an error, or ends the process", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
			return e.Signal == typestate.Failure || e.Kind == typestate.Process
		}},
		{why: "the batch is kept, and shows which entries are there", holds: func(f *function, v *typestate.Value, _ *typestate.End) bool {
			return slices.ContainsFunc(f.vals[f.fn], func(batch *typestate.Value) bool { return hasEntries(batch, v) && batch.DetailKept })
		}},
		{why: "entries that succeeded take another path", holds: func(f *function, v *typestate.Value, e *typestate.End) bool {
			return f.endSignalsSuccess(v, e) && e.Lookup.Known() && f.ownWay(v, func(o *typestate.End) bool { return o.Kind == e.Kind })
		}},
		{why: "the bool result does not signal success", holds: func(f *function, v *typestate.Value, e *typestate.End) bool {
			return f.onlyBool() && e.Kind == typestate.Return && (!f.maybeTrue(v, e) || !slices.ContainsFunc(f.vals[f.fn], f.canReturnFalse))
		}},
		{why: "the code can't be success", holds: func(_ *function, v *typestate.Value, e *typestate.End) bool {
			return !clean(v, e) && !e.Lookup.Known()
		}},
		{why: "the batch's outer code excludes this path", holds: func(f *function, v *typestate.Value, e *typestate.End) bool { return !f.batchEnds(v, e) }},
		{why: "no entry's code decided anything", holds: func(f *function, v *typestate.Value, _ *typestate.End) bool {
			return f.first(v, func(_ *typestate.Value, e *typestate.End) bool { return e.Judged != typestate.NotJudged }) == nil
		}},
	}},

	// Entries are inspected, and success is signalled, but the outer code was never judged.
	unread: check{"batch-outer-unread", []excuse{
		notBatch, judgedAlready, notRaw, vouched,
		{why: "the possible codes are named", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool { return !e.Open }},
		{why: "no entry is inspected", holds: func(_ *function, v *typestate.Value, e *typestate.End) bool {
			return e.Detail < typestate.Empty || !inspected(v)
		}},
		handedCode, notReturned, noSuccess,
	}},

	// Each item has a status. The first one's is read, and nothing else tells of the others.
	firstOnly: check{"batch-first-only", []excuse{
		{why: "its items have no status", holds: func(_ *function, v *typestate.Value, _ *typestate.End) bool { return !v.Response.HasItems() }, otherKind: true},
		{why: "not only the first item's status is read", holds: func(_ *function, v *typestate.Value, _ *typestate.End) bool { return !v.FirstOnly }},
		{why: "the request has one item", holds: func(_ *function, v *typestate.Value, _ *typestate.End) bool { return v.OneItem }},
		inTest, judgedAlready, vouched,
		{why: "the status is not read on this path", holds: func(_ *function, _ *typestate.Value, e *typestate.End) bool {
			return !e.Handed.Has(typestate.HandedCode)
		}},
		{why: "success is not signalled", holds: func(f *function, v *typestate.Value, e *typestate.End) bool {
			return !f.succeeds(v, e) && !f.leavesBehind(v, e)
		}},
	}},
}

// allChecks returns all checks, in their order.
func allChecks() []*check {
	c := &checks
	return []*check{&c.partial, &c.unchecked, &c.nonzero, &c.totalNamed, &c.dropped, &c.missing, &c.unread, &c.firstOnly}
}

// clean reports whether the code may mean success at the end of a path.
func clean(v *typestate.Value, e *typestate.End) bool {
	return e.Codes.Intersects(v.Response.Contract.Code().Clean)
}

// asSuccess reports whether the end of a path treats a partial failure as success.
func (f *function) asSuccess(v *typestate.Value, e *typestate.End) bool {
	return clean(v, e) || e.Signal == typestate.Success && !f.acknowledged(v, e) || f.onlyBool() && f.succeeds(v, e)
}

// partialRule returns the rule that the end of a path breaks by hiding a
// partial failure, "" if it breaks none.
func (f *function) partialRule(v *typestate.Value, e *typestate.End) string {
	switch {
	case checks.partial.excuse(f, v, e) != nil:
		return ""
	case e.Detail == typestate.Touched:
		return "batch-detail-shallow"
	case f.asSuccess(v, e):
		return "batch-partial-as-success"
	}
	return "batch-partial-as-failure"
}

// partialFindings returns the findings for a hidden partial failure: for each read of
// the code, at most one, the worst.
func (f *function) partialFindings(v *typestate.Value) []finding {
	byRule := make(map[string]*typestate.End)
	for i := range v.Ends {
		e := &v.Ends[i]
		if rule := f.partialRule(v, e); rule != "" && byRule[rule] == nil {
			byRule[rule] = e
		}
	}
	var found []finding
	reads := make(map[token.Pos]bool)
	for _, rule := range []string{"batch-partial-as-success", "batch-partial-as-failure", "batch-detail-shallow"} {
		if e := byRule[rule]; e != nil && !reads[e.Compare] {
			reads[e.Compare] = true
			found = append(found, f.partialFinding(rule, v, e))
		}
	}
	return found
}

// nonzeroEnd reports whether result-nonzero-success reports the end of a path.
func (f *function) nonzeroEnd(v *typestate.Value, e *typestate.End) bool {
	return checks.nonzero.reports(f, v, e) || checks.totalNamed.reports(f, v, e)
}

// inspected reports whether the value's entries are inspected on some path.
func inspected(v *typestate.Value) bool {
	return slices.ContainsFunc(v.Ends, func(e typestate.End) bool { return e.Detail == typestate.Inspected })
}
