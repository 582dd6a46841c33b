// Package unlinted has what golangci-lint doesn't allow in a linter.
package unlinted

import (
	"log"
	"runtime"
)

func init() {}

func end(l *log.Logger, how int) {
	switch how {
	case 0:
		log.Fatalf("%d", how)
	case 1:
		l.Panicln(how)
	case 2:
		runtime.Goexit()
	default:
		panic(how)
	}
}
