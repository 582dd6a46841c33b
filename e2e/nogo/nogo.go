// Nogo is the program that Bazel's rules_go links analyzers into, here with this module's analyzer. "go build" takes
// its files from the module rules_go with -overlay. They import internal packages of golang.org/x/tools, which they may
// do in the place where Bazel puts them: so this module has that path.
package main

import _ "github.com/asynccheck/asynccheck/analyzer"
