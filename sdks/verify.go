package sdks

import (
	"errors"
	"fmt"
	"go/constant"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/importpath"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// A Verdict is what the source of the modules says about a contract.
type Verdict struct {
	Contract *contract.Contract
	Packages []*Findings // for each package that the contract's paths stand for
	Problems []error     // what no version has; the contract is right if there are none

	excused []string // elements that no version has, and that are in gaps
}

// Findings are what one version of a package has of a contract.
type Findings struct {
	Path     string  // import path
	Module   *Module // nil if the package isn't there
	Elements []Element
}

// An Element is something that a contract names: a type, a call, a signal, a field.
type Element struct {
	Name string // such as "signal Errors (length)"
	Err  error  // why the package doesn't have it; nil if it has
}

// Verify compares a contract with the source of the packages that its paths stand for. One version may lack what
// another has: the contract is inert there. What no version has is a problem.
func (s *Source) Verify(c *contract.Contract) *Verdict {
	v := &Verdict{Contract: c}
	var pkgs []*types.Package
	byPath := make(map[string][]*Findings)
	for _, unversioned := range c.Find.Paths {
		paths := s.Versions(unversioned)
		if len(paths) == 0 {
			v.problem("package "+unversioned, "no module of sdks/go.mod has the package %s", unversioned)
		}
		for _, versioned := range paths {
			f := &Findings{Path: versioned, Module: s.Module(versioned)}
			v.Packages = append(v.Packages, f)
			byPath[unversioned] = append(byPath[unversioned], f)
			pkg, err := s.Package(versioned)
			if err != nil {
				f.add("package", err)
				continue
			}
			pkgs = append(pkgs, pkg)
		}
	}
	for _, f := range v.Packages {
		for _, pkg := range pkgs {
			if pkg.Path() == f.Path {
				f.check(c, pkg, pkgs)
			}
		}
	}
	for _, unversioned := range c.Find.Paths {
		if found := byPath[unversioned]; len(found) > 0 && !slices.ContainsFunc(found, (*Findings).Follows) {
			v.problem("package "+unversioned, "%s: no version of the package follows the contract:%s", unversioned, whyNot(found, ""))
		}
	}
	for _, name := range v.names() {
		if !slices.ContainsFunc(v.Packages, func(f *Findings) bool { return f.has(name) }) {
			v.problem(name, "no version has the %s:%s", name, whyNot(v.Packages, name))
		}
	}
	for _, element := range gapsOf(c.ID) {
		if !slices.Contains(v.excused, element) {
			v.Problems = append(v.Problems, fmt.Errorf("the %s is verified, but gaps.go says that it can't be", element))
		}
	}
	return v
}

// problem notes that an element is in no version, unless it is one of those that can't be verified.
func (v *Verdict) problem(element, format string, args ...any) {
	if slices.Contains(gapsOf(v.Contract.ID), element) {
		v.excused = append(v.excused, element)
		return
	}
	v.Problems = append(v.Problems, fmt.Errorf(format, args...))
}

// names returns the names of all elements.
func (v *Verdict) names() (names []string) {
	for _, f := range v.Packages {
		for _, e := range f.Elements {
			if e.Name != "package" && !slices.Contains(names, e.Name) {
				names = append(names, e.Name)
			}
		}
	}
	return names
}

// whyNot lists why packages lack an element, or what they lack if name is "".
func whyNot(all []*Findings, name string) string {
	var b strings.Builder
	for _, f := range all {
		for _, e := range f.Elements {
			if e.Err != nil && (name == "" || e.Name == name) {
				fmt.Fprintf(&b, "\n\t%s: %v", f, e.Err)
			}
		}
	}
	return b.String()
}

func (f *Findings) String() string {
	if f.Module == nil {
		return f.Path
	}
	return f.Path + "@" + f.Module.Version
}

func (f *Findings) add(name string, err error) { f.Elements = append(f.Elements, Element{name, err}) }

func (f *Findings) has(name string) bool {
	return slices.ContainsFunc(f.Elements, func(e Element) bool { return e.Name == name && e.Err == nil })
}

// Follows reports whether the package has the type or a call, and a signal if it has the type.
func (f *Findings) Follows() bool {
	found := make(map[string]int)
	for _, e := range f.Elements {
		kind, _, _ := strings.Cut(e.Name, " ")
		if e.Err == nil {
			found[kind]++
		} else {
			found[kind] += 0
		}
	}
	for kind, n := range found {
		if n == 0 && kind != "complement" && kind != "exemption" {
			return false
		}
	}
	return len(found) > 0
}

// check compares the contract with one package. The packages of all paths may have the calls.
func (f *Findings) check(c *contract.Contract, pkg *types.Package, all []*types.Package) {
	var responses []types.Type // in which signals are looked for
	var calls []*types.Func
	if c.Find.Type != "" {
		obj, _ := pkg.Scope().Lookup(c.Find.Type).(*types.TypeName)
		if obj == nil {
			if f.others(c, pkg) {
				return // the package has the calls; the type is in another
			}
			f.add("type "+c.Find.Type, fmt.Errorf("there is no type %s", c.Find.Type))
			return
		}
		f.add("type "+c.Find.Type, nil)
		responses = append(responses, obj.Type())
		for _, name := range c.Find.Calls {
			var found []*types.Func
			for _, other := range all {
				for _, fn := range functions(other, name) {
					if slices.ContainsFunc(results(fn), func(t types.Type) bool { return declaredBy(t) == obj }) {
						found = append(found, fn)
					}
				}
			}
			if calls = append(calls, found...); len(found) == 0 {
				f.add("call "+name, fmt.Errorf("no function %s gives a %s", name, c.Find.Type))
			} else {
				f.add("call "+name, nil)
			}
		}
	} else {
		for _, name := range c.Find.Calls {
			found := functions(pkg, name)
			found = slices.DeleteFunc(found, func(fn *types.Func) bool {
				all := results(fn)
				return c.Find.Result >= len(all) || !hasSignal(c, all[c.Find.Result])
			})
			if len(found) == 0 {
				f.add("call "+name, fmt.Errorf("no function %s has a signal in result %d", name, c.Find.Result))
				continue
			}
			f.add("call "+name, nil)
			for _, fn := range found {
				calls = append(calls, fn)
				responses = append(responses, results(fn)[c.Find.Result])
			}
		}
	}
	for _, name := range c.Find.Again {
		var err error
		if len(functions(pkg, name)) == 0 {
			err = fmt.Errorf("there is no method %s", name)
		}
		f.add("again "+name, err)
	}
	for _, d := range c.Duties {
		for _, s := range d.Signals {
			f.add(fmt.Sprintf("signal %s (%s)", s.Path, s.Reading), oneOf(responses, func(t types.Type) error { return checkSignal(t, &s) }))
		}
	}
	for _, path := range c.Complement {
		f.add("complement "+path, oneOf(responses, func(t types.Type) error {
			_, err := resolve(t, path)
			return err
		}))
	}
	for _, e := range c.Exempt {
		f.add("exemption "+e.Field, oneOf(calls, func(fn *types.Func) error { return checkExemption(fn, e) }))
	}
}

// others notes the calls of a package that give a type of another package of the contract. It reports whether there
// are any.
func (f *Findings) others(c *contract.Contract, pkg *types.Package) (found bool) {
	for _, name := range c.Find.Calls {
		for _, fn := range functions(pkg, name) {
			if slices.ContainsFunc(results(fn), func(t types.Type) bool {
				obj := declaredBy(t)
				return obj != nil && obj.Name() == c.Find.Type && obj.Pkg() != nil && slices.Contains(c.Find.Paths, importpath.Unversioned(obj.Pkg().Path()))
			}) {
				f.add("call "+name, nil)
				found = true
				break
			}
		}
	}
	return found
}

// oneOf returns nil if the check holds for one of the items, else the first error.
func oneOf[T any](items []T, check func(T) error) error {
	first := errors.New("there is no such response")
	for i, item := range items {
		err := check(item)
		if err == nil {
			return nil
		}
		if i == 0 {
			first = err
		}
	}
	return first
}

// hasSignal reports whether a value of type t has one of the contract's signals.
func hasSignal(c *contract.Contract, t types.Type) bool {
	for _, d := range c.Duties {
		for _, s := range d.Signals {
			if checkSignal(t, &s) == nil {
				return true
			}
		}
	}
	return false
}

// checkSignal says what is wrong with a signal of a response of type t.
func checkSignal(t types.Type, s *contract.Signal) error {
	of, err := resolve(t, s.Path)
	if err != nil {
		return err
	}
	if !recognize.Fits(s.Reading, of) {
		return fmt.Errorf("%s: the reading %s does not fit %s", s.Path, s.Reading, of)
	}
	for _, text := range s.Texts {
		if err := checkText(gotype.Deref(of), text); err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
	}
	return nil
}

// checkText says whether a named text type has constants, and the text is none of them.
func checkText(t types.Type, text string) error {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return nil
	}
	var texts []string
	scope := n.Obj().Pkg().Scope()
	for _, name := range scope.Names() {
		if c, ok := scope.Lookup(name).(*types.Const); ok && types.Identical(c.Type(), t) && c.Val().Kind() == constant.String {
			texts = append(texts, constant.StringVal(c.Val()))
		}
	}
	if len(texts) > 0 && !slices.Contains(texts, text) {
		return fmt.Errorf("%s has no constant %q, only %s", t, text, strings.Join(texts, ", "))
	}
	return nil
}

