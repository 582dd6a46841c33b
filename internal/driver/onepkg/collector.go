package onepkg

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

// Bytes of source that make a package large, whose syntax and types take some forty times as much, or huge.
const (
	largeSource = 1 << 18
	hugeSource  = 1 << 20
)

// gcPercentAfterHuge is how much garbage there may be once a huge package has been type-checked, in percent of what
// is no garbage: little enough for the heap to stay about as large as it has become by then. It is for the rest of
// the process, in which such a package seldom has a second one beside it.
const gcPercentAfterHuge = 50

// TuneForOnePackage sets the collector for a process that analyzes one package and ends: most packages leave less behind
// than the collector takes to look at. GOGC wins. After a huge package there is no more garbage than gcPercentAfterHuge allows.
// Without this, cold go vet of tree c takes 1.10 × the CPU time:
//
//	go -C benchmarks run . -without gogc -trees c
func TuneForOnePackage() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}

var paused sync.Mutex // held while no garbage is collected

// pauseCollector has no garbage collected while a package of so many bytes is type-checked,
// if it is a large one, until resume is called. About half of what that takes is going to stay,
// so that the heap grows to no more than what the analysis would let it grow to later.
//
// Without all this, a package of 10,000 handlers takes 1.14 × the memory, and a handler more than the 25 kB that
// docs/performance.md allows:
//
//	go -C benchmarks run . -without collector -trees e
//
// The collector is the whole process's. Of packages that are type-checked at a time one alone pauses it, and others
// find it paused or not: that costs time or memory, and no more.
func pauseCollector(bytes int) (resume func()) {
	if bytes < largeSource || !paused.TryLock() {
		return func() {}
	}
	percent := debug.SetGCPercent(-1)
	return func() {
		if bytes >= hugeSource && percent >= 0 {
			runtime.GC() // at once: the heap would go on growing beside it
			percent = min(percent, gcPercentAfterHuge)
		}
		debug.SetGCPercent(percent)
		paused.Unlock()
	}
}
