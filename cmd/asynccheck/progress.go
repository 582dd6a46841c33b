package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/asynccheck/asynccheck/internal/report"
)

// patience is how long a person waits without asking what is going on.
const patience = time.Second

// A progress is a line on a terminal that says how far a long run is. It comes
// late, goes away at the end, and stays away where nobody looks.
type progress struct {
	mu          sync.Mutex
	w           io.Writer
	late        *time.Timer // nil if nobody looks
	bar         *progressbar.ProgressBar
	done, total int
	counts      bool // the bar does: how many there are is known
	due         bool // the run is a long one
	stopped     bool
}

func newProgress(w io.Writer) *progress {
	p := &progress{w: w}
	if isTerminal(w) {
		p.late = time.AfterFunc(patience, p.start)
	}
	return p
}

// start shows the line from now on.
func (p *progress) start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.due = !p.stopped
	p.draw()
}

// update says that so many packages are done.
func (p *progress) update(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done, p.total = max(p.done, done), total
	p.draw()
}

func (p *progress) draw() {
	if !p.due {
		return
	}
	if p.total == 0 {
		if p.bar == nil {
			p.bar = p.newBar(-1, "loading packages")
			p.bar.RenderBlank()
		}
		return
	}
	if !p.counts {
		if p.bar != nil {
			p.bar.Clear()
			p.bar.Exit()
		}
		p.bar = p.newBar(p.total, "packages analyzed")
		p.counts = true
	}
	p.bar.Set(p.done)
}

func (p *progress) newBar(total int, what string) *progressbar.ProgressBar {
	opts := []progressbar.Option{
		progressbar.OptionSetWriter(p.w),
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWidth(30),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionSetElapsedTime(false),
		progressbar.OptionThrottle(100 * time.Millisecond),
		progressbar.OptionClearOnFinish(),
		// A spinner that turns by itself would write after the end.
		progressbar.OptionSetSpinnerChangeInterval(0),
	}
	if total > 0 {
		opts = append(opts, progressbar.OptionShowCount())
	}
	return progressbar.NewOptions(total, opts...)
}

// stop removes the line.
func (p *progress) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.late != nil {
		p.late.Stop()
	}
	p.due, p.stopped = false, true
	if p.bar != nil {
		p.bar.Clear()
		p.bar.Exit()
	}
}

// summarize says in a line what a run came to: to a person, and wherever
// findings are known that are not shown.
func summarize(w io.Writer, r *report.Report) {
	open := r.Unsuppressed()
	known := len(r.Findings) - len(open)
	if !isTerminal(w) && known == 0 {
		return
	}
	line := "no findings"
	if len(open) > 0 {
		line = fmt.Sprintf("%s in %s (%s)", count(len(open), "finding"),
			count(distinct(open, func(f report.Finding) string { return f.Package }), "package"),
			count(distinct(open, func(f report.Finding) string { return f.Rule }), "rule"))
	}
	if known > 0 {
		line += fmt.Sprintf(", %d known", known)
	}
	fmt.Fprintf(w, "%s; %s analyzed\n", line, count(r.Packages, "package"))
}

// distinct counts the different values that findings have.
func distinct(findings []report.Finding, value func(report.Finding) string) int {
	var values []string
	for _, f := range findings {
		values = append(values, value(f))
	}
	slices.Sort(values)
	return len(slices.Compact(values))
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}
