package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"
)

// grace is how long an interrupted run may take to end what it has begun. It waits for nothing else: a function may take
// seconds to analyze, and nobody may read what it prints.
const grace = time.Second

// standardOutput is what standard output is called.
const standardOutput = "standard output"

// errInterrupted is the error of a run that somebody stopped.
var errInterrupted = errors.New("interrupted")

// A session is one run of the command. It can be interrupted. It notes what was written, to say so then.
type session struct {
	ctx            context.Context // ends when the run is interrupted
	stdout, stderr io.Writer
	progress       *progress

	mu      sync.Mutex // guards what follows
	ends    []func()
	written []string
	begun   string // being written; "" for nothing
}

// interruptible has a session run until it ends or is interrupted, and returns the exit status. A second interrupt ends
// the program at once.
func interruptible(stdout, stderr io.Writer, run func(*session) (int, error)) (int, error) {
	signals := []os.Signal{syscall.SIGTERM}
	if signal.Ignored(os.Interrupt) { // as for a job in the background of a script
		signal.Notify(make(chan os.Signal, 1), os.Interrupt) // it still is, but not for the go commands: they are stopped so
	} else {
		signals = append(signals, os.Interrupt)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	defer stop()
	context.AfterFunc(ctx, stop)
	s := &session{ctx: ctx, stdout: stdout, stderr: stderr, progress: newProgress(stderr, isTerminal(stderr))}
	var status int
	ended := make(chan error, 1)
	go func() {
		var err error
		status, err = run(s)
		ended <- err
	}()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		select {
		case err = <-ended:
		case <-time.After(grace):
			err = errInterrupted
		}
	}
	s.progress.stop()
	s.end()
	if errors.Is(err, errInterrupted) {
		fmt.Fprintf(stderr, "asynccheck: interrupted: %s\n", s.left())
		return exitInterrupted, nil
	}
	return status, err
}

// atEnd has a function called when the run has ended, even if the run was interrupted and goes on.
func (s *session) atEnd(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ends = append(s.ends, f)
}

func (s *session) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.ends {
		f()
	}
}

// interrupted returns an error if the run was interrupted.
func (s *session) interrupted() error {
	if s.ctx.Err() != nil {
		return errInterrupted
	}
	return nil
}

// write has something written, unless the run was interrupted before. What has begun may end.
func (s *session) write(what string, write func() error) error {
	if err := s.interrupted(); err != nil {
		return err
	}
	s.mu.Lock()
	s.begun = what
	s.mu.Unlock()
	err := write()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.begun = ""
	if err == nil {
		s.written = append(s.written, what)
	}
	return err
}

// left says what an interrupted run leaves behind.
func (s *session) left() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var parts []string
	if len(s.written) > 0 {
		parts = append(parts, strings.Join(s.written, ", ")+" had been written")
	}
	if s.begun != "" {
		parts = append(parts, s.begun+" may be incomplete")
	}
	if len(parts) == 0 {
		return "nothing was written"
	}
	return strings.Join(parts, ", and ")
}
