package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

// A cost is what a run takes, together with all processes that it starts.
type cost struct {
	wall, cpu time.Duration
	peak      float64 // resident memory of the largest process, in MB
}

// panicked matches asynccheck's message about a panic. Under go vet the exit status doesn't show it.
const panicked = "please report this at https://github.com/asynccheck"

// run runs a program in a directory. Exit status 1, for findings, is no error: some tools have them.
func run(dir string, env []string, program string, args ...string) (cost, error) {
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Env = dir, append(append(os.Environ(), "ASYNCCHECK_CACHE=off"), env...)
	var stderr tail
	cmd.Stderr = &stderr
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > 1 || cmd.ProcessState.ExitCode() < 0 ||
		bytes.Contains(stderr.Bytes(), []byte(panicked)) {
		return cost{}, fmt.Errorf("%s: %v\n%s", cmd, err, stderr.Bytes())
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return cost{
		wall: wall,
		cpu:  cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		peak: float64(usage.Maxrss) / 1024,
	}, nil
}

// A tail is a writer that keeps the end of its text.
type tail struct{ bytes.Buffer }

func (t *tail) Write(p []byte) (int, error) {
	if t.Len() > 1<<16 {
		t.Reset()
	}
	return t.Buffer.Write(p)
}

// A spread is the median of several figures, with the least and the greatest.
type spread struct{ median, min, max float64 }

func spreadOf(figures []float64) spread {
	s := slices.Sorted(slices.Values(figures))
	n := len(s)
	return spread{(s[(n-1)/2] + s[n/2]) / 2, s[0], s[n-1]}
}

// ratios divides figures by those of the same rounds: other work of the machine in a round slowed both down.
func ratios(figures, by []float64) spread {
	var r []float64
	for i := range figures {
		r = append(r, figures[i]/by[i])
	}
	return spreadOf(r)
}

// of returns a figure of each cost.
func of(costs []cost, figure func(cost) float64) []float64 {
	var s []float64
	for _, c := range costs {
		s = append(s, figure(c))
	}
	return s
}

func wall(c cost) float64 { return c.wall.Seconds() }
func cpu(c cost) float64  { return c.cpu.Seconds() }
func peak(c cost) float64 { return c.peak }
