// Package typestate follows response values through function bodies and says,
// for every way a value's path can end, what was known and done by then.
//
// # Method
//
// The engine is a property simulation (Das, Lerner, Seigle: "ESP: path-sensitive program verification in polynomial
// time", PLDI 2002): a forward worklist over the SSA blocks of one function, run once per origin, so that a state
// holds one response value only. Sparse dataflow is not enough: it gave false positives, since it can't see that a
// boolean or an error tells two paths apart:
//
//	var err error
//	if s.Code != 0 {
//		err = errFailed
//	}
//	return err
//
// # Lattice
//
// A state is a product of
//
//   - the code set: the values of the outcome code that are still possible
//     (may; narrowed by branches, joined by union);
//   - the [Properties]: judged, inspected, handed on, acted and others
//     (must: they hold on every concrete path that the state stands for,
//     because states that differ in one are never merged);
//   - known values: what SSA registers and local variables hold, as far as it
//     relates to the response or correlates branches (must; a value that
//     two merged states do not share is dropped); see value.go.
//
// States at a block are merged by union of their code sets if they agree on the
// properties, on the known values, and on the class of their code set: does it hold
// success, partial failure, total failure, an open set of others? The rules ask
// for the class only, so the merge loses nothing that they could see. It makes the
// number of states independent of the number of branches: a thousand
// consecutive comparisons need a handful of states each.
//
// # Names
//
// Many registers, variables, closures, members of local structs and elements of local lists may lead to one response.
// The state tracks all of them on each path. A pointer is a value like any other, so that the state knows them all,
// path by path: a cell that go/ssa makes of a named result or of a captured variable holds the pointer, and a load of
// it gives what the pointer leads to. The state also says which memory the origin fills. The state hands on what it
// doesn't know: a pointer with an unknown target, an element at an unknown index, the operands of an instruction that
// no case models. The elements of a collection are handed on with it: a flow-insensitive search finds out where it
// goes, see collection.go.
//
// # Summaries
//
// Callees are analysed first. A [Summary] says what a function does to the responses that it gets, and what it tells
// of those that it returns. It is made from the ends of the function's runs. A call then goes on in one state for
// each outcome of the callee. Function literals that are called or deferred in place are followed there instead,
// since they share variables with their function. Functions that call each other in a circle are summarised by a
// least fixed point; where it is not reached in maxRounds rounds, they are unknown to each other. A function that
// takes a bare code is summarised only if a code flows into it, and only for that parameter.
//
// # Tails
//
// A function may end in a call of a helper or a literal that nobody else calls. It is followed there, as if it were
// inlined.
//
// # Opaque tests
//
// A branch that depends on the code in a way that can't be evaluated begins a region, which
// ends at the branch's post-dominator: nothing is claimed of the paths in it.
//
// # Bounds and silence
//
// Past softStates states at one block, states merge that agree on properties and class alone. Known values that they
// disagree on are dropped, and the merged state is blurred: some of its paths may be infeasible, so nothing is
// reported from it. Past hardStates states, or past [Config.MaxSteps] steps for a value, the value is skipped and
// [Config.Debug] is told. An instruction costs one step, or more if the state is large. If the values of one function
// together take too long, the last of them are skipped too. Loops need no unrolling: the ends of the intervals in a
// code set are constants of the function, so there are finitely many sets; past widenAfter joins a set is widened and
// its state blurred.
//
// The value is handed on wherever the engine knows nothing of what follows: to a callee without a body, to reflection,
// to memory that outlives the function. Then the rules are silent.
package typestate

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

const (
	softStates         = 48      // states per block before known values are given up
	hardStates         = 160     // states per block before the value is given up
	maxSteps           = 100_000 // default of Config.MaxSteps
	maxFailedValues    = 4       // values of one function that run out of budget before the others are skipped
	maxFunctionBudgets = 10      // budgets that all values of one function may use up together
	maxRounds          = 8       // rounds to find out what functions do that call each other
	maxInline          = 4       // depth of closures followed in place
	widenAfter         = 4096    // joins of one state before its code set is widened
	maxConditions      = 64      // conditions of a switch or a && that are followed back
	maxDefers          = 16      // deferred calls remembered on one path
	maxDecodes         = 500     // decodes of a function
	maxElements        = 256     // elements of an array that are told apart
	manyKnown          = 128     // known values of a state that make an instruction one step longer
	maxStructDepth     = 3       // struct levels searched for responses in decoded memory
)

