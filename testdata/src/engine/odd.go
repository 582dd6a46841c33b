package engine

import (
	"encoding/json"
	"fmt"
	"io"
)

// print and println print, and decide nothing.
func Prints(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 { // want "batch-detail-shallow"
		println(r.Code, len(r.Detail))
		print(r.Detail)
		return errFailed
	}
	return nil
}

// Messages are measured, and codes are not looked at.
func MeasuresMessages(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-detail-shallow"
		return errFailed
	}
	n := 0
	for _, e := range r.Detail {
		n += len(e.Message)
	}
	if n > 0 {
		return errFailed
	}
	return nil
}

// A prefix is cut off, and the rest is as raw as the whole.
func Prefixed(text string) error {
	var s Result
	if err := json.Unmarshal([]byte(text[4:])[1:], &s); err != nil { // want "result-unchecked"
		return err
	}
	return nil
}

// The ID leaves with what is put before it, and by way of a format.
func TaskPath(b []byte, prefix string, fetch func(string)) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return err
	}
	fetch(prefix + s.RequestID)
	return nil
}

func TaskFormat(b []byte, fetch func(string) error) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil { // want "result-unchecked"
		return err
	}
	return fetch(fmt.Sprintf("/tasks/%s", s.RequestID))
}

// A printed ID has not left.
//
// Silent: judged before it does.
func TaskPrinted(b []byte) (string, error) {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	fmt.Printf("task %s\n", s.RequestID)
	if s.Code != 0 {
		return "", errFailed
	}
	return s.RequestID, nil
}

// Silent: a flag of the entry, turned round, is as good as its code.
func Pending(b []byte, wait func(id string, pending bool) error) error {
	var r PointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return errFailed
	}
	for id, e := range r.Detail {
		pending := !e.Done
		if e.Code != 0 {
			return errFailed
		}
		if err := wait(id, pending); err != nil {
			return err
		}
	}
	return nil
}

// Silent: the name of the code is compared with a variable, and who gave that
// knows what it means.
func Expected(b []byte, want string) error {
	var o Opaque
	if err := json.Unmarshal(b, &o); err != nil {
		return err
	}
	if o.CodeDesc != want {
		return errFailed
	}
	return nil
}

// The results have no name, and something is deferred.
func Unnamed(b []byte, unlock func()) (string, error) {
	defer unlock()
	defer func() { recover() }()
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return "", err
	}
	if s.Code != 0 {
		return "", nil // want "result-failure-dropped"
	}
	return s.RequestID, nil
}

// A literal that captures the variable before it is filled.
func CapturedFirst(b []byte) error {
	var s Result
	failed := func() bool { return s.Code > 0 } // want "result-nonzero-success"
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if failed() {
		return errFailed
	}
	return nil
}

// Text is a response's text, of whatever type it is kept in.
func Text[T ~string | ~[]byte](text T) error {
	var s Result
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return err
	}
	if s.Code > 0 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// A response that a type parameter's conversion keeps.
func Weighted[N ~int32 | ~int64](b []byte, limit N) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if N(s.Code) > limit {
		return errFailed // Silent: compared with a variable, handed on.
	}
	return nil
}

// stopper has one implementation in the package.
type stopper interface {
	stop(b []byte) (*Result, error)
}

type server struct{ name string }

// stop gives the answer as it came.
func (s *server) stop(b []byte) (*Result, error) {
	r := new(Result)
	if err := json.Unmarshal(b, r); err != nil {
		return nil, err
	}
	return r, nil
}

// The one implementation does not look at it.
func StopAll(list []stopper, b []byte) error {
	for _, s := range list {
		if _, err := s.stop(b); err != nil { // want "result-unchecked"
			return err
		}
	}
	return nil
}

// Silent: whether there was an entry at all is told by the bool.
func Lookup(b []byte, id string) (found bool, err error) {
	var r PointerBatch
	if err := json.Unmarshal(b, &r); err != nil {
		return false, err
	}
	if r.Code != 0 && r.Code != 5100 && r.Code != 5400 {
		return false, errFailed
	}
	e, ok := r.Detail[id]
	if !ok || e == nil {
		return false, nil
	}
	if e.Code != 0 {
		return true, errFailed
	}
	return true, nil
}

// fromReader gives one that the caller has to look at.
func fromReader(body io.Reader) (s Result, ok bool) {
	ok = json.NewDecoder(body).Decode(&s) == nil
	return s, ok
}

// Only 5100 fails.
func ByValue(body io.Reader) error {
	s, ok := fromReader(body)
	if !ok {
		return errFailed
	}
	if s.Code == 5100 { // want "result-nonzero-success"
		return errFailed
	}
	return nil
}

// The letters of a response's own error count, not those of others: a nil
// pointer in an error is not nil, so a success is none.
//
// Silent: the response is the error.
func Typed(b []byte) error {
	var f *Failure
	if err := json.Unmarshal(b, &f); err != nil {
		return err
	}
	return f
}
