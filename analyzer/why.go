package analyzer

import (
	"cmp"
	"fmt"
	"go/token"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// A Why asks why a line has a finding, or none. It is about the responses that have their origin, a
// comparison or the end of a path there. Several goroutines may use it at once.
type Why struct {
	File string // absolute
	Line int
	Out  io.Writer

	mu      sync.Mutex
	said    map[string]bool
	nearest int // line with a response, if none is at Line; 0 if there is none
}

// Found reports whether the line has such a response.
func (w *Why) Found() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.said) > 0
}

// Nearest returns the line of the file that is nearest to the one that is asked for and has such a response, 0 if there
// is none.
func (w *Why) Nearest() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.nearest
}

// has notes that lines of the file have a response, and reports whether the one that is asked for is among them.
func (w *Why) has(lines []int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	far := func(line int) int { return max(line-w.Line, w.Line-line) }
	for _, line := range lines {
		if w.nearest == 0 || far(line) < far(w.nearest) || far(line) == far(w.nearest) && line < w.nearest {
			w.nearest = line
		}
	}
	return slices.Contains(lines, w.Line)
}

// say prints a text, but once: a package and its variant for tests have the same functions.
func (w *Why) say(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.said == nil {
		w.said = make(map[string]bool)
	}
	if !w.said[text] {
		w.said[text] = true
		io.WriteString(w.Out, text)
	}
}

// explain prints the explanation of the function's values at the line that is asked for.
func (f *function) explain() {
	w := f.cfg.Why
	if w == nil || f.again || len(f.vals[f.fn]) == 0 {
		return
	}
	if name, err := filepath.Abs(f.pass.Fset.Position(f.fn.Pos()).Filename); err != nil || name != w.File {
		return
	}
	for _, v := range f.vals[f.fn] {
		if w.has(f.touched(v)) {
			w.say(f.explanation(v))
		}
	}
}

// touched returns the lines with the value's origin, a comparison or the end of a path.
func (f *function) touched(v *typestate.Value) (lines []int) {
	at := func(pos token.Pos) {
		if pos.IsValid() {
			lines = append(lines, f.pass.Fset.Position(pos).Line)
		}
	}
	at(v.Pos)
	for _, e := range v.Ends {
		at(e.Pos)
		at(e.Compare)
	}
	return lines
}

// explanation lists the paths of the value, and for each what every rule says.
func (f *function) explanation(v *typestate.Value) string {
	var b strings.Builder
	what := "a response of"
	if v.Response.Contract.ByMembers() {
		what = fmt.Sprintf("a %s response by", v.Response.Kind)
	}
	fmt.Fprintf(&b, "%s: %s is %s %s, in %s\n",
		f.line(v.Pos), f.valueName(v), what, v.Response.Contract.ID, f.fn.RelString(f.pass.Pkg))
	if why := f.unreported(v); why != "" {
		fmt.Fprintf(&b, "\tnothing is reported: %s\n", why)
		return b.String()
	}
	if len(v.Ends) == 0 {
		b.WriteString("\tno path was followed to its end\n")
	}
	rejected := f.rejects(v)
	if rejected {
		fmt.Fprintf(&b, "\tbatch-detail-unreachable: reported, for %s\n", v.Callee.Name())
	}
	hidden := rejected || checks.partial.first(f, v) != nil
	said := make(map[string]bool)
	for i := range v.Ends {
		if text := f.explainEnd(v, &v.Ends[i], hidden); !said[text] {
			said[text] = true
			b.WriteString(text)
		}
	}
	return b.String()
}

// explainEnd says where a path of the value ends, and what every rule says about that.
func (f *function) explainEnd(v *typestate.Value, e *typestate.End, hidden bool) string {
	var b strings.Builder
	ending := f.ending(v, e).full
	if e.Kind == typestate.Return && e.Signal == typestate.Success {
		ending = "the successful return on " + f.line(e.Pos)
	}
	b.WriteString("\t" + ending)
	if !v.Response.Contract.Code().Reading.Domain().SubsetOf(e.Codes) {
		fmt.Fprintf(&b, ", where %s is %s", signalName(v), f.codes(v, e))
	}
	b.WriteString("\n")
	for _, c := range allChecks() {
		switch x := c.excuse(f, v, e); {
		case x != nil && x.otherKind:
		case x != nil:
			fmt.Fprintf(&b, "\t\t%s: silent, %s\n", c.rule, whyOf(x, v))
		case hidden && strings.HasPrefix(c.rule, "result-"):
			fmt.Fprintf(&b, "\t\t%s: silent, the finding about the detail is enough\n", c.rule)
		case !f.rules[c.rule] && !strings.Contains(c.rule, " "):
			fmt.Fprintf(&b, "\t\t%s: reported only if the rule is selected\n", c.rule)
		case c.rule == checks.partial.rule:
			fmt.Fprintf(&b, "\t\t%s: reported\n", f.partialRule(v, e))
		default:
			fmt.Fprintf(&b, "\t\t%s: reported\n", c.rule)
		}
	}
	return b.String()
}

// signalName names what is read of the response, without the response.
func signalName(v *typestate.Value) string {
	name := cmp.Or(v.Response.Code.Selector, "the response")
	if v.Response.Contract.Code().Reading == contract.Length {
		return "len(" + name + ")"
	}
	return name
}

// whyOf returns why an excuse holds. Most excuses speak of the code. A response of an SDK has a signal instead, with a
// name, or several: then any of them may have been looked at.
func whyOf(x *excuse, v *typestate.Value) string {
	if v.Response.Contract.ByMembers() {
		return x.why
	}
	subject := cmp.Or(v.Response.Code.Selector, "the response")
	if len(v.Response.Signals) > 0 && (strings.HasSuffix(x.why, " judged") || strings.HasSuffix(x.why, " handed on")) {
		subject += " or another signal"
	}
	return strings.NewReplacer("the code", subject, "all codes", "all values", "be success", "mean success").Replace(x.why)
}
