package recognize

import (
	"go/types"
	"strings"
)

// A Verdict is what a package has found out about one of its types, for its importers. Its fields are exported and
// plain: it is part of a fact.
type Verdict struct {
	Contract string // ID of the contract that the verdict is about

	// The type's directive. Shape is "batch", "single" or "none", or empty without a directive. The others are Go
	// selectors, or empty where the directive leaves a member to its JSON name.
	Shape                               string
	Code, Detail, Task, Message, Symbol string

	Evident         bool // the package shows that the type speaks the contract's API
	Foreign         bool // the package's comparisons of its code show another convention
	ComparesSuccess bool // the package compares its code with the contract's success value
	Decoded         bool // the type has no json tag, and the package decodes it
}

// TypeVerdicts are the verdicts on one declared type, at most one for each contract.
type TypeVerdicts struct {
	Name     *types.TypeName
	Verdicts []Verdict
}

// String returns the directive as it is written, without its prefix, followed by the names of the findings: "batch
// code=RetCode evident zero".
func (v Verdict) String() string {
	var words []string
	for _, w := range []struct{ key, value string }{
		{"", v.Shape}, {"code=", v.Code}, {"detail=", v.Detail},
		{"task=", v.Task}, {"message=", v.Message}, {"desc=", v.Symbol},
	} {
		if w.value != "" {
			words = append(words, w.key+w.value)
		}
	}
	for _, f := range []struct {
		name string
		set  bool
	}{{"evident", v.Evident}, {"foreign", v.Foreign}, {"zero", v.ComparesSuccess}, {"decoded", v.Decoded}} {
		if f.set {
			words = append(words, f.name)
		}
	}
	return strings.Join(words, " ")
}
