package driver

import (
	"go/types"
	"sync"
)

// A collected has what the analyzer says about packages beside its results. The zero value is empty.
type collected[T any] struct {
	mu    sync.Mutex
	byPkg map[*types.Package][]T
}

// add can be called by several goroutines at once.
func (c *collected[T]) add(pkg *types.Package, x T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byPkg == nil {
		c.byPkg = make(map[*types.Package][]T)
	}
	c.byPkg[pkg] = append(c.byPkg[pkg], x)
}

// take returns what is known of a package, and forgets it: this frees the package's types.
func (c *collected[T]) take(pkg *types.Package) []T {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := c.byPkg[pkg]
	delete(c.byPkg, pkg)
	return list
}

// Notes are what the analyzer says about packages beside findings: what it skipped, and which contracts mean nothing.
type Notes struct {
	collected[string]

	// Print, if not nil, prints a note, and which packages were analyzed. Several goroutines may call it at once.
	Print func(text string)
}

// Add notes something about a package. It can be called by several goroutines at once.
func (n *Notes) Add(pkg *types.Package, text string) { n.add(pkg, text) }

func (n *Notes) take(pkg *types.Package) []string {
	if n == nil {
		return nil
	}
	return n.collected.take(pkg)
}

func (n *Notes) print(texts ...string) {
	if n != nil && n.Print != nil {
		for _, text := range texts {
			n.Print(text)
		}
	}
}
