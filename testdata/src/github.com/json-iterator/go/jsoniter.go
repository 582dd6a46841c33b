// Package jsoniter stands for the real one: asynccheck knows it by its path.
package jsoniter

import (
	"encoding/json"
	"strconv"
)

type Number string

func (n Number) Int64() (int64, error) { return strconv.ParseInt(string(n), 10, 64) }

func Unmarshal(data []byte, v any) error { return json.Unmarshal(data, v) }
