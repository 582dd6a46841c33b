// Package instance decodes for others by an instance of a generic function. A filter that reads the source's words
// alone has to see it.
package instance

import (
	"io"

	"cross/shown/instance/dec"
)

// Silent: it is for the caller to look.
func Fill(r io.Reader, v any) error { return dec.Into[string](r, v) } // want Fill:"target 1 filled with any value unchecked"
