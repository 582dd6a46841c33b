package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/asynccheck/asynccheck/internal/driver"
	"github.com/asynccheck/asynccheck/internal/report"
)

// patience is how long a run may take without a progress line.
const patience = time.Second

// How the line is drawn.
const (
	barWidth = 30
	redraw   = 100 * time.Millisecond // the shortest time between two lines
)

// A progress is one line on a terminal that shows how far a long run is. It appears
// after a second and disappears at the end.
//
// We don't use a library: those link net/http or open the terminal at startup. Under go vet,
// every package would pay for that.
type progress struct {
	mu          sync.Mutex
	w           io.Writer
	late        *time.Timer // nil without a terminal
	done, total int         // packages; total is 0 until it is known
	line        string      // the line on the terminal
	counts      bool        // the line has numbers
	drawn       time.Time
	due         bool // the run is long enough
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

// update sets the number of packages that are done.
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
		p.show("loading packages")
		return
	}
	if p.counts && time.Since(p.drawn) < redraw {
		return
	}
	p.counts, p.drawn = true, time.Now()
	bar := strings.Repeat("█", barWidth*p.done/p.total)
	p.show(fmt.Sprintf("packages analyzed %3d%% |%-*s| (%d/%d)", 100*p.done/p.total, barWidth, bar, p.done, p.total))
}

// show replaces the line by another one. It uses no control sequences, which some consoles
// would print.
func (p *progress) show(line string) {
	if line == p.line {
		return
	}
	if n := utf8.RuneCountInString(p.line); n > 0 {
		fmt.Fprintf(p.w, "\r%*s\r", n, "")
	}
	io.WriteString(p.w, line)
	p.line = line
}

// stop removes the line.
func (p *progress) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.late != nil {
		p.late.Stop()
	}
	p.due, p.stopped = false, true
	p.show("")
}

// summarize prints a line with the result of a run, on a terminal or if there are known
// findings, which are not shown.
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

// sayFixed prints how many findings were fixed in each file, and how many can be fixed by
// another run.
func sayFixed(w io.Writer, dir string, changes []driver.Change, overlapping int) {
	for _, c := range changes {
		fmt.Fprintf(w, "fixed %s in %s\n", count(len(c.Findings), "finding"), report.Shorten(dir, c.File))
	}
	if len(changes) > 0 && overlapping > 0 {
		fmt.Fprintf(w, "%s can be fixed after these: run it again\n", count(overlapping, "finding"))
	}
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
