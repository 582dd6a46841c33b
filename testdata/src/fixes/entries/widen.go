package entries

import (
	"errors"
	"fmt"
)

// The branch knows that some may not have failed.
func If(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code == 5100 {
		var errs []error
		for id, e := range r.Detail {
			if e.Code != 0 {
				errs = append(errs, fmt.Errorf("%s: %s", id, e.Message))
			}
		}
		return errors.Join(errs...)
	} else if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// The constants have names.
func Case(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-failure"
	case Success:
		return nil
	case AllFailed:
		for id, e := range r.Detail {
			if e.Code != Success {
				return fmt.Errorf("%s: %s", id, e.Message)
			}
		}
		return errors.New("no server has failed")
	default:
		return errFailed
	}
}

func Tagless(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	switch {
	case r.Code == AllFailed:
		failed := 0
		for _, e := range r.Detail {
			if e.Code != Success {
				failed++
			}
		}
		return fmt.Errorf("%d servers failed", failed)
	case r.Code != Success: // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// What mends the comparison sends all failures there.
func MendedBranch(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("%s: %s", id, e.Message)
			}
		}
		return errFailed
	}
	return nil
}

// No fix: the branch counts on it that all have failed.
func All(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code == 5100 {
		var errs []error
		for id, e := range r.Detail {
			errs = append(errs, fmt.Errorf("%s: %s", id, e.Message))
		}
		return errors.Join(errs...)
	} else if r.Code != 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// No fix: something else is done for partial failures.
func Both(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	switch r.Code { // want "batch-partial-as-failure"
	case 0:
		return nil
	case 5100:
		for id, e := range r.Detail {
			if e.Code != 0 {
				return fmt.Errorf("%s: %s", id, e.Message)
			}
		}
		return errFailed
	case 5400:
		return errors.New("some servers failed")
	}
	return errFailed
}
