// Golangci is golangci-lint with the plugin, as "golangci-lint custom" builds it from
// .custom-gcl.yml. That command gets golangci-lint by git, and this module
// as any other dependency.
package main

import (
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/asynccheck/asynccheck/plugin"
)

// version is what golangci-lint takes for its own. What it has cached is right as
// long as the version is the same, or in case of this one, the program.
const version = "(devel)"

func main() {
	if err := commands.Execute(commands.BuildInfo{Version: version}); err != nil {
		os.Exit(exitcodes.Failure) // the error has been printed
	}
}
