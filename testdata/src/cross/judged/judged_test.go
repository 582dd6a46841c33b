package judged

import (
	"encoding/json"
	"testing"
)

// Silent: a failing test is loud, and one that expects 5400 names it.
func TestStop(t *testing.T) {
	var r Batch
	if err := json.Unmarshal([]byte(`{"code": 5400}`), &r); err != nil {
		t.Fatal(err)
	}
	if r.Code != 5400 {
		t.Errorf("code %d, want 5400", r.Code)
	}
	if r.Detail["web-1"].Code != 4400 {
		t.Errorf("%+v", r.Detail)
	}
}
