// Package panics reports panics inside the analysis. A panic costs the function that was being analyzed, and not the
// run. The findings in other functions are reported, then the analysis of the package fails with [Errors]. So nobody
// who runs an analyzer can miss the panic.
package panics

import (
	"errors"
	"fmt"
	"go/token"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/project"
)

// An Error is a panic, and what it cost.
type Error struct {
	Pos      token.Pos
	Position token.Position // the same
	Lost     string         // "function f", "package p"
	Value    any            // of the panic
}

// Message says in one line what is lost and where to report it.
func (e *Error) Message() string {
	value := strings.Join(strings.Fields(fmt.Sprint(e.Value)), " ")
	return fmt.Sprintf("internal error, %s is not analyzed: %s; please report this at %s", e.Lost, value, project.Issues)
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Position, e.Message()) }

// Errors are all panics in the analysis of a package.
type Errors []*Error

func (list Errors) Error() string {
	lines := make([]string, len(list))
	for i, e := range list {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// AsDiagnostics returns an analyzer that does what a does, but reports each panic as a finding, at the function or
// package that it cost. It is for other people's drivers: if an analyzer fails, golangci-lint throws away all findings
// of a run, and nogo those of a package.
func AsDiagnostics(a *analysis.Analyzer) *analysis.Analyzer {
	out := *a
	out.Run = func(pass *analysis.Pass) (any, error) {
		result, err := a.Run(pass)
		list, ok := errors.AsType[Errors](err)
		if !ok {
			return result, err
		}
		for _, e := range list {
			pass.Report(analysis.Diagnostic{Pos: e.Pos, Message: e.Message()})
		}
		return result, nil
	}
	return &out
}

// A Said is a panic that a program has printed.
type Said struct {
	Position string // "file:line:column", as it was printed
	Lost     string
	Value    string
}

// said matches a line of [Errors.Error]. With -debug a prefix stands before it. It is made on demand: most processes parse
// no line.
var said = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:asynccheck: )?(.*): internal error, (.*) is not analyzed: (.*); please report this at ` + regexp.QuoteMeta(project.Issues) + `$`)
})

// Parse reads a line that a program has printed, and reports whether the line is about a panic.
func Parse(line string) (Said, bool) {
	m := said().FindStringSubmatch(line)
	if m == nil {
		return Said{}, false
	}
	return Said{m[1], m[2], m[3]}, true
}
