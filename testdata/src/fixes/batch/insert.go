package batch

import (
	"errors"
	"log"
)

// The loop goes where the code is known to be 0 or 5400.
func Tolerated(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 { // want "batch-partial-as-success"
		return errFailed
	} // others are fine

	// What is done for servers that are stopped.
	log.Printf("stopped %v", ids)
	return nil
}

// What is returned in the end may be nil.
func ToleratedLast(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// The loop goes into the branch.
func InCase(c Client, ids []string) (string, error) {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return "", err
	}
	switch r.Code { // want "batch-partial-as-success"
	case 0:
		return r.RequestID, nil
	case 5400:
		// Most have stopped.
		log.Print("stopped")
		return r.RequestID, nil
	}
	return "", newError(r.Code, r.Message)
}

func Else(c Client, ids []string) (string, error) {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return "", err
	}
	if r.Code == 5100 {
		return "", errors.New("all servers failed")
	} else if r.Code == 0 || r.Code == 5400 { // want "batch-partial-as-success"
		return r.RequestID, nil
	} else {
		return "", newError(r.Code, r.Message)
	}
}

// The loop goes before the statement that decides: behind it, there are two places
// that hide the failure.
func TwoWays(c Client, verbose bool, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 {
		if r.Code != 5400 { // want "batch-partial-as-success"
			return errFailed
		}
		if verbose {
			return newError(r.Code, r.Message)
		}
	}
	return nil
}

// A call gives all results.
func AllResults(c Client, ids []string) (Entry, error) {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return fail(err)
	}
	if r.Code != 0 { // want "batch-partial-as-failure"
		return fail(errFailed)
	}
	return Entry{}, nil
}

func fail(err error) (Entry, error) { return Entry{}, err }

// Two fixes declare variables in one block.
func TwoAnswers(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	s, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 { // want "batch-partial-as-success"
		return errFailed
	}
	if s.Code != 0 && s.Code != 5400 { // want "batch-partial-as-success"
		return errFailed
	}
	return nil
}

// The return is that of two answers, and tells of neither: there is a loop for the
// second, and for the first no fix.
func OneReturn(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	s, err := c.Send("StartInstances", ids...)
	if err != nil {
		return err
	}
	failed := r.Code != 0 // want "batch-partial-as-failure"
	if s.Code != 0 {      // want "batch-partial-as-failure"
		failed = true
	}
	if failed {
		return errFailed
	}
	return nil
}
