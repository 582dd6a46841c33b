// Package log prints. It mentions no response.
package log

import (
	"encoding/json"
	"fmt"
	"os"
)

func Infof(format string, args ...any) { // want Infof:`printed 1`
	fmt.Fprintf(os.Stderr, format+"\n", args...)
}

func Dump(v any) { // want Dump:`printed 0`
	text, err := json.Marshal(v)
	if err != nil {
		Infof("dump: %v", err)
		return
	}
	os.Stderr.Write(append(text, '\n'))
}

var kept []any

// Keep prints, and does more.
func Keep(args ...any) {
	fmt.Println(args...)
	kept = append(kept, args...)
}
