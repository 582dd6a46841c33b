package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestProgress(t *testing.T) {
	var out bytes.Buffer
	p := newProgress(&out)
	if p.late != nil {
		t.Error("there is no terminal, but a line will be drawn")
	}
	p.update(0, 3)
	if out.Len() > 0 {
		t.Errorf("drawn before it is due: %q", out.String())
	}
	p.update(2, 3)
	p.start()
	if got := out.String(); !strings.Contains(got, "packages analyzed") || !strings.Contains(got, "(2/3)") {
		t.Errorf("drawn %q, want 2 of 3 packages", got)
	}
	p.update(1, 3) // late news
	p.stop()
	if p.done != 2 {
		t.Errorf("%d packages done, want 2", p.done)
	}
	lines := strings.Split(out.String(), "\r")
	if last := lines[len(lines)-1]; strings.TrimSpace(strings.ReplaceAll(last, "\x1b[K", "")) != "" {
		t.Errorf("the line stays: %q", last)
	}
	out.Reset()
	p.update(3, 3)
	p.start()
	if out.Len() > 0 {
		t.Errorf("drawn after the end: %q", out.String())
	}
}

// Before the number of packages is known, the line says what takes time.
func TestProgressLoading(t *testing.T) {
	var out bytes.Buffer
	p := newProgress(&out)
	p.start()
	if got := out.String(); !strings.Contains(got, "loading packages") {
		t.Errorf("drawn %q, want that packages are loaded", got)
	}
	p.update(0, 30)
	p.update(7, 30)
	p.stop()
	if got := out.String(); !strings.Contains(got, "packages analyzed") || !strings.Contains(got, "(0/30)") {
		t.Errorf("drawn %q, want a count of packages", got)
	}
}
