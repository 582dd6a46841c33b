package opaque

import (
	"encoding/json"
	"testing"
)

// Silent: a table says what is expected.
func TestStop(t *testing.T) {
	for text, want := range map[string]Code{`{"code": 0}`: 0, `{"code": 5400}`: 5400} {
		var r Batch
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatal(err)
		}
		if r.Code != want {
			t.Errorf("%s: code %d", text, r.Code)
		}
	}
}
