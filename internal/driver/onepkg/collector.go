package onepkg

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

// These sizes in bytes of source make a package large, or huge. Its syntax and types take some forty times as much.
const (
	largeSource = 1 << 18
	hugeSource  = 1 << 20
)

// gcPercentAfterHuge is how much garbage there may be after a huge package was type-checked, in percent of the live
// heap. It is so small that the heap stays about as large as it is then. It holds for the rest of the process, which
// seldom has a second huge package.
const gcPercentAfterHuge = 50

// TuneForOnePackage sets the collector for a process that analyzes one package and ends. Most packages leave so little
// garbage that collecting it doesn't pay, so the first collection starts at a heap of some 64 MB. GOGC wins. After a
// huge package, there is no more garbage than gcPercentAfterHuge allows.
// Without this, cold go vet of tree c takes 1.10 × the CPU time:
//
//	go -C benchmarks run . -without gogc -trees c
func TuneForOnePackage() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(gcPercentFirst)
	// The first collection frees this object.
	runtime.AddCleanup(&struct{ *byte }{}, func(struct{}) {
		paused.Lock() // a paused collector gets its percentage back
		defer paused.Unlock()
		debug.SetGCPercent(min(debug.SetGCPercent(gcPercent), gcPercent))
	}, struct{}{})
}

// How much garbage there may be in the process of one package, in percent of the live heap: before the first
// collection, when the live heap counts as 4 MB, and after it.
const (
	gcPercentFirst = 1600
	gcPercent      = 400
)

var paused sync.Mutex // held while collection is stopped

// pauseCollector stops garbage collection while a large package is type-checked, until resume is called. About half of
// what is allocated stays in use, so the heap grows no more than the analysis would let it grow later.
//
// Without all this, a package of 10,000 handlers takes 1.14 × the memory, and a handler more than the 25 kB that
// docs/performance.md allows:
//
//	go -C benchmarks run . -without collector -trees e
//
// The collector belongs to the whole process. If several packages are type-checked at once, only one pauses it. The
// others may run with it or without it: that costs time or memory, and nothing else.
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
