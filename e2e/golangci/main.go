// Golangci is golangci-lint with the plugin, as "golangci-lint custom" builds it from .custom-gcl.yml. That command
// gets golangci-lint by git, but this module gets it as an ordinary dependency.
package main

import (
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/asynccheck/asynccheck/plugin"
)

// version is the version that golangci-lint takes for its own. Its cache is valid as long as the version stays the
// same. For this version, the program must stay the same.
const version = "(devel)"

func main() {
	if err := commands.Execute(commands.BuildInfo{Version: version}); err != nil {
		os.Exit(exitcodes.Failure) // the error has been printed
	}
}
