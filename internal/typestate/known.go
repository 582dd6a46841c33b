package typestate

import (
	"go/types"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/decoders"
)

// An effect is what is known of a function that is called without a look at
// its body.
type effect uint8

const (
	nothing      effect = iota
	prints              // formats or logs its arguments
	formats             // likewise, and returns the text
	formatsError        // likewise, and returns an error
	joinsErrors         // returns an error that wraps its arguments
	testsError          // says whether its first argument is a particular error
	wrapsNil            // wraps an error, if there is one
	encodes             // encodes its argument and returns the bytes
	encodesTo           // encodes its argument to the encoder's writer
	decodes             // decodes bytes into its argument
	numberOf            // gives the number that a text holds, or a number's text
	iterates            // gives an iterator over the elements of its argument
	lists               // gives an iterator over the keys of its argument
)

// loggers are packages whose functions log their arguments.
var loggers = map[string]bool{
	"log":                             true,
	"log/slog":                        true,
	"testing":                         true,
	"github.com/sirupsen/logrus":      true,
	"go.uber.org/zap":                 true,
	"github.com/rs/zerolog":           true,
	"github.com/rs/zerolog/log":       true,
	"github.com/golang/glog":          true,
	"k8s.io/klog":                     true,
	"k8s.io/klog/v2":                  true,
	"github.com/go-logr/logr":         true,
	"github.com/hashicorp/go-hclog":   true,
	"github.com/apex/log":             true,
	"github.com/go-kit/log":           true,
	"github.com/charmbracelet/log":    true,
	"github.com/davecgh/go-spew/spew": true,
	"github.com/kr/pretty":            true,
}

// handsThrough are packages that move or transform bytes without judging them.
var handsThrough = map[string]bool{
	"io": true, "io/ioutil": true, "bytes": true, "strings": true, "bufio": true, "os": true,
	"net/http": true, "net/http/httptest": true, "net/http/httputil": true,
	"compress/gzip": true, "compress/flate": true, "compress/zlib": true,
	"encoding/base64": true, "encoding/hex": true, "crypto/sha256": true, "crypto/md5": true,
}

// fetches are those of them that have bytes of their own to give.
var fetches = map[string]bool{"net/http": true, "net/http/httptest": true, "os": true}

// functions are what is known of functions and methods by their names.
var functions = map[listing]effect{
	{"maps", "", "All"}:                           iterates,
	{"maps", "", "Values"}:                        iterates,
	{"maps", "", "Keys"}:                          lists,
	{"slices", "", "All"}:                         iterates,
	{"slices", "", "Values"}:                      iterates,
	{"slices", "", "Backward"}:                    iterates,
	{"errors", "", "New"}:                         formatsError,
	{"errors", "", "Join"}:                        joinsErrors,
	{"errors", "", "Is"}:                          testsError,
	{"errors", "", "As"}:                          testsError,
	{"errors", "", "AsType"}:                      testsError,
	{"fmt", "", "Errorf"}:                         formatsError,
	{"github.com/pkg/errors", "", "New"}:          formatsError,
	{"github.com/pkg/errors", "", "Errorf"}:       formatsError,
	{"github.com/pkg/errors", "", "Wrap"}:         wrapsNil,
	{"github.com/pkg/errors", "", "Wrapf"}:        wrapsNil,
	{"github.com/pkg/errors", "", "WithMessage"}:  wrapsNil,
	{"github.com/pkg/errors", "", "WithMessagef"}: wrapsNil,
	{"github.com/pkg/errors", "", "WithStack"}:    wrapsNil,
	{"github.com/pkg/errors", "", "Is"}:           testsError,
	{"github.com/pkg/errors", "", "As"}:           testsError,
	{"golang.org/x/xerrors", "", "New"}:           formatsError,
	{"golang.org/x/xerrors", "", "Errorf"}:        formatsError,
	{"golang.org/x/xerrors", "", "Is"}:            testsError,
	{"golang.org/x/xerrors", "", "As"}:            testsError,
	{"encoding/json", "Number", "Int64"}:          numberOf,
	{"encoding/json", "Number", "Float64"}:        numberOf,
	{"encoding/json", "Number", "String"}:         numberOf,
	{"strconv", "", "Atoi"}:                       numberOf,
	{"strconv", "", "Itoa"}:                       numberOf,
	{"strconv", "", "ParseInt"}:                   numberOf,
	{"strconv", "", "ParseUint"}:                  numberOf,
	{"strconv", "", "FormatInt"}:                  numberOf,
}

// A listing names a function of a package, or a method of a type in it.
type listing struct{ path, recv, name string }

// listingOf gives a function's name, without the receiver's type arguments.
func listingOf(f *types.Func) listing {
	l := listing{path: f.Pkg().Path(), name: f.Name()}
	if recv := f.Signature().Recv(); recv != nil {
		t := types.Unalias(recv.Type())
		if p, ok := t.(*types.Pointer); ok {
			t = types.Unalias(p.Elem())
		}
		if n, ok := t.(*types.Named); ok {
			l.recv = n.Obj().Name()
		}
	}
	return l
}

