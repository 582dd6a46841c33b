package analyzer

import (
	"fmt"
	"go/token"
	"go/types"
	"iter"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/contract/catalog"
	"github.com/asynccheck/asynccheck/internal/importpath"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/relevance"
	"github.com/asynccheck/asynccheck/internal/spelling"
)

// A Type describes a response type, like an //asynccheck:response directive in its
// declaration.
type Type struct {
	// Name is the type's import path and name, such as "example.com/sdk.Answer".
	Name string `json:"name"`

	// Shape is "batch", "single" or "none".
	Shape string `json:"shape"`

	Members Members `json:"members,omitzero"`
	Values  Values  `json:"values,omitzero"`
}

// Members are Go selectors of the members whose names differ from the API's,
// such as "RetCode" or "Data.TaskID". The others are found by their JSON names.
type Members struct {
	Code    string `json:"code,omitempty"`
	Detail  string `json:"detail,omitempty"` // of a batch
	Task    string `json:"task,omitempty"`
	Message string `json:"message,omitempty"`
	Desc    string `json:"desc,omitempty"`
}

// Values are values of the outcome code that differ from the API's.
type Values struct {
	Success *int64 `json:"success,omitempty"`
	Partial *int64 `json:"partial,omitempty"` // of a batch
	Total   *int64 `json:"total,omitempty"`   // of a batch
}

// A ConfigError is a mistake in a [Config].
type ConfigError struct {
	Key string // in JSON, such as "types[0].members.code"
	Msg string
}

func (e *ConfigError) Error() string { return e.Key + ": " + e.Msg }

// Problems returns the mistakes in c, in the order of its fields: a rule or a contract that
// doesn't exist, a malformed name, contradictory members or values.
func (c *Config) Problems() []*ConfigError {
	var problems []*ConfigError
	failf := func(key, format string, args ...any) {
		problems = append(problems, &ConfigError{key, fmt.Sprintf(format, args...)})
	}
	for i, pattern := range c.Rules {
		known, _ := c.KnownContracts()
		if _, err := selectRules([]string{pattern}, c.Strict, known); err != nil {
			failf(fmt.Sprintf("rules[%d]", i), "%v", err)
		}
	}
	c.checkContracts(failf)
	first := make(map[string]int)
	for i := range c.Types {
		t, key := &c.Types[i], fmt.Sprintf("types[%d]", i)
		t.check(func(member, format string, args ...any) { failf(key+"."+member, format, args...) })
		if j, ok := first[t.Name]; ok && t.Name != "" {
			failf(key+".name", "%s is named by types[%d] already", t.Name, j)
		} else {
			first[t.Name] = i
		}
	}
	for i, pattern := range c.Checked {
		if path := strings.TrimSuffix(pattern, "/..."); !importpath.Valid(path) {
			failf(fmt.Sprintf("checked[%d]", i), "%q is not a package, want an import path such as example.com/sdk or example.com/sdk/...", pattern)
		}
	}
	c.checkFunctions(failf)
	return problems
}

// Concerns reports whether a mistake in the configuration may be reported in the package with this path. That is so if
// the configuration names a type or a function of the package, or of an import from another module, or has a contract
// about one of them. own reports whether a package is of the same module; nil means that all are. Concerns also reports
// whether the package must be analyzed for another reason: the filter can't look for a contract, or wouldn't let it say
// what is inert.
func (c *Config) Concerns(path string, own func(path string) bool, imports iter.Seq[string]) bool {
	if c.needsAll() || c.Inert != nil && c.importsSDK(imports) {
		return true
	}
	elsewhere := make(map[string]bool) // packages of other modules that the configuration names
	for _, name := range c.configuredNames() {
		of, _, _ := splitFuncName(name)
		if of == path {
			return true
		}
		if own != nil && !own(of) {
			elsewhere[of] = true
		}
	}
	contracts := c.chosenOwn()
	if ofContracts(contracts, path) {
		return true
	}
	if len(elsewhere)+len(contracts) == 0 { // as mostly
		return false
	}
	for imported := range imports {
		if elsewhere[imported] || ofContracts(contracts, imported) {
			return true
		}
	}
	return false
}

// ofContracts reports whether one of the contracts is about the package.
func ofContracts(all []*contract.Contract, path string) bool {
	return slices.ContainsFunc(all, func(c *contract.Contract) bool { return c.Find != nil && c.Find.In(path) })
}

// configuredNames returns the names of the types and functions that the configuration names.
func (c *Config) configuredNames() []string {
	var names []string
	for _, t := range c.Types {
		names = append(names, t.Name)
	}
	for _, f := range c.functions() {
		names = append(names, f.name)
	}
	return names
}

