package sdks

import (
	"fmt"
	"slices"
)

// Broken says what of a contract was there before, and is not there now.
func Broken(before, now *Verdict) (lost []string) {
	for _, old := range before.Packages {
		if !old.Follows() {
			continue
		}
		var current *Findings
		for _, f := range now.Packages {
			if f.Path == old.Path {
				current = f
			}
		}
		if current == nil {
			lost = append(lost, fmt.Sprintf("%s: no newer version has the package", old))
			continue
		}
		for _, e := range old.Elements {
			if e.Err == nil && !current.has(e.Name) {
				lost = append(lost, fmt.Sprintf("%s lacks the %s that %s has: %v", current, e.Name, old.Module.Version, current.why(e.Name)))
			}
		}
	}
	return lost
}

// why says why the package lacks an element.
func (f *Findings) why(name string) error {
	var first error
	for _, e := range f.Elements {
		if e.Err != nil && (first == nil || e.Name == name) {
			first = e.Err
		}
	}
	return first
}

// Updates lists the modules of a contract, with the version before and, if it is another, the version now.
func Updates(before, now *Verdict) (all []string) {
	for _, f := range now.Packages {
		if f.Module == nil || !f.Follows() {
			continue
		}
		text := f.Module.Path + " " + f.Module.Version
		for _, old := range before.Packages {
			if old.Path == f.Path && old.Module != nil && old.Module.Version != f.Module.Version {
				text = f.Module.Path + " " + old.Module.Version + " -> " + f.Module.Version
			}
		}
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return all
}
