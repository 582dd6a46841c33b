package tests

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Silent: a fake server's answer is being written.
func fake(code int) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(Result{Code: code, RequestID: "1234"})
	}))
}

// Silent: result-unchecked is off in _test.go files.
func taskID(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	return s.RequestID, nil
}

// Silent: what is decoded in a test need not be judged.
func TestTaskID(t *testing.T) {
	srv := fake(0)
	defer srv.Close()
	resp, err := http.Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	want, err := taskID(body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := TaskID(body); err != nil || got != want {
		t.Errorf("TaskID = %q, %v, want %q", got, err, want)
	}
}

// Silent: in a _test.go file a function without results owes nothing at its
// end.
func TestPositive(t *testing.T) {
	var s Result
	if err := json.Unmarshal([]byte(`{"code":0}`), &s); err != nil {
		t.Fatal(err)
	}
	if s.Code > 0 {
		t.Error("positive code")
	}
}

// Silent: a path that ends in t.Fatalf owes nothing.
func TestStopped(t *testing.T) {
	var r Answer
	if err := json.Unmarshal([]byte(`{"code":0,"detail":{}}`), &r); err != nil {
		t.Fatal(err)
	}
	if r.Code != 0 {
		t.Fatalf("code %d", r.Code)
	}
}

// Silent: a comparison with a variable hands the code on.
func TestCodes(t *testing.T) {
	for _, want := range []int{0, 4100, 5100} {
		var s Result
		if err := json.Unmarshal([]byte(`{"code":0}`), &s); err != nil {
			t.Fatal(err)
		}
		if s.Code != want && want == 0 {
			t.Errorf("code %d, want %d", s.Code, want)
		}
	}
}

// mustStop is a test's helper, and its error has no server in it: the rules
// for partial failure are on in tests too.
func mustStop(b []byte) error {
	var r Answer
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// Silent: the helper's error is checked.
func TestMustStop(t *testing.T) {
	if err := mustStop([]byte(`{"code":0,"detail":{}}`)); err != nil {
		t.Fatal(err)
	}
}