// check reports the mistakes in t.
func (t *Type) check(failf func(key, format string, args ...any)) {
	if t.Name == "" {
		failf("name", "it is missing, want an import path and a name such as example.com/sdk.Answer")
	} else if !isQualified(t.Name) {
		failf("name", "%q is not a type, want an import path and a name such as example.com/sdk.Answer", t.Name)
	}
	batch := t.Shape == "batch"
	shapes := []string{"batch", "single", "none"}
	switch {
	case slices.Contains(shapes, t.Shape):
	case t.Shape == "":
		failf("shape", "it is missing, want %s", spelling.Or(shapes))
		return
	default:
		failf("shape", "%q is not a shape%s", t.Shape, spelling.Meant(t.Shape, shapes, ", want "+spelling.Or(shapes)))
		return
	}
	for _, m := range []struct{ key, sel string }{
		{"code", t.Members.Code}, {"detail", t.Members.Detail}, {"task", t.Members.Task},
		{"message", t.Members.Message}, {"desc", t.Members.Desc},
	} {
		key := "members." + m.key
		switch {
		case m.sel == "":
		case t.Shape == "none":
			failf(key, "none has no members, want shape batch or single")
		case m.key == "detail" && !batch:
			failf(key, "a single result has no detail, want shape batch")
		case !isSelector(m.sel):
			failf(key, "%q is not a Go selector, want one such as RetCode or Data.TaskID", m.sel)
		}
	}
	values := map[int64]string{}
	api := catalog.Default().Code()
	for _, v := range []struct {
		key   string
		value *int64
		api   int64
	}{{"success", t.Values.Success, api.Clean.Min()}, {"partial", t.Values.Partial, api.Partial.Min()}, {"total", t.Values.Total, api.Total.Min()}} {
		key := "values." + v.key
		switch {
		case v.value != nil && t.Shape == "none":
			failf(key, "none has no values, want shape batch or single")
			continue
		case v.key != "success" && !batch:
			if v.value != nil {
				failf(key, "a single result succeeds or fails, want shape batch")
			}
			continue
		case v.value == nil:
			v.value = &v.api
		}
		if other := values[*v.value]; other != "" {
			failf(key, "%d is the value of %s already, want another", *v.value, other)
		}
		values[*v.value] = v.key
	}
}

// setting returns t in the form that package recognize needs.
func (t *Type) setting() *recognize.Setting {
	s := &recognize.Setting{Verdict: recognize.Verdict{
		Shape: t.Shape,
		Code:  t.Members.Code, Detail: t.Members.Detail, Task: t.Members.Task,
		Message: t.Members.Message, Symbol: t.Members.Desc,
	}}
	if t.Values == (Values{}) {
		return s
	}
	api := catalog.Default()
	code := api.Code()
	value := func(own *int64, api codeset.Set) codeset.Set {
		if own == nil {
			return api
		}
		return codeset.Of(*own)
	}
	s.Contract = api.WithValues(value(t.Values.Success, code.Clean), value(t.Values.Partial, code.Partial), value(t.Values.Total, code.Total))
	return s
}

// A configIndex finds what a configuration says about types, packages and functions.
type configIndex struct {
	contracts []*contract.Contract
	own       []*contract.Contract // of the user's own
	found     *recognize.Index
	hints     relevance.Hints
	types     map[string]*recognize.Setting
	packages  []string
	functions map[string]library.Kind // by name without stars
}

func (c *Config) index() *configIndex {
	n := &configIndex{contracts: c.contracts(), own: c.chosenOwn(), packages: c.Checked}
	n.found = recognize.NewIndex(n.contracts)
	c.Hint(&n.hints)
	if len(c.Types) > 0 {
		n.types = make(map[string]*recognize.Setting)
	}
	for i := range c.Types {
		n.types[c.Types[i].Name] = c.Types[i].setting()
	}
	for _, f := range c.functions() {
		if n.functions == nil {
			n.functions = make(map[string]library.Kind)
		}
		n.functions[unstarred(f.name)] |= f.kind
	}
	return n
}

// checked reports whether the configuration says that the package checks outcome codes itself.
func (i *configIndex) checked(pkg *types.Package) bool {
	return slices.ContainsFunc(i.packages, func(pattern string) bool {
		path, below := strings.CutSuffix(pattern, "/...")
		return pkg.Path() == path || below && strings.HasPrefix(pkg.Path(), path+"/")
	})
}

// isQualified reports whether name is an import path, a dot and an identifier.
func isQualified(name string) bool {
	dot := strings.LastIndexByte(name, '.')
	return dot > 0 && dot > strings.LastIndexByte(name, '/') && importpath.Valid(name[:dot]) && token.IsIdentifier(name[dot+1:])
}

func isSelector(s string) bool {
	for name := range strings.SplitSeq(s, ".") {
		if !token.IsIdentifier(name) {
			return false
		}
	}
	return true
}
