// Package escape imports a decoder by a path with an escape. A filter that reads the source's words alone
// has to see it.
package escape

import "encoding\u002fjson"

// Silent: it is for the caller to look.
func Fill(b []byte, v any) error { return json.Unmarshal(b, v) } // want Fill:"target 1 filled with any value unchecked"
