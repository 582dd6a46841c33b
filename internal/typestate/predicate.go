package typestate

// A predicate is a function that says something of a response, or of its code, by a bool. Its
// callers ask by it what it asks:
//
//	func (c Code) Failed() bool { return c != 0 }
//
//	if r.Code.Failed() { ... } // if r.Code != 0 { ... }

// compares gives the codes for which the only result of a call, a bool, is true and false, if
// that is all that the call makes of the parameter: then it is a comparison, which judges where
// its value decides a branch.
func (p *Param) compares() (s split, ok bool) {
	for _, o := range p.Outcomes {
		if o.Does != Judges || o.Signal != NoSignal || len(o.Bools) != 1 {
			return split{}, false
		}
		switch o.Bools[0] {
		case True:
			s.holds = s.holds.Union(toSet(o.Codes))
		case False:
			s.fails = s.fails.Union(toSet(o.Codes))
		default:
			return split{}, false
		}
	}
	return s, len(p.Outcomes) > 0
}
