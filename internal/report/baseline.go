package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"sync"
)

// baselineVersion is the newest version of the format: of the file's members, and of what fingerprints are made of. In
// version 1, findings have no contract. What is written has the oldest version that has all its members.
const baselineVersion = 2

// A Baseline is a list of known findings: nobody has to act on them now.
type Baseline struct {
	file  string
	known []Known
}

// A Known is a finding in a baseline. The fingerprint identifies it, the rest is for people.
type Known struct {
	Package     string `json:"package"`
	Function    string `json:"function,omitempty"`
	Rule        string `json:"rule"`
	Contract    string `json:"contract,omitempty"` // empty if it is unknown, or if there is none
	Message     string `json:"message"`            // without lines, which shift
	Fingerprint string `json:"fingerprint"`
}

func (k Known) String() string {
	where := k.Package
	if k.Function != "" {
		where += "." + k.Function
	}
	return fmt.Sprintf("%s: %s (%s)", where, k.Message, k.Rule)
}

func (k Known) compare(l Known) int {
	return cmp.Or(
		cmp.Compare(k.Package, l.Package),
		cmp.Compare(k.Function, l.Function),
		cmp.Compare(k.Rule, l.Rule),
		cmp.Compare(k.Fingerprint, l.Fingerprint),
	)
}

type baselineFile struct {
	Tool     string  `json:"tool"`
	Version  int     `json:"version"`
	Findings []Known `json:"findings"`
}

// lines matches the lines in messages: "at the return on line 32", "(client.go:120)".
var lines = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(` (?:at|on|before|after) line \d+|(\.go):\d+`)
})

// WriteBaseline makes the findings known, also those that were known before, but not those that the source suppresses.
// Others that are known stay so. The same findings always give the same file. It returns the number of the findings.
func WriteBaseline(file string, findings []Finding, kept *Kept) (int, error) {
	b := baselineFile{Tool: "asynccheck", Version: 1, Findings: []Known{}}
	for _, f := range findings {
		if f.Suppressed != nil && f.Suppressed.Kind != External {
			continue
		}
		b.Findings = append(b.Findings, Known{
			Package:     f.Package,
			Function:    f.Function,
			Rule:        f.Rule,
			Contract:    f.Contract,
			Message:     lines().ReplaceAllString(f.Message, "$1"),
			Fingerprint: f.Fingerprint,
		})
	}
	n := len(b.Findings)
	if kept != nil {
		b.Findings = append(b.Findings, kept.known...)
	}
	if slices.ContainsFunc(b.Findings, func(k Known) bool { return k.Contract != "" }) {
		b.Version = 2
	}
	slices.SortFunc(b.Findings, Known.compare)
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "\t")
	if err := enc.Encode(b); err != nil {
		return 0, err
	}
	return n, os.WriteFile(file, buf.Bytes(), 0o666)
}

// ReadBaseline reads what [WriteBaseline] wrote. Any other content is an error that names the file and, if there is
// one, the line and column.
func ReadBaseline(file string) (*Baseline, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("baseline: %w", err)
	}
	var b baselineFile
	offset, err := decodeBaseline(data, &b)
	if err != nil {
		before := data[:min(max(offset, 0), int64(len(data)))]
		line := bytes.Count(before, []byte("\n")) + 1
		column := len(before) - bytes.LastIndexByte(before, '\n')
		return nil, fmt.Errorf("%s:%d:%d: not a baseline: %w", file, line, column, err)
	}
	switch {
	case b.Tool != "asynccheck":
		return nil, fmt.Errorf("%s: not a baseline of asynccheck: its tool is %q", file, b.Tool)
	case b.Version > baselineVersion:
		return nil, fmt.Errorf("%s: the baseline has format version %d, and this asynccheck knows %d: upgrade it, or write the baseline anew with -write-baseline", file, b.Version, baselineVersion)
	case b.Version < 1:
		return nil, fmt.Errorf("%s: the baseline has no format version", file)
	}
	return &Baseline{file: file, known: b.Findings}, nil
}

// decodeBaseline decodes a baseline. The offset is where an error is.
func decodeBaseline(data []byte, b *baselineFile) (offset int64, err error) {
	// A newer format may have members that are unknown here. Only its version matters then.
	var version struct {
		Version int `json:"version"`
	}
	if json.Unmarshal(data, &version) == nil && version.Version > baselineVersion {
		b.Tool, b.Version = "asynccheck", version.Version
		return 0, nil
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	err = dec.Decode(b)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return syntax.Offset - 1, err
	}
	if mismatch, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return mismatch.Offset - 1, err
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return int64(len(data)), io.ErrUnexpectedEOF
	}
	if err != nil {
		return dec.InputOffset(), err
	}
	if _, err := dec.Token(); err != io.EOF {
		return dec.InputOffset() - 1, errors.New("something follows its end")
	}
	for i, k := range b.Findings {
		if k.Fingerprint == "" {
			return findingOffset(data, i), errors.New("a finding has no fingerprint")
		}
	}
	return 0, nil
}

// findingOffset returns where the finding of the given index starts.
func findingOffset(data []byte, index int) int64 {
	dec := json.NewDecoder(bytes.NewReader(data))
	for {
		t, err := dec.Token()
		if err != nil {
			return 0
		}
		if t == json.Delim('[') {
			break
		}
	}
	for range index {
		var skip json.RawMessage
		if dec.Decode(&skip) != nil {
			return 0
		}
	}
	at := dec.InputOffset()
	return at + int64(max(bytes.IndexByte(data[at:], '{'), 0))
}

// Suppress suppresses the known findings.
func (b *Baseline) Suppress(findings []Finding) {
	known := make(map[string]bool)
	for _, k := range b.known {
		known[k.Fingerprint] = true
	}
	suppress(findings, known, "known: it is in the baseline "+b.file)
}

// SuppressOld suppresses the findings that were there before. A finding that a comment silenced is not old: it comes back
// if somebody removes the comment.
func SuppressOld(findings, before []Finding, why string) {
	open := slices.DeleteFunc(slices.Clone(before), func(f Finding) bool { return f.kindSuppressed() == InSource })
	suppress(findings, fingerprints(open), why)
}

// suppress suppresses the findings with these fingerprints.
func suppress(findings []Finding, known map[string]bool, why string) {
	for i := range findings {
		f := &findings[i]
		if known[f.Fingerprint] && f.Suppressed == nil {
			f.Suppressed = &Suppression{Kind: External, Justification: why}
		}
	}
}

func fingerprints(findings []Finding) map[string]bool {
	all := make(map[string]bool)
	for _, f := range findings {
		all[f.Fingerprint] = true
	}
	return all
}
