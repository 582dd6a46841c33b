package sweep

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/asynccheck/asynccheck/internal/report"
)

// A Finding is a finding in a package.
type Finding struct {
	Package  string // its path, if it is known
	Position string // "file:line:column", of the whole file name
	Rule     string
	Message  string
}

func (f Finding) String() string { return fmt.Sprintf("%s: %s (%s)", f.Position, f.Message, f.Rule) }

// same reports whether the findings are the same. In messages, positions in other packages may be
// less exact under go vet.
func (f Finding) same(g Finding) bool { return f.Position == g.Position && f.Rule == g.Rule }

// standaloneFindings reads what the stand-alone command prints.
func standaloneFindings(dir string, stdout []byte) ([]Finding, error) {
	var list []report.Finding
	if err := json.Unmarshal(stdout, &list); err != nil {
		return nil, fmt.Errorf("the findings: %w", err)
	}
	var found []Finding
	for _, f := range list {
		found = append(found, Finding{f.Package, absolute(dir, f.Pos.String()), f.Rule, f.Message})
	}
	return found, nil
}

// header names the packages in what go vet prints.
var header = regexp.MustCompile(`(?m)^#.*\n`)

// vetFindings reads what go vet prints: an object for each package, with its tests or without.
func vetFindings(stdout []byte) ([]Finding, error) {
	var found []Finding
	for dec := json.NewDecoder(bytes.NewReader(header.ReplaceAll(stdout, nil))); ; {
		var unit map[string]map[string][]struct{ Posn, Message, Category string }
		if err := dec.Decode(&unit); errors.Is(err, io.EOF) {
			return once(found, Finding.String), nil
		} else if err != nil {
			return nil, fmt.Errorf("the findings of go vet: %w", err)
		}
		for id, analyzers := range unit {
			path, _, _ := strings.Cut(id, " ")
			for _, diagnostics := range analyzers {
				for _, d := range diagnostics {
					found = append(found, Finding{path, d.Posn, d.Category, withoutLabel(d.Message, d.Category)})
				}
			}
		}
	}
}

// withoutLabel returns the message without the rule and the contract at its end.
func withoutLabel(message, rule string) string {
	if i := strings.LastIndex(message, " ("+rule); i >= 0 && strings.HasSuffix(message, ")") {
		return message[:i]
	}
	return message
}

// absolute makes the file name of a position a whole one.
func absolute(dir, position string) string {
	if position == "" || position == "-" || filepath.IsAbs(position) {
		return position
	}
	return filepath.Join(dir, position)
}
