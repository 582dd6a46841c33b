module golang.org/x/tools/nogo

go 1.26.0

tool github.com/bazelbuild/rules_go/go/tools/builders

require github.com/asynccheck/asynccheck v0.0.0

require (
	github.com/bazelbuild/rules_go v0.49.0 // indirect
	golang.org/x/tools v0.52.0 // indirect
)

replace github.com/asynccheck/asynccheck => ../../
