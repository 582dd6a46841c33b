package sweep

import (
	"regexp"
	"strings"

	"github.com/asynccheck/asynccheck/internal/panics"
)

// A Panic is a panic in the analysis.
type Panic struct{ panics.Said }

func (p Panic) String() string { return p.Position + ": " + p.Lost + ": " + p.Value }

// stderrLines are what the tool says on standard error.
type stderrLines struct {
	panics  []Panic
	skipped []string
	text    []Finding // in units of go vet that fail for a panic, which print no JSON
	rest    []string
}

var (
	// These are messages of -debug about something that was skipped, or not found out.
	debug = regexp.MustCompile(`^asynccheck: (.*)$`)

	// A finding, or a position on the path that leads to one.
	finding = regexp.MustCompile(`^(\S.*?:\d+:\d+): (?:\t.*|(.*) \(([a-z-]+)(?:, [\w.]+)?\))$`)

	// These are lines of a stack, after a message of -debug about a panic.
	stack = regexp.MustCompile(`^(goroutine \d+ \[|\t|created by |panic\(|[\w./-]+(\.[\w()*\[\]\x{2026}.-]+)+\()`)
)

// readStderr reads the standard error of the tool, or of go vet.
func readStderr(dir string, stderr []byte) stderrLines {
	var w stderrLines
	for line := range strings.Lines(string(stderr)) {
		line = strings.TrimSuffix(line, "\n")
		if said, ok := panics.Parse(line); ok {
			said.Position = absolute(dir, said.Position)
			w.panics = append(w.panics, Panic{said})
			continue
		}
		switch m := debug.FindStringSubmatch(line); {
		case line == "" || strings.HasPrefix(line, "#") || stack.MatchString(line):
		case m != nil && strings.Contains(line, "skipped"):
			w.skipped = append(w.skipped, absolute(dir, m[1]))
		case m != nil && strings.Contains(line, "not found out"):
			// These functions call each other: nothing is known about their results, but they are analyzed.
		case m != nil && strings.Contains(line, " is ignored for package "):
			// A contract is about another version of an SDK.
		case finding.MatchString(line):
			if m := finding.FindStringSubmatch(line); m[3] != "" {
				w.text = append(w.text, Finding{Position: absolute(dir, m[1]), Rule: m[3], Message: m[2]})
			}
		default:
			w.rest = append(w.rest, line)
		}
	}
	return w
}
