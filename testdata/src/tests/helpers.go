package tests

import (
	"encoding/json"
	"errors"
	"testing"
)

// The helpers of tests stand where other packages' tests find them. What they expect is
// for the tests to say.

// Silent: the helper is for a test that expects a partial failure.
func WantPartial(t testing.TB, r *Answer) {
	t.Helper()
	if r.Code != 5400 {
		t.Fatalf("code %d, want 5400", r.Code)
	}
}

// Silent: so it is where the answer comes as bytes.
func WantPartialBytes(t *testing.T, b []byte) {
	t.Helper()
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	if r.Code != 5400 {
		t.Fatalf("code %d, want 5400", r.Code)
	}
}

// Silent: the literal that is run as a test is one.
func WantPartials(t *testing.T, answers map[string][]byte) {
	for name, b := range answers {
		t.Run(name, func(t *testing.T) {
			var r Answer
			if err := json.Unmarshal(b, &r); err != nil {
				t.Fatal(err)
			}
			switch r.Code {
			case 5400:
			default:
				t.Fatalf("code %d, want 5400", r.Code)
			}
		})
	}
}

// Silent: result-unchecked is off in a test's helper.
func Task(b *testing.B, answer []byte) string {
	b.Helper()
	var s Result
	if err := json.Unmarshal(answer, &s); err != nil {
		b.Fatal(err)
	}
	return s.RequestID
}

// Silent: its end signals nothing.
func WantPositive(f *testing.F, s *Result) {
	if s.Code > 0 {
		return
	}
	f.Logf("code %d", s.Code)
}

// A suite has the test that runs.
type suite struct {
	*testing.T
	last Answer
}

// Silent: a method of it is a helper.
func (s *suite) wantPartial(b []byte) {
	if err := json.Unmarshal(b, &s.last); err != nil {
		s.Fatal(err)
	}
	r := s.last
	if r.Code != 5400 {
		s.Fatalf("code %d, want 5400", r.Code)
	}
}

// A TestingT is what other packages have for a test.
type TestingT interface {
	Errorf(format string, args ...any)
	FailNow()
}

// Silent: it can fail a test.
func RequirePartial(t TestingT, b []byte) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		t.FailNow()
	}
	if r.Code != 5400 {
		t.FailNow()
	}
}

// A logger is no test.
type logger interface {
	Errorf(format string, args ...any)
}

// Who logs an error goes on.
func Stop(l logger, b []byte) {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		l.Errorf("stop: %v", err)
		return
	}
	if r.Code != 5400 { // want "batch-partial-as-failure"
		l.Errorf("stop: code %d", r.Code)
	}
}

// What hides a partial failure from its callers hides it from tests as well.
func Stops(t testing.TB, b []byte) error {
	t.Helper()
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errors.New("all servers failed")
	}
	return nil
}
