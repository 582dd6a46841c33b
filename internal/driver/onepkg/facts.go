package onepkg

import (
	"cmp"
	"fmt"
	"go/types"
	"iter"
	"reflect"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A Fact is what an analysis has found out about an object of a package, or about the package itself: then Object is
// empty. unitchecker encodes facts with the same fields with gob.
type Fact struct {
	PkgPath string
	Object  objectpath.Path
	Fact    analysis.Fact
}

// compare orders facts. Of two that are equal by it, one says what the other does.
func compare(a, b Fact) int {
	if c := cmp.Or(strings.Compare(a.PkgPath, b.PkgPath), strings.Compare(string(a.Object), string(b.Object))); c != 0 {
		return c
	}
	return strings.Compare(reflect.TypeOf(a.Fact).String(), reflect.TypeOf(b.Fact).String())
}

// Merge sorts facts, and drops those that several imports have handed on.
func Merge(facts []Fact) []Fact {
	slices.SortFunc(facts, compare)
	return slices.CompactFunc(facts, func(a, b Fact) bool { return compare(a, b) == 0 })
}

// Values gives what the facts say, whatever they are about.
func Values(facts []Fact) iter.Seq[analysis.Fact] {
	return func(yield func(analysis.Fact) bool) {
		for _, f := range facts {
			if !yield(f.Fact) {
				return
			}
		}
	}
}

// ofMember reports whether the fact is about a member of something.
func (f Fact) ofMember() bool { return relevance.OfMember(string(f.Object)) }

// Give adds the fact by which a package that isn't analyzed gives SDKs, if there are any.
func Give(a *analysis.Analyzer, path string, sdks relevance.SDKs, facts []Fact) []Fact {
	for _, kind := range a.FactTypes {
		if giver, ok := kind.(relevance.SDKsGiver); ok && len(sdks) > 0 {
			facts = append(facts, Fact{PkgPath: path, Fact: giver.Reaching(sdks).(analysis.Fact)})
		}
	}
	return facts
}

// Inherit returns the facts that a package has for its importers if it isn't analyzed and its imports have these facts.
func Inherit(facts []Fact) []Fact {
	var members []Fact
	for _, f := range facts {
		if f.ofMember() {
			members = append(members, f)
		}
	}
	return Merge(members)
}

// A factSet has the facts that a package's analysis can ask for.
type factSet struct {
	pkg      *types.Package
	imported map[string][]Fact // by package path
	resolved map[*types.Package]bool
	objects  map[objectKey]analysis.Fact
	packages map[packageKey]analysis.Fact
}

type objectKey struct {
	obj types.Object
	typ reflect.Type
}

type packageKey struct {
	path string
	typ  reflect.Type
}

func newFactSet(pkg *types.Package, imported []Fact) *factSet {
	s := &factSet{
		pkg:      pkg,
		imported: make(map[string][]Fact),
		resolved: make(map[*types.Package]bool),
		objects:  make(map[objectKey]analysis.Fact),
		packages: make(map[packageKey]analysis.Fact),
	}
	for _, f := range imported {
		if f.Object == "" {
			s.packages[packageKey{f.PkgPath, reflect.TypeOf(f.Fact)}] = f.Fact
		} else {
			s.imported[f.PkgPath] = append(s.imported[f.PkgPath], f)
		}
	}
	return s
}

// resolve finds the objects of a package that have facts. It waits until an analyzer asks for one.
func (s *factSet) resolve(pkg *types.Package) {
	if pkg == nil || pkg == s.pkg || s.resolved[pkg] {
		return
	}
	s.resolved[pkg] = true
	for _, f := range s.imported[pkg.Path()] {
		if obj, err := objectpath.Object(pkg, f.Object); err == nil { // else it can't be reached from here
			s.objects[objectKey{obj, reflect.TypeOf(f.Fact)}] = f.Fact
		}
	}
}

// assign sets what ptr points to, and reports whether there is a fact.
func assign(ptr, f analysis.Fact) bool {
	if f == nil {
		return false
	}
	reflect.ValueOf(ptr).Elem().Set(reflect.ValueOf(f).Elem())
	return true
}

func (s *factSet) importObject(obj types.Object, ptr analysis.Fact) bool {
	s.resolve(obj.Pkg())
	return assign(ptr, s.objects[objectKey{obj, reflect.TypeOf(ptr)}])
}

func (s *factSet) exportObject(obj types.Object, f analysis.Fact) {
	if obj.Pkg() != s.pkg {
		panic(fmt.Sprintf("fact %s about %s, which is of another package than %s", f, obj, s.pkg.Path()))
	}
	s.objects[objectKey{obj, reflect.TypeOf(f)}] = f
}

func (s *factSet) importPackage(pkg *types.Package, ptr analysis.Fact) bool {
	return assign(ptr, s.packages[packageKey{pkg.Path(), reflect.TypeOf(ptr)}])
}

func (s *factSet) exportPackage(f analysis.Fact) {
	s.packages[packageKey{s.pkg.Path(), reflect.TypeOf(f)}] = f
}

func (s *factSet) allObjects() []analysis.ObjectFact {
	for _, pkg := range s.reachable() {
		s.resolve(pkg)
	}
	var all []analysis.ObjectFact
	for key, f := range s.objects {
		all = append(all, analysis.ObjectFact{Object: key.obj, Fact: f})
	}
	return all
}

func (s *factSet) allPackages() []analysis.PackageFact {
	reachable := s.reachable()
	var all []analysis.PackageFact
	for key, f := range s.packages {
		if pkg := reachable[key.path]; pkg != nil {
			all = append(all, analysis.PackageFact{Package: pkg, Fact: f})
		}
	}
	return all
}

// reachable returns the packages whose objects can be reached from this one, by their paths.
func (s *factSet) reachable() map[string]*types.Package {
	found := make(map[string]*types.Package)
	var visit func(*types.Package)
	visit = func(pkg *types.Package) {
		if found[pkg.Path()] == nil {
			found[pkg.Path()] = pkg
			for _, imp := range pkg.Imports() {
				visit(imp)
			}
		}
	}
	visit(s.pkg)
	return found
}

// encode returns the facts for importers of this package: its own, and those of types and members of its imports. Other
// facts, such as those of functions, are for direct importers only. None is about what no importer can reach: export data
// may lack that, or not, so facts about it would depend on where the types of imports come from.
func (s *factSet) encode() []Fact {
	var all []Fact
	paths := new(objectpath.Encoder)
	visible := newVisible(s.pkg)
	for key, f := range s.objects {
		if key.obj.Pkg() != s.pkg {
			continue
		}
		if path, err := paths.For(key.obj); err == nil && visible.has(path) { // otherwise no other package can reach it
			all = append(all, Fact{s.pkg.Path(), path, f})
		}
	}
	for key, f := range s.packages {
		if key.path == s.pkg.Path() {
			all = append(all, Fact{PkgPath: key.path, Fact: f})
		}
	}
	for _, facts := range s.imported {
		for _, f := range facts {
			if _, ofType := f.Fact.(relevance.TypeFact); ofType || f.ofMember() {
				all = append(all, f)
			}
		}
	}
	return Merge(all)
}
