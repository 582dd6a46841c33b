package driver

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/asynccheck/asynccheck/internal/report"
)

// insert and replace make edits of the file that fixes are tried on.
func insert(at int, text string) report.Edit { return replace(at, at, text) }

func replace(start, end int, text string) report.Edit {
	return report.Edit{File: "x.go", Start: start, End: end, New: text}
}

func TestMerge(t *testing.T) {
	const src = "0123456789"
	type edits = []report.Edit
	for _, test := range []struct {
		name   string
		fixes  []edits
		want   string
		merged string // of each fix, y or n
	}{
		{"disjoint, any order", []edits{{replace(5, 7, "x")}, {replace(0, 1, "y")}, {insert(9, "z")}}, "y1234x78z9", "yyy"},
		{"adjacent", []edits{{replace(2, 4, "x")}, {replace(4, 5, "y")}, {replace(1, 2, "z")}}, "0zxy56789", "yyy"},
		{"overlapping", []edits{{replace(2, 5, "x")}, {replace(4, 6, "y")}, {replace(1, 3, "z")}, {replace(3, 4, "a")}, {replace(0, 9, "b")}}, "01x56789", "ynnnn"},
		{"inserted inside", []edits{{replace(2, 5, "x")}, {insert(3, "y")}}, "01x56789", "yn"},
		{"inserted at the edges", []edits{{replace(2, 5, "x")}, {insert(2, "y")}, {insert(5, "z")}}, "01yxz56789", "yyy"},
		{"in common", []edits{{insert(0, "import"), insert(5, "x")}, {insert(0, "import"), insert(6, "y")}}, "import01234x5y6789", "yy"},
		{"in common, up to a point", []edits{{insert(0, "import"), insert(5, "x")}, {insert(0, "imports"), insert(6, "y")}, {insert(0, "imp"), insert(7, "z")}}, "imports01234x5y6z789", "yyy"},
		{"replaced by more", []edits{{replace(0, 2, "x")}, {replace(0, 2, "xy")}, {replace(0, 2, "")}}, "x23456789", "ynn"},
		{"at one place", []edits{{insert(5, "x")}, {insert(5, "y")}}, "01234x56789", "yn"},
		{"at one place, by one fix", []edits{{insert(5, "x"), insert(5, "y")}, {insert(5, "x"), insert(5, "y")}}, "01234xy56789", "yy"},
		{"overlapping itself", []edits{{replace(2, 5, "x"), replace(4, 6, "y")}, {insert(9, "z")}}, "012345678z9", "ny"},
		{"as a whole", []edits{{replace(2, 5, "x")}, {insert(9, "y"), replace(3, 4, "z")}}, "01x56789", "yn"},
	} {
		var all edits
		var merged strings.Builder
		for _, f := range test.fixes {
			var ok bool
			if all, ok = merge(all, report.Fix{Edits: f}); ok {
				merged.WriteByte('y')
			} else {
				merged.WriteByte('n')
			}
		}
		if got := string(apply([]byte(src), all)); got != test.want || merged.String() != test.merged {
			t.Errorf("%s: got %s, merged %s; want %s, %s", test.name, got, merged.String(), test.want, test.merged)
		}
	}
}

func TestFix(t *testing.T) {
	dir := module(t, map[string]string{
		"a.go": "package a\n\nfunc todoA() {}\n\nfunc todoB() {}\n",
	})
	file := filepath.Join(dir, "a.go")
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("a.go", link); err != nil {
		t.Skip(err)
	}
	res, err := Run(t.Context(), Config{Dir: dir, Analysis: every(todo), Patterns: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	res.Findings[1].Fixes = nil
	fixes := res.Fix()
	if len(fixes.Errors) > 0 {
		t.Fatal(fixes.Errors)
	}
	changes := fixes.Changes
	remaining := res.Remaining(changes)
	if len(remaining) != 1 || remaining[0].Message != "todoB is unfinished" {
		t.Errorf("wrong findings remain: %+v", remaining)
	}
	if len(changes) != 1 || changes[0].File != file || !slices.Equal(changes[0].Findings, []int{0}) {
		t.Fatalf("wrong changes: %+v", changes)
	}

	// The link stays a link, and the file keeps its mode.
	changes[0].File = link
	if err := changes[0].Write(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if want := "package a\n\nfunc doneA() {}\n\nfunc todoB() {}\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v; want 0640", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info.Mode(), err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 3 {
		t.Errorf("wrong files left: %v, %v", files, err)
	}
}

// A file that can't be fixed keeps its findings, and does not stop the fixes of other files.
func TestFixFails(t *testing.T) {
	dir := module(t, map[string]string{
		"a.go": "package a\n\nfunc todoA() {}\n",
		"b.go": "package a\n\nfunc todoB() {}\n",
	})
	file := filepath.Join(dir, "a.go")
	res, err := Run(t.Context(), Config{Dir: dir, Analysis: every(todo), Patterns: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	check := func(want string) {
		t.Helper()
		fixes := res.Fix()
		if len(fixes.Errors) != 1 || !strings.Contains(fixes.Errors[0].Error(), want) || !strings.Contains(fixes.Errors[0].Error(), file) {
			t.Errorf("got errors %v, want that of %s: %s", fixes.Errors, file, want)
		}
		if len(fixes.Changes) != 1 || filepath.Base(fixes.Changes[0].File) != "b.go" {
			t.Errorf("wrong changes: %+v", fixes.Changes)
		}
		if rest := res.Remaining(fixes.Changes); len(rest) != 1 || rest[0].Message != "todoA is unfinished" {
			t.Errorf("wrong findings remain: %+v", rest)
		}
	}

	res.Findings[0].Fixes[0].Edits[0].New = "0"
	check("would not be valid Go after its fixes")
	for _, other := range []string{"package a\n", "package b\n\nfunc todoA() {}\n"} { // shorter, and as long
		if err := os.WriteFile(file, []byte(other), 0o666); err != nil {
			t.Fatal(err)
		}
		check("changed during the analysis")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	check("no such file")
}

// A fix of several files could be made by half, so it is not made.
func TestFixOfSeveralFiles(t *testing.T) {
	edits := []report.Edit{insert(0, "x"), {File: "y.go", New: "y"}}
	res := &Result{Findings: []report.Finding{{Fixes: []report.Fix{{Edits: edits}}}}}
	if fixes := res.Fix(); len(fixes.Changes) > 0 || len(fixes.Errors) > 0 || len(res.Remaining(nil)) != 1 {
		t.Errorf("got %+v", fixes)
	}
}
