package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var wanted = regexp.MustCompile(`// want (\S+)`)

// The generated modules compile, and asynccheck finds the planned mistakes in them. Without this test, a wrong handler
// without a finding would be measured as a right one.
func TestTrees(t *testing.T) {
	bin := t.TempDir()
	if err := asynccheck.build(asynccheck.program(bin)); err != nil {
		t.Fatal(err)
	}
	for name, generate := range map[string]func(dir string) error{
		"service": func(dir string) error {
			if err := write(dir, "go.mod", "module example.com/service\n\ngo 1.26.0\n"); err != nil {
				return err
			}
			return writeService(dir, "example.com/service")
		},
		"layers":   func(dir string) error { return writeLayers(dir, 3, 10, 1) },
		"handlers": func(dir string) error { return writeHandlers(dir, 1100) },
		"packages": func(dir string) error { return writeHandlerPackages(dir, 50, 20) },
		"jobs": func(dir string) error {
			if err := copyCloud(dir); err != nil {
				return err
			}
			return writeJobs(dir, 16, true)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := generate(dir); err != nil {
				t.Fatal(err)
			}
			want, got := planned(t, dir), found(t, dir, asynccheck.program(bin))
			if len(want) == 0 || !maps.Equal(got, want) {
				t.Errorf("%d findings, want %d:\n%s", len(got), len(want), difference(got, want))
			}
			var log bytes.Buffer
			same, err := checkFilter(&log, &tree{dir: dir, packages: []string{"./..."}}, asynccheck.program(bin))
			if !same || err != nil {
				t.Error(log.String(), err)
			}
		})
	}
}

// planned returns the rules that the source says are broken, by file and line.
func planned(t *testing.T, dir string) map[string]string {
	rules := make(map[string]string)
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		src, err := os.ReadFile(filepath.Join(dir, name))
		n := 0
		for line := range strings.Lines(string(src)) {
			n++
			if m := wanted.FindStringSubmatch(line); m != nil {
				rules[fmt.Sprintf("%s:%d", name, n)] = m[1]
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// found returns the rules of asynccheck's findings, likewise.
func found(t *testing.T, dir, program string) map[string]string {
	cmd := exec.Command("go", "vet", "-vettool="+program, "-json", "./...")
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, stderr.Bytes())
	}
	rules := make(map[string]string)
	dec := json.NewDecoder(bytes.NewReader(regexp.MustCompile(`(?m)^#.*$`).ReplaceAll(out, nil)))
	for dec.More() {
		var units map[string]map[string][]struct{ Category, Posn string }
		if err := dec.Decode(&units); err != nil {
			t.Fatal(err)
		}
		for _, unit := range units {
			for _, finding := range unit["asynccheck"] {
				file, position, _ := strings.Cut(finding.Posn, ".go:")
				line, _, _ := strings.Cut(position, ":")
				name, err := filepath.Rel(dir, file+".go")
				if err != nil {
					t.Fatal(err)
				}
				rules[filepath.ToSlash(name)+":"+line] = finding.Category
			}
		}
	}
	return rules
}

// difference shows some entries that are in only one of two maps.
func difference(got, want map[string]string) string {
	var s []string
	for at, rule := range got {
		if want[at] != rule {
			s = append(s, fmt.Sprintf("%s: %s was not planned", at, rule))
		}
	}
	for at, rule := range want {
		if got[at] == "" {
			s = append(s, fmt.Sprintf("%s: %s was not found", at, rule))
		}
	}
	slices.Sort(s)
	return strings.Join(s[:min(20, len(s))], "\n")
}

func TestSpread(t *testing.T) {
	if got, want := ratios([]float64{2, 9, 4, 8}, []float64{1, 3, 1, 1}), (spread{3.5, 2, 8}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

// Bytes appended to a program don't change what it does.
func TestStranger(t *testing.T) {
	bin := t.TempDir()
	if err := floor.build(floor.program(bin)); err != nil {
		t.Fatal(err)
	}
	program, err := stranger(floor.program(bin), bin)
	if err != nil {
		t.Fatal(err)
	}
	a, err := exec.Command(floor.program(bin), "-V=full").Output()
	if err != nil {
		t.Fatal(err)
	}
	b, err := exec.Command(program, "-V=full").Output()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(a, b) {
		t.Errorf("%s has the ID of the program that it was copied from", b)
	}
}

// Every cut of a device finds its text in its file.
func TestDevices(t *testing.T) {
	for _, d := range devices {
		if _, err := d.replaced(); err != nil {
			t.Error(err)
		}
	}
}
