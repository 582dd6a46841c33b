package batch

import "fmt"

// The comparison lets other failures pass as well: only 0 is success.
func Total(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code != 5100 { // want "batch-partial-as-success"
		return nil
	}
	return fmt.Errorf("stop: %s", r.Message)
}

// So it does where it tells partial failures.
func Positive(c Client, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code > 0 { // want "batch-partial-as-failure"
		return errFailed
	}
	return nil
}

// The next turn is for those that succeeded.
func TotalOfGroup(c Client, groups [][]string) error {
	for _, ids := range groups {
		r, err := c.Send("StopInstances", ids...)
		if err != nil {
			return err
		}
		if r.Code == 5100 { // want "batch-partial-as-success"
			return errFailed
		}
	}
	return nil
}

// Two returns fail: a loop of its own comes before them.
func TotalForced(c Client, force bool, ids []string) error {
	r, err := c.Send("StopInstances", ids...)
	if err != nil {
		return err
	}
	if r.Code == 5100 { // want "batch-partial-as-success"
		if force {
			return errFailed
		}
		return newError(r.Code, r.Message)
	}
	return nil
}
