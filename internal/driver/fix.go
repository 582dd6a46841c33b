package driver

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
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
	Findings []int // that it fixes, as indexes of [Result.Findings]
}

// Fixes are the result of merging the fixes of all findings.
type Fixes struct {
	Changes     []Change // in the order of the files' names
	Overlapping int      // findings that are not fixed, since their fix overlaps an earlier one
	Errors      []error  // of files that can't be fixed
}

// Fix merges the first fix of every finding that is not suppressed. It writes nothing. A file can't be fixed if
// it can't be read, has changed since it was analyzed, or would no longer be valid Go.
func (r *Result) Fix() *Fixes {
	fixes := new(Fixes)
	edits := make(map[string][]report.Edit) // by file; sorted, disjoint
	fixed := make(map[string][]int)         // findings by file
	for i, f := range r.Findings {
		if f.Suppressed != nil || len(f.Fixes) == 0 || !inOneFile(f.Fixes[0]) {
			continue
		}
		file := f.Fixes[0].Edits[0].File
		var ok bool
		if edits[file], ok = merge(edits[file], f.Fixes[0]); ok {
			fixed[file] = append(fixed[file], i)
		} else {
			fixes.Overlapping++
		}
	}
	for _, file := range slices.Sorted(maps.Keys(fixed)) {
		change, err := r.change(file, edits[file])
		if err != nil {
			fixes.Errors = append(fixes.Errors, err)
			continue
		}
		change.Findings = fixed[file]
		fixes.Changes = append(fixes.Changes, change)
	}
	return fixes
}

// inOneFile reports whether the fix changes one file. A fix of several files could be made by half, if one of them
// can't be written.
func inOneFile(fix report.Fix) bool {
	return len(fix.Edits) > 0 && !slices.ContainsFunc(fix.Edits, func(e report.Edit) bool { return e.File != fix.Edits[0].File })
}

// change returns what becomes of a file by the edits.
func (r *Result) change(file string, edits []report.Edit) (Change, error) {
	old, err := os.ReadFile(file)
	if err != nil {
		return Change{}, err
	}
	if !bytes.Equal(old, r.sources[file]) {
		return Change{}, fmt.Errorf("%s changed during the analysis: nothing in it is fixed", file)
	}
	text, err := rewrite(old, edits)
	if err != nil {
		return Change{}, fmt.Errorf("%s would not be valid Go after its fixes: %w", file, err)
	}
	return Change{File: file, Old: old, New: text}, nil
}

// Remaining returns the findings that the changes don't fix.
func (r *Result) Remaining(changes []Change) []report.Finding {
	fixed := make(map[int]bool)
	for _, c := range changes {
		for _, i := range c.Findings {
			fixed[i] = true
		}
	}
	var remaining []report.Finding
	for i, f := range r.Findings {
		if !fixed[i] {
			remaining = append(remaining, f)
		}
	}
	return remaining
}

// merge adds a fix of one file to the file's edits, and reports whether it could. A fix that overlaps an earlier one is
// left out as a whole. An edit that two fixes share, such as the insertion of an import, is made once. So is the common
// beginning of two insertions, when one imports more.
func merge(edits []report.Edit, fix report.Fix) (merged []report.Edit, ok bool) {
	added := joined(fix.Edits)
	slices.SortFunc(added, compareEdits)
	for i, e := range added {
		if i > 0 && added[i-1].End > e.Start || !fits(edits, e) {
			return edits, false
		}
	}
	for _, e := range added {
		i, found := slices.BinarySearchFunc(edits, e, compareEdits)
		switch {
		case !found:
			edits = slices.Insert(edits, i, e)
		case len(edits[i].New) < len(e.New):
			edits[i].New = e.New
		}
	}
	return edits, true
}

// fits reports whether an edit can be made along with others.
func fits(edits []report.Edit, e report.Edit) bool {
	i, found := slices.BinarySearchFunc(edits, e, compareEdits)
	if found {
		was, insertion := edits[i].New, e.Start == e.End
		return was == e.New || insertion && (strings.HasPrefix(was, e.New) || strings.HasPrefix(e.New, was))
	}
	return (i == 0 || edits[i-1].End <= e.Start) && (i == len(edits) || e.End <= edits[i].Start)
}

// joined returns the edits of one fix, with insertions at the same place joined into one. Then two edits at one place
// always belong to two fixes.
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

// Write replaces the file's content with the new one, or leaves the file as it was.
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
