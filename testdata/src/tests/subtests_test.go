package tests

import (
	"encoding/json"
	"testing"
)

// Silent: the subtest looks at each entry.
func TestRun(t *testing.T) {
	var r Answer
	if err := json.Unmarshal(answer(t), &r); err != nil {
		t.Fatal(err)
	}
	if r.Code != 0 {
		t.Run("entries", func(t *testing.T) {
			for id, e := range r.Detail {
				if e.Code != 0 {
					t.Errorf("%s: %s", id, e.Message)
				}
			}
		})
	}
}

// Silent: the benchmark within looks at each entry.
func BenchmarkRun(b *testing.B) {
	var r Answer
	if err := json.Unmarshal(answer(b), &r); err != nil {
		b.Fatal(err)
	}
	if r.Code != 0 {
		b.Run("entries", func(b *testing.B) {
			for _, e := range r.Detail {
				if e.Code != 0 {
					b.Fatal(e.Message)
				}
			}
		})
	}
}

// Silent: what is to be done at the end of the test looks at each entry.
func TestCleanup(t *testing.T) {
	var r Answer
	if err := json.Unmarshal(answer(t), &r); err != nil {
		t.Fatal(err)
	}
	if r.Code != 0 {
		t.Cleanup(func() {
			for _, e := range r.Detail {
				if e.Code != 0 {
					t.Error(e.Message)
				}
			}
		})
	}
}

// A log without a look at the entries is no test of them: nobody learns which servers failed.
func TestLog(t *testing.T) {
	var r Answer
	if err := json.Unmarshal(answer(t), &r); err != nil {
		t.Fatal(err)
	}
	if r.Code != 0 { // want `batch-partial-as-failure: nobody learns which resources failed: r.Code may be 5400`
		t.Log(r.Code)
	}
}

// Silent: Fail is loud.
func TestFail(t *testing.T) {
	var r Answer
	if err := json.Unmarshal(answer(t), &r); err != nil {
		t.Fatal(err)
	}
	if r.Code != 0 {
		t.Fail()
	}
}

func answer(t testing.TB) []byte { return []byte(t.Name()) }
