// Package parens decodes for others by a name in parentheses. A filter that reads the source's words alone
// has to see it.
package parens

import "encoding/json"

// Silent: it is for the caller to look.
func Fill(b []byte, v any) error { return (json.Unmarshal)(b, v) } // want Fill:"target 1 filled with any value unchecked"
