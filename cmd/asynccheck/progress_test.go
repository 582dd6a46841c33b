package main

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/asynccheck/asynccheck/internal/driver"
)

// A screen is a terminal with one line, which shows what is left when others are drawn over.
type screen struct {
	bytes.Buffer
}

func (s *screen) line() string {
	var line []rune
	at := 0
	for _, r := range s.String() {
		if r == '\r' {
			at = 0
			continue
		}
		line = append(line[:at], append([]rune{r}, line[min(at+1, len(line)):]...)...)
		at++
	}
	return strings.TrimRight(string(line), " ")
}

// A line shows the phase and the time from the first second on, and nothing is left of it.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s screen
		p := newProgress(&s, true)
		shown := func(after time.Duration, want string) {
			t.Helper()
			time.Sleep(after)
			synctest.Wait()
			p.mu.Lock()
			defer p.mu.Unlock()
			if got := s.line(); got != want {
				t.Errorf("after %s: %q, want %q", time.Since(p.started), got, want)
			}
		}
		p.update(driver.Progress{Phase: driver.Listing})
		shown(patience/2, "")
		shown(time.Second-patience/2, "listing packages, 1s")
		shown(64*time.Second, "listing packages, 1m5s")
		p.update(driver.Progress{Phase: driver.Searching})
		shown(redraw, "looking for packages that matter, 1m5s")
		p.update(driver.Progress{Phase: driver.Typing})
		shown(redraw, "looking for compiled types, 1m5s")
		p.update(driver.Progress{Phase: driver.Analyzing, Total: 30})
		shown(redraw, "packages analyzed   0% |                              | (0/30), 1m5s")
		p.update(driver.Progress{Phase: driver.Analyzing, Done: 20, Total: 30})
		p.update(driver.Progress{Phase: driver.Analyzing, Done: 10, Total: 30}) // late news
		shown(redraw, "packages analyzed  66% |████████████████████          | (20/30), 1m5s")
		p.update(driver.Progress{Phase: driver.Searching}) // again, since tests are broken
		p.update(driver.Progress{Phase: driver.Analyzing, Done: 1, Total: 31})
		shown(redraw, "packages analyzed   3% |                              | (1/31), 1m5s")
		p.stop()
		shown(0, "")
		n := s.Len()
		p.update(driver.Progress{Phase: driver.Listing})
		shown(time.Minute, "")
		if s.Len() > n {
			t.Errorf("drawn after the end: %q", s.String()[n:])
		}
	})
}

// A short run, and one without a terminal, draw nothing.
func TestProgressHidden(t *testing.T) {
	for _, test := range []struct {
		terminal bool
		time     time.Duration
	}{
		{true, patience / 2},
		{false, time.Hour},
	} {
		synctest.Test(t, func(t *testing.T) {
			var s screen
			p := newProgress(&s, test.terminal)
			p.update(driver.Progress{Phase: driver.Analyzing, Done: 1, Total: 3})
			time.Sleep(test.time)
			synctest.Wait()
			p.stop()
			time.Sleep(time.Minute)
			if s.Len() > 0 {
				t.Errorf("drawn %q in %s, terminal: %t", s.String(), test.time, test.terminal)
			}
		})
	}
}
