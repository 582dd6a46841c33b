package results

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func key(b byte) (k Key) {
	k[0], k[1] = b, 1
	return k
}

func TestStore(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a[b]", "c")
	s := Open(dir)
	if s.Get(key(1)) != nil {
		t.Error("an empty store has an entry")
	}
	s.Put(key(1), []byte("one"))
	s.Put(key(1), []byte("two"))
	if got := Open(dir).Get(key(1)); string(got) != "two" {
		t.Errorf("got %q, want two", got)
	}
	s.Trim()
	if got := s.Get(key(1)); string(got) != "two" {
		t.Errorf("after Trim: got %q, want two", got)
	}

	// A broken entry is none.
	for _, e := range list(dir) {
		if err := os.WriteFile(e.name, []byte("broken"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got := Open(dir).Get(key(1)); got != nil {
		t.Errorf("a broken entry: %q", got)
	}
	s.Put(key(1), []byte("three"))
	if got := Open(dir).Get(key(1)); string(got) != "three" {
		t.Errorf("got %q, want three", got)
	}
}

// Without a directory, the store is empty, and nothing fails.
func TestNoStore(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"", file, filepath.Join(file, "below")} {
		s := Open(dir)
		s.Put(key(1), []byte("one"))
		s.Trim()
		if s.Get(key(1)) != nil {
			t.Errorf("%q: the store has an entry", dir)
		}
	}
}

// What was not used for the longest time is removed first.
func TestShrink(t *testing.T) {
	dir := t.TempDir()
	s := Open(dir)
	for i := range byte(8) {
		s.Put(key(i), bytes.Repeat([]byte{i}, 1000))
		for _, e := range list(dir) {
			if time.Since(e.used) < time.Minute {
				used := time.Now().Add(time.Duration(i)*time.Hour - 100*time.Hour)
				if err := os.Chtimes(e.name, used, used); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	shrink(dir, 1<<20)
	if n := len(list(dir)); n != 16 {
		t.Fatalf("%d files, want 16", n)
	}
	shrink(dir, 8000)
	var left []byte
	for i := range byte(8) {
		if s.Get(key(i)) != nil {
			left = append(left, i)
		}
	}
	if want := []byte{3, 4, 5, 6, 7}; !slices.Equal(left, want) {
		t.Errorf("%d are left, want %d", left, want)
	}
}

// Clean removes what is ours, and nothing else.
func TestClean(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	if err := Clean(dir); err != nil {
		t.Error(err)
	}
	s := Open(dir)
	s.Put(key(1), []byte("one"))
	s.Trim()
	other := filepath.Join(dir, "00", "notes")
	if err := os.WriteFile(other, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := Clean(dir); err != nil {
		t.Fatal(err)
	}
	if names, _ := filepath.Glob(filepath.Join(dir, "*")); !slices.Equal(names, []string{filepath.Dir(other)}) {
		t.Errorf("left: %q", names)
	}
	if _, err := os.Stat(other); err != nil {
		t.Error(err)
	}
	if err := os.Remove(other); err != nil {
		t.Fatal(err)
	}
	if err := Clean(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the directory is left: %v", err)
	}
}

func TestDir(t *testing.T) {
	t.Setenv(Variable, Off)
	if dir := Dir(); dir != "" {
		t.Errorf("off: %q", dir)
	}
	t.Setenv(Variable, "some")
	if dir := Dir(); !filepath.IsAbs(dir) || filepath.Base(dir) != "some" {
		t.Errorf("some: %q", dir)
	}
	t.Setenv(Variable, "")
	if dir := Dir(); dir != "" && filepath.Base(dir) != "asynccheck" {
		t.Errorf("the user's: %q", dir)
	}
}
