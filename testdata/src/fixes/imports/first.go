package imports

import (
	"os"
	"strings"
)

func First(r *answer) (string, error) {
	if r.Code != 0 { // want "batch-partial-as-failure"
		return "", errFailed
	}
	return strings.ToUpper(os.Getenv("HOME")), nil
}
