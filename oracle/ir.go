package oracle

import "slices"

// A Program is one handler with its response type and its helpers, as a small tree. Shrinking, mutation and
// metamorphosis are operations on the tree. Printing is one function, so that what runs is what was analysed.
type Program struct {
	Seed    uint64 // of the run
	Index   int    // of the program in the run
	Shape   Shape
	Style   Style
	Sig     Sig
	Origin  Origin
	Retry   Retry
	Probe   Probe // of Probed
	Anchor  bool  // the type has a method that compares its code with 0
	Flag    bool  // the handler has a bool parameter that has nothing to do with the answer
	Helpers []*Helper
	Body    []*Stmt
	Final   *Stmt // the return at the end
}

// Sig is the result list of a handler.
type Sig int

const (
	SigErr      Sig = iota // error
	SigNamedErr            // (err error)
	SigIntErr              // (int, error)
	SigStrErr              // (string, error)
	SigListErr             // ([]string, error)
	SigRespErr             // (*T, error)
	SigBoolErr             // (bool, error)
	SigBool                // bool
	SigVoid                // nothing
	SigList                // []string
	numSigs
)

// HasErr reports whether the last result is an error.
func (s Sig) HasErr() bool { return s <= SigBoolErr }

// Origin is where a handler gets its response.
type Origin int

const (
	Decoded Origin = iota // json.Unmarshal into a variable
	Stream                // a json.Decoder
	Sent                  // by a method of the same package that decodes
	Generic               // by a generic function of the same package that decodes
	Fetched               // by a function that nothing is known about
	Given                 // a parameter
	Probed                // by a function that decodes the code first, and rejects
	numOrigins
)

// Unchecked reports whether the response is known to come unchecked.
func (o Origin) Unchecked() bool { return o <= Generic }

// Probe is how a function rejects answers by their code before it decodes the response for its caller.
type Probe struct {
	Partial bool // it lets a partial failure through
	Generic bool // it gives a type parameter's value, and does not fill an any
}

// Retry is the loop around the origin.
type Retry int

const (
	Once Retry = iota
	Forever
	Bounded
)

// A Helper is a function of the package that the handler asks.
type Helper struct {
	Kind  HelperKind
	Body  []*Stmt
	Final *Stmt
}

// HelperKind is what a helper gets and gives.
type HelperKind int

const (
	CodeBool   HelperKind = iota // func(code C) bool
	CodeErr                      // func(code C) error
	RespBool                     // func(r *T) bool
	RespErr                      // func(r *T) error
	MethodBool                   // func (r *T) () bool
	MethodErr                    // func (r *T) () error
	EntryBool                    // func(e E) bool
	EntryErr                     // func(e E) error
	numHelpers
)

func (k HelperKind) bool() bool { return k%2 == 0 }

// Op says what a statement does.
type Op int

const (
	If       Op = iota // Cond, Body, Else
	Switch             // over Ref: Cases
	Range              // over the entries, in Form
	Return             // Err, Val
	SetBool            // Var = Cond
	SetErr             // Var = Err
	Inc                // n++
	Append             // failed = append(failed, id)
	Print              // a printer of Args
	Keep               // handed to unknown code: What
	Store              // to a package-level variable: What
	Send               // to a channel: What
	Go                 // handed to a goroutine: What
	Poll               // the task ID leaves
	Sleep              // a call that has nothing to do with the response
	Break              // Label
	Continue           // Label
	Defer              // of a printer
	Closure            // Var = func() error { Body; return Err }()
	Panic              // of an error
	Block              // { Body }
	Dead               // a declaration that nothing depends on
)

// A Stmt is a statement.
type Stmt struct {
	Op    Op
	Cond  *Cond
	Body  []*Stmt
	Else  []*Stmt
	Cases []Case
	Ref   Ref
	Form  Form
	Var   string
	Err   *Err
	Val   *Val
	Args  []Arg
	What  What
	Key   bool // an If looks an entry up first
	Lit   bool // a Defer is of a function literal
	Label bool // a break or continue names the loop over entries
}

// A Case is a clause of a switch. Without values it is the default.
type Case struct {
	Values []int
	Body   []*Stmt
}

// Ref is an outcome code that a program looks at.
type Ref int

const (
	Outer  Ref = iota // r.Code
	Entry             // e.Code
	Copied            // the variable code, a copy of r.Code
	Param             // a helper's parameter code
)

// Form is how a loop gets the entries.
type Form int

const (
	KeyValue Form = iota // for id, e := range
	Indexed              // for i := range { e := detail[i] }
	Pointer              // likewise, e := &detail[i]
	Keys                 // for id := range: no entry
	Iterator             // for id, e := range maps.All, slices.Values
)

// CondOp says what a condition asks.
type CondOp int

const (
	Cmp     CondOp = iota // Ref Rel K
	And                   // L && R
	Or                    // L || R
	Not                   // !L
	BoolVar               // Var
	ErrVar                // Var != nil
	Ask                   // a helper: bool, or error != nil
	Len                   // len(detail) Rel K
	IsNil                 // detail == nil
	HasMsg                // r.Message != ""
	Flagged               // flag
	Counted               // n > 0
	AnyID                 // len(failed) > 0
	HasTask               // r.RequestID != ""
	Found                 // the entry that was looked up is there
)

// A Cond is a condition.
type Cond struct {
	Op     CondOp
	Ref    Ref
	Rel    string
	K      int
	Flip   bool // the constant stands on the left
	Desc   bool // the codeDesc is compared, with the constant's name
	Named  bool // the constant has a name
	Via    bool // a function of the package gives the code
	L, R   *Cond
	Var    string
	Helper int
}

