package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/asynccheck/asynccheck/internal/driver"
	"github.com/asynccheck/asynccheck/internal/report"
)

// How the line is drawn.
const (
	patience = 300 * time.Millisecond // how long a run may take without a line
	redraw   = 100 * time.Millisecond // the time between two lines
	barWidth = 30
)

// A progress is one line on a terminal that shows what a long run does, how far it is, and for how long it has been
// running. It appears in the first second, whatever the run does then, and disappears at the end. Without a terminal it
// draws nothing.
//
// We don't use a library: those link net/http or open the terminal at startup. Under go vet,
// every package would pay for that.
type progress struct {
	w       io.Writer
	started time.Time
	tick    *time.Timer // nil without a terminal, and after the end

	mu   sync.Mutex
	now  driver.Progress
	line string // the line on the terminal
}

// newProgress starts the clock of a run.
func newProgress(w io.Writer, terminal bool) *progress {
	p := &progress{w: w, started: time.Now()}
	if terminal {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.tick = time.AfterFunc(patience, p.draw)
	}
	return p
}

// update says how far the run is. News of the same phase may come late.
func (p *progress) update(news driver.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if news.Phase == p.now.Phase {
		news.Done = max(news.Done, p.now.Done)
	}
	p.now = news
}

// draw draws the line, and does it again after some time.
func (p *progress) draw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.tick == nil {
		return
	}
	p.show(p.text())
	p.tick.Reset(redraw)
}

// text is the line.
func (p *progress) text() string {
	line := p.now.Phase.String()
	if n := p.now; n.Total > 0 {
		bar := strings.Repeat("█", barWidth*n.Done/n.Total)
		line += fmt.Sprintf(" %3d%% |%-*s| (%d/%d)", 100*n.Done/n.Total, barWidth, bar, n.Done, n.Total)
	}
	return fmt.Sprintf("%s, %s", line, time.Since(p.started).Truncate(time.Second))
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
	if p.tick != nil {
		p.tick.Stop()
		p.tick = nil
	}
	p.show("")
}

// summarize prints a line with the result of a run, on a terminal or if there are findings that are not shown.
func summarize(w io.Writer, r *report.Report) {
	if isTerminal(w) || r.Suppressed(report.External)+r.Suppressed(report.InSource) > 0 {
		fmt.Fprintln(w, r.Summary())
	}
}

// sayFixed prints how many findings were fixed in each file, and how many can be fixed by
// another run.
func sayFixed(w io.Writer, dir string, changes []driver.Change, overlapping int) {
	for _, c := range changes {
		fmt.Fprintf(w, "fixed %s in %s\n", report.Counted(len(c.Findings), "finding"), report.Shorten(dir, c.File))
	}
	if len(changes) > 0 && overlapping > 0 {
		fmt.Fprintf(w, "%s can be fixed after these: run it again\n", report.Counted(overlapping, "finding"))
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}
