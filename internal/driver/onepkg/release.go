package onepkg

import (
	"fmt"
	"go/version"
	"runtime"
)

// A TooNew is the error of a package in a language that this program doesn't know, since an older release of Go built it.
type TooNew struct{ Language string }

func (e *TooNew) Error() string {
	return fmt.Sprintf("its language is %s, but asynccheck was built with %s: build asynccheck with %[1]s or newer", e.Language, runtime.Version())
}

// checkLanguage returns an error if a version of the language is too new.
func checkLanguage(goVersion string) error {
	language, known := version.Lang(goVersion), version.Lang(runtime.Version())
	if known != "" && version.Compare(language, known) > 0 {
		return &TooNew{language}
	}
	return nil
}

// NewerGo reports whether a release of Go is newer than the one that built this program, so that its compiler may export
// what this program can't read.
func NewerGo(release string) bool { return checkLanguage(release) != nil }
