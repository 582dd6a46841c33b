package driver

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls f for all nodes, for several at once.
func parallel(nodes []*node, f func(*node)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(nodes) {
					return
				}
				f(nodes[i])
			}
		})
	}
	workers.Wait()
}

// importsFirst calls f for all nodes, for several at once, but for each node only after f has returned for its imports.
func importsFirst(nodes []*node, f func(*node)) {
	if len(nodes) == 0 {
		return
	}
	ready := make(chan *node, len(nodes))
	waiting := make(map[*node]*atomic.Int64, len(nodes)) // imports that are not done yet
	for _, n := range nodes {
		waiting[n] = new(atomic.Int64)
		waiting[n].Store(int64(len(n.imports)))
		if len(n.imports) == 0 {
			ready <- n
		}
	}
	var done atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for n := range ready {
				f(n)
				for _, m := range n.importers {
					if waiting[m].Add(-1) == 0 {
						ready <- m
					}
				}
				if int(done.Add(1)) == len(nodes) {
					close(ready)
				}
			}
		})
	}
	workers.Wait()
}
