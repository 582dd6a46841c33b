package onepkg

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"
)

// These sizes in bytes of source make a package large, or huge. Its syntax and types take some forty times as much.
const (
	largeSource = 1 << 18
	hugeSource  = 1 << 20
)

// While a huge package is analyzed, garbage is collected between parts of it, where nothing else runs meanwhile: when
// objects take collectAt times as much as they do before the first part. gcPercentAfterHuge is how much garbage there may
// be otherwise, in percent of the live heap. It holds for the rest of the process, which seldom has a second huge package.
const (
	collectAt          = 2
	gcPercentAfterHuge = 150 // seldom reached within a part
)

// TuneForOnePackage sets the collector for a process that analyzes one package and ends. Most packages leave so little
// garbage that collecting it doesn't pay, so the first collection starts at a heap of some 64 MB. GOGC wins. After a
// huge package was type-checked, there is no more garbage than gcPercentAfterHuge allows.
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
// Without all this, a package of 10,000 handlers takes 1.15 × the CPU time:
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
		if bytes >= hugeSource && percent >= 0 && os.Getenv("GOGC") == "" {
			runtime.GC() // at once: the heap would go on growing beside it
			muchGarbage.Store(collectAt * objects())
			percent = gcPercentAfterHuge
		}
		debug.SetGCPercent(percent)
		paused.Unlock()
	}
}

// muchGarbage is the size in bytes of all objects from which on CollectBetweenParts collects garbage; 0 for never.
var muchGarbage atomic.Uint64

// CollectBetweenParts collects garbage if there is much of it after a huge package. The analyzer calls it when it has done
// with a part of a package. A collection beside the analysis takes longer, and the heap grows meanwhile.
func CollectBetweenParts() {
	if much := muchGarbage.Load(); much > 0 && objects() >= much {
		runtime.GC()
	}
}

// objects returns the size in bytes of all objects, with those that are garbage.
func objects() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
