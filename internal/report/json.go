package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
)

// JSON prints the findings as an array. It encodes one at a time: the encoder keeps a value's text until it ends.
func JSON(w io.Writer, findings []Finding) error {
	out := bufio.NewWriter(w)
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false) // messages hold Go comparisons
	enc.SetIndent("\t", "\t")
	out.WriteString("[")
	for i, f := range findings {
		buf.Reset()
		if err := enc.Encode(f); err != nil {
			return err
		}
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n\t")
		out.Write(bytes.TrimSuffix(buf.Bytes(), []byte("\n")))
	}
	if len(findings) > 0 {
		out.WriteString("\n")
	}
	out.WriteString("]\n")
	return out.Flush()
}
