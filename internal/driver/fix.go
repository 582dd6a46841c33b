package driver

import (
	"bytes"
	"cmp"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/report"
)

// A Change is a file before and after its fixes.
type Change struct {
	File     string
	Old, New []byte
	Fixed    int // findings
}

// Fix merges the first fix of every finding, and returns the changes in the
// order of the files' names together with the findings that remain: those
// that are suppressed or have no fix, and those whose fix overlaps an earlier one, of which it gives the number. It writes
// nothing. It is an error if a file can't be read, has changed since it was
// analyzed, or would no longer be valid Go.
func (r *Result) Fix() (changes []Change, remaining []report.Finding, overlapping int, err error) {
	edits := make(map[string][]report.Edit) // by file; sorted, disjoint
	fixed := make(map[string]int)           // findings by file
	for _, f := range r.Findings {
		switch {
		case f.Suppressed != nil || len(f.Fixes) == 0 || len(f.Fixes[0].Edits) == 0:
			remaining = append(remaining, f)
		case !merge(edits, f.Fixes[0]):
			remaining = append(remaining, f)
			overlapping++
		default:
			fixed[f.Fixes[0].Edits[0].File]++
		}
	}
	for file, edits := range edits {
		old, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, 0, err
		}
		if !bytes.Equal(old, r.sources[file]) {
			return nil, nil, 0, fmt.Errorf("%s changed during the analysis", file)
		}
		text, err := format.Source(apply(old, edits))
		if err != nil {
			return nil, nil, 0, fmt.Errorf("%s would not be valid Go after its fixes: %w", file, err)
		}
		changes = append(changes, Change{File: file, Old: old, New: text, Fixed: fixed[file]})
	}
	slices.SortFunc(changes, func(a, b Change) int { return cmp.Compare(a.File, b.File) })
	return changes, remaining, overlapping, nil
}

// merge adds a fix to the edits, and reports whether it could. A fix that
// overlaps an earlier one is left out as a whole. An edit that two fixes have
// in common, such as the insertion of an import, is made once; so it is where one
// of them goes on, and imports more.
func merge(edits map[string][]report.Edit, fix report.Fix) bool {
	after := make(map[string][]report.Edit)
	for _, e := range joined(fix.Edits) {
		list, ok := after[e.File]
		if !ok {
			list = slices.Clone(edits[e.File])
		}
		i, found := slices.BinarySearchFunc(list, e, compareEdits)
		switch {
		case found && strings.HasPrefix(list[i].New, e.New) && (list[i].New == e.New || e.Start == e.End):
		case found && strings.HasPrefix(e.New, list[i].New) && e.Start == e.End:
			list[i].New = e.New
		case found:
			return false
		case i > 0 && list[i-1].End > e.Start, i < len(list) && list[i].Start < e.End:
			return false
		default:
			list = slices.Insert(list, i, e)
		}
		after[e.File] = list
	}
	for file, list := range after {
		edits[file] = list
	}
	return true
}

// joined returns the edits of one fix with insertions at the same place made
// one, so that two edits at one place are always those of two fixes.
func joined(edits []report.Edit) []report.Edit {
	var out []report.Edit
	for _, e := range edits {
		i := slices.IndexFunc(out, func(o report.Edit) bool {
			return o.File == e.File && o.Start == e.Start && o.End == e.End && e.Start == e.End
		})
		if i < 0 {
			out = append(out, e)
		} else {
			out[i].New += e.New
		}
	}
	return out
}

func compareEdits(a, b report.Edit) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

// apply makes sorted, disjoint edits.
func apply(src []byte, edits []report.Edit) []byte {
	var out bytes.Buffer
	last := 0
	for _, e := range edits {
		out.Write(src[last:e.Start])
		out.WriteString(e.New)
		last = e.End
	}
	out.Write(src[last:])
	return out.Bytes()
}

// Write replaces the file's content by the new one, or leaves it as it was.
func (c Change) Write() error {
	// The rename below must replace the file, not a link to it.
	name, err := filepath.EvalSymlinks(c.File)
	if err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // fails if all went well
	_, err = tmp.Write(c.New)
	if err := cmp.Or(err, tmp.Chmod(info.Mode()), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
