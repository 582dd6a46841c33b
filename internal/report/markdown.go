package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/asynccheck/asynccheck/internal/checkout"
)

// markdown prints a table, for the summary of a CI job or a comment. What went wrong comes first: nobody scrolls there.
func markdown(w io.Writer, r *Report) error {
	open := r.Unsuppressed()
	root := checkout.Root(r.Dir)
	var buf bytes.Buffer
	fmt.Fprintf(&buf, "### asynccheck: %s\n", r.Summary())
	if len(r.Errors) > 0 {
		buf.WriteString("\nNot all was analyzed:\n\n")
		for _, e := range r.Errors {
			fmt.Fprintf(&buf, "- %s\n", markdownText(e))
		}
	}
	if len(open) > 0 {
		buf.WriteString("\n| where | finding | rule |\n|---|---|---|\n")
	}
	for _, f := range open {
		where := f.Pos
		where.File = relSlash(root, where.File)
		fmt.Fprintf(&buf, "| %s | %s | [%s](%s) |\n", markdownText(where.String()), markdownText(f.Message), markdownText(f.label()), f.URL)
	}
	_, err := w.Write(buf.Bytes())
	return err
}

// markdownText keeps Markdown from reading a text as anything but text. A dollar sign begins a formula on GitHub.
var markdownText = strings.NewReplacer(
	"\\", "\\\\", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "\\<", ">", "\\>",
	"|", "\\|", "~", "\\~", "&", "\\&", "$", "\\$", "#", "\\#", "\r", "", "\n", " ",
).Replace
