package rewrite

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the kinds make of testdata")

// Every kind turns before.go into what testdata says, and into something else than before.go.
func TestKinds(t *testing.T) {
	archives := make(map[string]*txtar.Archive)
	files := map[string]string{"go.mod": "module kinds\n\ngo 1.26\n"}
	for _, k := range Kinds {
		a, err := txtar.ParseFile(filepath.Join("testdata", k.Name+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		archives[k.Name] = a
		files[k.Name+"/before.go"] = string(a.Files[0].Data)
	}
	tree := loadFiles(t, files)
	for _, k := range Kinds {
		t.Run(k.Name, func(t *testing.T) {
			a := archives[k.Name]
			var p *Package
			for _, q := range tree.Packages {
				if q.Path == "kinds/"+k.Name {
					p = q
				}
			}
			w, err := k.Apply(&Tree{Packages: []*Package{p}, Outside: tree.Outside})
			if err != nil {
				t.Fatal(err)
			}
			if len(w.Applied) == 0 {
				t.Error("no function was rewritten")
			}
			made := &txtar.Archive{Files: a.Files[:1]}
			for _, q := range w.Tree.Packages {
				for _, f := range q.Files {
					name := strings.Replace(f.Name, "before", "after", 1)
					made.Files = append(made.Files, txtar.File{Name: name, Data: []byte(f.Text)})
					if f.Text == string(a.Files[0].Data) {
						t.Error("the file is the same as before")
					}
				}
			}
			if *update {
				if err := os.WriteFile(filepath.Join("testdata", k.Name+".txtar"), txtar.Format(made), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got, want := string(txtar.Format(made)), string(txtar.Format(a)); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
	// No file is left over from a kind that no longer exists.
	all, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(Kinds) {
		t.Errorf("testdata has %d files, want one for each of the %d kinds", len(all), len(Kinds))
	}
}

// loadFiles loads a module that has these files.
func loadFiles(t *testing.T, files map[string]string) *Tree {
	t.Helper()
	dir := t.TempDir()
	if err := write(dir, files); err != nil {
		t.Fatal(err)
	}
	tree, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}
