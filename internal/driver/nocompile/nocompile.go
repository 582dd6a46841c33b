// Package nocompile keeps the go command from compiling, so that it lists what its build cache has and nothing else.
//
// "go list -export" compiles what is missing. The go command runs all compilers by way of the program that its flag
// -toolexec names, if it has that flag. That program is this one, and it refuses: then a package has no export data
// unless it is in the cache. The cache's keys don't depend on the flag. The go command also asks compilers for their
// versions, which are part of these keys: that works.
package nocompile

import (
	"os"
	"os/exec"
	"slices"
	"strings"
)

// marker is the argument that comes before those of the tool.
const marker = "-nocompile"

// Flag returns the flag for the go command. The program calls [Serve].
func Flag(program string) string {
	quote := `"`
	if strings.Contains(program, quote) {
		quote = "'"
	}
	return "-toolexec=" + quote + program + quote + " " + marker
}

// Serve is for the program to call first, with its arguments. If the go command runs it instead of a tool, Serve runs
// the tool only if that tells its version, and ends the program.
func Serve(args []string) {
	if len(args) < 2 || args[0] != marker {
		return
	}
	args = args[1:]
	// "compile -V=full" and "gcc -### -x c -c -"
	if !slices.Contains(args, "-V=full") && !slices.Contains(args, "-###") {
		os.Exit(1)
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if cmd.Run() != nil {
		os.Exit(1)
	}
	os.Exit(0)
}
