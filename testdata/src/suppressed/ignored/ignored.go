// Package ignored has findings that comments silence.
package ignored

import (
	"encoding/json"
	"errors"
)

type Result struct {
	Code      int    `json:"code"`
	Message   string `json:"message"`
	RequestID string `json:"requestId"`
}

var errFailed = errors.New("failed")

// The same without a comment.
func reported(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Code > 0 { // want `result-nonzero-success: `
		return "", errFailed
	}
	return r.RequestID, nil
}

// Silent: the line of the finding.
func line(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Code > 0 { //asynccheck:ignore result-nonzero-success the gateway has no negative codes
		return "", errFailed
	}
	return r.RequestID, nil
}

// The line above is not the finding's.
func otherLine(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil { //asynccheck:ignore result-nonzero-success it is elsewhere // want `directive: asynccheck:ignore: no finding of result-nonzero-success is silenced here, remove it`
		return "", err
	}
	if r.Code > 0 { // want `result-nonzero-success: `
		return "", errFailed
	}
	return r.RequestID, nil
}

// Silent: the statement that the comment stands before.
func statement(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	// The gateway's codes are what they are.
	//asynccheck:ignore result-nonzero-success the gateway has no negative codes
	// So much for them.
	if errFailed != nil &&
		r.Code > 0 {
		return "", errFailed
	}
	return r.RequestID, nil
}

// Silent: all of a statement that has the finding somewhere in it.
func block(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	//asynccheck:ignore result-failure-dropped who calls this has no use for it
	if r.Code != 0 {
		if errFailed != nil {
			return nil
		}
		return nil
	}
	return errFailed
}

// Silent: a clause of a switch is a statement.
func clause(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	switch r.Code {
	case 0:
		return errFailed
	//asynccheck:ignore result-failure-dropped who calls this has no use for it
	default:
		return nil
	}
}

// Silent: the whole function.
//
//asynccheck:ignore result-nonzero-success,result-failure-dropped a stub for tests by hand
func declaration(b, c []byte) (string, error) {
	var r, s Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Code > 0 {
		return "", errFailed
	}
	if err := json.Unmarshal(c, &s); err != nil {
		return "", err
	}
	if s.Code != 0 {
		return "", nil
	}
	return r.RequestID, nil
}

// Silent: literals in variables, each declared by itself.
var (
	//asynccheck:ignore result-nonzero-success the gateway has no negative codes
	first = func(b []byte) (string, error) {
		var r Result
		if err := json.Unmarshal(b, &r); err != nil {
			return "", err
		}
		if r.Code > 0 {
			return "", errFailed
		}
		return r.RequestID, nil
	}

	second = func(b []byte) (string, error) {
		var r Result
		if err := json.Unmarshal(b, &r); err != nil {
			return "", err
		}
		if r.Code > 0 { // want `result-nonzero-success: `
			return "", errFailed
		}
		return r.RequestID, nil
	}
)

// Another rule's finding is no business of the comment.
func otherRule(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Code > 0 { //asynccheck:ignore result-unchecked it is another // want `result-nonzero-success: ` `directive: asynccheck:ignore: no finding of result-unchecked is silenced here, remove it`
		return "", errFailed
	}
	return r.RequestID, nil
}

// One of two rules has nothing to silence. The one that is not selected might have had.
func oneOfTwo(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Code > 0 { //asynccheck:ignore result-nonzero-success,result-unchecked,batch-outer-unread no negative codes // want `no finding of result-unchecked is silenced here, remove it`
		return "", errFailed
	}
	return r.RequestID, nil
}

// Silent: a wrong directive of another kind, on purpose.
//
//asynccheck:ignore directive shows what a wrong one looks like
//asynccheck:response nonsense
type example struct{ Code int }
