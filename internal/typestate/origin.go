package typestate

import (
	"golang.org/x/tools/go/ssa"
)

// An origin is the place in a function where a response value appears.
type origin interface {
	// instruction gives the instruction that makes the value appear, nil if it is there from the start.
	instruction() ssa.Instruction
}

type (
	// A paramOrigin is a parameter or receiver.
	paramOrigin struct {
		param *ssa.Parameter
		role  Role   // what it is
		path  string // and where that stands in the response
	}

	// A resultOrigin is a result of a call.
	resultOrigin struct {
		call   *ssa.Call
		result int    // its index
		err    int    // index of the error result, -1 if there is none
		within string // path of the response in the result
		plain  bool   // the call does nothing but decode what it returns
	}

	// A filledOrigin is memory that a call fills.
	filledOrigin struct {
		call   *ssa.Call
		ptr    ssa.Value      // the pointer that the call gets; see targeted
		path   string         // of the response in what that points to
		err    int            // index of the error result, -1 if there is none
		caller *ssa.Parameter // which has the pointer, if it is the caller's memory
	}

	// A registerOrigin is a register other than a call's result: an element, what a channel or a
	// type assertion gives. It may also be a call that is deferred or started, whose result no register has.
	registerOrigin struct {
		instr ssa.Instruction

		// Of an element.
		collection ssa.Value
		loop       *loop                    // whose iteration ends an entry
		alias      map[ssa.Instruction]bool // other reads of the same element
		lookup     bool                     // it is looked up by key
	}

	// A yieldOrigin is what an iterator gives to the body of a loop.
	yieldOrigin struct{ param *ssa.Parameter }
)

func (o *paramOrigin) instruction() ssa.Instruction    { return nil }
func (o *resultOrigin) instruction() ssa.Instruction   { return o.call }
func (o *filledOrigin) instruction() ssa.Instruction   { return o.call }
func (o *registerOrigin) instruction() ssa.Instruction { return o.instr }
func (o *yieldOrigin) instruction() ssa.Instruction    { return o.param.Parent().Blocks[0].Instrs[0] }

// param gives the parameter that the value is, nil if it is none.
func (s *site) param() *ssa.Parameter {
	if o, ok := s.at.(*paramOrigin); ok {
		return o.param
	}
	return nil
}

// role gives what the parameter is; it is [Whole] for any other origin.
func (s *site) role() Role {
	if o, ok := s.at.(*paramOrigin); ok {
		return o.role
	}
	return Whole
}

// path gives where the parameter stands in the response.
func (s *site) path() string {
	if o, ok := s.at.(*paramOrigin); ok {
		return o.path
	}
	return ""
}

// call gives the call that gives the value or fills memory with it, nil if none does.
func (s *site) call() *ssa.Call {
	switch o := s.at.(type) {
	case *resultOrigin:
		return o.call
	case *filledOrigin:
		return o.call
	}
	return nil
}

// errAt gives the index of that call's error result, -1 if it has none.
func (s *site) errAt() int {
	switch o := s.at.(type) {
	case *resultOrigin:
		return o.err
	case *filledOrigin:
		return o.err
	}
	return -1
}

// result gives the call's result that the value is, or is in; nil if it is none.
func (s *site) result() *resultOrigin {
	o, _ := s.at.(*resultOrigin)
	return o
}

// target gives the memory that the call fills; its pointer is nil if there is none.
func (s *site) target() filledOrigin {
	if o, ok := s.at.(*filledOrigin); ok {
		return *o
	}
	return filledOrigin{}
}

// in reports whether the instruction is the register that the value appears in.
func (s *site) in(instr ssa.Instruction) bool {
	o, ok := s.at.(*registerOrigin)
	return ok && o.instr == instr
}

// readAgain reports whether the instruction is another read of the element that the value is.
func (s *site) readAgain(instr ssa.Instruction) bool {
	o, ok := s.at.(*registerOrigin)
	return ok && len(o.alias) > 0 && o.alias[instr]
}

// collection gives what the value is an element of, nil if it is none.
func (s *site) collection() ssa.Value {
	if o, ok := s.at.(*registerOrigin); ok {
		return o.collection
	}
	return nil
}

// loop gives the loop whose iteration ends the entry that the value is, nil if there is none.
func (s *site) loop() *loop {
	if o, ok := s.at.(*registerOrigin); ok {
		return o.loop
	}
	return nil
}

// lookup reports whether the value is looked up by its key.
func (s *site) lookup() bool {
	o, ok := s.at.(*registerOrigin)
	return ok && o.lookup
}

// yielded gives the parameter by which an iterator gives the value, nil if none does.
func (s *site) yielded() *ssa.Parameter {
	if o, ok := s.at.(*yieldOrigin); ok {
		return o.param
	}
	return nil
}

// here reports whether the function decodes the value itself, if only by a call that does nothing else.
func (s *site) here() bool {
	o := s.result()
	return s.kind == Decoded || o != nil && o.plain
}

// block gives the block of the instruction that makes the value appear in its function, nil if there is none. If an
// iterator gives the value, it is nil as well: the instruction is another function's.
func (s *site) block() *ssa.BasicBlock {
	if s.yielded() != nil || s.at.instruction() == nil {
		return nil
	}
	return s.at.instruction().Block()
}
