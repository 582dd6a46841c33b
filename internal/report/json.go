package report

import (
	"encoding/json"
	"io"
)

// JSON prints the findings as an array.
func JSON(w io.Writer, findings []Finding) error {
	if findings == nil {
		findings = []Finding{} // an empty array, not null
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false) // messages hold Go comparisons
	enc.SetIndent("", "\t")
	return enc.Encode(findings)
}
