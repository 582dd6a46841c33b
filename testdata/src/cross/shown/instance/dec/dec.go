// Package dec has a generic function that decodes for others.
package dec

import (
	"encoding/json"
	"io"
)

// Silent: it is for the caller to look.
func Into[T any](r io.Reader, v any, _ ...T) error { // want Into:"target 1 filled with any value unchecked"
	return json.NewDecoder(r).Decode(v)
}