func knownFunc(f *types.Func) effect {
	if f == nil || f.Pkg() == nil {
		return nothing
	}
	f = f.Origin()
	path, name := f.Pkg().Path(), f.Name()
	if e, ok := functions[listingOf(f)]; ok {
		return e
	}
	switch {
	case decoders.Known(path):
		switch {
		case strings.HasPrefix(name, "Unmarshal"), name == "Decode" && f.Signature().Recv() != nil:
			return decodes
		case strings.HasPrefix(name, "Marshal"):
			if strings.HasPrefix(name, "MarshalWrite") || strings.HasPrefix(name, "MarshalEncode") {
				return nothing
			}
			return encodes
		case name == "Encode" && f.Signature().Recv() != nil:
			return encodesTo
		}
	case path == "fmt":
		switch {
		case strings.HasPrefix(name, "Sprint"), strings.HasPrefix(name, "Append"):
			return formats
		case strings.Contains(name, "rint"):
			return prints
		}
	case loggers[path]:
		return prints
	}
	return nothing
}

// checks reports whether the call checks the code of the response that it gives.
func (cfg *Config) checks(c *ssa.CallCommon) bool {
	f := calleeOf(c)
	return f != nil && cfg.Checked != nil && cfg.Checked(f)
}

// printerName matches the names of functions that log. Most packages have nobody ask for it.
var printerName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:debug|info|notice|warn|warning|error|fatal|panic|trace|print|log|verbose|output|skip)(?i:f|ln|w|context|ctx)?$`)
})

// printerWrapper reports whether f has the name and signature of a logging
// function or method, as wrappers of printers have.
func printerWrapper(f *types.Func) bool {
	sig := f.Signature()
	return sig.Results().Len() == 0 && variadicAny(sig) && printerName().MatchString(f.Name())
}

func variadicAny(sig *types.Signature) bool {
	if !sig.Variadic() {
		return false
	}
	last, ok := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice)
	if !ok {
		return false
	}
	i, ok := last.Elem().Underlying().(*types.Interface)
	return ok && i.Empty()
}

// failsTest reports whether f makes the running test fail, and returns.
func failsTest(f *types.Func) bool {
	if f == nil || f.Pkg() == nil || f.Pkg().Path() != "testing" {
		return false
	}
	switch f.Name() {
	case "Error", "Errorf", "Fail":
		return true
	}
	return false
}

// calleeOf returns the function or interface method that is called, nil for
// a function value.
func calleeOf(c *ssa.CallCommon) *types.Func {
	if c.IsInvoke() {
		return c.Method
	}
	if fn := c.StaticCallee(); fn != nil {
		if fn.Origin() != nil {
			fn = fn.Origin()
		}
		f, _ := fn.Object().(*types.Func)
		return f
	}
	return nil
}

// decoderArgs gives the operands of a call of a known decoder, or of a function that does nothing but
// decode: the bytes or the reader they come from, and the pointer that is decoded into.
func (e *Engine) decoderArgs(c *ssa.CallCommon) (data, target ssa.Value, ok bool) {
	callee := calleeOf(c)
	if e.repute(callee).here != decodes {
		p, _ := e.plainly(c).decoder()
		if p == nil {
			return nil, nil, false
		}
		data, target = argument(c, p.From-1), argument(c, p.Index)
		return data, target, data != nil && target != nil
	}
	args := c.Args
	if callee.Signature().Recv() != nil && !c.IsInvoke() {
		if callee.Name() == "Decode" { // the reader is the decoder's
			if len(args) < 2 {
				return nil, nil, false
			}
			return args[0], args[1], true
		}
		args = args[1:] // a method of a configured API value
	} else if c.IsInvoke() && callee.Name() == "Decode" {
		if len(args) < 1 {
			return nil, nil, false
		}
		return c.Value, args[0], true
	}
	if len(args) < 2 {
		return nil, nil, false
	}
	return args[0], args[1], true
}

// firstArg gives the index that the first of c.Args has among the parameters of
// a summary, where a receiver counts as one.
func firstArg(c *ssa.CallCommon) int {
	if c.IsInvoke() {
		return 1
	}
	return 0
}

// operands gives all that the function which is called gets: the receiver of an interface's method, and the
// arguments. [firstArg] counts them alike.
func operands(c *ssa.CallCommon) []ssa.Value {
	if c.IsInvoke() {
		return append([]ssa.Value{c.Value}, c.Args...)
	}
	return c.Args
}

// operandOf gives the first operand of what computes v: what is loaded, converted, sliced, indexed, or selected from.
func operandOf(v ssa.Value) ssa.Value { return *v.(ssa.Instruction).Operands(nil)[0] }

func stripInterface(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.TypeAssert: // of what was put into the interface here
			if x.CommaOk || shown(x.X) == nil {
				return v
			}
			v = x.X
		default:
			return v
		}
	}
}

// writesOut reports whether the call writes to stdout or stderr.
func writesOut(c *ssa.CallCommon) bool {
	f := calleeOf(c)
	if f == nil || f.Pkg() == nil || len(c.Args) == 0 || !isStdStream(c.Args[0]) {
		return false
	}
	return (f.Pkg().Path() == "os" || f.Pkg().Path() == "io") && strings.HasPrefix(f.Name(), "Write")
}

func isStdStream(v ssa.Value) bool {
	load, ok := stripInterface(v).(*ssa.UnOp)
	if !ok {
		return false
	}
	g, ok := load.X.(*ssa.Global)
	return ok && g.Pkg != nil && g.Pkg.Pkg.Path() == "os" && (g.Name() == "Stdout" || g.Name() == "Stderr")
}

// printsTo reports whether the encoder v writes to stdout or stderr.
func printsTo(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	return ok && len(call.Call.Args) > 0 && isStdStream(call.Call.Args[0])
}
