package typestate_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

// A function of each form that the engine knows by a comment of go/ssa.
const forms = `package p

import "errors"

func yields(r map[string]int, all func(func(string) bool)) error {
	for id := range all {
		if r[id] != 0 {
			return errors.New(id)
		}
	}
	return nil
}

type method struct{}

func (method) run() {}

func bound(m method, later func(func())) { later(m.run) }

func variadic(use func(...int)) { use(1, 2) }

func counts(n int) (sum int) {
	for i := range n {
		sum += i
	}
	return sum
}

func indexes(list []int) (sum int) {
	for i := range list {
		sum += list[i]
	}
	for i := 0; i < len(list); i++ {
		sum += list[i]
	}
	return sum
}

func conditions(a, b bool, n int) int {
	if a && b || n > 3 {
		return 1
	}
	switch n {
	case 1, 2:
		return 2
	}
	return 3
}
`

// The comments of go/ssa still say what the engine takes them to say.
func TestForms(t *testing.T) {
	_, fns := load(t, forms)
	var found []string
	for i := 0; i < len(fns); i++ {
		fn := fns[i]
		fns = append(fns, fn.AnonFuncs...)
		found = append(found, fn.Synthetic)
		for _, b := range fn.Blocks {
			found = append(found, b.Comment)
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Alloc:
					found = append(found, instr.Comment)
				case *ssa.Phi:
					found = append(found, instr.Comment)
				case *ssa.MakeClosure:
					found = append(found, instr.Fn.(*ssa.Function).Synthetic)
				}
			}
		}
	}
	for _, form := range typestate.Forms {
		if !slices.ContainsFunc(found, func(s string) bool { return strings.HasPrefix(s, form) }) {
			t.Errorf("go/ssa has no comment %q any more", form)
		}
	}
}
