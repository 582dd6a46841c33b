package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
)

// JSON prints the findings as an array.
func JSON(w io.Writer, findings []Finding) error {
	return jsonArray(w, "", findings, func(f Finding) any { return f })
}

// jsonArray prints what value makes of each finding as an array, in a document with that indentation. It encodes one at a
// time: the encoder keeps a value's text until it ends.
func jsonArray(w io.Writer, indent string, findings []Finding, value func(Finding) any) error {
	out := bufio.NewWriter(w)
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false) // messages hold Go comparisons
	enc.SetIndent(indent+"\t", "\t")
	out.WriteString("[")
	for i, f := range findings {
		buf.Reset()
		if err := enc.Encode(value(f)); err != nil {
			return err
		}
		if i > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n" + indent + "\t")
		out.Write(bytes.TrimSuffix(buf.Bytes(), []byte("\n")))
	}
	if len(findings) > 0 {
		out.WriteString("\n" + indent)
	}
	out.WriteString("]\n")
	return out.Flush()
}

// ndjson prints each finding as JSON in a line of its own, for programs that read line by line.
func ndjson(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, f := range r.Unsuppressed() {
		if err := enc.Encode(f); err != nil {
			return err
		}
	}
	return out.Flush()
}
