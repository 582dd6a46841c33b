package resultdropped

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"

	pkgerrors "github.com/pkg/errors"
)

// The error of the outer scope is returned, which is nil.
func ShadowedError(b []byte) error {
	var r Result
	err := json.Unmarshal(b, &r)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		err := fmt.Errorf("stop: %s", r.Message)
		_ = err
	}
	return err // want "result-failure-dropped"
}

// A text that nobody uses is built.
func UnusedText(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		_ = fmt.Sprintf("stop: %s (%s)", r.Message, r.RequestID)
		return nil // want "result-failure-dropped"
	}
	return nil
}

type stopError struct {
	message string
	wrapped error
}

func (e *stopError) Error() string { return e.message }

func newStopError(r Result) error {
	return &stopError{message: "stop: " + r.Message, wrapped: errors.New(r.RequestID)}
}

// What makes the error does nothing else.
func UnusedOwnError(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		_ = &stopError{message: r.Message}
		_ = newStopError(r)
		return nil // want "result-failure-dropped"
	}
	return nil
}

var failures int

func countedError(text string) error {
	failures++
	return errors.New(text)
}

// Silent: what makes the error counts the failures, too.
func CountedError(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		_ = countedError(r.Message)
	}
	return nil
}

// Silent: the error is used.
func UsedError(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 {
		err := fmt.Errorf("stop: %s", r.Message)
		log.Print(err)
	}
	return nil
}

// Silent: so it is by what is read later.
func UsedLater(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	note := ""
	if r.Code != 0 {
		note = fmt.Sprintf("stop: %s", r.Message)
	}
	os.Setenv("NOTE", note)
	return nil
}

// Silent: or by those who get the list that it is put into.
func UsedInList(answers [][]byte, failed *[]error) error {
	for _, b := range answers {
		var r Result
		if err := json.Unmarshal(b, &r); err != nil {
			return err
		}
		if r.Code != 0 {
			*failed = append(*failed, fmt.Errorf("stop: %s", r.Message))
		}
	}
	return nil
}

// Nil wrapped is nil.
func WrappedNil(b []byte) error {
	var r Result
	err := json.Unmarshal(b, &r)
	if err != nil || r.Code != 0 {
		return pkgerrors.Wrap(err, "stop") // want "result-failure-dropped"
	}
	return nil
}

func WrappedNilMessage(b []byte) error {
	var r Result
	err := json.Unmarshal(b, &r)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		return pkgerrors.WithMessage(pkgerrors.WithStack(err), r.Message) // want "result-failure-dropped"
	}
	return nil
}

func JoinedNil(b []byte) error {
	var r Result
	err := json.Unmarshal(b, &r)
	if err != nil || r.Code != 0 {
		return errors.Join(err) // want "result-failure-dropped"
	}
	return nil
}

// Silent: one of the joined errors is none.
func JoinedError(b []byte) error {
	var r Result
	err := json.Unmarshal(b, &r)
	if err != nil || r.Code != 0 {
		return errors.Join(err, errFailed)
	}
	return nil
}

func annotate(err error, action string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", action, err)
}

// A function of the package wraps likewise.
func AnnotatedNil(b []byte) error {
	var r Result
	err := json.Unmarshal(b, &r)
	if err != nil || r.Code != 0 {
		return annotate(err, "stop") // want "result-failure-dropped"
	}
	return nil
}

// Silent: what annotate gets is an error, and so is what it gives.
func AnnotatedError(b []byte) error {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return annotate(err, "read")
	}
	if r.Code != 0 {
		return annotate(errFailed, "stop")
	}
	return nil
}

// Silent: fmt.Errorf gives an error, whatever it wraps.
func FormattedNil(b []byte) error {
	var r Result
	err := json.Unmarshal(b, &r)
	if err != nil || r.Code != 0 {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}
