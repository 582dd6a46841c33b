package driver

import (
	"slices"

	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/filter/source"
)

// maxHeld is how many bytes of sources are held at once.
const maxHeld = 32 << 20

// ask returns the question whether a package matters whose imports have these facts.
func (r *run) ask(n *node, facts []onepkg.Fact) *source.Question {
	return source.AskWith(slices.Collect(importPaths(n.pkg)), n.Hints, onepkg.Values(facts))
}

// matters reports whether the package can matter. A package with an error does: the analysis shows the error.
func (r *run) matters(n *node, q *source.Question) (bool, error) {
	if n.always(n.pkg) || n.beyondFacts(n.pkg) || len(n.pkg.Errors) > 0 {
		return true, nil
	}
	files := n.sources
	if files == nil {
		var err error
		if files, err = source.Read(n.files); err != nil {
			return false, err
		}
	}
	matters := q.Matters(files)
	if !matters && !n.asked {
		r.hold(n, files)
	}
	n.asked = true
	return matters, nil
}

// hold holds the sources of a package, about which there will be one more question. In a large program, most are read
// again.
func (r *run) hold(n *node, files [][]byte) {
	if n.sources != nil || n.shapes.Cgo { // cgo will write other files
		return
	}
	size := sizeOf(files)
	if r.held.Add(size) > maxHeld {
		r.held.Add(-size)
		return
	}
	n.sources = files
}

// release lets go of a package's sources.
func (r *run) release(n *node) {
	r.held.Add(-sizeOf(n.sources))
	n.sources = nil
}

func sizeOf(files [][]byte) (size int64) {
	for _, src := range files {
		size += int64(len(src))
	}
	return size
}
