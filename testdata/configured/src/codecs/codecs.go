// Package codecs has decoders and exits that only the configuration knows: what they do, they
// leave to functions that somebody sets.
package codecs

var (
	fill func(b []byte, v any) error
	quit func(text string)
)

// Fill decodes.
func Fill(b []byte, v any, options ...int) error { return fill(b, v) }

// Other does the same, and isn't named.
func Other(b []byte, v any) error { return fill(b, v) }

type Reader struct{ b []byte }

func NewReader(b []byte) *Reader { return &Reader{b} }

func (r *Reader) Next(v any) error { return fill(r.b, v) }

type Codec interface {
	Read(b []byte, v any) error
}

// Die never returns.
func Die(text string) { quit(text) }

// Complain may return: nobody says that it doesn't.
func Complain(text string) { quit(text) }

type App interface{ Quit(text string) }
