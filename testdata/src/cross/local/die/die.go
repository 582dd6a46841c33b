// Package die ends programs. None of its functions is about responses.
package die

import (
	"fmt"
	"os"
)

// Panicf never returns.
//
// Silent: there is no response in sight.
func Panicf(format string, args ...any) {
	panic(fmt.Sprintf(format, args...))
}

// Fatalf never returns.
//
// Silent: there is no response in sight.
func Fatalf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}

// Unreachable never returns, since what it calls doesn't.
//
// Silent: there is no response in sight.
func Unreachable(what string) {
	Panicf("unreachable: %s", what)
}