// A Config says what the engine may ask about a package.
type Config struct {
	Fset *token.FileSet

	// Contracts are those that responses follow. If the contract of a value is not known, as for a code that some
	// function gets, it is the first one.
	Contracts []*contract.Contract

	// Response describes the response type of t, nil if it is none.
	Response func(t types.Type) *recognize.Response

	// Called describes the response that a call of the function gives by a contract that is found by type or function,
	// nil if there is none. The signature is that of the call.
	Called func(*types.Func, *types.Signature) *recognize.Call

	// Code gives the member of t that plays the code's role, nil if it has none,
	// whether t is a response or not.
	Code func(t types.Type) *recognize.Member

	// MemberByJSON gives the member of t with the given names in JSON, nil if it has none. Members with the same names
	// have the same value if they are decoded from the same bytes.
	MemberByJSON func(t types.Type, json string) *recognize.Member

	// Base describes t if it is a struct with a code and no response by itself, nil otherwise.
	Base func(t types.Type) *recognize.Response

	// Entries describes t if it is a collection of a batch's entries, nil otherwise.
	Entries func(t types.Type) *recognize.Detail

	// Entry describes t if it is the type of a batch's entries, nil otherwise.
	Entry func(t types.Type) *recognize.Response

	// HasDetailMember reports whether t has a member with the detail's JSON name.
	HasDetailMember func(t types.Type) bool

	// Mentions reports whether a declaration mentions responses or entries.
	Mentions func(decl ast.Node) bool

	// NoReturns knows the functions that never return.
	NoReturns *NoReturns

	// Imported gives the summary of a function of another package, nil if
	// nothing is known of it.
	Imported func(*types.Func) *Summary

	// Implementation gives the one function that a call of the interface
	// method can run, nil if there may be several.
	Implementation func(method *types.Func) *ssa.Function

	// Function gives the SSA form of a function of the package.
	Function func(*types.Func) *ssa.Function

	// Functions gives the functions of the package, with their literals. It may be nil:
	// then no package variable is taken for constant.
	Functions func() []*ssa.Function

	// ConfiguredKinds says what the configuration says of a function: that it prints, decodes into its last
	// argument, or never returns. It may be nil.
	ConfiguredKinds func(*types.Func) library.Kind

	// Checked reports whether calls of the function check the outcome code of
	// what they give. Then their callers need not. It may be nil.
	Checked func(*types.Func) bool

	// Helper says that the package mentions no response, and that its functions may be of use to
	// those that do: all of it concerns them.
	Helper bool

	// RequestsOne reports whether the requests that a function makes name one resource. Then whoever learns that a
	// request failed knows for which resource. It may be nil.
	RequestsOne func(*ssa.Function) bool

	// Strict makes responses given by unknown callees count as unchecked. A function that builds what it gives is known.
	Strict bool

	// MaxSteps bounds the steps of the simulation for one value; 0 means a default
	// that only generated code reaches.
	MaxSteps int

	// Debug, if not nil, is told which values were skipped and why.
	Debug func(format string, args ...any)

	// Panicked is told of a panic in the analysis of a function, which has no summary then. It is called while the
	// function's stack is still there. If it is nil, nothing keeps the panic.
	Panicked func(fn *ssa.Function, v any)
}

// OriginKind says in which way a function came by a response value.
type OriginKind uint8

const (
	Decoded   OriginKind = iota // decoded by a known decoder
	Filled                      // its address was given to a call that may fill it
	Returned                    // a call's result
	Parameter                   // a parameter or receiver
	Element                     // an element of a collection or a value from a channel
	Asserted                    // a type assertion
	EntryOf                     // an entry of a batch response's detail, or a parameter that is one
)

// A Value is one response value of a function, from its origin to the ends of
// the paths on which it is settled.
type Value struct {
	Fn                    *ssa.Function
	Response              *recognize.Response
	OriginKind            OriginKind
	Origin                ssa.Instruction // nil for a parameter; where an iterator gives the value, the first of the loop's body
	Param                 *ssa.Parameter  // the parameter, nil for any other origin
	Pos                   token.Pos       // of the origin
	Unchecked             bool            // known to come unchecked
	PassesPartial         bool            // a callee has judged it, and passes a partial failure on
	Rejects               Place           // where the callee rejects a partial failure and keeps the detail from everybody, if it does
	Callee                *types.Func     // that callee
	NamedCodes            codeset.Set     // the contract's values and those that the function names
	CalleeInspects        bool            // a callee looks at its entries
	InspectsHere          bool            // the function itself does
	DetailKept            bool            // its detail was handed on by every return, other than by returning it
	FromCallersCollection bool            // an element of a collection that the function is given
	Lookup                bool            // an entry looked up by its key, which may be absent
	FirstOnly             bool            // of a status for each item, the function reads only the first
	FirstOf               string          // the selector of that list, "" if the response itself is the list
	OneItem               bool            // the function makes a request with a list of one element
	RequestChanges        bool            // the origin is a call in a loop, with another request in each iteration
	Ends                  []End           // in the order of their positions
}

// Signal is what the end of a path tells the caller about success, as far as
// error results go.
type Signal uint8

const (
	NoSignal Signal = iota // no error result, or no return
	Success                // a nil error
	Maybe                  // an error that may be nil
	Failure                // a non-nil error
)

// EndKind says how a path ends.
type EndKind uint8

const (
	Return    EndKind = iota // a return statement or the end of the body
	Iteration                // the origin runs again, or the entry's iteration ends
	Process                  // os.Exit, log.Fatal and their like
)

// An End is one class of paths on which the value is settled at one place.
type End struct {
	Object
	Kind          EndKind
	Signal        Signal
	Pos           token.Pos // where the path ends
	Bools         []Bool    // the bool results, in order
	ResultTells   bool      // another result tells of it: a constant other than its zero value, the message, or what was computed since
	ReturnsMember bool      // another result is the value, or a member of it other than the message
	ErrorUnknown  bool      // the error is unknown: this end is the nil case, and another end the non-nil case
}

// An end is an End with what a summary takes from it.
type end struct {
	End
	class   class            // of Codes
	ret     *ssa.Return      // of Kind Return
	does    Does             // before the results were handed on
	carried bool             // the error result has the code
	consts  []string         // results that are constants and no bools, by index
	sizes   []Size           // of results that are made of the entries, by index
	members []returnedMember // members that are returned
}

// A returnedMember is a member of the value that a function returns.
type returnedMember struct {
	result int
	path   string
	within string // where it stands in the result, a struct or a pointer to one
}

// Bool is what is known of a bool result at the end of a path.
type Bool uint8

const (
	Unknown Bool = iota
	True
	False
)

// OnlySuccess reports whether success is the only code left at the end.
func (e *End) OnlySuccess(v *Value) bool {
	return e.Codes.SubsetOf(v.Response.Contract.Code().Clean)
}
