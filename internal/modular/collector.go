package modular

import (
	"runtime"
	"runtime/debug"
	"sync"
)

// Bytes of source that make a package large, whose syntax and types take some forty times as much, or huge.
const (
	large = 1 << 18
	huge  = 1 << 20
)

// spare is how much garbage there may be once a huge package has been type-checked, in percent of what
// is no garbage: the heap is not to grow further than it did until then.
const spare = 50

var paused sync.Mutex // held while no garbage is collected

// pauseCollector has no garbage collected while a package of so many bytes is type-checked,
// if it is a large one, until resume is called. About half of what that takes is going to stay,
// so that the heap grows to no more than what the analysis would let it grow to later; to
// look for the other half each time the heap has doubled takes a tenth of the whole time.
func pauseCollector(bytes int) (resume func()) {
	if bytes < large || !paused.TryLock() { // somebody else has paused it
		return func() {}
	}
	percent := debug.SetGCPercent(-1)
	return func() {
		if bytes >= huge {
			runtime.GC() // at once: the heap would go on growing beside it
			percent = min(percent, spare)
		}
		debug.SetGCPercent(percent)
		paused.Unlock()
	}
}
