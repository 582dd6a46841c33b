package engine

import (
	"encoding/json"
	"testing"
)

// Silent: a failing test is loud, through the interface as well.
func mustStop(t testing.TB, b []byte) *Batch {
	t.Helper()
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	if r.Code != 0 {
		t.Fatalf("code %d", r.Code)
	}
	return &r
}

func TestStop(t *testing.T) { mustStop(t, []byte(`{"code":0,"detail":{}}`)) }
