package report

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// A Looked says what a run looked at. It tells whether a finding is gone that a baseline has and the run has not found,
// or whether the run could not find it.
type Looked struct {
	Packages Packages
	Settings func(pkg string) *Settings // of a package that was analyzed

	leftOut map[string]*leftOut // by package
}

// Settings say what is reported in a package.
type Settings struct {
	Rules     map[string]bool // that are on
	Contracts map[string]bool // that are on
	Usual     bool            // all contracts are on that are so by default
	Generated bool            // findings in generated files are reported
}

// Packages are those of a run.
type Packages interface {
	// Analyzed reports whether findings of the package of this path would have been found, and in which package's
	// directory they stand: tests may be a package of their own.
	Analyzed(path string) (in string, ok bool)

	// Removed reports whether a package was asked for, and is no longer there.
	Removed(path string) bool

	// Files returns the files of a package: those that the run read, and those that it left out.
	Files(path string) (read, leftOut []string)
}

// A miss is why a run could not find something.
type miss int

const (
	noMiss miss = iota // it could
	byPackage
	byRule
	byContract
	byFile
)

// misses says for each miss what the run did not look at.
var misses = [...]string{
	byPackage:  "other packages",
	byRule:     "rules that are off",
	byContract: "contracts that are off",
	byFile:     "files that were left out",
}

// miss returns why the run could not find a known finding, even if that is still there.
func (l *Looked) miss(k Known) miss {
	in, ok := l.Packages.Analyzed(k.Package)
	if !ok {
		if l.Packages.Removed(k.Package) {
			return noMiss
		}
		return byPackage
	}
	switch on := l.Settings(in); {
	case !on.Rules[k.Rule]:
		return byRule
	case k.Contract != "" && !on.Contracts[k.Contract]:
		return byContract
	case k.Contract == "" && k.Rule != "directive" && !on.Usual:
		return byContract // it is unknown: the file is old
	case l.left(in, on.Generated).has(k.Function):
		return byFile
	}
	return noMiss
}

// A leftOut has what is declared in the files of a package that a run left out, or whose findings it does not report.
type leftOut struct {
	names   map[string]bool
	unknown bool // one of the files is not Go
	any     bool
}

// has reports whether a finding in a function may stand in one of the files.
func (f *leftOut) has(function string) bool {
	return f.unknown || f.names[function] || function == "" && f.any
}

// left returns what a run left out of a package, or generated files too.
func (l *Looked) left(pkg string, generated bool) *leftOut {
	if f := l.leftOut[pkg]; f != nil {
		return f
	}
	f := &leftOut{names: make(map[string]bool)}
	if l.leftOut == nil {
		l.leftOut = make(map[string]*leftOut)
	}
	l.leftOut[pkg] = f
	read, left := l.Packages.Files(pkg)
	for _, name := range left {
		f.add(name, false)
	}
	if !generated {
		for _, name := range read {
			f.add(name, true)
		}
	}
	return f
}

// add adds what a file declares, perhaps only if a program wrote it.
func (f *leftOut) add(name string, onlyGenerated bool) {
	syntax, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution|parser.ParseComments)
	if err != nil {
		f.unknown = f.unknown || !onlyGenerated
		return
	}
	if onlyGenerated && !ast.IsGenerated(syntax) {
		return
	}
	f.any = true
	for _, decl := range syntax.Decls {
		if gen, ok := decl.(*ast.GenDecl); ok {
			for _, spec := range gen.Specs {
				f.names[declName(spec)] = true
			}
		}
		f.names[declName(decl)] = true
	}
	delete(f.names, "")
}

// Missing returns the known findings that are not among the findings: those that are gone, and those that the run could
// not find.
func (b *Baseline) Missing(findings []Finding, l *Looked) (gone []Known, kept *Kept) {
	found := fingerprints(findings)
	kept = new(Kept)
	for _, k := range b.known {
		if found[k.Fingerprint] {
			continue
		}
		found[k.Fingerprint] = true // a merge of files may have it twice
		if why := l.miss(k); why == noMiss {
			gone = append(gone, k)
		} else {
			kept.known = append(kept.known, k)
			kept.counts[why]++
		}
	}
	return gone, kept
}

// A Kept is the known findings that a run could not find.
type Kept struct {
	known  []Known
	counts [len(misses)]int
}

// Len returns their number.
func (k *Kept) Len() int { return len(k.known) }

// Reasons says how many of them there are for each reason: "other packages: 3, rules that are off: 2".
func (k *Kept) Reasons() string {
	var texts []string
	for why, n := range k.counts {
		if n > 0 {
			texts = append(texts, fmt.Sprintf("%s: %d", misses[why], n))
		}
	}
	return strings.Join(texts, ", ")
}