// checkExemption says whether a parameter of fn has the field, and whether the field may have the values.
func checkExemption(fn *types.Func, e contract.Exemption) error {
	for v := range fn.Signature().Params().Variables() {
		of, err := resolve(v.Type(), e.Field)
		if err != nil {
			continue
		}
		of = gotype.Deref(of)
		for _, value := range e.Values {
			switch {
			case gotype.IsBasic(of, types.IsBoolean):
				if value != "true" && value != "false" {
					return fmt.Errorf("%s: %q is not a value of %s", e.Field, value, of)
				}
			case gotype.IsNumber(of):
				if _, err := strconv.ParseInt(value, 0, 64); err != nil {
					return fmt.Errorf("%s: %q is not a value of %s", e.Field, value, of)
				}
			case gotype.IsText(of):
				if err := checkText(of, value); err != nil {
					return fmt.Errorf("%s: %w", e.Field, err)
				}
			default:
				return fmt.Errorf("%s is a %s, want a truth value, a number or a text", e.Field, of)
			}
		}
		return nil
	}
	return fmt.Errorf("no parameter of %s has a field %s", fn.Name(), e.Field)
}

// functions returns the functions and methods of the package with a name as in a contract: "DeleteObjects", or
// "Client.Do" for the method of one type.
func functions(pkg *types.Package, name string) (found []*types.Func) {
	recv, method, qualified := strings.Cut(name, ".")
	if !qualified {
		recv, method = "", name
		if fn, ok := pkg.Scope().Lookup(name).(*types.Func); ok {
			found = append(found, fn)
		}
	}
	for _, declared := range pkg.Scope().Names() {
		obj, ok := pkg.Scope().Lookup(declared).(*types.TypeName)
		if !ok || obj.IsAlias() || recv != "" && recv != declared {
			continue
		}
		named, ok := obj.Type().(*types.Named)
		if !ok {
			continue
		}
		for m := range named.Methods() {
			if m.Name() == method {
				found = append(found, m)
			}
		}
		if i, ok := named.Underlying().(*types.Interface); ok {
			for m := range i.ExplicitMethods() {
				if m.Name() == method {
					found = append(found, m)
				}
			}
		}
	}
	return found
}

// results returns the types of a function's results.
func results(fn *types.Func) (all []types.Type) {
	for v := range fn.Signature().Results().Variables() {
		all = append(all, v.Type())
	}
	return all
}

// declaredBy returns the declaration of a type, or of what it points to.
func declaredBy(t types.Type) *types.TypeName {
	if n, ok := gotype.Deref(types.Unalias(t)).(*types.Named); ok {
		return n.Origin().Obj()
	}
	return nil
}

// resolve returns the type of what a contract's path leads to.
func resolve(t types.Type, path string) (types.Type, error) {
	m, _, err := recognize.Resolve(t, path)
	if err != nil {
		return nil, err
	}
	return m.Type, nil
}
