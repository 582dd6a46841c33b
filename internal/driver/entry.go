package driver

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/driver/results"
	"github.com/asynccheck/asynccheck/internal/report"
)

// A found is what the analysis of a package has found out.
type found struct {
	facts    []onepkg.Fact
	findings []report.Finding // silenced ones too
	notes    []string

	elsewhere bool // a position is in another package
}

// An entry is what is kept of a package's analysis.
type entry struct {
	Facts    []onepkg.Encoded
	Findings []report.Finding // their file names are indexes of Names
	Notes    []string         `json:",omitempty"`
	Names    []fileName       `json:",omitempty"`

	// Where, if not empty, has the names of the package's files: something in the entry depends on where they are.
	Where string `json:",omitempty"`
}

// A fileName is the name of a file, whatever the directory of its package is.
type fileName struct {
	Pkg  string      `json:",omitempty"` // path of another package
	Base []byte      // name in the package's directory
	Full []byte      `json:",omitempty"` // instead of all others: //line directives can name any file
	Sum  results.Key // of another package's file: positions in it hold for this content
}

// keep keeps what was found. It doesn't if it couldn't say the same again.
func (r *run) keep(n *node, key results.Key, f *found, sources [][]byte) {
	e := &entry{Notes: f.notes}
	for _, fact := range f.facts {
		enc, err := onepkg.Encode(fact)
		if err != nil {
			return
		}
		e.Facts = append(e.Facts, enc)
	}
	moved := len(f.notes) > 0 || slices.ContainsFunc(sources, hasLineDirective)
	full := false
	indexes := make(map[string]string)
	for _, finding := range f.findings {
		e.Findings = append(e.Findings, withFiles(finding, func(file string) string {
			if _, ok := indexes[file]; !ok {
				indexes[file] = strconv.Itoa(len(e.Names))
				name := r.nameOf(n, file)
				full = full || name.Full != nil
				e.Names = append(e.Names, name)
			}
			return indexes[file]
		}))
	}
	if full && f.elsewhere {
		return // nobody knows when these positions change
	}
	if moved || full {
		e.Where = where(n)
	}
	data, err := json.Marshal(e)
	if err != nil {
		return
	}
	if again := r.read(n, data); again != nil && reflect.DeepEqual(again.findings, f.findings) && slices.Equal(again.notes, f.notes) {
		r.kept.add(key, data)
	}
}

// restore returns what is kept with the key, nil if there is nothing.
func (r *run) restore(n *node, key results.Key) *found {
	data := r.kept.store.Get(key)
	if data == nil {
		return nil
	}
	f := r.read(n, data)
	if f == nil || !n.root {
		return f
	}
	// A fix needs the file as it was analyzed, and a file may have changed since the key was made.
	for file := range fixedFiles(f.findings) {
		src, ok := r.kept.readAgain(file)
		if !ok {
			return nil
		}
		r.source(file, src)
	}
	return f
}

// fixedFiles returns the files that fixes of the findings change. They are few, and the fixes may be many.
func fixedFiles(findings []report.Finding) map[string]bool {
	files := make(map[string]bool)
	for _, finding := range findings {
		for _, fix := range finding.Fixes {
			for _, e := range fix.Edits {
				files[e.File] = true
			}
		}
	}
	return files
}

// source notes the content of a file that has fixes.
func (r *run) source(file string, src []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.result.sources[file] = src
}

// read decodes an entry. It returns nil if the entry is wrong, or if it is not about these files.
func (r *run) read(n *node, data []byte) *found {
	var e entry
	if json.Unmarshal(data, &e) != nil || e.Where != "" && e.Where != where(n) {
		return nil
	}
	f := &found{notes: e.Notes}
	decoder := onepkg.NewDecoder(n.Analyzer)
	for _, enc := range e.Facts {
		fact, err := decoder.Decode(enc)
		if err != nil {
			return nil
		}
		f.facts = append(f.facts, fact)
	}
	names := make(map[string]string)
	for i, name := range e.Names {
		full := r.fullName(n, name)
		if full == "" {
			return nil
		}
		names[strconv.Itoa(i)] = full
	}
	wrong := false
	for _, finding := range e.Findings {
		f.findings = append(f.findings, withFiles(finding, func(index string) string {
			wrong = wrong || names[index] == ""
			return names[index]
		}))
	}
	if wrong {
		return nil
	}
	return f
}

// where returns the names of a package's files.
func where(n *node) string { return strings.Join(n.files, "\x00") }

// hasLineDirective reports whether a file may say that it was made from another one.
func hasLineDirective(src []byte) bool {
	return bytes.Contains(src, []byte("//line ")) || bytes.Contains(src, []byte("/*line "))
}

// nameOf makes a full name one that doesn't depend on directories.
func (r *run) nameOf(n *node, file string) fileName {
	dir := filepath.Dir(r.Overlay.original(file))
	if dir == n.pkg.Dir && slices.Contains(n.pkg.GoFiles, file) {
		return fileName{Base: []byte(filepath.Base(file))}
	}
	var name fileName
	packages.Visit(r.requested, nil, func(p *packages.Package) {
		if dir == p.Dir && slices.Contains(p.GoFiles, file) {
			name = fileName{Pkg: p.PkgPath, Base: []byte(filepath.Base(file))}
		}
	})
	src, err := os.ReadFile(file)
	if name.Pkg == "" || err != nil || r.known.Name(name.Pkg, string(name.Base)) != file {
		return fileName{Full: []byte(file)}
	}
	name.Sum = sha256.Sum256(src)
	return name
}

// fullName undoes nameOf. It returns "" if the file is another one by now.
func (r *run) fullName(n *node, name fileName) string {
	switch {
	case name.Full != nil:
		return string(name.Full)
	case name.Pkg == "":
		return r.Overlay.actual(filepath.Join(n.pkg.Dir, string(name.Base)))
	}
	file := r.known.Name(name.Pkg, string(name.Base))
	if src, err := os.ReadFile(file); err != nil || sha256.Sum256(src) != name.Sum {
		return ""
	}
	return file
}

// withFiles returns a finding with other names of its files. Unknown ones stay unknown.
func withFiles(f report.Finding, to func(string) string) report.Finding {
	name := func(file string) string {
		if file == "" {
			return ""
		}
		return to(file)
	}
	f.Pos.File, f.End.File = name(f.Pos.File), name(f.End.File)
	f.Related = slices.Clone(f.Related)
	for i := range f.Related {
		r := &f.Related[i]
		r.Pos.File, r.End.File = name(r.Pos.File), name(r.End.File)
	}
	f.Fixes = slices.Clone(f.Fixes)
	for i := range f.Fixes {
		edits := slices.Clone(f.Fixes[i].Edits)
		for j := range edits {
			edits[j].File = name(edits[j].File)
		}
		f.Fixes[i].Edits = edits
	}
	return f
}
