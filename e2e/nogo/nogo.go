// Nogo is the program that Bazel's rules_go links analyzers into, with this module's. The
// files that it is made of are those of rules_go, which "go build" takes from that
// module with -overlay. They import internal packages of golang.org/x/tools, and
// may do so where Bazel puts them: hence this module's path.
package main

import _ "github.com/asynccheck/asynccheck/analyzer"
