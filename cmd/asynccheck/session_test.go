package main

import (
	"context"
	"errors"
	"testing"
)

// After an interrupt nothing is begun, what was begun is finished, and both are said.
func TestSession(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	s := &session{ctx: ctx}
	left := func(want string) {
		t.Helper()
		if got := s.left(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	write := func(what string, want error, f func() error) {
		t.Helper()
		if err := s.write(what, f); !errors.Is(err, want) {
			t.Errorf("%s: error %v, want %v", what, err, want)
		}
	}
	fine := func() error { return nil }
	failed := errors.New("disk full")
	left("nothing was written")
	write("a.json", failed, func() error { return failed })
	left("nothing was written")
	write("a.go", nil, func() error {
		left("a.go may be incomplete")
		return nil
	})
	write("b.go", nil, func() error {
		interrupt()
		left("a.go had been written, and b.go may be incomplete")
		return nil
	})
	write("c.go", errInterrupted, fine)
	left("a.go, b.go had been written")
}
