// Package json stands for the real one: asynccheck knows it by its path.
package json

import (
	"context"
	"encoding/json"
	"io"
)

type DecodeOptionFunc func()

func UnmarshalContext(ctx context.Context, data []byte, v any, options ...DecodeOptionFunc) error {
	return json.Unmarshal(data, v)
}

func UnmarshalNoEscape(data []byte, v any, options ...DecodeOptionFunc) error {
	return json.Unmarshal(data, v)
}

type Decoder struct{ *json.Decoder }

func NewDecoder(r io.Reader) *Decoder { return &Decoder{json.NewDecoder(r)} }

func (d *Decoder) DecodeWithOption(v any, options ...DecodeOptionFunc) error { return d.Decode(v) }
