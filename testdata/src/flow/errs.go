package flow

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
)

// Silent: err is nil on the paths with code 0 alone.
func CreateSwitchError(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	var err error
	switch s.Code {
	case 0:
	case 4100:
		err = errors.New("create: signature rejected")
	default:
		err = fmt.Errorf("create: code %d", s.Code)
	}
	return err
}

// Silent: the error is taken back for code 0 alone.
func CreatePessimist(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	err := fmt.Errorf("create: %s", s.Message)
	if s.Code == 0 {
		err = nil
	}
	return err
}

// Only 5100 sets the error: a call that was refused with 4100 counts as done.
func DeleteSetsErrorForOneCode(b []byte) error {
	var s Result
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	var err error
	if s.Code == 5100 { // want "result-nonzero-success"
		err = errors.New("delete: failed")
	}
	return err
}

// err is nil where the code is looked at, and it is what the failure returns.
func CreateReturnsWrongError(b []byte) error {
	var s Result
	err := json.Unmarshal(b, &s)
	if err != nil || s.Code != 0 {
		return err // want "result-failure-dropped"
	}
	return nil
}

// err is nil where the code is looked at: the servers that failed count as
// stopped.
func StopReturnsWrongError(c Caller, ids []string) error {
	r, err := c.Stop(ids)
	if err != nil || r.Code != 0 { // want "batch-partial-as-success"
		return err
	}
	return nil
}

// Silent: with the error non-nil nothing is owed, and otherwise only code 0
// passes.
func CreateWrapsBoth(c Caller, name string) (string, error) {
	s, err := c.Create(name)
	if err != nil {
		return "", fmt.Errorf("create %s: %w", name, err)
	}
	if s.Code != 0 {
		return "", fmt.Errorf("create %s: %s", name, s.Message)
	}
	return s.RequestID, nil
}

// The named result is set, but to a text without the servers.
func RestartNamed(b []byte) (err error) {
	var r Batch
	if err = json.Unmarshal(b, &r); err != nil {
		return
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		err = fmt.Errorf("restart: %s", r.Message)
	}
	return
}

// Silent: the named result is nil for code 0 alone.
func CreateNamed(b []byte) (taskID string, err error) {
	var s Result
	if err = json.Unmarshal(b, &s); err != nil {
		return
	}
	if s.Code != 0 {
		err = fmt.Errorf("create: %s", s.Message)
		return
	}
	taskID = s.RequestID
	return
}

// The bare return gives back the nil that the decoder left in err.
func DeleteNamedForgets(b []byte) (err error) {
	var s Result
	if err = json.Unmarshal(b, &s); err != nil {
		return
	}
	if s.Code != 0 {
		return // want "result-failure-dropped"
	}
	return
}

// The inner err shadows the result: it is logged, and nil is returned though
// some servers failed.
func StartNamedShadowed(b []byte) (err error) {
	var r Batch
	if err = json.Unmarshal(b, &r); err != nil {
		return
	}
	if r.Code != 0 { // want "batch-partial-as-success"
		err := fmt.Errorf("start: %s", r.Message)
		log.Print(err)
	}
	return
}

// Silent: nothing is owed where errors.Is knows that the origin's error is
// non-nil.
func ReadOptionalAnswer(body io.Reader) error {
	var s Result
	err := json.NewDecoder(body).Decode(&s)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return err
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: nothing is owed where errors.As knows that the origin's error is
// non-nil.
func ReadTolerantAnswer(b []byte) error {
	var s Result
	err := json.Unmarshal(b, &s)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		log.Printf("not JSON at offset %d", syntax.Offset)
		return nil
	}
	if err != nil {
		return err
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}

// Silent: nothing is owed on the true side of the assertion of the origin's
// error.
func ReadTypedAnswer(b []byte) error {
	var s Result
	err := json.Unmarshal(b, &s)
	if _, ok := err.(*json.UnmarshalTypeError); ok {
		return nil
	}
	if err != nil {
		return err
	}
	if s.Code != 0 {
		return errRefused
	}
	return nil
}

// The decoder's error is ignored, so the answer owes as usual: a refused call
// gives an empty task ID.
func CreateIgnoresDecoder(b []byte) string {
	var s Result
	_ = json.Unmarshal(b, &s) // want "result-unchecked"
	return s.RequestID
}

// Silent: a nil response owes nothing, and the other one is told apart.
func StopMaybeNil(c Caller, ids []string) error {
	r, err := c.Stop(ids)
	if err != nil {
		return err
	}
	if r == nil {
		return nil
	}
	switch r.Code {
	case 0:
		return nil
	case 5100, 5400:
		return &PartialError{Action: "StopInstances", Detail: r.Detail}
	}
	return errRefused
}

// Silent: the response is an error itself, and wrapping hands it on.
func CreateWrapsAnswer(b []byte) error {
	s := new(answerError)
	if err := json.Unmarshal(b, s); err != nil {
		return err
	}
	if s.Code != 0 {
		return fmt.Errorf("create load balancer: %w", s)
	}
	return nil
}

// Silent: errors.Join wraps the batch into an error, and so hands it on.
func StopJoinsAnswer(b []byte, earlier error) error {
	r := new(batchError)
	if err := json.Unmarshal(b, r); err != nil {
		return err
	}
	if r.Code != 0 {
		return errors.Join(earlier, r)
	}
	return nil
}

type answerError struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

// Silent: a helper with a string result and no error is never itself reported.
func (e *answerError) Error() string { return e.Message }

type batchError struct {
	Code    int              `json:"code"`
	Message string           `json:"message"`
	Detail  map[string]Entry `json:"detail"`
}

// Silent: a helper with a string result and no error is never itself reported.
func (e *batchError) Error() string { return e.Message }
