package typestate

// Properties are what must hold on every path that a state stands for: states
// that differ in one are never merged.
type Properties struct {
	phase            phase
	Judged           Judgement
	CalleeVerdict    Signal // the verdict of a callee that has judged the code, an error or none
	JudgedByProducer bool   // the function that gave the value has judged it
	OriginError      ErrorLook
	NamedFailure     bool // the code is one that the function names by its symbolic name
	Detail           Look // how the detail was looked at
	contents         contents
	Lookup           Presence // of an entry that was looked up by its key
	Handed           Handed
	TaskLeft         bool          // the task ID left after the last judgement
	Acted            bool          // since success was excluded, something was called or assigned
	region           *opaqueRegion // the opaque region that the state is in
	computed         bool          // something was computed from the code that has decided nothing yet
}

// A phase says whether the duty of the value has begun.
type phase uint8

const (
	idle   phase = iota // the origin is to come, or the duty has ended
	shadow              // the origin is to come, but another decode of the same bytes has told the code
	owed                // the origin has run
)

// live reports whether anything of the value is known and owed for.
func (p *Properties) live() bool { return p.phase != idle }

// An ErrorLook says whether somebody may have asked for the origin's error where the engine doesn't follow it, while it is
// not known whether the error is nil:
//
//	out, t.err = c.PutRecords(ctx, in)
//	if t.err != nil {
//		return
//	}
type ErrorLook uint8

const (
	ErrorHere   ErrorLook = iota // it is in variables that are followed, or nowhere
	errorKept                    // it is kept elsewhere, or a callee got it that isn't followed
	ErrorTested                  // and since then something decided a branch that may depend on it
)

// Judgement says whether the code has decided a branch.
type Judgement uint8

const (
	NotJudged Judgement = iota
	tested              // by opaque tests alone
	Judged              // by a comparison, or one that a callee makes
)

// Look says how far the detail was looked at. Each implies those before it, as far as a rule can see.
type Look uint8

const (
	Unseen    Look = iota
	Touched        // it was looked at, but no entry's code
	Empty          // there was no entry to inspect: none at all, none by a key, or a loop had no iteration
	Inspected      // an entry's code was read and used
)

// done gives the look as far as it counts for other paths, too. That there was no entry on this path doesn't count.
func (l Look) done() Look {
	if l == Empty {
		return Touched
	}
	return l
}

// look notes a look at the detail.
func (p *Properties) look(l Look) { p.Detail = max(p.Detail, l) }

// accounted reports whether somebody inspects entries where there are any.
func (p *Properties) accounted() bool { return p.Detail >= Empty }

// Handed says what was handed on.
type Handed uint8

const (
	HandedCode   Handed = 1 << iota // the code left for somewhere the engine does not follow
	HandedDetail                    // so did the detail
	handedAll    = HandedCode | HandedDetail
)

// Has reports whether all of it was handed on.
func (h Handed) Has(what Handed) bool { return h&what == what }

// contents are what is known of the entries in the detail.
type contents uint8

const (
	anyContents contents = iota
	nilDetail
	notNil
	noneIn    // its length is 0; it may be nil
	noneInNew // its length is 0, and it isn't nil
	someIn    // it has an entry
)

// narrowed gives what is known after a test of the detail has told something. It reports whether both can be so.
func (c contents) narrowed(told contents) (contents, bool) {
	switch {
	case c == anyContents || c == told:
		return told, true
	case told == noneIn && c != someIn:
		if c == notNil {
			return noneInNew, true
		}
		return c, true
	case told == nilDetail:
		return nilDetail, c == noneIn
	case told == notNil:
		if c == noneIn {
			return noneInNew, true
		}
		return c, c != nilDetail
	}
	return told, c == notNil // some entry
}

// knows narrows what is known of the entries. It reports whether that can be so.
func (p *Properties) knows(told contents) bool {
	c, possible := p.contents.narrowed(told)
	if possible {
		p.contents = c
	}
	return possible
}

// Presence says whether an entry that was looked up by its key is there.
type Presence uint8

const (
	Present   Presence = iota // it is, or nothing can come of its absence
	MayBeLost                 // it may be missing, and nothing was done about it
	Missing                   // it is missing, and nothing was done about it
	MissingOK                 // it is missing, and something was done about it
)

// settleLookup notes that the absence of the entry is dealt with, or no longer matters.
func (p *Properties) settleLookup() {
	switch p.Lookup {
	case MayBeLost:
		p.Lookup = Present
	case Missing:
		p.Lookup = MissingOK
	}
}

// missing notes that the entry is known to be missing.
func (p Presence) missing() Presence {
	if p.Unsettled() { // it may be asked again
		return Missing
	}
	return MissingOK
}

// Unsettled reports whether the entry may be missing, and nothing was done about it.
func (p Presence) Unsettled() bool { return p == MayBeLost || p == Missing }

// Known reports whether the entry is known to be missing.
func (p Presence) Known() bool { return p == Missing || p == MissingOK }

// discharged gives what was done here that may discharge the duty on other paths, too.
func (p *Properties) discharged() dealing {
	d := dealing{handed: p.Handed}
	if p.accounted() {
		d.look = Inspected
	}
	return d
}

// judged reports whether the code has decided a branch here, or in a callee that gives a verdict.
func (p *Properties) judged() bool { return p.Judged != NotJudged || p.CalleeVerdict != NoSignal }

// does gives the properties that a caller is told of.
func (p Properties) does() Does {
	var d Does
	set := func(bit Does, holds bool) {
		if holds {
			d |= bit
		}
	}
	set(Judges, p.judged())
	set(Inspects, p.accounted())
	set(KeepsCode, p.Handed.Has(HandedCode))
	set(KeepsDetail, p.Handed.Has(HandedDetail))
	set(Touches, p.Detail == Touched)
	set(NamesFailure, p.NamedFailure)
	set(HasEntry, p.contents == someIn)
	return d
}