// ErrOp is the kind of an error.
type ErrOp int

const (
	Nil      ErrOp = iota
	Sentinel       // a package-level error
	Errorf         // fmt.Errorf of Args
	Wrapped        // fmt.Errorf("…: %w", a package-level error)
	VarErr         // the variable Var
	AskErr         // a helper's error
	Carries        // an error type that has the response as a member
)

// An Err is an expression for an error.
type Err struct {
	Op     ErrOp
	Var    string
	Args   []Arg
	Helper int
}

// ValOp is the kind of the result beside the error.
type ValOp int

const (
	Zero   ValOp = iota
	One          // a constant other than the zero value
	Code         // r.Code, as an int
	Count        // n
	Task         // r.RequestID
	Failed       // failed
	Resp         // the response
	Holds        // Cond, of a bool result
)

// A Val is the result beside the error.
type Val struct {
	Op   ValOp
	Cond *Cond
}

// Arg is a printed argument.
type Arg int

const (
	ArgMsg    Arg = iota // r.Message
	ArgCode              // r.Code
	ArgResp              // r
	ArgDetail            // r.Detail
	ArgLen               // len(r.Detail)
	ArgEntry             // e.Code
	ArgEMsg              // e.Message
	ArgID                // id
	ArgCount             // n
	ArgFailed            // failed
)

// What is a value that is handed on.
type What int

const (
	WhatCode   What = iota // r.Code
	WhatResp               // r
	WhatDetail             // r.Detail
	WhatEntry              // e
	WhatID                 // id
	WhatECode              // e.Code
	WhatConst              // nothing of the response
)

// Clone gives a deep copy.
func (p *Program) Clone() *Program {
	q := *p
	q.Helpers = nil
	for _, h := range p.Helpers {
		q.Helpers = append(q.Helpers, &Helper{h.Kind, cloneBlock(h.Body), h.Final.Clone()})
	}
	q.Body = cloneBlock(p.Body)
	q.Final = p.Final.Clone()
	return &q
}

func cloneBlock(b []*Stmt) []*Stmt {
	var c []*Stmt
	for _, s := range b {
		c = append(c, s.Clone())
	}
	return c
}

// Clone gives a deep copy.
func (s *Stmt) Clone() *Stmt {
	if s == nil {
		return nil
	}
	c := *s
	c.Cond = s.Cond.Clone()
	c.Body, c.Else = cloneBlock(s.Body), cloneBlock(s.Else)
	c.Cases = nil
	for _, k := range s.Cases {
		c.Cases = append(c.Cases, Case{slices.Clone(k.Values), cloneBlock(k.Body)})
	}
	c.Args = slices.Clone(s.Args)
	if s.Err != nil {
		e := *s.Err
		e.Args = slices.Clone(e.Args)
		c.Err = &e
	}
	if s.Val != nil {
		c.Val = &Val{s.Val.Op, s.Val.Cond.Clone()}
	}
	return &c
}

// Clone gives a deep copy.
func (c *Cond) Clone() *Cond {
	if c == nil {
		return nil
	}
	d := *c
	d.L, d.R = c.L.Clone(), c.R.Clone()
	return &d
}

// blocks calls f for every block of the program, outer ones first.
func (p *Program) blocks(f func(*[]*Stmt)) {
	var walk func(b *[]*Stmt)
	walk = func(b *[]*Stmt) {
		f(b)
		for _, s := range *b {
			walk(&s.Body)
			walk(&s.Else)
			for i := range s.Cases {
				walk(&s.Cases[i].Body)
			}
		}
	}
	for _, h := range p.Helpers {
		walk(&h.Body)
	}
	walk(&p.Body)
}

// stmts calls f for every statement, the last returns included.
func (p *Program) stmts(f func(*Stmt)) {
	p.blocks(func(b *[]*Stmt) {
		for _, s := range *b {
			f(s)
		}
	})
	for _, h := range p.Helpers {
		f(h.Final)
	}
	f(p.Final)
}

// conds calls f for every condition, for the whole before its parts.
func (p *Program) conds(f func(*Cond)) {
	var walk func(c *Cond)
	walk = func(c *Cond) {
		if c != nil {
			f(c)
			walk(c.L)
			walk(c.R)
		}
	}
	p.stmts(func(s *Stmt) {
		walk(s.Cond)
		if s.Val != nil {
			walk(s.Val.Cond)
		}
	})
}

// Size is the number of statements and conditions.
func (p *Program) Size() int {
	n := len(p.Helpers)
	p.stmts(func(s *Stmt) { n += 1 + len(s.Args) })
	p.conds(func(*Cond) { n++ })
	return n
}

// constants gives the constants that the outer code, or the entries' code, is compared with. A helper's parameter may
// be either code.
func (p *Program) constants(entry bool) []int {
	var ks []int
	is := func(r Ref) bool { return r == Param || (r == Entry) == entry }
	p.conds(func(c *Cond) {
		if c.Op == Cmp && is(c.Ref) {
			ks = append(ks, c.K)
		}
	})
	p.stmts(func(s *Stmt) {
		if s.Op == Switch && is(s.Ref) {
			for _, k := range s.Cases {
				ks = append(ks, k.Values...)
			}
		}
	})
	if p.Origin == Probed && p.Probe.Partial && !entry {
		ks = append(ks, 5400)
	}
	slices.Sort(ks)
	return slices.Compact(ks)
}
