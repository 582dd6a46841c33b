module github.com/asynccheck/asynccheck/oracle

go 1.26.0

require (
	github.com/asynccheck/asynccheck v0.0.0
	golang.org/x/sync v0.24.0
	golang.org/x/tools v0.52.0
)

require golang.org/x/mod v0.42.0 // indirect

replace github.com/asynccheck/asynccheck => ../
