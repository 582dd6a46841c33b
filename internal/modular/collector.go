package modular

import (
	"runtime/debug"
	"sync"
)

// manyBytes of source make types that take tens of megabytes.
const manyBytes = 1 << 20

var paused sync.Mutex // held while no garbage is collected

// pauseCollector has no garbage collected while a package of so many bytes is type-checked,
// if these are many, until resume is called. About half of what the types take is going to stay,
// so that the heap grows to no more than what the analysis lets it grow to later; to
// look for the other half each time it has doubled takes a tenth of the whole time.
func pauseCollector(bytes int) (resume func()) {
	if bytes < manyBytes || !paused.TryLock() { // somebody else has paused it
		return func() {}
	}
	percent := debug.SetGCPercent(-1)
	return func() {
		debug.SetGCPercent(percent)
		paused.Unlock()
	}
}
